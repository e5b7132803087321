//! Reservations: from their day, and until the day that they are confirmed.

use travaux_domain::{
    Rule,
    agreement::{
        consent::{Establishment, Manner},
        reservation::{PairStanding, ReservationAct},
    },
    clause::{Means, Term},
};
use travaux_testkit::agreement::*;

use super::{reserve, says};

#[test]
fn a_reservation_stands_from_its_day_and_is_accepted_or_not_by_each() {
    let mut case = treaty(vec![]);
    case.does("A", reserve("2020-02-01"));
    for party in ["A", "B", "C"] {
        case.does(party, signed("2020-02-01"));
    }
    let notify = |on: &str, to: &[&str]| ReservationAct::ReservationNotified {
        on: date(on),
        number: 1,
        to: ids(to),
    };
    case.refuses(
        "A",
        notify("2020-01-31", &["B"]),
        Rule::R4,
        "other parties, from 2020-02-01 on",
    );
    case.refuses("A", notify("2020-02-01", &["A"]), Rule::R4, "other parties");
    case.refuses("A", notify("2020-02-01", &[]), Rule::R4, "other parties");
    case.does("A", notify("2020-02-01", &["B", "C"]));
    let standing = |case: &Case, other: &str, on: &str| {
        let r = case.0.machines.reservations.get(1).expect("a reservation");
        case.0.pair_standing(r, &other.into(), date(on))
    };
    assert_eq!(standing(&case, "B", "2020-01-31"), PairStanding::NotMade);
    assert_eq!(standing(&case, "B", "2020-02-01"), PairStanding::Formulated);
    assert!(says(&case, "2020-02-01", Rule::R4)[0].contains("waits for the answer of B"));
    case.does(
        "B",
        ReservationAct::ReservationAccepted {
            on: date("2020-03-01"),
            number: 1,
        },
    );
    assert!(says(&case, "2020-03-01", Rule::R8)[0].contains("reservation 1 of A, accepted by B"));
    let answer = case.0.between(&"A".into(), &"C".into(), date("2021-03-01"));
    assert!(
        answer
            .reasons
            .iter()
            .any(|r| r.what.contains("accepted by silence by C")),
        "{answer:?}"
    );
}

#[test]
fn a_reservation_at_signature_is_confirmed_with_the_ratification() {
    let ratifies = |confirmed: Option<&str>| {
        let mut case = treaty(vec![clause(
            "Article 20",
            Term::Consent(vec![Means::Ratification]),
        )]);
        case.does("A", reserve("2020-02-01"));
        for party in ["A", "B"] {
            case.does(party, sign("2020-02-01", Manner::SubjectToRatification));
            case.does(party, made("2020-03-01", Means::Ratification));
        }
        if let Some(on) = confirmed {
            case.does(
                "A",
                ReservationAct::ReservationConfirmed {
                    on: date(on),
                    number: 1,
                },
            );
        }
        for party in ["A", "B"] {
            case.does(
                party,
                established(
                    "2020-04-01",
                    Means::Ratification,
                    Establishment::Notification,
                ),
            );
        }
        case
    };
    let standing = |case: &Case, on: &str| {
        case.0.pair_standing(
            case.0.machines.reservations.get(1).expect("a reservation"),
            &"B".into(),
            date(on),
        )
    };
    assert_eq!(
        standing(&ratifies(None), "2020-03-31"),
        PairStanding::Formulated
    );
    assert_eq!(
        standing(&ratifies(None), "2020-04-01"),
        PairStanding::Lapsed
    );
    assert_eq!(
        standing(&ratifies(Some("2020-02-01")), "2020-04-01"),
        PairStanding::Formulated
    );
    let confirm = |on: &str| ReservationAct::ReservationConfirmed {
        on: date(on),
        number: 1,
    };
    ratifies(None).refuses(
        "A",
        confirm("2020-01-31"),
        Rule::R2,
        "a date from 2020-02-01 on",
    );
    ratifies(None).refuses(
        "A",
        confirm("2020-04-02"),
        Rule::R2,
        "confirmation with the consent, on 2020-04-01",
    );
    ratifies(None).does("A", confirm("2020-04-01"));
}

#[test]
fn a_second_reservation_is_made_on_the_day_of_the_consent_too() {
    let mut case = treaty(vec![]);
    case.does("A", reserve("2020-02-01"));
    case.does("A", signed("2020-02-01"));
    let second = ReservationAct::ReservationFormulated {
        on: date("2020-02-01"),
        provisions: vec![p(4)],
        words: "except at night".into(),
        late: false,
        number: None,
    };
    case.does("A", second);
    assert_eq!(
        case.0.machines.reservations.get(2).map(|r| r.number),
        Some(2)
    );
}
