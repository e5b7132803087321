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

/// Its operation is suspended for all.
pub(super) fn suspend(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    consenting: Vec<PartyId>,
    provisions: Vec<ProvisionId>,
) -> Decision {
    decision.standing()?;
    decision.legal_basis(Rule::E5)?;
    decision.in_force(Rule::E5, on)?;
    let act = |consenting| EndingAct::Suspended {
        on,
        consenting,
        provisions,
    };
    if let Some((_, label)) = decision
        .clause(|t| matches!(t, Term::Suspension(_)).then_some(()))
        .filter(|_| consenting.is_empty())
    {
        return decision.by(Rule::E5, label, act(consenting));
    }
    decision.all_consent(Rule::E5, &consenting)?;
    decision.on(Rule::E5, act(consenting))
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

/// A suspension ends.
pub(super) fn resume(decision: &DecisionContext<'_>, on: NaiveDate, number: u32) -> Decision {
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
            format!("one from {}", s.on),
        ));
    }
    decision.on(Rule::E19, EndingAct::OperationResumed { on, number })
}
