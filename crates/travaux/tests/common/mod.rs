//! Engines on a store that can be made to wait or to fail, and acts on an agreement.

#![allow(dead_code, reason = "each test binary uses its part")]

use std::sync::Arc;

use chrono::DateTime;
use travaux::{
    Ports,
    blocking::Engine,
    domain::{
        Actor, AgreementId, Profile, Revision,
        agreement::{AgreementCommand as C, Nature, RevisionDraft},
    },
    text::{Lang, Operation, ProvisionId},
};
use travaux_store::{MemorySnapshots, MemoryStore, SnapshotStore};
use travaux_testkit::faulty::FaultyStore;

/// A store in memory that a test can hold up and make fail, and that counts what is read.
pub(crate) type FaultyMemory = FaultyStore<MemoryStore>;

pub(crate) fn store() -> Arc<FaultyMemory> {
    Arc::default()
}

pub(crate) fn open(store: Arc<FaultyMemory>, snapshots: Arc<dyn SnapshotStore>) -> Engine {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    let mut ports = Ports::fixed(start);
    ports.ids = Arc::new(travaux::RandomIds);
    Engine::open(store, snapshots, ports).expect("an engine")
}

/// On a store of its own.
pub(crate) fn engine() -> Engine {
    engine_on(store())
}

pub(crate) fn engine_on(store: Arc<FaultyMemory>) -> Engine {
    open(store, Arc::new(MemorySnapshots::default()))
}

pub(crate) fn by(party: &str) -> Actor {
    Actor::party(party)
}

/// An agreement of two articles, proposed by France.
pub(crate) fn proposed(engine: &Engine, title: &str) -> AgreementId {
    let id = engine.new_agreement_id();
    let proposal = travaux::proposal(title, Profile::arrangement())
        .party("FR", "France")
        .party("MA", "Maroc")
        .text("fr", "## Article 1\n\nLes Parties coopèrent.\n")
        .expect("a text")
        .build();
    engine
        .act(id, &by("FR"), [C::Propose(Box::new(proposal))])
        .expect("it is proposed");
    id
}

pub(crate) fn accept(revision: u32) -> C {
    C::AcceptRevision {
        revision: Revision(revision),
    }
}

pub(crate) fn adopt(revision: u32) -> C {
    C::AdoptText {
        revision: Revision(revision),
        effective_from: None,
        package: None,
        elsewhere: None,
    }
}

/// A revision of the words of a provision, the first time that they occur.
pub(crate) fn revise(base: u32, provision: u32, find: &str, with: &str) -> C {
    let fr = Lang::parse("fr").expect("a tag");
    let op = Operation::substitute(ProvisionId::new(1, provision), fr, find, with, 1);
    C::ProposeRevision(Box::new(RevisionDraft {
        nature: Nature::Amendment,
        ..RevisionDraft::new(Revision(base), vec![op])
    }))
}
