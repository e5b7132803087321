//! How a reservation stands between two parties.

use chrono::NaiveDate;

use super::{Narrowing, PairStanding, Reaction, Reservation};
use crate::{
    PartyId, Rule,
    agreement::{
        consent::{Life, Manner},
        state::Agreement,
    },
    clause::Term,
    effect::Period,
};

/// Months after which silence is acceptance (VCLT 20(5)).
const TACIT_MONTHS: u32 = 12;

impl Agreement {
    fn tacit_months(&self) -> u32 {
        let months = |t: &Term| {
            if let Term::TacitAcceptance(n) = t {
                Some(*n)
            } else {
                None
            }
        };
        self.machines
            .clauses
            .find(months)
            .map_or(TACIT_MONTHS, |(n, _)| n)
    }

    /// The last day on which `other` may object to a reservation: the last of the months that began with
    /// its notification, or the day of its own consent if that is later (R4). `None` where it was not
    /// notified or has not consented.
    pub fn objection_until(&self, r: &Reservation, other: &PartyId) -> Option<NaiveDate> {
        let notified = r.reactions.get(other)?.notified_on?;
        // One that had to be confirmed was made on the day of that (23(2)).
        let notified = r.confirmed_on.map_or(notified, |made| notified.max(made));
        let silent = Period::Months(self.tacit_months()).last_day(notified);
        // Its consent of that time, or else its first one after.
        let consent = self.machines.consents.of(other)?.consent_by(silent)?;
        Some(silent.max(consent.on))
    }

    /// From when `other` has accepted a reservation by silence (R4). What was withdrawn by then waits for
    /// nobody (R9).
    pub fn tacit_acceptance(&self, r: &Reservation, other: &PartyId) -> Option<NaiveDate> {
        let until = self.objection_until(r, other)?;
        let from = until.succ_opt()?;
        Some(from).filter(|from| r.withdrawn_on.is_none_or(|withdrawn| *from <= withdrawn))
    }

    /// How a reservation stands towards one party on a date, whatever the others say.
    pub(super) fn towards(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> PairStanding {
        let reaction = r.reactions.get(other);
        if let Some((objected, _)) = reaction
            .and_then(|x| x.objected)
            .filter(|(at, _)| *at <= on)
        {
            let withdrawn = reaction
                .and_then(|x| x.objection_withdrawn_on)
                .is_some_and(|at| at <= on && objected <= at);
            return match withdrawn {
                true => PairStanding::Accepted,
                false if self.opposes_force(r, other) => PairStanding::NoRelation,
                false => PairStanding::Objected,
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

    /// Whether the objection of `other` keeps the agreement from being in force between the two: it says
    /// so, and came before it would have been (R6).
    fn opposes_force(&self, r: &Reservation, other: &PartyId) -> bool {
        let objected = r.reactions.get(other).and_then(|x| x.objected);
        objected.is_some_and(|(at, opposes)| opposes && !self.is_force_between(r, other, at))
    }

    /// Whether the agreement would be in force between the two by a date, whatever objections say.
    pub(super) fn is_force_between(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> bool {
        let in_force = |party| self.is_in_force_for(party, on);
        in_force(&r.by) && in_force(other)
    }

    /// Until when an objection kept the agreement from being in force between two parties: notice that it
    /// (R10), or the reservation (R9), was withdrawn opens force from its receipt. With the event.
    pub(crate) fn force_opens(
        &self,
        a: &PartyId,
        b: &PartyId,
        on: NaiveDate,
    ) -> Option<(NaiveDate, Rule, u64)> {
        let opens = |r: &Reservation| {
            let other = match (r.by == *a, r.by == *b) {
                (true, _) => b,
                (_, true) => a,
                _ => return None,
            };
            let reaction = r.reactions.get(other)?;
            let (objected, _) = reaction.objected?;
            let ends = [
                reaction.objection_withdrawn_on.map(|at| (at, Rule::R10)),
                reaction.withdrawal_received_on.map(|at| (at, Rule::R9)),
            ];
            let ends = ends.into_iter().flatten();
            let (opened, rule) = ends.filter(|(at, _)| objected <= *at).min()?;
            // One that was late and objected to never stood.
            let stood = !r.late && self.lapsed(r, opened).is_none();
            let opposed = self.opposes_force(r, other) && stood && opened <= on;
            opposed.then_some((opened, rule, reaction.event))
        };
        self.machines.reservations.0.iter().filter_map(opens).max()
    }

    /// How a reservation stands between its party and `other` on a date (R2 to R11).
    pub fn pair_standing(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> PairStanding {
        if on < r.on {
            return PairStanding::NotMade;
        }
        if self.withdrawn_towards(r, other, on) {
            return PairStanding::Withdrawn;
        }
        if self.lapsed(r, on).is_some() {
            return PairStanding::Lapsed;
        }
        let standing = self.towards(r, other, on);
        let by_all = || match r.late {
            true => self.all_accept(r, on),
            false => self.accepted_by_all(r).is_some_and(|since| since <= on),
        };
        let waits = standing.is_accepted() && self.needs_all(r) && !by_all();
        match waits {
            true => PairStanding::Formulated,
            false => standing,
        }
    }

    /// Whether a reservation is withdrawn towards `other`: once it has received notice of that, or at
    /// once where it had not answered, as nothing waits for it any more (R9).
    fn withdrawn_towards(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> bool {
        let knows = |x: &Reaction| x.withdrawal_received_on.is_some_and(|at| at <= on);
        let Some(withdrawn) = r.withdrawn_on.filter(|at| *at <= on) else {
            return false;
        };
        r.reactions.get(other).is_some_and(knows)
            || self.towards(r, other, withdrawn) == PairStanding::Formulated
    }

    /// What a reservation waits for that `other` has not answered, or that all must accept; with the row.
    pub(crate) fn waits_for(
        &self,
        r: &Reservation,
        other: &PartyId,
        on: NaiveDate,
    ) -> (Rule, String) {
        if !self.needs_all(r) || !self.towards(r, other, on).is_accepted() {
            return (Rule::R4, format!("waits for the answer of {other}"));
        }
        let rule = if r.late { Rule::R11 } else { Rule::R7 };
        let stands = |p: &&PartyId| {
            let standing = self.towards(r, p, on);
            matches!(standing, PairStanding::Objected | PairStanding::NoRelation)
        };
        match self.whose_acceptance(r, on).find(stands) {
            Some(objects) => (
                rule,
                format!("needs the acceptance of all, and {objects} objects"),
            ),
            None => {
                let mut others = self.whose_acceptance(r, on);
                let open = others.find(|p| !self.towards(r, p, on).is_accepted());
                let open = open.map_or("all".to_owned(), ToString::to_string);
                (
                    rule,
                    format!("waits for the answer of {open}, as all must accept it"),
                )
            }
        }
    }

    /// Whether all must accept a reservation: by a clause (R7), or as it came late (R11).
    fn needs_all(&self, r: &Reservation) -> bool {
        r.late || self.asks_all()
    }

    /// Whether the agreement is to apply in its entirety among all, so that all must accept (R7).
    pub(crate) fn asks_all(&self) -> bool {
        let all = |t: &Term| matches!(t, Term::AllAcceptReservations).then_some(());
        self.machines.clauses.find(all).is_some()
    }

    /// Those whose acceptance it needs where all must accept: for a late one those whose months ran, and
    /// not whoever joins afterwards.
    fn whose_acceptance<'a>(
        &'a self,
        r: &'a Reservation,
        on: NaiveDate,
    ) -> impl Iterator<Item = &'a PartyId> {
        let counts = move |other: &&PartyId| {
            let own = self.machines.consents.of(other);
            let consent = own.and_then(|own| own.standing(on));
            !r.late || consent.is_some_and(|consent| consent.on <= r.on)
        };
        let others = self.machines.consents.contracting(on);
        others.filter(|other| **other != r.by).filter(counts)
    }

    fn all_accept(&self, r: &Reservation, on: NaiveDate) -> bool {
        let mut others = self.whose_acceptance(r, on);
        others.all(|other| self.towards(r, other, on).is_accepted())
    }

    /// The row by which a reservation has lapsed by a date, if it has.
    pub(crate) fn lapsed(&self, r: &Reservation, on: NaiveDate) -> Option<Rule> {
        let consent = self.machines.consents.of(&r.by)?;
        // It goes with the consent that it was made with.
        let of = |life: &&Life| !life.is_over(r.on);
        let own = consent.lives.iter().find(of);
        if let (Some(own), Some(last)) = (own, consent.life(on))
            && own.begun < last.begun
        {
            return Some(Rule::C16);
        }
        if r.late {
            // Practice: a late one stands only if nobody objects while their months run.
            // Once they are over, it has failed for good: it can be made again.
            let objects = |(other, x): (&PartyId, &Reaction)| {
                let until = self.objection_until(r, other);
                let by = until.map_or(on, |until| until.min(on));
                let withdrawn = x.objection_withdrawn_on.is_some_and(|at| at <= by);
                x.objected.is_some_and(|(at, _)| at <= on) && !withdrawn
            };
            return r.reactions.iter().any(objects).then_some(Rule::R11);
        }
        // One that its party made after its consent is late, whatever was recorded first.
        let expressed = own.and_then(|life| life.consent.as_ref());
        if expressed.is_some_and(|consent| consent.on < r.on) {
            return Some(Rule::R1);
        }
        let simple = consent
            .signatures()
            .any(|s| s.on >= r.on && s.manner == Manner::SubjectToRatification);
        let consented = own.and_then(|life| life.consent.as_ref());
        let bound = consented.is_some_and(|e| e.on > r.on && e.on <= on);
        (simple && bound && r.confirmed_on.is_none()).then_some(Rule::R2)
    }
}

impl Reservation {
    /// The partial withdrawal that holds towards `other` on a date: the last by its own date of those of
    /// which `other` has received notice (R12; VCLT 22(3)(a), Guide to Practice 2.5.10). `None` where the
    /// reservation holds as it was made.
    pub fn narrowed_towards(&self, other: &PartyId, on: NaiveDate) -> Option<&Narrowing> {
        let knows = |n: &&Narrowing| n.received.get(other).is_some_and(|(at, _)| *at <= on);
        let known = self.narrowings.iter().filter(knows);
        known.max_by_key(|n| n.on)
    }
}

impl PairStanding {
    pub(super) fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedTacitly)
    }
}
