//! Force and provisional application: to the day, for whom and how far.

use travaux_domain::{
    Rule,
    agreement::{ForceBetween as F, force::ForceAct},
    clause::{Means, Term},
};
use travaux_testkit::agreement::*;

use super::{force, provisional, says};

#[test]
fn a_clause_is_about_the_row_that_it_fills_in() {
    for (means, rule) in [
        (Means::Signature, Rule::C6),
        (Means::Exchange, Rule::C7),
        (Means::Ratification, Rule::C8),
    ] {
        assert_eq!(Term::Consent(vec![means]).row(), rule);
    }
}

#[test]
fn force_is_later_for_who_consented_later_whichever_of_the_two_it_is() {
    for (late, others) in [("A", ["B", "C"]), ("B", ["A", "C"])] {
        let mut case = treaty(vec![clause(
            "Article 9",
            Term::EntryIntoForce("2nd consent".parse().expect("an effect")),
        )]);
        for party in others {
            case.does(party, signed("2020-02-01"));
        }
        assert_eq!(force(&case, "A", "B", "2020-12-31"), F::NotInForce);
        case.does(late, signed("2021-03-01"));
        assert_eq!(force(&case, "A", "B", "2021-02-28"), F::NotInForce);
        assert_eq!(
            force(&case, "A", "B", "2021-03-01"),
            F::InForce(date("2021-03-01"))
        );
        assert_eq!(
            says(&case, "2021-03-01", Rule::F3),
            ["in force since 2021-03-01"]
        );
        let entered = case
            .0
            .between(&"A".into(), &"B".into(), date("2021-03-01"))
            .reasons[0]
            .event;
        assert_eq!(
            entered,
            case.0
                .machines
                .consents
                .of(&late.into())
                .and_then(|c| c.consent())
                .map(|e| e.event)
        );
    }
}

#[test]
fn a_territory_matters_to_its_party_alone() {
    let territory = |party: &str| {
        clause(
            "Article 28",
            Term::Territory {
                party: party.into(),
                extent: "its mainland".into(),
            },
        )
    };
    for (party, told) in [("A", 1), ("B", 1), ("C", 0)] {
        assert_eq!(
            says(&in_force(vec![territory(party)]), "2020-02-01", Rule::F8).len(),
            told,
            "{party}"
        );
    }
}

#[test]
fn provisional_application_runs_between_its_two_days() {
    let mut case = treaty(vec![]);
    case.refuses(
        "A",
        provisional("2020-02-01", &["A"]),
        Rule::F4,
        "two parties or more",
    );
    case.does("A", provisional("2020-02-01", &["A", "B"]));
    let end = |on: &str| ForceAct::ProvisionalApplicationEnded { on: date(on) };
    case.refuses("C", end("2020-04-01"), Rule::F5, "");
    case.refuses("A", end("2020-01-31"), Rule::F5, "");
    case.does("A", end("2020-04-01"));
    for (on, expected) in [
        ("2020-01-31", F::NotInForce),
        ("2020-02-01", F::Provisional(date("2020-02-01"))),
        ("2020-03-31", F::Provisional(date("2020-02-01"))),
        ("2020-04-01", F::NotInForce),
    ] {
        assert_eq!(force(&case, "A", "B", on), expected, "{on}");
        assert_eq!(force(&case, "A", "C", on), F::NotInForce);
    }
}

#[test]
fn a_part_is_applied_provisionally_as_far_as_the_clause_goes() {
    let part = |provisions: &[u32]| ForceAct::ProvisionalApplicationBegan {
        on: date("2020-02-01"),
        parties: ids(&["A", "B"]),
        provisions: provisions.iter().map(|n| p(*n)).collect(),
        consenting: vec![],
    };
    let mut case = treaty(vec![clause(
        "Article 25",
        Term::ProvisionalApplication(vec![p(2)]),
    )]);
    case.refuses("A", part(&[4]), Rule::F4, "no more than 1.2");
    case.refuses("A", part(&[]), Rule::F4, "no more than 1.2");
    case.does_by("A", part(&[2]), Rule::F4, "Article 25");
    let mut whole = treaty(vec![clause(
        "Article 25",
        Term::ProvisionalApplication(vec![]),
    )]);
    whole
        .clone()
        .does_by("A", part(&[4]), Rule::F4, "Article 25");
    whole.does_by("A", part(&[]), Rule::F4, "Article 25");
}
