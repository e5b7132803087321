//! Where an agreement stands: text, force and what remains, in one answer.

mod between;
mod stages;

use travaux_domain::{Profile, agreement::consent::ConsentAct, clause::Term, effect::Effect};
use travaux_testkit::agreement::*;

#[track_caller]
fn stands(case: &Case, on: &str, expected: &str) {
    assert_eq!(
        case.0.status(date(on), None).to_string(),
        expected,
        "on {on}"
    );
}

fn eif(effect: &str) -> Term {
    Term::EntryIntoForce(effect.parse::<Effect>().expect("an effect"))
}

fn bilateral(terms: Vec<Term>) -> Case {
    let clauses = terms.into_iter().map(|t| clause("Article 9", t)).collect();
    authentic(proposal(Profile::treaty(), &["A", "B"], clauses))
}

fn leaves(on: &str) -> ConsentAct {
    ConsentAct::WithdrawalNotified {
        received_on: date(on),
        admitted: None,
        provisions: vec![],
        effective_on: None,
    }
}
