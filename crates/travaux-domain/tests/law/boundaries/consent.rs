//! Consent, its instruments and its withdrawal: to the day.

use travaux_domain::{
    Rule,
    agreement::{
        ForceBetween as F, Nature,
        consent::{ConsentAct, Establishment, Manner, Stage},
    },
    clause::{Means, Term},
};
use travaux_testkit::agreement::*;

use super::{denounceable, force, leave, reserve, says};

#[test]
fn notice_runs_from_its_receipt_to_its_effect() {
    let mut case = denounceable();
    case.refuses(
        "A",
        leave("2020-01-31"),
        Rule::C14,
        "for which the agreement is in force",
    );
    case.clone().does("A", leave("2020-02-01"));
    case.does("A", leave("2021-01-15"));
    let stage = |on: &str| {
        let consent = case.0.machines.consents.of(&"A".into()).expect("a consent");
        consent.stage(date(on), Some(date("2020-02-01")))
    };
    for (on, expected, bound) in [
        ("2021-01-14", Stage::Party, F::InForce(date("2020-02-01"))),
        (
            "2021-01-15",
            Stage::Withdrawing,
            F::InForce(date("2020-02-01")),
        ),
        (
            "2021-07-14",
            Stage::Withdrawing,
            F::InForce(date("2020-02-01")),
        ),
        ("2021-07-15", Stage::Withdrawn, F::Ended(date("2021-07-15"))),
    ] {
        assert_eq!(
            (stage(on), force(&case, "A", "B", on)),
            (expected, bound),
            "{on}"
        );
        assert_eq!(
            says(&case, on, Rule::C14).is_empty(),
            expected == Stage::Party,
            "{on}"
        );
    }
    // Who has left is not asked any more.
    let mut left = case.clone();
    left.at("2021-07-15");
    left.does(
        "B",
        revise(
            Nature::Amendment,
            vec![words(2, "coopèrent", "se concertent")],
        ),
    );
    left.does("C", accept(2));
    assert_eq!(left.does("B", adopt(2)), Rule::T4);
    let bound = |on: &str| case.0.machines.consents.contracting(date(on)).count();
    assert_eq!(
        (
            bound("2020-01-31"),
            bound("2020-02-01"),
            bound("2021-07-14"),
            bound("2021-07-15")
        ),
        (0, 3, 3, 2)
    );
    let present = |on: &str| case.0.present_parties(date(on)).len();
    assert_eq!(
        (
            present("2020-01-31"),
            present("2021-07-14"),
            present("2021-07-15")
        ),
        (3, 3, 2)
    );
}

#[test]
fn a_signature_confirmed_is_consent_since_it_was_given() {
    let mut case = treaty(vec![]);
    case.does("A", sign("2020-02-01", Manner::AdReferendum));
    let stage = |case: &Case, on: &str| {
        case.0
            .machines
            .consents
            .of(&"A".into())
            .expect("a consent")
            .stage(date(on), None)
    };
    assert_eq!(stage(&case, "2020-01-31"), Stage::None);
    assert_eq!(stage(&case, "2020-02-01"), Stage::SignedAdReferendum);
    let consent = case.0.machines.consents.of(&"A".into()).expect("a consent");
    assert!(
        consent.owes_good_faith(date("2020-02-01"), None)
            && !consent.owes_good_faith(date("2020-01-31"), None)
    );
    case.does(
        "A",
        ConsentAct::SignatureConfirmed {
            on: date("2020-03-01"),
        },
    );
    assert_eq!(
        stage(&case, "2020-02-01"),
        Stage::ConsentExpressed,
        "since it was signed"
    );
}

#[test]
fn who_declined_is_no_longer_waited_for_and_declines_once() {
    let mut case = treaty(vec![]);
    let decline = |on: &str| ConsentAct::DeclinedToBecomeParty { on: date(on) };
    case.refuses("A", decline("2020-03-01"), Rule::C12, "A, which has not");
    case.does("A", signed("2020-02-01"));
    case.does("A", decline("2020-03-01"));
    let c = |on: &str| case.0.machines.consents.contracting(date(on)).count();
    assert_eq!((c("2020-02-29"), c("2020-03-01")), (1, 0));
    let present = |on: &str| case.0.present_parties(date(on)).len();
    assert_eq!((present("2020-02-29"), present("2020-03-01")), (3, 2));
    case.refuses(
        "A",
        decline("2020-04-01"),
        Rule::C12,
        "one that declined on 2020-03-01",
    );
}

#[test]
fn an_instrument_is_established_on_the_day_that_it_was_made_or_later() {
    let ratified = || {
        let mut case = treaty(vec![clause(
            "Article 20",
            Term::Consent(vec![Means::Ratification, Means::Acceptance]),
        )]);
        case.does("A", sign("2020-02-01", Manner::SubjectToRatification));
        case.does("A", made("2020-03-01", Means::Ratification));
        case
    };
    let by = |on: &str, means| established(on, means, Establishment::Notification);
    ratified().refuses(
        "A",
        by("2020-02-29", Means::Ratification),
        Rule::C8,
        "a date from 2020-03-01 on",
    );
    ratified().refuses(
        "A",
        by("2020-03-01", Means::Acceptance),
        Rule::C8,
        "the instrument of ratification that was made",
    );
    ratified().does("A", by("2020-03-01", Means::Ratification));
    treaty(vec![]).refuses("A", made("2020-03-01", Means::Accession), Rule::C9, "");
}

#[test]
fn who_has_not_signed_has_nothing_to_decline() {
    let mut case = treaty(vec![]);
    case.does("A", reserve("2020-02-01"));
    case.does("A", made("2020-02-01", Means::Ratification));
    case.refuses(
        "A",
        ConsentAct::DeclinedToBecomeParty {
            on: date("2020-03-01"),
        },
        Rule::C12,
        "A, which has not",
    );
}
