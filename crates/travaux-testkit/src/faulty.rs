//! A store that fails as asked, at the moment that a test is about.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, EventStore, Expected, Listener, Page, Read,
    StoreError, Verified,
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

/// A store in front of another: its next appends fail as they are told to, and all of them wait at a gate while that is closed.
#[derive(Debug)]
pub struct FaultyStore<S> {
    store: S,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    faults: VecDeque<Fault>,
    closed: bool,
    waiting: usize,
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

    /// Whoever appends waits from now on.
    pub fn close_gate(&self) {
        self.state().closed = true;
    }

    /// Nobody waits any more.
    pub fn open_gate(&self) {
        self.state().closed = false;
        self.changed.notify_all();
    }

    /// Waits until so many wait at the gate.
    pub fn wait_for(&self, waiting: usize) {
        let state = self.state();
        let reached = self
            .changed
            .wait_while(state, |state| state.waiting < waiting);
        drop(reached.unwrap_or_else(PoisonError::into_inner));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while the gate is closed; then the fault whose turn it is.
    fn pass(&self) -> Option<Fault> {
        let mut state = self.state();
        state.waiting += 1;
        self.changed.notify_all();
        let mut state = self
            .changed
            .wait_while(state, |state| state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state.faults.pop_front()
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
        match self.pass() {
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
        self.store.read(read)
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
