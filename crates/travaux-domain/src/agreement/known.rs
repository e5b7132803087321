//! What was known at an earlier time: the machines folded again from the acts that were recorded by then.

use chrono::{DateTime, Utc};

use super::Agreement;
use crate::machines::{EventMeta, Machines};

impl Agreement {
    /// The agreement as it was known at a time: its identity, its machines, the marks of its text. It holds no revisions and no
    /// texts; those know themselves when they were recorded.
    pub fn known_at(&self, at: DateTime<Utc>) -> Self {
        let identity = self.identity.clone().filter(|i| i.recorded_at <= at);
        let mut known = Self {
            text: self.text.known_at(at),
            machines: Machines::default(),
            ..Self::default()
        };
        if let Some(identity) = &identity {
            known.machines.propose(&identity.clauses);
            if known.text.authenticated.is_some() {
                known
                    .machines
                    .languages
                    .authentic
                    .clone_from(&identity.languages);
            }
        }
        known.identity = identity;
        for logged in self
            .acts
            .iter()
            .take_while(|logged| logged.recorded_at <= at)
        {
            let (event, recorded_at, party) =
                (logged.event, logged.recorded_at, logged.party.clone());
            let meta = EventMeta {
                event,
                recorded_at,
                party,
                all: known.all_parties(),
            };
            known.machines.evolve(&logged.act, &meta);
            known.version = logged.event;
        }
        known
            .machines
            .languages
            .lapse_as_in(&self.machines.languages, at);
        known
    }

    /// Whether everything on record was known at a time.
    pub fn all_known_at(&self, at: DateTime<Utc>) -> bool {
        self.acts
            .last()
            .is_none_or(|logged| logged.recorded_at <= at)
            && self.text.all_known_at(at)
            && self.identity.as_ref().is_none_or(|i| i.recorded_at <= at)
    }
}
