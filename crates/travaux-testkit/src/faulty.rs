//! A store that fails as asked, at the moment that a test is about, waits there, and counts what is read.

use std::{
    collections::{BTreeMap, VecDeque},
    ops::ControlFlow,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, EventStore, Expected, Listener, Page, Read,
    Scope, StoreError, Verified,
};

/// What becomes of an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is appended: the system fails.
    Fails,
    /// Nothing is appended: somebody else was faster.
    Conflicts,
    /// It is appended, and the answer is lost: who asked is told of a failure.
    LosesTheAnswer,
}

/// What a test can hold up: whoever comes waits until the gate is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Before something is appended.
    Appends,
    /// Before a page is read.
    Reads,
}

/// A store in front of another: its next appends fail as they are told to, all appends or reads wait
/// at their gate while that is closed, and what is read is counted.
#[derive(Debug, Default)]
pub struct FaultyStore<S> {
    store: S,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    faults: VecDeque<Fault>,
    appends: Passage,
    reads: Passage,
    pages: u64,
    records: BTreeMap<String, usize>,
}

/// What stands at one gate.
#[derive(Debug, Default)]
struct Passage {
    closed: bool,
    waiting: usize,
}

impl State {
    fn at(&mut self, gate: Gate) -> &mut Passage {
        match gate {
            Gate::Appends => &mut self.appends,
            Gate::Reads => &mut self.reads,
        }
    }
}

impl<S: EventStore> FaultyStore<S> {
    /// In front of `store`, without faults.
    pub fn new(store: S) -> Self {
        Self {
            store,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// The next appends do this, one each.
    pub fn next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state().faults.extend(faults);
    }

    /// Whoever comes to this gate waits from now on.
    pub fn close(&self, gate: Gate) {
        self.state().at(gate).closed = true;
    }

    /// Nobody waits there any more.
    pub fn open(&self, gate: Gate) {
        self.state().at(gate).closed = false;
        self.changed.notify_all();
    }

    /// Waits until so many wait at the gate.
    pub fn wait_for(&self, gate: Gate, waiting: usize) {
        let state = self.state();
        let reached = self
            .changed
            .wait_while(state, |state| state.at(gate).waiting < waiting);
        drop(reached.unwrap_or_else(PoisonError::into_inner));
    }

    /// How many pages were asked for, of the log or of a stream.
    pub fn pages_read(&self) -> u64 {
        self.state().pages
    }

    /// How many records were read by asking for that stream. A reading of the log counts for none.
    pub fn records_read(&self, stream: &str) -> usize {
        self.state()
            .records
            .get(stream)
            .copied()
            .unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while the gate is closed.
    fn pass(&self, gate: Gate) -> MutexGuard<'_, State> {
        let mut state = self.state();
        state.at(gate).waiting += 1;
        self.changed.notify_all();
        let mut state = self
            .changed
            .wait_while(state, |state| state.at(gate).closed)
            .unwrap_or_else(PoisonError::into_inner);
        state.at(gate).waiting -= 1;
        state
    }
}

fn failure() -> AppendError {
    StoreError::io(
        "append",
        std::io::Error::other("a fault that a test asked for"),
    )
    .into()
}

impl<S: EventStore> EventStore for FaultyStore<S> {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        let fault = self.pass(Gate::Appends).faults.pop_front();
        match fault {
            None => self.store.append(commit),
            Some(Fault::Fails) => Err(failure()),
            Some(Fault::Conflicts) => Err(AppendError::Conflict {
                stream: commit
                    .events
                    .first()
                    .map_or_else(String::new, |event| event.stream.clone()),
                expected: Expected::NoStream,
                actual: 0,
            }),
            Some(Fault::LosesTheAnswer) => {
                self.store.append(commit)?;
                Err(failure())
            }
        }
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        self.pass(Gate::Reads).pages += 1;
        let page = self.store.read(read)?;
        if let Scope::Stream(stream) = &read.scope {
            *self.state().records.entry(stream.clone()).or_default() += page.records.len();
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

    fn scan(
        &self,
        from: u64,
        each: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.store.scan(from, each)
    }

    fn verify(&self) -> Result<Verified, StoreError> {
        self.store.verify()
    }

    fn root(&self, size: u64) -> Result<Option<[u8; 32]>, StoreError> {
        self.store.root(size)
    }

    fn listen(&self) -> Listener {
        self.store.listen()
    }
}
