//! What a claim asks for: when it is carried out, stopped or taken back.

use travaux_domain::{
    Rule,
    agreement::{
        consent::Representative,
        ending::{ClaimNotice, EndingAct as MachineEvent, Invoked, Measure},
    },
};
use travaux_testkit::agreement::*;

use super::{carry, notified};

/// A has claimed that B broke it, C agrees, and both have received it. Who withdraws needs another
/// ground.
fn claimed(measure: Measure) -> Case {
    let ground = match measure {
        Measure::Withdraw => Invoked::ChangeOfCircumstances,
        _ => Invoked::MaterialBreach,
    };
    let together = ground == Invoked::MaterialBreach;
    claimed_as(ClaimNotice {
        consenting: if together { ids(&["C"]) } else { vec![] },
        among_all: together,
        ..claim(ground, measure)
    })
}

fn claimed_as(claim: ClaimNotice) -> Case {
    let mut case = in_force(vec![]);
    case.does("A", notified(claim));
    for (party, on) in [("B", "2021-01-10"), ("C", "2021-01-20")] {
        case.does(
            party,
            MachineEvent::ClaimReceived {
                on: date(on),
                number: 1,
            },
        );
    }
    case
}

#[test]
fn e12_and_e13_a_measure_waits_three_months_from_receipt() {
    let mut early = in_force(vec![]);
    early.does(
        "A",
        notified(ClaimNotice {
            consenting: ids(&["C"]),
            ..claim(Invoked::MaterialBreach, Measure::Terminate)
        }),
    );
    early.refuses(
        "A",
        carry("2021-12-01"),
        Rule::E13,
        "missing: receipt by B, receipt by C",
    );
    early.refuses(
        "A",
        MachineEvent::ClaimReceived {
            on: date("2021-01-10"),
            number: 1,
        },
        Rule::D5,
        "by another",
    );
    early.refuses(
        "B",
        MachineEvent::ClaimReceived {
            on: date("2021-01-10"),
            number: 2,
        },
        Rule::D5,
        "from 1 to 1",
    );
    let sent = early.0.machines.ending.claims[0].on;
    let receive = |on| MachineEvent::ClaimReceived { on, number: 1 };
    early.refuses(
        "B",
        receive(sent.pred_opt().expect("a day")),
        Rule::D5,
        &format!("from {sent} on"),
    );
    early.clone().does("B", receive(sent));
    let mut twice = early.clone();
    twice.does("B", receive(sent));
    twice.refuses("B", receive(sent), Rule::D5, "a first receipt");
    let case = claimed(Measure::Terminate);
    // Three months from receipt by the last have a last day of their own.
    case.refuses_new(
        "A",
        carry("2021-04-20"),
        Rule::E13,
        "a date from 2021-04-21 on, when 3 months from receipt are over",
    );
    case.refuses("A", carry("2021-04-19"), Rule::E13, "2021-04-21");
    case.refuses("B", carry("2021-04-21"), Rule::E13, "an act of A");
    let mut ended = case.clone();
    assert_eq!(ended.does("A", carry("2021-04-21")), Rule::E13);
    assert!(
        ended.0.machines.ending.last_end().is_some()
            && ended
                .0
                .machines
                .ending
                .ended_on(date("2021-04-20"))
                .is_none()
    );
    let mut suspended = claimed(Measure::Suspend);
    suspended.does("A", carry("2021-04-21"));
    assert!(
        suspended.0.machines.ending.last_end().is_none()
            && suspended.0.machines.ending.suspensions.len() == 1
    );
    let mut left = claimed(Measure::Withdraw);
    left.does("A", carry("2021-04-21"));
    assert!(
        left.0.machines.ending.last_end().is_none()
            && left
                .0
                .machines
                .consents
                .contracting(date("2021-05-01"))
                .count()
                == 2
    );
}

#[test]
fn e14_an_objection_stops_the_measure() {
    let mut case = claimed(Measure::Terminate);
    case.refuses(
        "A",
        MachineEvent::ClaimDisputed {
            on: date("2021-02-01"),
            number: 1,
        },
        Rule::E14,
        "by another",
    );
    assert_eq!(
        case.does(
            "B",
            MachineEvent::ClaimDisputed {
                on: date("2021-02-01"),
                number: 1
            }
        ),
        Rule::E14
    );
    case.refuses("A", carry("2021-04-20"), Rule::E14, "the objection of B");
}

#[test]
fn e15_a_claim_is_revoked_by_its_own_party() {
    let revoke = || MachineEvent::ClaimRevoked {
        on: date("2021-02-01"),
        number: 1,
    };
    let mut case = claimed(Measure::Terminate);
    case.refuses("B", revoke(), Rule::E15, "an act of A");
    assert_eq!(case.does("A", revoke()), Rule::E15);
    case.refuses(
        "A",
        carry("2021-04-20"),
        Rule::E13,
        "one revoked on 2021-02-01",
    );
}

#[test]
fn e13_the_period_is_shorter_only_for_special_urgency() {
    let breach = || ClaimNotice {
        consenting: ids(&["C"]),
        ..claim(Invoked::MaterialBreach, Measure::Terminate)
    };
    let urgent = |why: &str| ClaimNotice {
        urgency: Some(why.into()),
        ..breach()
    };
    in_force(vec![]).refuses("A", notified(urgent(" ")), Rule::E12, "the reasons");
    let mut case = claimed_as(urgent("lives are at stake"));
    case.refuses("A", carry("2021-01-19"), Rule::E13, "when it was received");
    case.does("A", carry("2021-01-20"));
}

#[test]
fn e13_who_signs_the_instrument_may_be_asked_for_full_powers() {
    let mut case = claimed(Measure::Terminate);
    let by = |name: &str| MachineEvent::MeasureCarriedOut {
        on: date("2021-04-21"),
        number: 1,
        by: Representative {
            name: name.into(),
            ..minister(false)
        },
        scope: None,
    };
    case.refuses("A", by(" "), Rule::E13, "who signed");
    let decided = case.decides("A", by("the minister"), None);
    let said = decided.event.describe().what;
    assert!(
        said.contains("whose full powers may be called upon"),
        "{said}"
    );
}

#[test]
fn e14_an_objection_may_be_taken_back() {
    let object = |on: &str| MachineEvent::ClaimDisputed {
        on: date(on),
        number: 1,
    };
    let accept = |on: &str| MachineEvent::ClaimAccepted {
        on: date(on),
        number: 1,
    };
    let mut case = claimed(Measure::Terminate);
    case.refuses_new("B", object("2020-12-31"), Rule::E14, "from 2021-01-01 on");
    case.refuses("B", accept("2021-02-01"), Rule::E14, "B, which does not");
    case.does("B", object("2021-02-01"));
    case.refuses("B", accept("2021-01-31"), Rule::E14, "from 2021-02-01 on");
    assert_eq!(case.does("B", accept("2021-05-01")), Rule::E14);
    case.refuses("A", carry("2021-04-30"), Rule::E14, "the objection of B");
    case.does("A", carry("2021-05-01"));
}

#[test]
fn e25_a_disputed_claim_takes_effect_as_it_was_settled() {
    let settle = |measure, consenting: &[&str], decided| MachineEvent::ClaimSettled {
        on: date("2021-09-01"),
        number: 1,
        by: "exchange of letters".into(),
        measure,
        consenting: ids(consenting),
        decided,
        scope: None,
    };
    let suspend = Some(Measure::Suspend);
    let mut case = claimed(Measure::Terminate);
    case.refuses(
        "A",
        settle(suspend, &["A", "B"], false),
        Rule::E25,
        "without objection",
    );
    case.does(
        "B",
        MachineEvent::ClaimDisputed {
            on: date("2021-02-01"),
            number: 1,
        },
    );
    case.refuses("A", settle(suspend, &["A"], false), Rule::E25, "missing: B");
    case.refuses("A", settle(suspend, &[], false), Rule::E25, "found neither");
    case.refuses(
        "A",
        settle(suspend, &["A", "B"], true),
        Rule::E25,
        "found both",
    );
    let force = |case: &Case, on: &str| {
        let between = case.0.between(&"A".into(), &"B".into(), date(on));
        between.force.to_string()
    };
    // They agree on less than was claimed.
    let mut agreed = case.clone();
    assert_eq!(
        agreed.does("B", settle(suspend, &["A", "B"], false)),
        Rule::E25
    );
    assert_eq!(force(&agreed, "2021-08-31"), "in force since 2020-02-01");
    assert_eq!(force(&agreed, "2021-09-01"), "suspended since 2021-09-01");
    agreed.refuses(
        "A",
        carry("2022-01-01"),
        Rule::E13,
        "one settled on 2021-09-01",
    );
    // It falls.
    let mut falls = case.clone();
    falls.does("A", settle(None, &["A", "B"], false));
    assert_eq!(force(&falls, "2022-09-01"), "in force since 2020-02-01");
    // A court decides.
    case.does("A", settle(Some(Measure::Terminate), &[], true));
    assert_eq!(force(&case, "2021-09-01"), "ended on 2021-09-01");
}
