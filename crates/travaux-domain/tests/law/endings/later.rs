//! A later agreement in its place, and other relations between agreements.

use travaux_domain::{
    AgreementId, Profile, Rule,
    agreement::{
        ending::EndingAct as MachineEvent,
        relation::{Relation, RelationAct},
    },
};
use travaux_testkit::agreement::*;
use uuid::Uuid;

use super::bilateral;

#[test]
fn e7_a_later_treaty_of_all_takes_its_place() {
    let by = AgreementId(Uuid::from_u128(9));
    let later = |consenting: &[&str], suspended_only| MachineEvent::Superseded {
        on: date("2021-01-01"),
        by,
        suspended_only,
        consenting: ids(consenting),
    };
    let all = ["A", "B", "C"];
    in_force(vec![]).refuses("A", later(&["A", "B"], false), Rule::E7, "missing: C");
    in_force(vec![]).refuses("A", later(&all, false), Rule::E7, "no agreement 00000000");
    let mut case = in_force(vec![]);
    let successor = in_force(vec![]).0;
    assert_eq!(
        case.with("A", later(&all, true), Some(&successor)).rule,
        Rule::E7
    );
    assert!(
        case.0.machines.ending.last_end().is_none(),
        "only suspended"
    );
    case.with("A", later(&all, false), Some(&successor));
    assert!(!case.0.has_ended(date("2020-12-31")) && case.0.has_ended(date("2021-01-01")));
}

#[test]
fn k1_k2_k3_and_k4_relations_between_agreements() {
    use travaux_domain::agreement::relation::{Governs, Relations};
    let other_id = AgreementId(Uuid::from_u128(9));
    let relate = |relation| RelationAct::RelationRecorded {
        on: date("2021-01-01"),
        to: other_id,
        relation,
    };
    let other = in_force(vec![]).0;
    let mut case = bilateral(vec![]);
    case.refuses(
        "A",
        relate(Relation::SubjectTo),
        Rule::K1,
        "no agreement 0000",
    );
    let strangers = authentic(proposal(Profile::treaty(), &["X", "Y"], vec![])).0;
    let context = travaux_domain::Context {
        actor: travaux_domain::Actor::party("A"),
        now: case.1,
    };
    let refusal = case
        .0
        .decide_with(
            relate(Relation::LaterThan).into(),
            &context,
            Some(&strangers),
        )
        .expect_err("no party in common");
    assert_eq!(refusal.rule, Rule::K3);
    assert_eq!(
        case.with("A", relate(Relation::LaterThan), Some(&other))
            .rule,
        Rule::K2
    );
    assert_eq!(
        case.with("A", relate(Relation::Context), Some(&other)).rule,
        Rule::K4
    );
    let governs = |case: &Case, a: &str, b: &str| {
        Relations::governs(
            &case.0,
            other_id,
            &other,
            &a.into(),
            &b.into(),
            date("2022-01-01"),
        )
    };
    assert_eq!(governs(&case, "A", "B"), Governs::ThisAsLater);
    assert_eq!(
        governs(&case, "A", "C"),
        Governs::OnlyOther,
        "C is no party to this one"
    );
    assert_eq!(
        case.with("A", relate(Relation::SubjectTo), Some(&other))
            .rule,
        Rule::K1
    );
    assert_eq!(governs(&case, "A", "B"), Governs::OtherByItsClause);
}
