use travaux_domain::{
    Rule,
    agreement::{ForceBetween as F, Nature},
    agreement::{
        amendment::AmendmentAct, consent::ConsentAct, ending::EndingAct,
        reservation::ReservationAct,
    },
    clause::{FinalClause, Term},
    effect::Period,
};

use travaux_testkit::agreement::*;

fn between(case: &Case, a: &str, b: &str, on: &str) -> travaux_domain::agreement::Between {
    let answer = case.0.between(&a.into(), &b.into(), date(on));
    assert_eq!(
        case.0.between(&b.into(), &a.into(), date(on)),
        answer,
        "symmetric"
    );
    answer
}

fn rules(answer: &travaux_domain::agreement::Between) -> Vec<Rule> {
    answer.reasons.iter().map(|r| r.rule).collect()
}

#[test]
fn f7_and_f8_nothing_is_bound_before_force_and_where_it_does_not_apply() {
    let territory = clause(
        "Article 28",
        Term::Territory {
            party: "A".into(),
            extent: "its mainland".into(),
        },
    );
    let case = in_force(vec![territory]);
    assert_eq!(between(&case, "A", "B", "2020-01-31").force, F::NotInForce);
    let answer = between(&case, "A", "B", "2020-02-01");
    assert_eq!(
        (answer.force, rules(&answer)),
        (F::InForce(date("2020-02-01")), vec![Rule::F1, Rule::F8])
    );
    assert!(
        answer.reasons[0].event.is_some(),
        "the answer names the event that decided it"
    );
}

#[test]
fn a5_a_change_counts_between_those_that_it_binds() {
    let mut case = in_force(vec![]);
    case.does(
        "A",
        revise(
            Nature::Amendment,
            vec![words(2, "coopèrent", "se concertent")],
        ),
    );
    case.does("B", accept(2));
    let act = AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(date("2021-06-01")),
        revision: travaux_domain::Revision(2),
        instrument: None,
        between: vec![],
        later: Default::default(),
    };
    case.does("A", act);
    assert_eq!(
        between(&case, "A", "B", "2021-06-01").changes,
        [(travaux_domain::Revision(2), date("2021-06-01"))]
    );
    assert!(between(&case, "A", "B", "2021-05-31").changes.is_empty());
    let answer = between(&case, "B", "C", "2021-06-01");
    assert!(
        answer.changes.is_empty() && rules(&answer).contains(&Rule::A5),
        "{answer:?}"
    );
}

#[test]
fn r8_a_reservation_counts_between_its_party_and_each_other_one() {
    // An objection to force comes before force.
    let entry = Term::EntryIntoForce("2020-05-15".parse().expect("a date"));
    let mut case = treaty(vec![clause("Article 22", entry)]);
    let words = "except in winter".to_owned();
    case.does(
        "A",
        ReservationAct::ReservationFormulated {
            on: date("2020-02-01"),
            provisions: vec![p(2)],
            words,
            late: false,
            number: None,
        },
    );
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    let without = between(&case, "B", "C", "2020-06-01");
    case.does(
        "B",
        ReservationAct::ObjectionMade {
            on: date("2020-05-01"),
            number: 1,
            opposes_force: false,
        },
    );
    case.does(
        "C",
        ReservationAct::ObjectionMade {
            on: date("2020-05-01"),
            number: 1,
            opposes_force: true,
        },
    );
    let objected = between(&case, "A", "B", "2020-06-01");
    assert_eq!(
        (objected.force, objected.inoperative.as_slice()),
        (F::InForce(date("2020-05-15")), &[p(2)][..])
    );
    assert_eq!(between(&case, "A", "C", "2020-06-01").force, F::NotInForce);
    assert_eq!(
        between(&case, "B", "C", "2020-06-01"),
        without,
        "never among the others"
    );
}

#[test]
fn what_ended_or_is_suspended_does_not_apply() {
    let clauses: Vec<FinalClause> =
        vec![clause("Article 12", Term::Denunciation(Period::Months(6)))];
    let mut case = in_force(clauses);
    let all = ids(&["A", "B", "C"]);
    case.does(
        "A",
        EndingAct::Suspended {
            on: date("2021-01-01"),
            until: None,
            notified_on: None,
            consenting: all,
            provisions: vec![],
        },
    );
    case.does(
        "A",
        EndingAct::OperationResumed {
            on: date("2021-02-01"),
            number: 1,
            consenting: ids(&["B", "C"]),
        },
    );
    assert_eq!(
        between(&case, "A", "B", "2021-01-15").force,
        F::Suspended(date("2021-01-01"))
    );
    assert_eq!(
        between(&case, "A", "B", "2021-02-01").force,
        F::InForce(date("2020-02-01"))
    );
    let notice = ConsentAct::WithdrawalNotified {
        received_on: date("2021-03-01"),
        admitted: None,
        provisions: vec![],
        effective_on: None,
    };
    case.does("C", notice);
    assert_eq!(
        between(&case, "A", "C", "2021-09-01").force,
        F::Ended(date("2021-09-01"))
    );
    assert_eq!(
        between(&case, "A", "B", "2021-09-01").force,
        F::InForce(date("2020-02-01"))
    );
}
