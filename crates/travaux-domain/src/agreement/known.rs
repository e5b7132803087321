//! What was known at an earlier time: the machines folded again from the acts that were recorded by then,
//! as they were stated then.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{
    Agreement, Identity, LoggedAct, Machines, TextFacts, meta::EventMeta, restated::stated,
};

/// An agreement without its words, folded from its acts as known at a time; from all of them, if none.
pub(super) fn as_known(
    identity: Option<&Identity>,
    text: &TextFacts,
    acts: &[Arc<LoggedAct>],
    at: Option<DateTime<Utc>>,
) -> Agreement {
    let counts = |recorded_at: DateTime<Utc>| at.is_none_or(|at| recorded_at <= at);
    let identity = identity.filter(|i| counts(i.recorded_at));
    let known_text = at.map_or_else(|| text.clone(), |at| text.known_at(at));
    let mut fold = Fold::of(identity, &known_text);
    let known = || acts.iter().take_while(|l| counts(l.recorded_at));
    for (_, logged) in stated(known()) {
        fold.take(logged);
    }
    fold.0.version = known().last().map_or(0, |logged| logged.event);
    fold.0.conclude_all();
    fold.0
}

/// The machines of an agreement in the making, act by act.
#[derive(Clone)]
pub(super) struct Fold(Agreement);

impl Fold {
    /// Before any act.
    pub(super) fn of(identity: Option<&Identity>, text: &TextFacts) -> Self {
        let mut known = Agreement {
            identity: identity.cloned(),
            text: text.clone(),
            machines: Machines::default(),
            ..Agreement::default()
        };
        if let Some(identity) = &known.identity {
            known.machines.propose(&identity.clauses);
            if known.text.authenticated.is_some() {
                known.machines.languages.are_authentic(&identity.languages);
            }
        }
        Self(known)
    }

    /// Takes an act in.
    pub(super) fn take(&mut self, logged: &LoggedAct) {
        let meta = EventMeta {
            event: logged.event,
            recorded_at: logged.recorded_at,
            party: logged.party.clone(),
            all: self.0.all_parties(),
        };
        self.0.machines.evolve(&logged.act, &meta);
    }

    /// What follows from the acts so far, with the words of `agreement`.
    pub(super) fn beside(&self, agreement: &Agreement) -> Agreement {
        let mut then = agreement.clone();
        then.takes_over(self.0.machines.clone());
        then.conclude_all();
        then
    }
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

    /// Folds the machines again, as acts are stated since one was restated.
    pub(super) fn refold(&mut self) {
        let known = as_known(self.identity.as_ref(), &self.text, &self.acts, None);
        self.takes_over(known.machines);
    }

    /// Takes machines in that were folded from acts alone: which certificates a change of the text undid
    /// is known beside them.
    fn takes_over(&mut self, machines: Machines) {
        let languages = std::mem::replace(&mut self.machines, machines).languages;
        let own = &mut self.machines.languages;
        own.lapse_as_in(&languages, DateTime::<Utc>::MAX_UTC);
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
