//! What was known at an earlier time: the machines folded again from the acts that were recorded by then.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Agreement, Identity, LoggedAct, Machines, TextFacts, meta::EventMeta};

/// An agreement without its words, folded from its acts as known at a time; from all of them, if none.
pub(super) fn as_known(
    identity: Option<&Identity>,
    text: &TextFacts,
    acts: &[Arc<LoggedAct>],
    at: Option<DateTime<Utc>>,
) -> Agreement {
    let counts = |recorded_at: DateTime<Utc>| at.is_none_or(|at| recorded_at <= at);
    let mut known = Agreement {
        identity: identity.filter(|i| counts(i.recorded_at)).cloned(),
        text: at.map_or_else(|| text.clone(), |at| text.known_at(at)),
        machines: Machines::default(),
        ..Agreement::default()
    };
    if let Some(identity) = &known.identity {
        known.machines.propose(&identity.clauses);
        if known.text.authenticated.is_some() {
            known.machines.languages.are_authentic(&identity.languages);
        }
    }
    for logged in acts.iter().take_while(|l| counts(l.recorded_at)) {
        let meta = EventMeta {
            event: logged.event,
            recorded_at: logged.recorded_at,
            party: logged.party.clone(),
            all: known.all_parties(),
        };
        known.machines.evolve(&logged.act, &meta);
        known.version = logged.event;
    }
    known.conclude_all();
    known
}

impl Agreement {
    /// The agreement as it was known at a time: its identity, its machines, the facts of its text. It holds no revisions and no
    /// texts; those know themselves when they were recorded.
    pub fn known_at(&self, at: DateTime<Utc>) -> Self {
        let mut known = as_known(self.identity.as_ref(), &self.text, &self.acts, Some(at));
        // Which provision contains which is asked of the text as it stands.
        known.history = self.history.clone();
        let languages = &mut known.machines.languages;
        languages.lapse_as_in(&self.machines.languages, at);
        known
    }

    /// Whether everything on record was known at a time.
    pub fn all_known_at(&self, at: DateTime<Utc>) -> bool {
        let acted = self.acts.last().map(|logged| logged.recorded_at);
        let proposed = self.identity.as_ref().map(|i| i.recorded_at);
        acted.is_none_or(|on| on <= at)
            && self.text.all_known_at(at)
            && proposed.is_none_or(|on| on <= at)
    }
}
