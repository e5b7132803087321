//! Partial withdrawals (R12): each narrows what the one before its day left, and none widens. To widen is
//! to formulate late (Guide to Practice 2.3.4).

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::after_it_was_made;
use crate::{
    Decided, Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        reservation::{Narrowing, Reservation, ReservationAct, Reservations},
    },
    words::{names, numbered},
};

/// What a reservation says at one time: to which provisions, in which words.
type Extent<'a> = (&'a [ProvisionId], &'a str);

pub(super) fn narrow(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    provisions: Vec<ProvisionId>,
    words: String,
) -> Result<Decided<ReservationAct>, Refusal> {
    let r = Reservations::own(decision, number, Rule::R12)?;
    if let Some(withdrawn) = r.withdrawn_on.filter(|at| *at <= on) {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::R12,
            "a reservation that stands",
            format!("reservation {number}, withdrawn on {withdrawn}"),
        ));
    }
    after_it_was_made(decision, r, Rule::R12, on)?;
    if provisions.is_empty() || words.trim().is_empty() {
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::R12,
            "the provisions that it still concerns, and what it says; or withdraw it",
            "less",
        ));
    }
    if r.narrowings.iter().any(|n| n.on == on) {
        return Err(decision.refuse(
            Reason::Already,
            Rule::R12,
            "one partial withdrawal a day",
            format!("a second one on {on}"),
        ));
    }
    fits(decision, r, on, (&provisions, &words))?;
    let narrowing = u32::try_from(r.narrowings.len()).ok().map(|n| n + 1);
    decision.on(
        Rule::R12,
        ReservationAct::ReservationNarrowed {
            on,
            number,
            provisions,
            words,
            narrowing,
        },
    )
}

/// That a partial withdrawal is narrower than what stood before its day, and that the next one after it,
/// if that is on record already, is narrower still.
fn fits(
    decision: &DecisionContext<'_>,
    r: &Reservation,
    on: NaiveDate,
    new: Extent<'_>,
) -> Result<(), Refusal> {
    let refuse =
        |reason, expected: String, found| Err(decision.refuse(reason, Rule::R12, expected, found));
    let agreement = decision.agreement;
    let earlier = r.narrowings.iter().filter(|n| n.on < on);
    let before = earlier.max_by_key(|n| n.on);
    let before = before.map_or((r.provisions.as_slice(), r.words.as_str()), extent);
    let wider = |p: &&ProvisionId| !agreement.is_within(**p, before.0);
    if let Some(wider) = new.0.iter().find(wider) {
        let expected = format!(
            "provisions within {}; what is wider is formulated as a late reservation",
            names(before.0)
        );
        return refuse(Reason::Forbidden, expected, format!("provision {wider}"));
    }
    if is_same(decision, before, new) {
        let expected = "fewer provisions, or other words".to_owned();
        return refuse(Reason::Already, expected, "the same".to_owned());
    }
    let later = r.narrowings.iter().filter(|n| n.on > on);
    let Some(after) = later.min_by_key(|n| n.on) else {
        return Ok(());
    };
    let of = format!("the partial withdrawal of {}", after.on);
    if !agreement.all_within(&after.provisions, new.0) {
        let expected = format!("provisions that {} is within", names(&after.provisions));
        let found = format!("{}, which {of} would widen", names(new.0));
        return refuse(Reason::Forbidden, expected, found);
    }
    match is_same(decision, new, extent(after)) {
        true => refuse(
            Reason::Already,
            format!("more than {of} left"),
            "the same".to_owned(),
        ),
        false => Ok(()),
    }
}

fn extent(n: &Narrowing) -> Extent<'_> {
    (&n.provisions, &n.words)
}

/// Whether of two extents, the second within the first, nothing is narrower.
fn is_same(decision: &DecisionContext<'_>, wide: Extent<'_>, narrow: Extent<'_>) -> bool {
    wide.1 == narrow.1 && decision.agreement.all_within(wide.0, narrow.0)
}

/// That a reservation is withdrawn as a whole after the last day on which it was in part.
pub(super) fn before_the_whole(
    decision: &DecisionContext<'_>,
    r: &Reservation,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let last = r.narrowings.iter().map(|n| n.on).max();
    match last.and_then(|last| last.succ_opt()) {
        Some(from) if on < from => {
            Err(decision.too_early(Rule::R9, on, from, ", after it was narrowed"))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn receive(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    narrowing: u32,
) -> Result<Decided<ReservationAct>, Refusal> {
    let r = Reservations::of_another(decision, number, Rule::R12)?;
    let at = narrowing.checked_sub(1).map(|at| at as usize);
    let Some(of) = at.and_then(|at| r.narrowings.get(at)) else {
        let what = format!("a narrowing of reservation {number}");
        let expected = numbered(&what, r.narrowings.len());
        let found = format!("narrowing {narrowing}");
        return Err(decision.refuse(Reason::Unknown, Rule::R12, expected, found));
    };
    if on < of.on {
        return Err(decision.too_early(Rule::R12, on, of.on, ""));
    }
    if let Some((first, _)) = of.received.get(decision.party()) {
        let found = format!("that of {first}");
        return Err(decision.refuse(Reason::Already, Rule::R12, "a first receipt", found));
    }
    decision.on(
        Rule::R12,
        ReservationAct::WithdrawalReceived {
            on,
            number,
            narrowing: Some(narrowing),
        },
    )
}
