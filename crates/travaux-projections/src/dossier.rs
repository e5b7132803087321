//! One stream of deeds, as it stood on a day, as known at a time.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{Aggregate, Handle, Recorded, partnership::Dossier};

use crate::known::Known;

/// The day and the knowledge that a question is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What was done later is left out; nothing is, if none.
    pub on: Option<NaiveDate>,
    /// What was recorded later is left out; nothing is, if none.
    pub known_at: Option<DateTime<Utc>>,
}

impl Asked {
    pub(crate) fn counts(self, from: Option<NaiveDate>, recorded_at: DateTime<Utc>) -> bool {
        let done = from.is_none_or(|from| self.on.is_none_or(|on| from <= on));
        done && self.known_at.is_none_or(|at| recorded_at <= at)
    }

    fn takes<A: Dossier>(self, known: &Known<A::Event>) -> bool {
        self.counts(A::counts_from(&known.event), known.recorded_at)
    }
}

/// A stream of deeds, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "A: Aggregate")]
pub struct DossierView<A: Aggregate> {
    deeds: Arc<Vec<Known<A::Event>>>,
    /// Its state.
    pub state: A,
    /// What people call it: its first handle, if it has one.
    pub handle: Option<Handle>,
    /// The version of its stream.
    pub version: u64,
}

impl<A: Aggregate> Default for DossierView<A> {
    fn default() -> Self {
        Self {
            deeds: Arc::default(),
            state: A::default(),
            handle: None,
            version: 0,
        }
    }
}

impl<A: Dossier> DossierView<A> {
    pub(crate) fn take(&mut self, event: &A::Event, recorded: &Recorded) {
        self.state.evolve(event, &recorded.context());
        self.version = recorded.version;
        Arc::make_mut(&mut self.deeds).push(Known::new(event, recorded));
    }

    /// As it stood on a day, as known at a time. Absent where nobody knew of it, or it had not begun.
    ///
    /// Costs no fold where all that happened counts, and a look at each event's dates; where it had
    /// not begun, at those of the first.
    pub fn as_of(&self, asked: Asked) -> Option<Cow<'_, Self>> {
        // The first deed is its beginning; a correction counts from before it.
        let first = self.deeds.first()?;
        if !asked.takes::<A>(first) {
            return None;
        }
        let mut counting = self.deeds.iter().map(|known| asked.takes::<A>(known));
        if counting.all(|counts| counts) {
            return Some(Cow::Borrowed(self));
        }
        let mut then = Self {
            deeds: Arc::clone(&self.deeds),
            handle: self.handle.clone(),
            ..Self::default()
        };
        for known in &*self.deeds {
            if asked.known_at.is_some_and(|at| known.recorded_at > at) {
                break;
            }
            then.version += 1;
            if asked.takes::<A>(known) {
                then.state.evolve(&known.event, &known.context());
            } else {
                then.state.skip();
            }
        }
        Some(Cow::Owned(then))
    }
}
