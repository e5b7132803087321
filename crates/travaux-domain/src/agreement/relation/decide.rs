//! Which relations between agreements the law admits.

use super::{Relation, RelationAct, Relations};
use crate::{
    AgreementId, Decided, Reason, Refusal, Rule,
    agreement::{decision::DecisionContext, state::Agreement},
    clause::Term,
};

impl Relations {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: RelationAct,
    ) -> Result<Decided<RelationAct>, Refusal> {
        decision.standing()?;
        let (on, to, relation) = match act {
            RelationAct::RelationRecorded { on, to, relation } => (on, to, relation),
            // That the item is there, and not followed up by this agreement yet, its meeting decides
            // in the same commit.
            RelationAct::AgreementFollowsItem { .. } => return Ok(Decided::on(Rule::MT9, act)),
        };
        let rule = relation.rule();
        if decision.agreement.machines.relations.has(to, relation) {
            return Err(decision.refuse(
                Reason::Already,
                rule,
                "a new relation",
                "one that is on record",
            ));
        }
        let other = decision.known_agreement(rule, to)?;
        if decision.is_new() {
            one_way(decision, (to, other), relation)?;
        }
        if relation == Relation::LaterThan {
            let shared = decision
                .agreement
                .negotiating()
                .filter(|p| other.has_party(p))
                .count();
            if shared < 2 {
                return Err(decision.refuse(
                    Reason::ConditionUnmet,
                    Rule::K3,
                    "two parties or more that both agreements have",
                    shared.to_string(),
                ));
            }
        }
        decision.on(rule, RelationAct::RelationRecorded { on, to, relation })
    }
}

/// That two agreements do not give way to each other, nor are each later than the other: the one that was
/// adopted last is (VCLT 30(3)).
fn one_way(
    decision: &DecisionContext<'_>,
    (to, other): (AgreementId, &Agreement),
    relation: Relation,
) -> Result<(), Refusal> {
    let rule = relation.rule();
    if decision.beside.itself == Some(to) {
        let (expected, found) = ("another agreement", "itself");
        return Err(decision.refuse(Reason::Malformed, rule, expected, found));
    }
    if relation == Relation::SubjectTo
        && decision
            .clause(|t| matches!(t, Term::SubjectTo(_)).then_some(()))
            .is_none()
    {
        let expected = "a clause by which the agreement is subject to another (30(2))";
        return Err(decision.refuse(Reason::ConditionUnmet, rule, expected, "none"));
    }
    let has_order = matches!(relation, Relation::LaterThan | Relation::SubjectTo);
    let itself = decision.beside.itself;
    if has_order && itself.is_some_and(|id| other.machines.relations.has(id, relation)) {
        let expected = "two agreements of which one alone is later, or gives way";
        let found = format!("the other, which is {relation} this one");
        return Err(decision.refuse(Reason::WrongState, rule, expected, found));
    }
    let adopted = |x: &Agreement| x.text.adopted.map(|adopted| adopted.on);
    match (relation, adopted(decision.agreement), adopted(other)) {
        (Relation::LaterThan, Some(own), Some(others)) if own < others => {
            let expected = format!("one adopted on {others} or after");
            let found = format!("one adopted on {own}");
            Err(decision.refuse(Reason::WrongDate, rule, expected, found))
        }
        _ => Ok(()),
    }
}
