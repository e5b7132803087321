//! What an engine is made of. Commits and questions both stand on it, and none on the other.
//!
//! Locks: a commit holds the turns of its streams ([`Turns`]) from its decision until its append is durable; nothing else takes these.
//! Then it takes its place among the others ([`Pace`]), for as long, and waits for no turn any more.
//! The locks of states and views are held while something is read or changed in memory, or read from the store, never over an append.

use std::{
    collections::BTreeSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use chrono::{DateTime, Utc};
use travaux_domain::StreamId;
use travaux_store::{EventStore, SnapshotStore};

use crate::{Ports, SnapshotPolicy, states::States, views::SharedViews};

#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) snapshots: Arc<dyn SnapshotStore>,
    pub(crate) ports: Ports,
    pub(crate) states: States,
    pub(crate) views: SharedViews,
    pub(crate) turns: Turns,
    pub(crate) pace: Pace,
    /// The last time that was recorded, or given to a commit, as far as this engine knows. Of others on
    /// the same log the store knows it, and refuses what would go back.
    pub(crate) last: Mutex<DateTime<Utc>>,
    pub(crate) policy: SnapshotPolicy,
}

impl Core {
    /// The time that the next commit would record.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = self.ports.clock.now().max(*last);
        *last
    }

    /// The log has got to that time.
    pub(crate) fn learn(&self, time: DateTime<Utc>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = time.max(*last);
    }
}

/// Commits are decided side by side, each at its time. One that takes long may be overtaken by the time
/// of others again and again: it is decided alone then.
#[derive(Debug, Default)]
pub(crate) struct Pace(RwLock<()>);

/// A place among the commits that are at work.
#[derive(Debug)]
pub(crate) enum Place<'a> {
    /// Beside others.
    Beside { _guard: RwLockReadGuard<'a, ()> },
    /// With nobody else.
    Alone { _guard: RwLockWriteGuard<'a, ()> },
}

impl Pace {
    /// So often a commit is overtaken before it is decided alone.
    const PATIENCE: u32 = 3;

    /// A place for a commit that was overtaken so often.
    pub(crate) fn take(&self, overtaken: u32) -> Place<'_> {
        if overtaken < Self::PATIENCE {
            let _guard = self.0.read().unwrap_or_else(PoisonError::into_inner);
            Place::Beside { _guard }
        } else {
            let _guard = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Place::Alone { _guard }
        }
    }
}

/// So many commits can be decided side by side, at most.
const TURNS: usize = 256;

/// Whose turn it is on a stream: commits to one stream are decided one after the other, so that they do not run into each other at the
/// store. Streams share a fixed number of places, so that no list of streams is kept.
#[derive(Debug)]
pub(crate) struct Turns(Vec<Mutex<()>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..TURNS).map(|_| Mutex::default()).collect())
    }
}

impl Turns {
    /// Waits until it is the caller's turn on all of `streams`. Places are taken in order, so that no two wait for each other.
    pub(crate) fn take(
        &self,
        streams: impl IntoIterator<Item = StreamId>,
    ) -> Vec<MutexGuard<'_, ()>> {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let place = |stream| usize::try_from(hasher.hash_one(stream) % TURNS as u64).unwrap_or(0);
        let places: BTreeSet<usize> = streams.into_iter().map(place).collect();
        places
            .into_iter()
            .filter_map(|place| self.0.get(place))
            .map(|turn| turn.lock().unwrap_or_else(PoisonError::into_inner))
            .collect()
    }
}
