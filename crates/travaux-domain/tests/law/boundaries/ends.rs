//! Ends and suspensions: until the day before, and from the day on.

use travaux_domain::{
    Profile, Rule,
    agreement::{consent::ConsentAct, ending::EndingAct},
    clause::Term,
    effect::Period,
};
use travaux_testkit::agreement::*;

use super::{denounceable, leave};

#[test]
fn an_end_holds_until_a_living_text_is_taken_up_again() {
    let mut case = denounceable();
    for party in ["A", "B"] {
        case.does(party, leave("2021-01-15"));
    }
    assert_eq!(
        case.0.denounced_on(),
        Some(date("2021-07-15")),
        "fewer than two are left"
    );
    case.refuses(
        "C",
        EndingAct::Terminated {
            on: date("2021-07-14"),
        },
        Rule::E1,
        "2021-07-15, when the notice has run",
    );
    case.does(
        "C",
        EndingAct::Terminated {
            on: date("2021-07-15"),
        },
    );
    let ended = |on: &str| case.0.has_ended(date(on));
    assert_eq!((ended("2021-07-14"), ended("2021-07-15")), (false, true));
}

#[test]
fn of_two_parties_one_notice_ends_it_without_a_clause_too() {
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], vec![]));
    case.does("A", signed("2020-02-01"));
    assert_eq!(case.0.denounced_on(), None);
    case.does("B", signed("2020-02-01"));
    let admitted = Some("an intention to admit it".to_owned());
    let notice = ConsentAct::WithdrawalNotified {
        received_on: date("2021-01-15"),
        admitted,
        provisions: vec![],
        effective_on: None,
    };
    assert_eq!(case.does("A", notice), Rule::E4);
    case.refuses(
        "A",
        EndingAct::Terminated {
            on: date("2022-01-14"),
        },
        Rule::E1,
        "2022-01-15, when the notice has run",
    );
    assert_eq!(
        case.does(
            "A",
            EndingAct::Terminated {
                on: date("2022-01-15")
            }
        ),
        Rule::E4
    );
}

#[test]
fn so_many_parties_have_to_stay() {
    let clauses = |n| {
        vec![
            clause("Article 18", Term::Denunciation(Period::Days(30))),
            clause("Article 19", Term::MinimumParties(n)),
        ]
    };
    for (minimum, ends) in [(2, false), (3, true)] {
        let mut case = in_force(clauses(minimum));
        case.does("A", leave("2021-01-01"));
        let act = EndingAct::Terminated {
            on: date("2021-01-31"),
        };
        if ends {
            case.does_by("B", act, Rule::E3, "Article 19");
        } else {
            case.refuses("B", act, Rule::E1, "neither expiry nor notice");
        }
    }
}

#[test]
fn a_suspension_among_some_has_a_time_and_is_resumed_within_it() {
    let suspend =
        |on: &str, until: &str, between: &[&str], provisions| EndingAct::SuspendedInterSe {
            on: date(on),
            until: date(until),
            between: ids(between),
            provisions,
            notified: ids(&["C"]),
        };
    let mut case = in_force(vec![]);
    case.at("2021-01-01");
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A"], vec![p(2)]),
        Rule::E6,
        "not all",
    );
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A", "B", "C"], vec![p(2)]),
        Rule::E6,
        "not all",
    );
    case.refuses(
        "C",
        suspend("2021-01-01", "2021-02-01", &["A", "B"], vec![p(2)]),
        Rule::E6,
        "its own among them",
    );
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-01-01", &["A", "B"], vec![p(2)]),
        Rule::E6,
        "a time that ends",
    );
    case.refuses(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A", "B"], vec![]),
        Rule::E6,
        "the provisions",
    );
    case.does(
        "A",
        suspend("2021-01-01", "2021-02-01", &["A", "B"], vec![p(2)]),
    );
    let resume = |on: &str| EndingAct::OperationResumed {
        on: date(on),
        number: 1,
        consenting: ids(&["B"]),
    };
    case.refuses("A", resume("2020-12-31"), Rule::E19, "one from 2021-01-01");
    case.refuses("A", resume("2021-02-01"), Rule::E19, "one from 2021-01-01");
    case.clone().does("A", resume("2021-01-01"));
    case.does("A", resume("2021-01-31"));
    let inoperative = |on: &str| {
        case.0
            .between(&"A".into(), &"B".into(), date(on))
            .inoperative
    };
    assert_eq!(
        (inoperative("2020-12-31"), inoperative("2021-01-01")),
        (vec![], vec![p(2)])
    );
    assert!(inoperative("2021-01-31").is_empty());
}

#[test]
fn what_is_only_possible_in_force_is_refused_before() {
    let suspend = |on: &str| EndingAct::Suspended {
        on: date(on),
        until: None,
        notified_on: None,
        consenting: ids(&["A", "B", "C"]),
        provisions: vec![],
    };
    in_force(vec![]).refuses(
        "A",
        suspend("2020-01-31"),
        Rule::E5,
        "a date from 2020-02-01 on",
    );
    in_force(vec![]).does("A", suspend("2020-02-01"));
    treaty(vec![]).refuses(
        "A",
        suspend("2020-02-01"),
        Rule::E5,
        "one that is not in force",
    );
}
