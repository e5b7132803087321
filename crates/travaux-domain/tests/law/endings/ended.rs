//! What ends or suspends an agreement by clause or by consent.

use travaux_domain::{
    Rule,
    agreement::{Ended, ending::EndingAct as MachineEvent},
    clause::{FinalClause, Term},
    effect::Period,
};
use travaux_testkit::agreement::*;

use super::bilateral;

fn terminate(on: &str) -> MachineEvent {
    MachineEvent::Terminated { on: date(on) }
}

#[test]
fn e1_an_agreement_ends_as_its_clause_says() {
    let expiry = || {
        clause(
            "Article 17",
            Term::Expiry("5 years after last consent".parse().expect("an effect")),
        )
    };
    bilateral(vec![expiry()]).refuses(
        "A",
        terminate("2024-01-01"),
        Rule::E1,
        "expected 2025-02-01, found 2024-01-01",
    );
    bilateral(vec![expiry()]).does_by("A", terminate("2025-02-01"), Rule::E1, "Article 17");
    bilateral(vec![]).refuses(
        "A",
        terminate("2025-02-01"),
        Rule::E1,
        "neither expiry nor notice",
    );
    let mut case = bilateral(vec![clause(
        "Article 18",
        Term::Denunciation(Period::Months(6)),
    )]);
    case.does("A", leave("2021-01-15"));
    case.refuses(
        "B",
        terminate("2021-02-01"),
        Rule::E1,
        "2021-07-15, when the notice has run",
    );
    case.does_by("B", terminate("2021-07-15"), Rule::E1, "Article 18");
    case.at("2021-07-15")
        .refuses("B", signed("2022-01-01"), Rule::E18, "has ended");
}

#[test]
fn e2_all_parties_may_end_it() {
    let end = |consenting: &[&str]| {
        MachineEvent::AgreementEnded(Ended {
            on: date("2022-01-01"),
            ground: "by consent".into(),
            consenting: ids(consenting),
            elsewhere: None,
        })
    };
    in_force(vec![]).refuses("A", end(&["A", "B"]), Rule::E2, "missing: C");
    assert_eq!(in_force(vec![]).does("A", end(&["A", "B", "C"])), Rule::E2);
}

#[test]
fn e3_fewer_parties_do_not_end_it_unless_a_clause_says_so() {
    let leaves = |extra: Vec<FinalClause>| {
        let clauses = [
            vec![clause("Article 18", Term::Denunciation(Period::Days(30)))],
            extra,
        ]
        .concat();
        let mut case = in_force(clauses);
        case.does("A", leave("2021-01-01"));
        case.at("2021-06-01");
        case
    };
    leaves(vec![]).refuses(
        "B",
        terminate("2021-06-01"),
        Rule::E1,
        "neither expiry nor notice",
    );
    let mut case = leaves(vec![clause("Article 19", Term::MinimumParties(3))]);
    let (ended, stands) = ("ended on 2021-01-31", "in force since 2020-02-01");
    for (on, force) in [("2021-01-30", stands), ("2021-01-31", ended)] {
        let status = case.0.status(date(on), None).force.to_string();
        assert!(status.starts_with(force), "{on}: {status}");
    }
    case.refuses("B", terminate("2021-06-01"), Rule::E1, "2021-01-31");
    case.does_by("B", terminate("2021-01-31"), Rule::E3, "Article 19");
}

#[test]
fn e5_and_e19_operation_is_suspended_by_all_or_by_clause_and_resumed() {
    let suspend = |consenting: &[&str]| MachineEvent::Suspended {
        on: date("2021-01-01"),
        until: None,
        notified_on: None,
        consenting: ids(consenting),
        provisions: vec![],
    };
    let resume = |number, consenting: &[&str]| MachineEvent::OperationResumed {
        on: date("2021-06-01"),
        number,
        consenting: ids(consenting),
    };
    let mut case = in_force(vec![]);
    case.refuses("A", suspend(&["A"]), Rule::E5, "missing: B, C");
    case.refuses("A", resume(1, &[]), Rule::E19, "a suspension on record");
    assert_eq!(case.does("A", suspend(&["A", "B", "C"])), Rule::E5);
    // What all suspended, one alone does not resume.
    case.refuses_new("A", resume(1, &["B"]), Rule::E19, "missing: C");
    assert_eq!(case.does("A", resume(1, &["B", "C"])), Rule::E19);
    case.refuses(
        "A",
        resume(1, &["B", "C"]),
        Rule::E19,
        "a suspension that stands",
    );
    let s = &case.0.machines.ending.suspensions[0];
    let stands = |on| s.stands(&"A".into(), &"B".into(), date(on));
    assert!(
        !stands("2020-12-31")
            && stands("2021-01-01")
            && stands("2021-05-31")
            && !stands("2021-06-01")
    );
    treaty(vec![]).refuses(
        "A",
        suspend(&["A", "B", "C"]),
        Rule::E5,
        "one that is not in force",
    );
}

#[test]
fn e5_a_suspension_by_clause_waits_for_its_notice_and_ends_with_its_time() {
    let notice = clause("Article 20", Term::Suspension(Period::Months(3)));
    let suspend = |on: &str, notified_on: Option<&str>| MachineEvent::Suspended {
        on: date(on),
        until: Some(date("2021-07-01")),
        notified_on: notified_on.map(date),
        consenting: vec![],
        provisions: vec![],
    };
    let mut case = in_force(vec![notice.clone()]);
    let (given, too_early) = (
        Some("2021-01-01"),
        "a date from 2021-04-01 on, 3 months after notice",
    );
    case.refuses("A", suspend("2021-03-31", given), Rule::E5, too_early);
    case.refuses(
        "A",
        suspend("2021-07-01", given),
        Rule::E5,
        "after 2021-07-01",
    );
    // Notice that is not dated is given when it is recorded.
    let mut today = in_force(vec![notice]);
    today.at("2021-01-01");
    today.refuses_new("A", suspend("2021-03-31", None), Rule::E5, too_early);
    today.does("A", suspend("2021-04-01", None));
    case.does_by("A", suspend("2021-04-01", given), Rule::E5, "Article 20");
    let force = |on: &str| case.0.status(date(on), None).force.to_string();
    let (stands, suspended) = ("in force since 2020-02-01", "suspended since 2021-04-01");
    for (on, says) in [
        ("2021-03-31", stands.to_owned()),
        ("2021-04-01", format!("{stands}, {suspended}")),
        ("2021-06-30", format!("{stands}, {suspended}")),
        ("2021-07-01", stands.to_owned()),
    ] {
        assert_eq!(force(on), says, "on {on}");
    }
    // Who suspended alone resumes alone.
    let resume = MachineEvent::OperationResumed {
        on: date("2021-05-01"),
        number: 1,
        consenting: vec![],
    };
    case.refuses("B", resume.clone(), Rule::E19, "missing: A");
    case.does("A", resume);
}

#[test]
fn e6_some_suspend_among_themselves_for_a_time_and_tell_the_others() {
    let suspend = |between: &[&str], until: &str, told: &[&str]| MachineEvent::SuspendedInterSe {
        on: date("2021-01-01"),
        until: date(until),
        between: ids(between),
        provisions: vec![p(2)],
        notified: ids(told),
    };
    let mut case = in_force(vec![]);
    case.refuses(
        "A",
        suspend(&["A", "B"], "2022-01-01", &[]),
        Rule::E6,
        "missing: C",
    );
    case.refuses(
        "A",
        suspend(&["A", "B"], "2021-01-01", &["C"]),
        Rule::E6,
        "a time that ends",
    );
    case.refuses(
        "A",
        suspend(&["A", "B", "C"], "2022-01-01", &[]),
        Rule::E6,
        "not all",
    );
    case.refuses(
        "C",
        suspend(&["A", "B"], "2022-01-01", &["C"]),
        Rule::E6,
        "its own among them",
    );
    assert_eq!(
        case.does("A", suspend(&["A", "B"], "2022-01-01", &["C"])),
        Rule::E6
    );
    let s = &case.0.machines.ending.suspensions[0];
    assert!(
        s.stands(&"A".into(), &"B".into(), date("2021-06-01"))
            && !s.stands(&"A".into(), &"C".into(), date("2021-06-01"))
    );
    assert!(!s.stands(&"A".into(), &"B".into(), date("2022-01-01")));
}

#[test]
fn e18_an_end_takes_nothing_from_the_past() {
    let mut case = bilateral(vec![clause(
        "Article 17",
        Term::Expiry("2021-01-01".parse().expect("a date")),
    )]);
    let text = case.text();
    case.does("A", terminate("2021-01-01"));
    assert_eq!(case.text(), text);
    for (on, force) in [
        (
            "2020-12-31",
            "in force since 2020-02-01, ends on 2021-01-01",
        ),
        ("2021-01-01", "ended on 2021-01-01"),
    ] {
        assert_eq!(case.0.status(date(on), None).force.to_string(), force);
    }
}
