//! From when a consent counts. One half of an exchange is nothing without the other (VCLT 16(a)). One
//! with a reservation counts from its own day, as depositaries have it while nobody is opposed (Guide to
//! Practice 4.2.2); or, where the agreement says so, once another contracting State has accepted that
//! (VCLT 20(4)(c)).

use chrono::NaiveDate;

use super::{Counts, Expressed, Life, PartyConsent};
use crate::{
    PartyId, Rule,
    agreement::{
        reservation::{Reaction, Reservation},
        state::Agreement,
    },
    clause::{Means, Term},
};

fn once_accepted(t: &Term) -> Option<()> {
    matches!(t, Term::CountsOnceAccepted).then_some(())
}

/// A day from which something counts, and the event that brought it.
type Since = (NaiveDate, u64);

impl Agreement {
    /// Concludes from when each consent counts, from the acts alone: a consent that waits for another
    /// is that other's counterpart all the same.
    pub(crate) fn conclude_counts(&mut self) {
        let consents = &self.machines.consents.0;
        let waits = |life: &Life| life.consent.as_ref().is_some_and(|own| own.waits);
        let exchanged = consents.values().flat_map(|own| &own.lives).any(waits);
        if !exchanged && self.machines.clauses.find(once_accepted).is_none() {
            return;
        }
        let of_party = |(party, own): (&PartyId, &PartyConsent)| {
            let lives = own.lives.iter().map(|life| self.counts(party, life));
            (party.clone(), lives.collect())
        };
        let found: Vec<(PartyId, Vec<Counts>)> = consents.iter().map(of_party).collect();
        for (party, counts) in found {
            if let Some(own) = self.machines.consents.0.get_mut(&party) {
                for (life, counts) in own.lives.iter_mut().zip(counts) {
                    life.counts = counts;
                }
            }
        }
    }

    fn counts(&self, party: &PartyId, life: &Life) -> Counts {
        let Some(consent) = &life.consent else {
            return Counts::AtOnce;
        };
        let exchange = consent
            .waits
            .then(|| (Rule::C8, self.exchanged(party, consent)));
        let reserved = self.reservations_with(party, consent);
        let accepted = reserved.map(|r| (Rule::R13, self.lets_count(r, consent)));
        let mut latest = Counts::AtOnce;
        for (rule, since) in exchange.into_iter().chain(accepted) {
            let Some((on, event)) = since.filter(|(on, _)| !life.is_over(*on)) else {
                return Counts::NotYet(rule);
            };
            let later = match latest {
                Counts::From(last, ..) => last < on,
                Counts::AtOnce | Counts::NotYet(_) => consent.on < on,
            };
            if later {
                latest = Counts::From(on, rule, event);
            }
        }
        latest
    }

    /// The consents of the others, as they were given.
    fn others<'a>(&'a self, party: &'a PartyId) -> impl Iterator<Item = (&'a PartyId, &'a Life)> {
        let all = self.machines.consents.0.iter();
        let others = all.filter(move |(other, _)| *other != party);
        others.flat_map(|(other, own)| own.lives.iter().map(move |life| (other, life)))
    }

    /// When an instrument was exchanged: once that of another, which stands then, has been given too, in
    /// whatever way; a signature is none.
    fn exchanged(&self, party: &PartyId, own: &Expressed) -> Option<Since> {
        let with = |(_, life): (&PartyId, &Life)| {
            let given = |consent: &&Expressed| {
                !matches!(consent.means, Means::Signature | Means::Notification)
            };
            let other = life.consent.as_ref().filter(given)?;
            let later = if own.on < other.on { other } else { own };
            life.stands(later.on).then_some((later.on, later.event))
        };
        self.others(party).filter_map(with).min()
    }

    /// The reservations that came with a consent and that it waits for, where a clause says so. That the
    /// treaty admits reservations to a provision accepts none of them in advance.
    fn reservations_with<'a>(
        &'a self,
        party: &'a PartyId,
        consent: &'a Expressed,
    ) -> impl Iterator<Item = &'a Reservation> {
        let asked = self.machines.clauses.find_on(consent.on, once_accepted);
        let all = self.machines.reservations.0.iter();
        all.filter(move |_| asked.is_some()).filter(move |r| {
            let with = r.by == *party && !r.late && r.on <= consent.on;
            with && self.lapsed(r, consent.on).is_none()
        })
    }

    /// From when all have accepted a reservation where all must: that is final, whoever joins or objects
    /// later.
    pub(crate) fn accepted_by_all(&self, r: &Reservation) -> Option<NaiveDate> {
        let own = self.machines.consents.of(&r.by)?;
        let with = own.lives.iter().find(|life| !life.is_over(r.on))?;
        let (on, _) = self.accepted(r, with.consent.as_ref()?)?;
        Some(on)
    }

    /// From when a reservation lets the consent count that it came with: another contracting State has
    /// accepted it, or all have where all must; or its withdrawal is known to one (VCLT 22(3)(a)), at once
    /// where nobody has answered.
    fn lets_count(&self, r: &Reservation, consent: &Expressed) -> Option<Since> {
        let accepted = self.accepted(r, consent);
        let withdrawn = r.withdrawn_on.and_then(|on| {
            let open = |x: &Reaction| x.objected.is_none();
            let silent = r.reactions.values().all(open);
            let known = r
                .reactions
                .values()
                .filter_map(|x| x.withdrawal_received_on);
            let on = if silent { Some(on) } else { known.min() };
            Some((on?.max(consent.on), r.withdrawn_by.unwrap_or(r.event)))
        });
        accepted.into_iter().chain(withdrawn).min()
    }

    fn accepted(&self, r: &Reservation, consent: &Expressed) -> Option<Since> {
        let accepted: Vec<(&Life, Option<Since>)> = self
            .others(&r.by)
            .filter(|(_, life)| life.consent.is_some())
            .map(|(other, life)| (life, self.accepted_since(r, other)))
            .collect();
        let stands_from = |(life, since): &(&Life, Option<Since>)| {
            let ((on, event), own) = ((*since)?, life.consent.as_ref()?);
            let on = on.max(own.on).max(consent.on);
            life.stands(on).then_some((on, event))
        };
        let mut days: Vec<Since> = accepted.iter().filter_map(stands_from).collect();
        let asks_all = self.asks_all();
        if asks_all {
            // Who goes is asked no more.
            let ends = accepted.iter().filter_map(|(life, _)| life.ends());
            days.extend(ends.map(|(on, event)| (on.max(consent.on), event.unwrap_or(r.event))));
        }
        days.sort_unstable();
        let all_accept = |on: NaiveDate| {
            let then = || accepted.iter().filter(|(life, _)| life.stands(on));
            let accepts = |since: Option<Since>| since.is_some_and(|(at, _)| at <= on);
            then().next().is_some() && then().all(|(_, since)| accepts(*since))
        };
        let mut days = days.into_iter();
        days.find(|(on, _)| !asks_all || all_accept(*on))
    }

    /// Since when another has accepted a reservation: in writing, by silence or by taking its objection
    /// back.
    fn accepted_since(&self, r: &Reservation, other: &PartyId) -> Option<Since> {
        let x = r.reactions.get(other)?;
        let by = |event: Option<u64>| event.unwrap_or(x.event);
        let expressly = x.accepted_on.map(|on| (on, by(x.accepted_by)));
        let silent = self.tacit_acceptance(r, other);
        let silent = silent.map(|on| (on, by(x.notified_by)));
        let accepted = expressly.into_iter().chain(silent).min();
        let Some((objected, _)) = x.objected else {
            return accepted;
        };
        let withdrawn = x.objection_withdrawn_on.filter(|on| objected <= *on);
        let withdrawn = withdrawn.map(|on| (on, by(x.objection_withdrawn_by)));
        accepted.filter(|(on, _)| *on <= objected).or(withdrawn)
    }

    /// What a party's consent waits for before it counts, and the row by which; `None` where it counts.
    pub(crate) fn consent_waits_for(
        &self,
        party: &PartyId,
        on: NaiveDate,
    ) -> Option<(Rule, String)> {
        let life = self.machines.consents.of(party)?.life(on)?;
        let consent = life.consent.as_ref().filter(|_| life.stands(on))?;
        let waits = match life.counts {
            Counts::AtOnce => None,
            Counts::From(from, rule, _) => Some(rule).filter(|_| on < from),
            Counts::NotYet(rule) => Some(rule),
        };
        let given = format!("of {party}, given on {}", consent.on);
        waits.map(|rule| {
            let what = if rule == Rule::C8 {
                format!("the instrument of another, in exchange for that {given}")
            } else {
                format!("the acceptance of a reservation that came with the consent {given}")
            };
            (rule, what)
        })
    }
}
