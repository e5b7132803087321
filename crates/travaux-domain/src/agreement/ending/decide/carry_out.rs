//! The measure of a claim is carried out.

use chrono::NaiveDate;

use super::{Decision, claim::pending};
use crate::{
    Reason, Rule,
    agreement::{
        consent::Representative,
        decision::DecisionContext,
        ending::{EndingAct, Measure},
    },
    effect::Period,
    words::names,
};

/// VCLT 65(2): not less than three months after receipt.
const CLAIM_MONTHS: u32 = 3;

pub(super) fn carry_out(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    by: Representative,
) -> Decision {
    let claim = pending(decision, number, Rule::E13)?;
    if claim.by != *decision.party() {
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::E13,
            format!("an act of {}", claim.by),
            format!("one of `{}`", decision.party()),
        ));
    }
    if !claim.disputed.is_empty() {
        let found = format!("the objection of {}", names(claim.disputed.keys()));
        return Err(decision.refuse(
            Reason::ConditionUnmet,
            Rule::E14,
            "a settlement of the dispute",
            found,
        ));
    }
    let others: Vec<_> = decision
        .present()
        .into_iter()
        .filter(|p| *p != claim.by)
        .collect();
    let missing: Vec<_> = others
        .iter()
        .filter(|p| !claim.received.contains_key(*p))
        .map(|p| format!("receipt by {p}"))
        .collect();
    if !missing.is_empty() {
        return Err(decision
            .refuse(
                Reason::ConditionUnmet,
                Rule::E13,
                "receipt by all other parties",
                "less",
            )
            .missing(missing));
    }
    let last = claim.received.values().max().copied().unwrap_or(claim.on);
    let earliest = Period::Months(CLAIM_MONTHS).after(last);
    if on < earliest {
        return Err(decision.refuse(
            Reason::TooEarly,
            Rule::E13,
            format!("a date from {earliest} on, three months after receipt"),
            on.to_string(),
        ));
    }
    if !by.has_authority() {
        let expected = "an instrument signed by the Head of State, the Head of Government, the foreign minister, or with full powers";
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::E13,
            expected,
            format!("one signed by {}", by.name),
        ));
    }
    decision.on(
        if claim.notice.measure == Measure::Invalidate {
            Rule::E21
        } else {
            Rule::E13
        },
        EndingAct::MeasureCarriedOut { on, number, by },
    )
}
