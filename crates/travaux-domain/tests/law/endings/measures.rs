//! What a claim asks for: when it is carried out, stopped or taken back.

use travaux_domain::{
    Rule,
    agreement::ending::{EndingAct as MachineEvent, Invoked, Measure},
};
use travaux_testkit::agreement::*;

use super::{carry, notified};

/// A has claimed, and B and C have received it.
fn claimed(measure: Measure) -> Case {
    let mut case = in_force(vec![]);
    case.does("A", notified(claim(Invoked::MaterialBreach, measure)));
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
        notified(claim(Invoked::MaterialBreach, Measure::Terminate)),
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
    case.refuses(
        "A",
        carry("2021-04-19"),
        Rule::E13,
        "a date from 2021-04-20 on",
    );
    case.refuses("B", carry("2021-04-20"), Rule::E13, "an act of A");
    let unsigned = MachineEvent::MeasureCarriedOut {
        on: date("2021-04-20"),
        number: 1,
        by: minister(false),
    };
    case.refuses("A", unsigned, Rule::E13, "an instrument signed by");
    let mut ended = case.clone();
    assert_eq!(ended.does("A", carry("2021-04-20")), Rule::E13);
    assert!(
        ended.0.machines.ending.last_end().is_some()
            && ended
                .0
                .machines
                .ending
                .ended_on(date("2021-04-19"))
                .is_none()
    );
    let mut suspended = claimed(Measure::Suspend);
    suspended.does("A", carry("2021-04-20"));
    assert!(
        suspended.0.machines.ending.last_end().is_none()
            && suspended.0.machines.ending.suspensions.len() == 1
    );
    let mut left = claimed(Measure::Withdraw);
    left.does("A", carry("2021-04-20"));
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
