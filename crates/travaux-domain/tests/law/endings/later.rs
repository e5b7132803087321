//! A later agreement in its place, and other relations between agreements.

use travaux_domain::{
    AgreementId, PartyId, Profile, Rule,
    agreement::{
        Agreement, Beside, Ended,
        ending::EndingAct as MachineEvent,
        relation::{Relation, RelationAct},
    },
    clause::Term,
};
use travaux_testkit::agreement::*;
use uuid::Uuid;

use super::bilateral;

fn beside(other: &Agreement, itself: AgreementId) -> Beside<'_> {
    Beside {
        itself: Some(itself),
        ..Beside::from(Some(other))
    }
}

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
    let id = AgreementId(Uuid::from_u128(1));
    let mut case = in_force(vec![]);
    let mut successor = in_force(vec![]);

    let refuses = |case: &Case, successor: &Case, act: MachineEvent, says: &str| {
        let refusal = case
            .decided("A", act, beside(&successor.0, id))
            .expect_err("refused");
        assert_eq!(refusal.rule, Rule::E7);
        assert!(refusal.to_string().contains(says), "{refusal}");
    };
    // Any other treaty of the same parties does not take its place.
    refuses(
        &case,
        &successor,
        later(&all, false),
        "on record as later than this one",
    );
    let relate = RelationAct::RelationRecorded {
        on: date("2020-06-01"),
        to: id,
        relation: Relation::LaterThan,
    };
    successor.with("A", relate.clone(), Some(&case.0));
    let mut of_two = bilateral(vec![]);
    of_two.with("A", relate.clone(), Some(&case.0));
    refuses(&case, &of_two, later(&all, false), "missing: C");
    let mut unsigned = treaty(vec![]);
    unsigned.with("A", relate, Some(&case.0));
    refuses(&case, &unsigned, later(&all, false), "missing: A, B, C");
    let successor = successor.0;
    assert_eq!(
        case.with("A", later(&all, true), beside(&successor, id))
            .rule,
        Rule::E7
    );
    assert!(
        case.0.machines.ending.last_end().is_none(),
        "only suspended"
    );
    case.with("A", later(&all, false), beside(&successor, id));
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
    let subject = clause("Article 27", Term::SubjectTo("the other".into()));
    let mut case = bilateral(vec![subject]);
    case.refuses(
        "A",
        relate(Relation::SubjectTo),
        Rule::K1,
        "no agreement 0000",
    );
    let strangers = authentic(proposal(Profile::treaty(), &["X", "Y"], vec![])).0;
    let refusal = case
        .decided("A", relate(Relation::LaterThan), Some(&strangers))
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
    let id = AgreementId(Uuid::from_u128(1));
    let two = ids(&["A", "B"]);
    let governs = |case: &Case, between: &[PartyId], on: &str| {
        let (this, that) = ((&case.0, id), (&other, other_id));
        let (a, b) = (&between[0], &between[1]);
        let asked = Relations::governs(this, that, a, b, date(on));
        let back = Relations::governs(that, this, a, b, date(on));
        (asked, back)
    };
    let on = "2022-01-01";
    assert_eq!(
        governs(&case, &two, on),
        (Governs::ThisAsLater, Governs::OtherAsLater)
    );
    assert_eq!(
        governs(&case, &ids(&["A", "C"]), on),
        (Governs::OnlyOther, Governs::OnlyThis),
        "C is no party to this one"
    );
    assert_eq!(
        governs(&case, &two, "2020-01-31"),
        (Governs::Unrelated, Governs::Unrelated),
        "neither is in force"
    );
    assert_eq!(
        case.with("A", relate(Relation::SubjectTo), Some(&other))
            .rule,
        Rule::K1
    );
    assert_eq!(
        governs(&case, &two, on),
        (Governs::OtherByItsClause, Governs::ThisByItsClause)
    );
    // What has ended governs nothing any more, and nothing is beside the other (30(3)).
    case.does(
        "A",
        MachineEvent::AgreementEnded(Ended {
            on: date("2021-06-01"),
            ground: "by consent".into(),
            consenting: two.clone(),
            elsewhere: None,
        }),
    );
    assert_eq!(
        governs(&case, &two, on),
        (Governs::Unrelated, Governs::Unrelated)
    );
}

#[test]
fn k1_an_agreement_gives_way_by_its_own_clause() {
    let other = bilateral(vec![]);
    let relate = RelationAct::RelationRecorded {
        on: date("2021-01-01"),
        to: AgreementId(Uuid::from_u128(9)),
        relation: Relation::SubjectTo,
    };
    let refusal = bilateral(vec![]).decided("A", relate, Some(&other.0));
    let refusal = refusal.expect_err("no clause says so").to_string();
    assert!(refusal.contains("a clause by which"), "{refusal}");
}

#[test]
fn k2_one_of_two_agreements_is_the_later_one() {
    let (id, other_id) = (
        AgreementId(Uuid::from_u128(1)),
        AgreementId(Uuid::from_u128(9)),
    );
    let relate = |to, relation| RelationAct::RelationRecorded {
        on: date("2021-01-01"),
        to,
        relation,
    };
    let subject = || clause("Article 27", Term::SubjectTo("the other".into()));
    let earlier = bilateral(vec![subject()]);
    let mut later = Case::new();
    later.at("2020-05-01");
    for (party, command) in [
        propose(
            "A",
            proposal(Profile::treaty(), &["A", "B"], vec![subject()]),
        ),
        ("B", accept(1)),
        ("A", adopt(1)),
    ] {
        later.does(party, command);
    }
    for relation in [Relation::LaterThan, Relation::SubjectTo] {
        let mut later = later.clone();
        later.with("A", relate(other_id, relation), beside(&earlier.0, id));
        let back = relate(id, relation);
        let refusal = earlier.decided("A", back.clone(), beside(&later.0, other_id));
        let refusal = refusal.expect_err("the reverse is on record").to_string();
        assert!(refusal.contains("of which one alone is later"), "{refusal}");
        // An audit takes what was taken before.
        let again = Beside {
            again: true,
            ..beside(&later.0, other_id)
        };
        earlier.decided("A", back, again).expect("it was taken");
    }
    let back = relate(id, Relation::LaterThan);
    let refusal = earlier.decided("A", back, beside(&later.0, other_id));
    let refusal = refusal.expect_err("it is the earlier one").to_string();
    assert!(
        refusal.contains("one adopted on 2020-05-01 or after"),
        "{refusal}"
    );
    let itself = relate(id, Relation::Context);
    let refusal = later.decided("A", itself, beside(&later.0, id));
    assert!(refusal.expect_err("itself").to_string().contains("itself"));
}
