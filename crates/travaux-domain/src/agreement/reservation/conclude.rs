//! How a reservation stands between two parties.

use chrono::NaiveDate;

use super::{PairStanding, Reaction, Reservation};
use crate::{
    PartyId,
    agreement::{consent::Manner, state::Agreement},
    clause::Term,
    effect::Period,
};

/// Months after which silence is acceptance (VCLT 20(5)).
const TACIT_MONTHS: u32 = 12;

impl Agreement {
    fn tacit_months(&self) -> u32 {
        self.machines
            .clauses
            .find(|t| {
                if let Term::TacitAcceptance(n) = t {
                    Some(*n)
                } else {
                    None
                }
            })
            .map_or(TACIT_MONTHS, |(n, _)| n)
    }

    /// When `other` will have accepted a reservation by silence: months after its notification, or
    /// on its own consent if that is later (R4).
    pub fn tacit_acceptance(
        &self,
        reservation: &Reservation,
        other: &PartyId,
    ) -> Option<NaiveDate> {
        let notified = reservation.reactions.get(other)?.notified_on?;
        let silent = Period::Months(self.tacit_months()).after(notified);
        // Its consent of that time, or else its first one after.
        let consent = self.machines.consents.of(other)?.consent_by(silent)?;
        Some(silent.max(consent.on))
    }

    /// How a reservation stands towards one party on a date, whatever the others say.
    pub(super) fn towards(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> PairStanding {
        let reaction = r.reactions.get(other);
        if let Some((objected, opposes)) = reaction
            .and_then(|x| x.objected)
            .filter(|(at, _)| *at <= on)
        {
            let withdrawn = reaction
                .and_then(|x| x.objection_withdrawn_on)
                .is_some_and(|at| at <= on && objected <= at);
            return match (withdrawn, opposes) {
                (true, _) => PairStanding::Accepted,
                (false, true) => PairStanding::NoRelation,
                (false, false) => PairStanding::Objected,
            };
        }
        if reaction
            .and_then(|x| x.accepted_on)
            .is_some_and(|at| at <= on)
        {
            return PairStanding::Accepted;
        }
        match self.tacit_acceptance(r, other) {
            Some(at) if at <= on => PairStanding::AcceptedTacitly,
            _ => PairStanding::Formulated,
        }
    }

    /// How a reservation stands between its party and `other` on a date (R2 to R10); where all must
    /// accept it, it waits for all (R7).
    pub fn pair_standing(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> PairStanding {
        if on < r.on {
            return PairStanding::NotMade;
        }
        let known = |x: &Reaction| x.withdrawal_received_on.is_some_and(|at| at <= on);
        if r.withdrawn_on.is_some_and(|at| at <= on) && r.reactions.get(other).is_some_and(known) {
            return PairStanding::Withdrawn;
        }
        if self.lapsed(r, on) {
            return PairStanding::Lapsed;
        }
        let standing = self.towards(r, other, on);
        let all = self
            .machines
            .clauses
            .find(|t| matches!(t, Term::AllAcceptReservations).then_some(()))
            .is_some();
        if all
            && matches!(
                standing,
                PairStanding::Accepted | PairStanding::AcceptedTacitly
            )
        {
            let others = self
                .machines
                .consents
                .contracting(on)
                .filter(|p| **p != r.by);
            let accepted = |p| {
                matches!(
                    self.towards(r, p, on),
                    PairStanding::Accepted | PairStanding::AcceptedTacitly
                )
            };
            return if others.into_iter().all(accepted) {
                standing
            } else {
                PairStanding::Formulated
            };
        }
        standing
    }

    fn lapsed(&self, r: &Reservation, on: NaiveDate) -> bool {
        if r.late {
            // Practice: a late one stands only if nobody objects while their months run.
            return r.reactions.values().any(|x| {
                x.objected.is_some_and(|(at, _)| at <= on) && x.objection_withdrawn_on.is_none()
            });
        }
        let Some(consent) = self.machines.consents.of(&r.by) else {
            return false;
        };
        let simple = consent
            .signed
            .as_ref()
            .is_some_and(|s| s.on >= r.on && s.manner == Manner::SubjectToRatification);
        let bound = consent.consent().is_some_and(|e| e.on > r.on && e.on <= on);
        simple && bound && r.confirmed_on.is_none()
    }
}
