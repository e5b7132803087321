//! Machine E: how agreements end, and how they are suspended.

mod ended;
mod grounds;
mod later;
mod measures;
mod scope;

use travaux_domain::{
    Profile,
    agreement::{
        consent::{Office, Representative},
        ending::{ClaimNotice, EndingAct as MachineEvent},
    },
    clause::FinalClause,
};
use travaux_testkit::agreement::*;

fn bilateral(clauses: Vec<FinalClause>) -> Case {
    let mut case = authentic(proposal(Profile::treaty(), &["A", "B"], clauses));
    case.does("A", signed("2020-02-01"));
    case.does("B", signed("2020-02-01"));
    case
}

fn notified(claim: ClaimNotice) -> MachineEvent {
    MachineEvent::ClaimNotified {
        on: date("2021-01-01"),
        claim,
        number: None,
    }
}

fn carry(on: &str) -> MachineEvent {
    let by = Representative {
        name: "the minister".into(),
        office: Office::ForeignMinister,
        full_powers: false,
    };
    MachineEvent::MeasureCarriedOut {
        on: date(on),
        number: 1,
        by,
        scope: None,
    }
}
