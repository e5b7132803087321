//! What is notified, registered and objected to: received on its day or later.

use travaux_domain::{
    Revision, Rule,
    agreement::{Nature, correction::CorrectionAct, depositary::DepositaryAct},
    clause::Term,
};
use travaux_testkit::agreement::*;

use super::provisional;

#[test]
fn a_notification_is_received_on_the_day_that_it_was_sent_or_later() {
    let mut case = treaty(vec![]);
    case.does("A", notify("2020-03-01"));
    case.does("B", notify("2020-03-05"));
    assert_eq!(case.0.machines.depositary.notifications.len(), 2);
    case.refuses(
        "B",
        received(1, "2020-02-29"),
        Rule::D5,
        "a date from 2020-03-01 on",
    );
    case.does("B", received(1, "2020-03-01"));
    let depositary = &case.0.machines.depositary;
    assert_eq!(
        depositary.received_by(&depositary.notifications[0], &"B".into()),
        Some(date("2020-03-01"))
    );
    let mut kept = treaty(vec![clause("Article 21", Term::Depositary("C".into()))]);
    kept.does("C", notify("2020-03-01"));
    kept.does("A", notify("2020-03-02"));
    let d = &kept.0.machines.depositary;
    let all = ids(&["A", "B", "C"]);
    assert_eq!(
        d.made_on(&d.notifications[0], &all, false)
            .map(|(on, _)| on),
        Some(date("2020-03-01")),
        "its own"
    );
    assert_eq!(
        d.made_on(&d.notifications[1], &all, false),
        None,
        "not received yet"
    );
    assert_eq!(
        d.made_on(&d.notifications[1], &all, true).map(|(on, _)| on),
        Some(date("2020-03-02")),
        "on dispatch"
    );
    kept.does("C", received(2, "2020-03-04"));
    let d = &kept.0.machines.depositary;
    assert_eq!(
        d.received_by(&d.notifications[1], &"C".into()),
        Some(date("2020-03-04")),
        "the keeper is told by nobody else"
    );
    assert_eq!(
        d.received_by(&d.notifications[1], &"B".into()),
        None,
        "who was not informed"
    );
}

#[test]
fn registration_waits_for_force_to_the_day() {
    let register = |on: &str| DepositaryAct::Registered {
        on: date(on),
        number: "I-1".into(),
        ex_officio: false,
        languages: vec![lang("fr")],
    };
    in_force(vec![]).refuses(
        "A",
        register("2020-01-31"),
        Rule::D7,
        "one that was not on 2020-01-31",
    );
    in_force(vec![]).does("A", register("2020-02-01"));
    let mut applied = treaty(vec![]);
    applied.does("A", provisional("2020-02-01", &["A", "B"]));
    applied.refuses(
        "A",
        register("2020-01-31"),
        Rule::D7,
        "one that was not on 2020-01-31",
    );
    applied.does("A", register("2020-02-01"));
}

#[test]
fn an_objection_to_a_correction_is_in_time_on_the_last_day() {
    let mut case = treaty(vec![clause("Article 21", Term::Depositary("UN".into()))]);
    case.does(
        "A",
        revise(
            Nature::Correction,
            vec![words(4, "échangent", "s'échangent")],
        ),
    );
    case.does(
        "UN",
        CorrectionAct::CorrectionNotified {
            on: date("2021-01-01"),
            revision: Revision(2),
            days: 90,
        },
    );
    let object = |on: &str| CorrectionAct::CorrectionObjected {
        on: date(on),
        revision: Revision(2),
        reason: "none".into(),
    };
    case.refuses(
        "B",
        object("2021-04-02"),
        Rule::X5,
        "an objection by 2021-04-01",
    );
    assert_eq!(case.does("B", object("2021-04-01")), Rule::X5);
}
