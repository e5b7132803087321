//! Which relations between agreements the law admits.

use super::{Relation, RelationAct, Relations};
use crate::{Decided, Reason, Refusal, Rule, agreement::decision::DecisionContext};

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
        if decision
            .agreement
            .machines
            .relations
            .0
            .iter()
            .any(|(other, r, _)| *other == to && *r == relation)
        {
            return Err(decision.refuse(
                Reason::Already,
                rule,
                "a new relation",
                "one that is on record",
            ));
        }
        let other = decision.known_agreement(rule, to)?;
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
