//! When a text can be signed.

use travaux_domain::{
    Profile, Rule,
    agreement::{AgreementCommand as C, consent::Manner, force::ForceAct},
    clause::Term,
};
use travaux_testkit::agreement::*;

fn window(from: Option<&str>, until: Option<&str>) -> Term {
    Term::OpenForSignature {
        from: from.map(date),
        until: until.map(date),
    }
}

fn open(from: Option<&str>, until: Option<&str>) -> Case {
    treaty(vec![clause("Article 15", window(from, until))])
}

#[test]
fn c20_a_text_is_signed_while_it_is_open_for_signature() {
    let (from, until) = (Some("2020-02-01"), Some("2020-08-31"));
    for manner in [
        Manner::Definitive,
        Manner::SubjectToRatification,
        Manner::AdReferendum,
    ] {
        let mut case = open(from, until);
        for (on, says) in [
            (
                "2020-01-31",
                "expected a signature from 2020-02-01 on, found one of 2020-01-31",
            ),
            (
                "2020-09-01",
                "expected a signature until 2020-08-31, found one of 2020-09-01",
            ),
            ("2020-09-01", "by Article 15"),
        ] {
            // Records of before did not ask it.
            case.refuses_new("A", sign(on, manner), Rule::C20, says);
        }
        for (party, on) in [
            ("A", "2020-02-01"),
            ("B", "2020-08-31"),
            ("C", "2020-05-01"),
        ] {
            case.does(party, sign(on, manner));
        }
    }
    // Nor by somebody without authority.
    let mut act = signed("2020-09-01");
    if let travaux_domain::agreement::consent::ConsentAct::Signed { by, .. } = &mut act {
        *by = minister(false);
    }
    open(from, until).refuses("A", act, Rule::C20, "until 2020-08-31");
}

#[test]
fn c20_one_of_the_days_is_enough_and_the_time_can_be_made_longer() {
    let mut case = open(Some("2020-02-01"), None);
    case.refuses("A", signed("2020-01-31"), Rule::C20, "from 2020-02-01 on");
    case.does("A", signed("2035-01-01"));

    let mut case = open(None, Some("2020-02-01"));
    case.does("A", signed("2020-02-01"));
    case.refuses("B", signed("2020-02-02"), Rule::C20, "until 2020-02-01");
    let longer = clause("the notes", window(None, Some("2020-12-31")));
    case.does(
        "A",
        ForceAct::ClauseAgreed {
            on: date("2020-03-01"),
            clause: longer,
            consenting: ids(&["A", "B", "C"]),
        },
    );
    case.refuses("B", signed("2020-02-02"), Rule::C20, "until 2020-02-01");
    case.does("B", signed("2020-03-01"));
    case.refuses("C", signed("2021-01-01"), Rule::C20, "by the notes");
}

#[test]
fn c20_a_clause_on_it_names_days_in_order() {
    for (from, until, found) in [
        (None, None, "found neither"),
        (
            Some("2020-02-02"),
            Some("2020-02-01"),
            "2020-02-02 to 2020-02-01",
        ),
    ] {
        let clauses = vec![clause("Article 15", window(from, until))];
        let proposal = proposal(Profile::treaty(), &["A", "B"], clauses);
        let propose = C::Propose(Box::new(proposal));
        Case::new().refuses_new("A", propose, Rule::C20, found);
    }
    let day = Some("2020-02-01");
    open(day, day).does("A", signed("2020-02-01"));
    let json = r#"{"open_for_signature":{"from":"2020-02-01"}}"#;
    let read: Term = serde_json::from_str(json).expect("a term");
    assert_eq!(read, window(day, None));
}
