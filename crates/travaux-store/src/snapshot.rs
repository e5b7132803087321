//! Snapshots of folds: never the truth, always replaceable.

use std::{collections::BTreeMap, fmt::Debug, sync::Mutex};

use crate::{EventStore, StoreError};

/// A moment of a log: how long it was, and what it said until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPosition {
    /// Its last position then.
    pub position: u64,
    /// The root of the Merkle tree over its records (RFC 9162); none where the store keeps no tree.
    pub root: Option<[u8; 32]>,
}

impl LogPosition {
    /// The log as it is at `position`.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub fn at(store: &dyn EventStore, position: u64) -> Result<Self, StoreError> {
        Ok(Self {
            position,
            root: store.root(position)?,
        })
    }

    /// Whether `store` holds that log, however much came after: not one that was cut off, put back, or is another one.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    pub fn is_in(&self, store: &dyn EventStore) -> Result<bool, StoreError> {
        Ok(self.position <= store.head() && store.root(self.position)? == self.root)
    }
}

/// The state of a fold at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The version of the fold that wrote it; another version does not read it.
    pub version: u32,
    /// The last position, or stream version, that it has seen.
    pub checkpoint: u64,
    /// The log that it was taken of. A snapshot of another log is as good as none.
    pub log: LogPosition,
    /// The state.
    pub state: Vec<u8>,
}

/// A place for snapshots. Losing one costs time, nothing else; a damaged one is as good as none.
pub trait SnapshotStore: Debug + Send + Sync {
    /// The snapshot under `name`, if there is a sound one.
    ///
    /// # Errors
    /// [`StoreError`] where the system fails.
    fn load(&self, name: &str) -> Result<Option<Snapshot>, StoreError>;

    /// Keeps `snapshot` under `name`, in place of the one before.
    ///
    /// # Errors
    /// [`StoreError`] where the system fails; the one before may still be there.
    fn save(&self, name: &str, snapshot: &Snapshot) -> Result<(), StoreError>;

    /// Throws the snapshot under `name` away, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] where the system fails.
    fn remove(&self, name: &str) -> Result<(), StoreError>;

    /// Throws all snapshots away.
    ///
    /// # Errors
    /// [`StoreError`] where the system fails.
    fn clear(&self) -> Result<(), StoreError>;
}

/// Snapshots in memory.
#[derive(Debug, Default)]
pub struct MemorySnapshots(Mutex<BTreeMap<String, Snapshot>>);

impl MemorySnapshots {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, Snapshot>) -> T) -> T {
        act(&mut self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

impl SnapshotStore for MemorySnapshots {
    fn load(&self, name: &str) -> Result<Option<Snapshot>, StoreError> {
        Ok(self.with(|all| all.get(name).cloned()))
    }

    fn save(&self, name: &str, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.with(|all| all.insert(name.to_owned(), snapshot.clone()));
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.with(|all| all.remove(name));
        Ok(())
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.with(BTreeMap::clear);
        Ok(())
    }
}
