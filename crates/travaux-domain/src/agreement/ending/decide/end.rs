//! An agreement ends: by all, by its own terms, by a later one.

use chrono::NaiveDate;

use super::Decision;
use crate::{
    ActElsewhere, AdoptionRule, AgreementId, PartyId, Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        ending::{Ended, EndingAct},
        relation::Relation,
        state::Agreement,
    },
    clause::Term,
    effect::Evaluation,
};

pub(super) fn end(decision: &DecisionContext<'_>, ended: Ended) -> Decision {
    let identity = decision.ending()?;
    if identity.profile.adoption == AdoptionRule::AllParties {
        before_other_ends(decision, Rule::E2, ended.on)?;
        decision.all_consent(Rule::E2, &ended.consenting)?;
    }
    decision.on(Rule::E2, EndingAct::AgreementEnded(ended))
}

/// That it ended is recorded: on the day that follows from its clauses and from what its parties did.
pub(super) fn terminate(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.ending()?;
    decision.legal_basis(Rule::E1)?;
    decision.in_force(Rule::E1, on)?;
    before_recorded_end(decision, Rule::E1, on)?;
    let act = EndingAct::Terminated { on };
    let follows = decision.agreement.follows_end();
    // Records of before named any day on which too few were left.
    let consents = &decision.agreement.machines.consents;
    if !decision.is_new()
        && follows.is_none_or(|(found, _)| found != on)
        && let Some((n, label)) = decision
            .agreement
            .machines
            .clauses
            .find(Term::minimum_parties)
        && consents.contracting(on).count() < n
    {
        return decision.by(Rule::E3, label, act);
    }
    let Some((found, follows)) = follows else {
        return Err(no_end_follows(decision));
    };
    let (rule, label) = basis(decision, follows);
    if found != on {
        let expected = match follows == Rule::C14 {
            true => format!("{found}, when the notice has run"),
            false => found.to_string(),
        };
        let refusal = decision.refuse(Reason::WrongDate, Rule::E1, expected, on.to_string());
        return Err(match label {
            Some(label) => refusal.by(label),
            None => refusal,
        });
    }
    decision.based(rule, label, act)
}

/// The row on which an end rests that follows, and the clause that speaks of it.
fn basis<'a>(decision: &DecisionContext<'a>, follows: Rule) -> (Rule, Option<&'a str>) {
    let clause = |speaks: fn(&Term) -> bool| {
        let found = decision
            .agreement
            .machines
            .clauses
            .find(|t| speaks(t).then_some(()));
        found.map(|(_, label)| label)
    };
    if follows == Rule::E3 {
        return (Rule::E3, clause(|t| matches!(t, Term::MinimumParties(_))));
    }
    if follows == Rule::E1 {
        return (Rule::E1, clause(|t| t.expiry().is_some()));
    }
    match clause(|t| t.is_of_notice()) {
        Some(label) => (Rule::E1, Some(label)),
        None => (Rule::E4, None),
    }
}

fn no_end_follows(decision: &DecisionContext<'_>) -> Refusal {
    let clauses = &decision.agreement.machines.clauses;
    if let Some((effect, label)) = clauses.find(Term::expiry)
        && let Evaluation::Pending { missing } = effect.evaluate(&decision.agreement.facts(None))
    {
        let expected = "a condition that is met";
        let refusal = decision.refuse(
            Reason::ConditionUnmet,
            Rule::E1,
            expected,
            "one that is not",
        );
        return refusal.missing(missing).by(label);
    }
    let expected = "a clause by which it ends, and what that asks for";
    let found = "neither expiry nor notice";
    decision.refuse(Reason::ConditionUnmet, Rule::E1, expected, found)
}

/// A later agreement of all takes its place.
pub(super) fn supersede(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    by: AgreementId,
    suspended_only: bool,
    consenting: Vec<PartyId>,
) -> Decision {
    decision.ending()?;
    decision.legal_basis(Rule::E7)?;
    decision.in_force(Rule::E7, on)?;
    if !suspended_only {
        before_other_ends(decision, Rule::E7, on)?;
    }
    decision.all_consent(Rule::E7, &consenting)?;
    let later = decision.known_agreement(Rule::E7, by)?;
    if decision.is_new() {
        takes_its_place(decision, later, on)?;
    }
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

/// That a later agreement is on record as later on the same subject, and one of all parties: bound by it
/// on the day, where it asks for consent (VCLT 59(1)).
fn takes_its_place(
    decision: &DecisionContext<'_>,
    later: &Agreement,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let itself = decision.beside.itself;
    let relations = &later.machines.relations;
    if !itself.is_some_and(|id| relations.has(id, Relation::LaterThan)) {
        let expected = "an agreement that is on record as later than this one (`relate`)";
        let found = "one that is not";
        return Err(decision.refuse(Reason::ConditionUnmet, Rule::E7, expected, found));
    }
    let bound = |p: &PartyId| match later.asks_for_force() {
        true => later.is_in_force_for(p, on) && !later.has_ended(on),
        false => later.has_party(p) && later.text.on(on).0.is_adopted(),
    };
    let all = decision.present();
    let missing: Vec<String> = all
        .iter()
        .filter(|p| !bound(p))
        .map(ToString::to_string)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let expected = format!("an agreement by which all parties are bound on {on}");
    let refusal = decision.refuse(Reason::ConditionUnmet, Rule::E7, expected, "less");
    Err(refusal.missing(missing))
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

/// That an end would not come after one that is on record, or follows: the earlier one decides, so that
/// the later would be recorded and change nothing. One that follows may itself be recorded.
fn before_other_ends(
    decision: &DecisionContext<'_>,
    rule: Rule,
    on: NaiveDate,
) -> Result<(), Refusal> {
    before_recorded_end(decision, rule, on)?;
    match decision.agreement.follows_end() {
        Some((end, _)) if end < on && decision.is_new() => {
            Err(ends_already(decision, rule, end, on))
        }
        Some(_) | None => Ok(()),
    }
}

fn before_recorded_end(
    decision: &DecisionContext<'_>,
    rule: Rule,
    on: NaiveDate,
) -> Result<(), Refusal> {
    match decision.agreement.machines.ending.last_end() {
        Some(end) if end.on <= on => Err(ends_already(decision, rule, end.on, on)),
        Some(_) | None => Ok(()),
    }
}

fn ends_already(
    decision: &DecisionContext<'_>,
    rule: Rule,
    end: NaiveDate,
    on: NaiveDate,
) -> Refusal {
    let expected = format!("a date before {end}, on which it ends already");
    decision.refuse(Reason::Already, rule, expected, on.to_string())
}
