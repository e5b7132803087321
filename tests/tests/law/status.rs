//! P19: every view says the same of where an agreement stands, and what it says of the whole and of two parties fits.

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    domain::{
        AgreementId, PartyId,
        agreement::{
            Agreement, ForceBetween, ForceState, Reserved, Status, TextOn,
            reservation::PairStanding,
        },
        clause::Term,
    },
    projections::{InForceQuestion, TextQuestion},
};
use uuid::Uuid;

use super::{Checked, Run, ensure};

/// Two parties.
type Pair = (PartyId, PartyId);

impl Run {
    /// What the register says of it.
    pub(super) fn listed(&self, on: NaiveDate, known_at: Option<DateTime<Utc>>) -> Option<Status> {
        let listed = self.register.agreements.get(&AgreementId(Uuid::nil()))?;
        Some(listed.status(on, known_at))
    }

    /// That all views say the same, of all dates as known now, and of a date or two as known after each act.
    pub(super) fn check_status(&self) -> Checked {
        let agreement = &self.record.agreement;
        let pairs = self.pairs();
        for on in self.days() {
            self.same(on, None)?;
            whole_and_pairs(agreement, &pairs, on)?;
        }
        let mut dates = Self::dates().cycle();
        for (at, stood) in &self.stood {
            let then = self.same(stood.on, Some(*at))?;
            let then = Status {
                known_at: None,
                ..then
            };
            ensure(then == *stood, || {
                format!("P19: it was {stood}, and as known at {at} it is {then}")
            })?;
            if let Some(on) = dates.next() {
                self.same(on, Some(*at))?;
                whole_and_pairs(&agreement.known_at(*at), &pairs, on)?;
            }
        }
        Ok(())
    }

    /// The dates of every run, and those on which this one's agreement changes, each with the day before.
    fn days(&self) -> Vec<NaiveDate> {
        let agreement = &self.record.agreement;
        let machines = &agreement.machines;
        let ends = machines.ending.ends.iter().map(|end| end.on);
        let lives = machines.consents.0.values().flat_map(|c| &c.lives);
        let left = lives.filter_map(|life| life.withdrawal);
        let suspended = machines.ending.suspensions.iter();
        let changes = ends
            .chain(machines.ending.void.map(|void| void.stated_on))
            .chain(left.map(|w| w.effective_on))
            .chain(suspended.flat_map(|s| s.until.into_iter().chain([s.on])))
            .chain(machines.force.provisional.iter().map(|p| p.on))
            .chain(agreement.in_force_since());
        let changes = changes.flat_map(|on| [on.pred_opt().unwrap_or(on), on]);
        let mut days: Vec<NaiveDate> = Self::dates().chain(changes).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The status that the agreement, what it was then, the register and both answers give; they are one.
    fn same(&self, on: NaiveDate, known_at: Option<DateTime<Utc>>) -> Result<Status, String> {
        let agreement = &self.record.agreement;
        let status = agreement.status(on, known_at);
        let then = known_at.map(|at| Status {
            known_at,
            ..agreement.known_at(at).status(on, None)
        });
        let text = self.record.text_in_force(TextQuestion { on, known_at });
        if let Some(listed) = self.register.agreements.get(&AgreementId(Uuid::nil())) {
            let (_, of_register) = listed.status_and_text(on, known_at);
            let (applied, pending) = (text.applied.clone(), text.pending.clone());
            let of_text = TextOn { applied, pending };
            ensure(of_register == of_text, || {
                format!(
                    "P19: of the text of {on}, known at {known_at:?}, the register says {of_register:?}: {of_text:?}"
                )
            })?;
        }
        let mut views = vec![
            ("register", self.listed(on, known_at)),
            ("text in force", Some(text.status)),
            ("agreement as known then", then.or(Some(status.clone()))),
        ];
        if let Some(between) = self.pairs().into_iter().next() {
            let question = InForceQuestion {
                on,
                known_at,
                between,
            };
            let answer = self.record.in_force_between(question);
            views.push(("in force", Some(answer.status)));
        }
        for (view, says) in views {
            let differs =
                || format!("P19: {view} says {says:?} of {on}, known at {known_at:?}: {status:?}");
            // What is not there yet is in no register.
            let absent = agreement.identity.is_none() && says.is_none();
            ensure(absent || says.as_ref() == Some(&status), differs)?;
        }
        Ok(status)
    }
}

/// What holds of the agreement as a whole and of any two of its parties on a date.
fn whole_and_pairs(agreement: &Agreement, pairs: &[Pair], on: NaiveDate) -> Checked {
    let status = agreement.status(on, None);
    let whole = status.force.state;
    if let Some(end) = status.force.ends_on {
        let before = end.pred_opt().is_some_and(|day| day >= on);
        let ends = agreement.status(end, None).force.state.has_ended();
        ensure(before && ends && !whole.has_ended(), || {
            format!("P19: it ends on {end}, and on {on}: {status}")
        })?;
    }
    let mut forces = Vec::new();
    for (a, b) in pairs {
        let force = agreement.between(a, b, on).force;
        ensure(fits(agreement, whole, force, (a, b), on), || {
            format!("P19: on {on} it is {whole}, and between {a} and {b} {force}")
        })?;
        forces.push(force);
    }
    ensure(carried(agreement, whole, &forces, on), || {
        format!("P19: on {on} it is {whole}, and between no two parties: {forces:?}")
    })
}

/// That some two parties have what is said of the whole, or that a rule keeps all of them from it.
fn carried(
    agreement: &Agreement,
    whole: ForceState,
    forces: &[ForceBetween],
    on: NaiveDate,
) -> bool {
    let some = |is: fn(&ForceBetween) -> bool| forces.iter().any(is);
    let machines = &agreement.machines;
    match whole {
        ForceState::InForce { .. } | ForceState::Suspended { .. } => {
            let contracting = machines.consents.contracting(on);
            // Who declines later was never bound (C17).
            let bound = contracting.filter(|p| agreement.force_for(p, on).is_some());
            let bound: Vec<&PartyId> = bound.collect();
            some(binds) || bound.len() >= 2 && kept_apart(agreement, &bound, on)
        }
        ForceState::Provisional { .. } => {
            let begun = machines.force.provisional.iter().filter(|p| p.on <= on);
            some(|f| matches!(f, ForceBetween::Provisional(_)))
                || retroactive(agreement, on)
                || begun.map(|p| p.parties.iter()).any(|parties| {
                    let applies = parties.filter(|(_, until)| until.is_none_or(|end| on < end));
                    let apply: Vec<&PartyId> = applies.map(|(party, _)| party).collect();
                    apply.len() >= 2 && kept_apart(agreement, &apply, on)
                })
        }
        ForceState::NotInForce
        | ForceState::NotForeseen
        | ForceState::ToBeInForce { .. }
        | ForceState::Ended { .. }
        | ForceState::Never => true,
        ForceState::Void { .. } => forces.iter().all(|f| *f == ForceBetween::Void),
    }
}

/// F7, VCLT 28: whether a clause has acts and facts of a date bound, before it is in force.
fn retroactive(agreement: &Agreement, on: NaiveDate) -> bool {
    let from = agreement.machines.clauses.find(|t| match t {
        Term::Retroactive(from) => Some(*from),
        _ => None,
    });
    from.is_some_and(|(from, _)| from <= on)
}

fn binds(force: &ForceBetween) -> bool {
    matches!(force, ForceBetween::InForce(_) | ForceBetween::Suspended(_))
}

/// Whether what is said of two parties may be said of them while that is said of the whole.
fn fits(
    agreement: &Agreement,
    whole: ForceState,
    force: ForceBetween,
    pair: (&PartyId, &PartyId),
    on: NaiveDate,
) -> bool {
    let retroactive = retroactive(agreement, on) && !whole.has_ended();
    match force {
        ForceBetween::InForce(since) => {
            let suspended = matches!(whole, ForceState::Suspended { .. });
            since <= on && (whole.is_in_force() || retroactive) && !suspended
        }
        ForceBetween::Suspended(since) => match whole {
            ForceState::Suspended { since: first, .. } => since <= first,
            _ => whole.is_in_force() || retroactive,
        },
        // Some may apply it provisionally while others are bound (VCLT 25).
        ForceBetween::Provisional(_) => {
            whole.is_in_force() || matches!(whole, ForceState::Provisional { .. })
        }
        // One of the two has left (C14), and the others go on.
        ForceBetween::Ended(day) => day <= on && (whole.has_ended() || left(agreement, pair, day)),
        ForceBetween::NotInForce => true,
        // The whole, or the consent of one of the two alone (E21).
        ForceBetween::Void => {
            let void = |party| {
                let own = agreement.machines.consents.of(party);
                own.is_some_and(|own| own.lives.iter().any(|life| life.void.is_some()))
            };
            matches!(whole, ForceState::Void { .. }) || void(pair.0) || void(pair.1)
        }
    }
}

fn left(agreement: &Agreement, (a, b): (&PartyId, &PartyId), on: NaiveDate) -> bool {
    [a, b].into_iter().any(|party| {
        let consent = agreement.machines.consents.of(party);
        let mut lives = consent.into_iter().flat_map(|c| &c.lives);
        lives.any(|life| life.withdrawal.is_some_and(|w| w.effective_on == on))
    })
}

/// Whether each two of these are kept apart, by an objection that opposes force between them (R6), or as one of them consented late
/// and waits for its own date (F3).
fn kept_apart(agreement: &Agreement, parties: &[&PartyId], on: NaiveDate) -> bool {
    let waits = |p: &PartyId| agreement.force_for(p, on).is_some_and(|since| on < since);
    let apart = |a: &PartyId, b: &PartyId| {
        let reservations = agreement.between(a, b, on).reservations;
        let opposed = |r: &Reserved| r.standing == PairStanding::NoRelation;
        waits(a) || waits(b) || reservations.iter().any(opposed)
    };
    let pairs = parties.iter().enumerate();
    pairs
        .flat_map(|(at, a)| parties[at + 1..].iter().map(move |b| (a, b)))
        .all(|(a, b)| apart(a, b))
}
