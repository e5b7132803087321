//! Snapshots of folds: never the truth, always replaceable.

use std::{collections::BTreeMap, fmt::Debug, sync::Mutex};

use crate::StoreError;

/// The state of a fold at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The version of the fold that wrote it; another version does not read it.
    pub version: u32,
    /// The last position, or stream version, that it has seen.
    pub checkpoint: u64,
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
        act(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
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

    fn clear(&self) -> Result<(), StoreError> {
        self.with(BTreeMap::clear);
        Ok(())
    }
}
