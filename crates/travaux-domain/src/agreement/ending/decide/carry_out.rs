//! The measure of a claim is carried out.

use chrono::NaiveDate;

use super::{Decision, claim::pending, scope};
use crate::{
    Reason, Rule,
    agreement::{
        consent::Representative,
        decision::DecisionContext,
        ending::{EndingAct, Measure, Scope},
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
    recorded: Option<Scope>,
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
    let disputed: Vec<_> = claim.disputed_by(on).collect();
    if !disputed.is_empty() {
        let found = format!("the objection of {}", names(disputed));
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
    if on < last {
        return Err(decision.too_early(Rule::E13, on, last, ", when it was received"));
    }
    let period = Period::Months(CLAIM_MONTHS);
    // Records of before counted no last day.
    let earliest = match decision.is_new() {
        true => period.is_over_on(last),
        false => period.after(last),
    };
    if on < earliest && claim.notice.urgency.is_none() {
        return Err(decision.too_early(
            Rule::E13,
            on,
            earliest,
            &format!(", when {period} from receipt are over"),
        ));
    }
    if decision.is_new() && by.name.trim().is_empty() {
        let expected = "who signed the instrument";
        return Err(decision.refuse(Reason::Malformed, Rule::E13, expected, "nobody"));
    }
    // Records of before do not say between whom.
    let scope = match decision.is_new() || recorded.is_some() {
        true => {
            let measure = claim.notice.measure;
            Some(scope::scope(decision, &claim.by, &claim.notice, measure)?)
        }
        false => None,
    };
    decision.on(
        if claim.notice.measure == Measure::Invalidate {
            Rule::E21
        } else {
            Rule::E13
        },
        EndingAct::MeasureCarriedOut {
            on,
            number,
            by,
            scope,
        },
    )
}
