//! An agreement ends: by all, by its own terms, by a later one.

use chrono::NaiveDate;

use super::Decision;
use crate::{
    ActElsewhere, AdoptionRule, AgreementId, PartyId, Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        ending::{Ended, EndingAct},
    },
    clause::Term,
    effect::Evaluation,
};

pub(super) fn end(decision: &DecisionContext<'_>, ended: Ended) -> Decision {
    let identity = decision.standing()?;
    if identity.profile.adoption == AdoptionRule::AllParties {
        before_other_ends(decision, Rule::E2, ended.on)?;
        decision.all_consent(Rule::E2, &ended.consenting)?;
    }
    decision.on(Rule::E2, EndingAct::AgreementEnded(ended))
}

pub(super) fn terminate(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.standing()?;
    decision.legal_basis(Rule::E1)?;
    decision.in_force(Rule::E1, on)?;
    before_other_ends(decision, Rule::E1, on)?;
    let act = EndingAct::Terminated { on };
    if let Some((n, label)) = decision.clause(|t| {
        if let Term::MinimumParties(n) = t {
            Some(*n as usize)
        } else {
            None
        }
    }) && decision.agreement.machines.consents.contracting(on).count() < n
    {
        return decision.by(Rule::E3, label, act);
    }
    if let Some((effect, label)) = decision.clause(|t| {
        if let Term::Expiry(effect) = t {
            Some(effect)
        } else {
            None
        }
    }) {
        return match effect.evaluate(&decision.agreement.facts(None)) {
            Evaluation::Date { on: found, .. } if found == on => decision.by(Rule::E1, label, act),
            Evaluation::Date { on: found, .. } => Err(decision
                .refuse(
                    Reason::WrongDate,
                    Rule::E1,
                    found.to_string(),
                    on.to_string(),
                )
                .by(label)),
            Evaluation::Pending { missing } => Err(decision
                .refuse(
                    Reason::ConditionUnmet,
                    Rule::E1,
                    "a condition that is met",
                    "one that is not",
                )
                .missing(missing)
                .by(label)),
        };
    }
    let notice = decision.agreement.denounced_on();
    match (
        notice,
        decision.clause(|t| matches!(t, Term::Denunciation(_)).then_some(())),
    ) {
        (Some(found), Some((_, label))) if found == on => decision.by(Rule::E1, label, act),
        (Some(found), _) if found == on => decision.on(Rule::E4, act),
        (Some(found), _) => Err(decision.refuse(
            Reason::WrongDate,
            Rule::E1,
            format!("{found}, when the notice has run"),
            on.to_string(),
        )),
        (None, _) => Err(decision.refuse(
            Reason::ConditionUnmet,
            Rule::E1,
            "a clause by which it ends, and what that asks for",
            "neither expiry nor notice",
        )),
    }
}

/// A later agreement of all takes its place.
pub(super) fn supersede(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    by: AgreementId,
    suspended_only: bool,
    consenting: Vec<PartyId>,
) -> Decision {
    decision.standing()?;
    decision.legal_basis(Rule::E7)?;
    decision.in_force(Rule::E7, on)?;
    if !suspended_only {
        before_other_ends(decision, Rule::E7, on)?;
    }
    decision.all_consent(Rule::E7, &consenting)?;
    decision.known_agreement(Rule::E7, by)?;
    decision.on(
        Rule::E7,
        EndingAct::Superseded {
            on,
            by,
            suspended_only,
            consenting,
        },
    )
}

/// A document that had gone comes back.
pub(super) fn resume_living_text(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    elsewhere: Option<ActElsewhere>,
) -> Decision {
    let identity = decision.identity()?;
    let ended = decision.agreement.machines.ending.last_end().is_some();
    if !identity.profile.living_text || !ended {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::E18,
            "a living text that had ended",
            "another agreement",
        ));
    }
    decision.on(Rule::E18, EndingAct::AgreementResumed { on, elsewhere })
}

/// That an end would not come after one that is on record: the earlier one decides, so that the later
/// would be recorded and change nothing.
fn before_other_ends(
    decision: &DecisionContext<'_>,
    rule: Rule,
    on: NaiveDate,
) -> Result<(), Refusal> {
    match decision.agreement.machines.ending.last_end() {
        Some(end) if end.on <= on => Err(decision.refuse(
            Reason::Already,
            rule,
            format!("a date before {}, on which it ends already", end.on),
            on.to_string(),
        )),
        Some(_) | None => Ok(()),
    }
}
