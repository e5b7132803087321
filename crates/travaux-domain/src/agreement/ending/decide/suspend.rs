//! Suspension: of all, of some among themselves, and its end.

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::Decision;
use crate::{
    PartyId, Reason, Rule,
    agreement::{decision::DecisionContext, ending::EndingAct},
    clause::Term,
    words::{names, numbered},
};

/// Its operation is suspended for all, for a time or until it is resumed.
pub(super) fn suspend(
    decision: &DecisionContext<'_>,
    (on, until): (NaiveDate, Option<NaiveDate>),
    notified_on: Option<NaiveDate>,
    consenting: Vec<PartyId>,
    provisions: Vec<ProvisionId>,
) -> Decision {
    decision.standing()?;
    decision.legal_basis(Rule::E5)?;
    decision.in_force(Rule::E5, on)?;
    if until.is_some_and(|until| until <= on) {
        let expected = format!("a day of operation again after {on}");
        let found = until.unwrap_or(on).to_string();
        return Err(decision.refuse(Reason::Malformed, Rule::E5, expected, found));
    }
    let act = |notified_on, consenting| EndingAct::Suspended {
        on,
        until,
        notified_on,
        consenting,
        provisions,
    };
    let notice = |t: &Term| {
        if let Term::Suspension(notice) = t {
            Some(*notice)
        } else {
            None
        }
    };
    let Some((notice, label)) = decision.clause(notice).filter(|_| consenting.is_empty()) else {
        if decision.is_new() && notified_on.is_some() {
            let expected = "no notice, as no clause asks for one, or all consent";
            return Err(decision.refuse(Reason::Malformed, Rule::E5, expected, "one"));
        }
        decision.all_consent(Rule::E5, &consenting)?;
        return decision.on(Rule::E5, act(notified_on, consenting));
    };
    // Records of before do not say when notice was given.
    let notified_on = match decision.is_new() {
        true => Some(notified_on.unwrap_or(decision.today())),
        false => notified_on,
    };
    let first = notified_on.map(|notified_on| notice.after(notified_on));
    if let Some(first) = first.filter(|first| on < *first) {
        let refusal = decision.too_early(Rule::E5, on, first, &format!(", {notice} after notice"));
        return Err(refusal.by(label));
    }
    decision.by(Rule::E5, label, act(notified_on, consenting))
}

pub(super) fn suspend_some(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    until: NaiveDate,
    between: Vec<PartyId>,
    provisions: Vec<ProvisionId>,
    notified: Vec<PartyId>,
) -> Decision {
    decision.standing()?;
    decision.legal_basis(Rule::E6)?;
    decision.in_force(Rule::E6, on)?;
    decision.all_are_parties(&between)?;
    let all = decision.present();
    if between.len() < 2 || between.len() >= all.len() || !between.contains(decision.party()) {
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::E6,
            "some parties, its own among them, and not all",
            names(&between),
        ));
    }
    if until <= on || provisions.is_empty() {
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::E6,
            "a time that ends, and the provisions that are suspended",
            "less",
        ));
    }
    decision.others_are_told(Rule::E6, &between, &notified)?;
    decision.on(
        Rule::E6,
        EndingAct::SuspendedInterSe {
            on,
            until,
            between,
            provisions,
            notified,
        },
    )
}

/// A suspension ends before its time: by all who suspended.
pub(super) fn resume(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    consenting: Vec<PartyId>,
) -> Decision {
    decision.standing()?;
    let all = &decision.agreement.machines.ending.suspensions;
    let Some(s) = number.checked_sub(1).and_then(|at| all.get(at as usize)) else {
        let expected = numbered("a suspension", all.len());
        return Err(decision.refuse(
            Reason::Unknown,
            Rule::E19,
            expected,
            format!("suspension {number}"),
        ));
    };
    if on < s.on || s.until.is_some_and(|until| until <= on) {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::E19,
            "a suspension that stands",
            match s.until {
                Some(until) => format!("one from {} to {until}", s.on),
                None => format!("one from {}", s.on),
            },
        ));
    }
    decision.all_are_parties(&consenting)?;
    let present = decision.present();
    let agrees = |p: &PartyId| p == decision.party() || consenting.contains(p);
    let missing = s.by.iter().filter(|p| present.contains(p) && !agrees(p));
    let missing: Vec<String> = missing.map(ToString::to_string).collect();
    if !missing.is_empty() && decision.is_new() {
        let expected = format!("the agreement of those who suspended ({})", names(&s.by));
        let refusal = decision.refuse(
            Reason::ConsentMissing,
            Rule::E19,
            expected,
            names(&consenting),
        );
        return Err(refusal.missing(missing));
    }
    let act = EndingAct::OperationResumed {
        on,
        number,
        consenting,
    };
    decision.on(Rule::E19, act)
}
