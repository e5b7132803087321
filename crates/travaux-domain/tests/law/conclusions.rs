//! Force, binding and end follow from what was done, whenever and in whatever order that was recorded.

mod ends;
mod entry;
mod lives;
mod order;

use travaux_domain::{
    Profile,
    agreement::{
        consent::{ConsentAct, Establishment, Manner},
        depositary::{DepositaryAct, Subject},
    },
    clause::{Means, Term},
    effect::Effect,
};
use travaux_testkit::agreement::*;

fn effect(text: &str) -> Effect {
    text.parse().expect("an effect")
}

/// A treaty of these parties with these terms, authenticated.
fn between(parties: &[&str], terms: Vec<Term>) -> Case {
    let clauses = terms.into_iter().map(|term| clause("Article 9", term));
    authentic(proposal(Profile::treaty(), parties, clauses.collect()))
}

/// A party ratifies on a day that it signed before.
fn ratifies(case: &mut Case, party: &str, on: &str) {
    case.does(party, sign("2000-01-01", Manner::SubjectToRatification));
    deposits(case, party, on, Means::Ratification);
}

fn deposits(case: &mut Case, party: &str, on: &str, means: Means) {
    case.does(party, made(on, means));
    case.does(party, established(on, means, Establishment::Notification));
}

fn declines(on: &str) -> ConsentAct {
    ConsentAct::DeclinedToBecomeParty { on: date(on) }
}

/// A party notifies that its procedures are complete, and each of the others receives it.
fn notifies(case: &mut Case, party: &str, others: &[&str], on: &str) {
    let sent = DepositaryAct::NotificationSent {
        on: date(on),
        subject: Subject::ProceduresComplete,
        number: None,
    };
    case.does(party, sent);
    let number = case.0.machines.depositary.notifications.len() as u32;
    for other in others {
        let on = date(on);
        case.does(other, DepositaryAct::NotificationReceived { on, number });
    }
}

/// Since when it is in force for a party, as asked on a day.
fn since(case: &Case, party: &str, on: &str) -> Option<String> {
    let since = case.0.force_for(&party.into(), date(on));
    since.map(|since| since.to_string())
}

#[track_caller]
fn stands(case: &Case, on: &str, force: &str) {
    let found = case.0.status(date(on), None).force.to_string();
    assert_eq!(found, force, "on {on}");
}
