//! What an agreement's status follows from, without its words.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AdoptedText, Agreement, AgreementEvent, Identity, LoggedAct, MachineEvent, Status, TextFacts,
    TextOn, adopted_text::AdoptedTexts, known::as_known,
};
use crate::Context;

/// The dated facts of an agreement that its status follows from: who it is, what became of its text, and the acts by which it comes
/// into force, is suspended and ends. Small beside the agreement, which has its words: for views of many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementFacts {
    /// With the rows of the profile alone that its status asks for.
    identity: Option<Identity>,
    text: TextFacts,
    acts: Vec<Arc<LoggedAct>>,
    adopted: AdoptedTexts,
    version: u64,
}

impl AgreementFacts {
    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &AgreementEvent, context: &Context) {
        self.version += 1;
        self.text.evolve(event, self.version, context);
        self.adopted.evolve(event, context);
        match event {
            AgreementEvent::AgreementProposed(p) => {
                let mut identity = Identity::of(p, context);
                identity.profile = identity.profile.for_status();
                self.identity = Some(identity);
            }
            AgreementEvent::Machine(act) => {
                if bears_on_force(act) {
                    self.acts.push(Arc::new(LoggedAct {
                        event: self.version,
                        recorded_at: context.now,
                        party: context.actor.party.clone(),
                        act: act.clone(),
                        restates: None,
                        struck: false,
                    }));
                }
            }
            AgreementEvent::RevisionProposed(_)
            | AgreementEvent::RevisionWithdrawn(_)
            | AgreementEvent::RevisionAccepted(_)
            | AgreementEvent::RevisionRejected(_)
            | AgreementEvent::RevisionConcluded { .. }
            | AgreementEvent::RevisionRepackaged { .. }
            | AgreementEvent::TextAdopted(_)
            | AgreementEvent::TextAuthenticated { .. }
            | AgreementEvent::NegotiationAbandoned { .. } => {}
            AgreementEvent::ActRestated(restated) => {
                let logged = restated.logged(&self.acts, self.version, context);
                self.acts.extend(logged.map(Arc::new));
            }
        }
    }

    /// Where the agreement stands on a date, as known at a time; as known now, if none. What [`super::Agreement::status`] says.
    pub fn status(&self, on: NaiveDate, known_at: Option<DateTime<Utc>>) -> Status {
        self.known(known_at).conclude(on, known_at)
    }

    /// The same, with what makes up its text on that date.
    pub fn status_and_text(
        &self,
        on: NaiveDate,
        known_at: Option<DateTime<Utc>>,
    ) -> (Status, TextOn) {
        let known = self.known(known_at);
        let status = known.conclude(on, known_at);
        let of_then = |text: &&AdoptedText| known_at.is_none_or(|at| text.recorded_at <= at);
        let adopted: Vec<_> = self.adopted.all.iter().filter(of_then).copied().collect();
        let text = known.text_on(&adopted, on, &status.force.state);
        (status, text)
    }

    fn known(&self, at: Option<DateTime<Utc>>) -> Agreement {
        as_known(self.identity.as_ref(), &self.text, &self.acts, at)
    }

    /// Who it is; its profile has its name and no more than its status asks for.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// How many events there were.
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// Whether an act is on one of the machines that force follows from. The others change nothing in those.
fn bears_on_force(act: &MachineEvent) -> bool {
    match act {
        MachineEvent::Consent(_)
        | MachineEvent::Force(_)
        | MachineEvent::Ending(_)
        | MachineEvent::Depositary(_)
        | MachineEvent::Reservation(_) => true,
        MachineEvent::Language(_)
        | MachineEvent::Amendment(_)
        | MachineEvent::Correction(_)
        | MachineEvent::Declaration(_)
        | MachineEvent::Relation(_)
        | MachineEvent::Mandate(_) => false,
    }
}
