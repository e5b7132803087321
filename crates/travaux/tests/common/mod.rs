//! A store that can be made to wait or to fail, and acts on an agreement.

#![allow(dead_code, reason = "each test binary uses its part")]

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

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
use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, EventStore, MemorySnapshots, MemoryStore,
    Page, Read, SnapshotStore, StoreError,
};

/// A gate that appends pass.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    state: Mutex<(bool, usize)>,
    changed: Condvar,
}

impl Gate {
    pub(crate) fn shut(&self) {
        self.state.lock().expect("no panic").0 = true;
    }

    pub(crate) fn open(&self) {
        self.state.lock().expect("no panic").0 = false;
        self.changed.notify_all();
    }

    /// Until somebody stands in front of it.
    pub(crate) fn wait_for_somebody(&self) {
        self.wait_for(1);
    }

    /// Until so many stand in front of it.
    pub(crate) fn wait_for(&self, many: usize) {
        let state = self.state.lock().expect("no panic");
        drop(
            self.changed
                .wait_while(state, |(_, waiting)| *waiting < many),
        );
    }

    fn pass(&self) {
        let mut state = self.state.lock().expect("no panic");
        state.1 += 1;
        self.changed.notify_all();
        let mut state = self
            .changed
            .wait_while(state, |(shut, _)| *shut)
            .expect("no panic");
        state.1 -= 1;
    }
}

/// A store in memory with a gate, which counts what is read of each stream, and fails when it is told to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watched {
    store: Arc<MemoryStore>,
    pub(crate) gate: Arc<Gate>,
    fails: Arc<AtomicBool>,
    read: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Watched {
    /// The next append fails.
    pub(crate) fn fail_next(&self) {
        self.fails.store(true, Ordering::SeqCst);
    }

    /// How many records were read by asking for that stream.
    pub(crate) fn read_of(&self, stream: &str) -> usize {
        self.read
            .lock()
            .expect("no panic")
            .get(stream)
            .copied()
            .unwrap_or_default()
    }
}

impl EventStore for Watched {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.gate.pass();
        if self.fails.swap(false, Ordering::SeqCst) {
            return Err(StoreError::Poisoned {
                cause: "no room".into(),
            }
            .into());
        }
        self.store.append(commit)
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        let page = self.store.read(read)?;
        if let travaux_store::Scope::Stream(stream) = &read.scope {
            let mut counts = self.read.lock().expect("no panic");
            *counts.entry(stream.clone()).or_default() += page.records.len();
        }
        Ok(page)
    }

    fn head(&self) -> u64 {
        self.store.head()
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        self.store.version(stream)
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        self.store.find_commit(id)
    }

    fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.attachment(id)
    }

    fn listen(&self) -> travaux_store::Listener {
        self.store.listen()
    }
}

pub(crate) fn open(store: Watched, snapshots: Arc<dyn SnapshotStore>) -> Engine {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    let mut ports = Ports::fixed(start);
    ports.ids = Arc::new(travaux::RandomIds);
    Engine::open(Arc::new(store), snapshots, ports).expect("an engine")
}

pub(crate) fn engine_on(store: Watched) -> Engine {
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
