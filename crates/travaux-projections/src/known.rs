//! Events as views keep them: what was known at a time is folded from them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{Actor, Context, PartyId, Recorded};

/// An event, with who recorded it when: what the log knew at a time is folded from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known<E> {
    pub(crate) recorded_at: DateTime<Utc>,
    actor: Actor,
    done_on: Option<NaiveDate>,
    pub(crate) event: E,
}

impl<E: Clone> Known<E> {
    pub(crate) fn new(event: &E, recorded: &Recorded) -> Self {
        Self {
            recorded_at: recorded.recorded_at,
            actor: recorded.actor.clone(),
            done_on: recorded.done_on,
            event: event.clone(),
        }
    }

    /// The party that acted.
    pub(crate) fn party(&self) -> &PartyId {
        &self.actor.party
    }

    pub(crate) fn context(&self) -> Context {
        Context::new(self.actor.clone(), self.recorded_at).done_on(self.done_on)
    }
}
