//! The small model: what a reader of the acts would note on a slip of paper.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use travaux::domain::{
    PartyId, Revision,
    agreement::AgreementEvent,
    agreement::{
        MachineEvent,
        amendment::AmendmentAct,
        consent::{ConsentAct, Manner},
        depositary::DepositaryAct,
        force::ForceAct,
        reservation::ReservationAct,
    },
    clause::Term,
};

/// What was noted.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Since when a text is adopted, if it is.
    pub(crate) adopted: bool,
    /// Whether a clause speaks of entry into force.
    pub(crate) has_clause: bool,
    /// Who consented when: more than once, where a consent had ended before.
    pub(crate) consented: BTreeMap<PartyId, BTreeSet<NaiveDate>>,
    /// Whether somebody declined: what it had consented to counts until then only (C17).
    pub(crate) has_declined: bool,
    signed: BTreeMap<PartyId, (NaiveDate, Manner)>,
    unauthorised: BTreeMap<PartyId, (NaiveDate, Manner)>,
    /// Which reservation was notified to whom when.
    pub(crate) notified: BTreeMap<(u32, PartyId), NaiveDate>,
    /// Who was informed of which notification when.
    pub(crate) informed: BTreeMap<(u32, PartyId), NaiveDate>,
    bound: BTreeMap<Revision, (NaiveDate, Vec<PartyId>, Vec<PartyId>, bool)>,
}

impl Model {
    /// Whether a change binds a party, in force for it since `force`.
    pub(crate) fn binds(
        &self,
        revision: Revision,
        party: &PartyId,
        force: Option<NaiveDate>,
    ) -> bool {
        self.bound
            .get(&revision)
            .is_some_and(|(on, bound, out, amendment)| {
                bound.contains(party)
                    || (*amendment
                        && !out.contains(party)
                        && force.is_some_and(|since| since > *on))
            })
    }

    fn consents(&mut self, party: &PartyId, on: NaiveDate) {
        self.consented.entry(party.clone()).or_default().insert(on);
    }

    /// When a party consented, if it did once.
    pub(crate) fn once(&self, party: &PartyId) -> Option<NaiveDate> {
        let all = self.consented.get(party)?;
        all.first().copied().filter(|_| all.len() == 1)
    }

    /// Whether each consented once at most, and nobody declined: then each has one life (C16).
    pub(crate) fn has_one_life_each(&self) -> bool {
        !self.has_declined && self.consented.values().all(|all| all.len() == 1)
    }

    fn sign(&mut self, party: &PartyId, on: NaiveDate, manner: Manner) {
        self.signed.insert(party.clone(), (on, manner));
        if manner == Manner::Definitive {
            self.consents(party, on);
        }
    }

    pub(crate) fn take(&mut self, party: &PartyId, event: &AgreementEvent) {
        let act = match event {
            AgreementEvent::AgreementProposed(p) => {
                self.has_clause = p
                    .final_clauses
                    .iter()
                    .any(|c| matches!(c.provides, Term::EntryIntoForce(_)));
                return;
            }
            AgreementEvent::TextAdopted(_) => return self.adopted = true,
            AgreementEvent::Machine(act) => act,
            _ => return,
        };
        match act {
            MachineEvent::Consent(act) => self.consent(party, act),
            MachineEvent::Force(ForceAct::ClauseAgreed { clause, .. }) => {
                self.has_clause |= matches!(clause.provides, Term::EntryIntoForce(_));
            }
            MachineEvent::Reservation(ReservationAct::ReservationNotified { on, number, to }) => {
                for other in to {
                    self.notified.entry((*number, other.clone())).or_insert(*on);
                }
            }
            MachineEvent::Depositary(DepositaryAct::PartyInformed { on, number, party }) => {
                self.informed.insert((*number, party.clone()), *on);
            }
            MachineEvent::Amendment(act) => self.amendment(party, act),
            _ => {}
        }
    }

    fn consent(&mut self, party: &PartyId, act: &ConsentAct) {
        match act {
            ConsentAct::Signed { on, manner, .. } => self.sign(party, *on, *manner),
            ConsentAct::UnauthorisedActRecorded { on, manner, .. } => {
                self.unauthorised.insert(party.clone(), (*on, *manner));
            }
            ConsentAct::ActConfirmed { .. } => {
                if let Some((on, manner)) = self.unauthorised.remove(party) {
                    self.sign(party, on, manner);
                }
            }
            ConsentAct::SignatureConfirmed { .. } => {
                if let Some((on, _)) = self.signed.get(party) {
                    self.consents(party, *on);
                }
            }
            ConsentAct::InstrumentEstablished { on, .. } => {
                self.consents(party, *on);
            }
            ConsentAct::InstrumentsExchanged { on, instruments } => {
                for party in instruments.keys() {
                    self.consents(party, *on);
                }
            }
            ConsentAct::DeclinedToBecomeParty { .. } => self.has_declined = true,
            _ => {}
        }
    }

    fn amendment(&mut self, party: &PartyId, act: &AmendmentAct) {
        match act {
            AmendmentAct::AmendmentEnteredIntoForce {
                on: Some(on),
                revision,
                between,
                ..
            } => {
                self.bound
                    .insert(*revision, (*on, between.clone(), Vec::new(), true));
            }
            AmendmentAct::InterSeModified {
                on,
                revision,
                between,
                ..
            } => {
                self.bound
                    .insert(*revision, (*on, between.clone(), Vec::new(), false));
            }
            AmendmentAct::AmendmentJoined { revision, .. } => {
                if let Some((_, bound, ..)) = self.bound.get_mut(revision) {
                    bound.push(party.clone());
                }
            }
            AmendmentAct::AmendmentDisclaimed { revision, .. } => {
                if let Some((_, _, out, _)) = self.bound.get_mut(revision) {
                    out.push(party.clone());
                }
            }
            _ => {}
        }
    }
}
