//! The log as a whole, over journal, archive and catalogue: its state in memory, and what is opened, appended, found, read, moved
//! and closed of it.

mod append;
#[cfg(test)]
mod append_tests;
mod archiving;
pub(crate) mod clean;
mod close;
mod limits;
mod lookup;
mod open;
mod read;
mod tree;
mod versions;

use std::sync::{
    Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Utc};
use travaux_ledger::Frontier;
use travaux_store::{Listener, Notifier, StoreError};

use self::{limits::Limits, versions::Versions};
use crate::{
    archive::{blocks::Blocks, pack::Pack},
    catalogue::Catalogue,
    files::Files,
    journal::{Journal, recent::RecentLog},
};

/// The log of a store, shared by its callers and its background.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) files: Files,
    pub(crate) blocks: Blocks,
    pub(crate) pack: RwLock<Pack>,
    catalogue: OnceLock<Catalogue>,
    opening: Mutex<()>,
    recent: RwLock<RecentLog>,
    writer: Mutex<Writer>,
    /// Versions of streams that are in the archive, as far as they are at hand.
    versions: Mutex<Versions>,
    pub(crate) limits: Limits,
    head: AtomicU64,
    grown: Notifier,
    /// Held by who moves records to the archive.
    moving: Mutex<()>,
    /// What was found to be wrong when the store was opened.
    damage: Option<(Option<u64>, String)>,
}

/// What only one may hold: who writes.
#[derive(Debug)]
pub(crate) struct Writer {
    /// None where the journal is damaged.
    pub(crate) journal: Option<Journal>,
    pub(crate) frontier: Frontier,
    /// Why nothing more may be written.
    pub(crate) poisoned: Option<String>,
    /// When the last record was recorded, once that is known.
    pub(crate) recorded: Option<DateTime<Utc>>,
    /// Whether the mark of the last shut-down is gone.
    pub(crate) begun: bool,
    /// Whether it was not current when the store was opened, and all of it was verified instead: the next process need not do that again.
    verified: bool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    /// What was found to be wrong when the store was opened.
    pub(crate) fn damage(&self) -> Option<StoreError> {
        let (position, what) = self.damage.clone()?;
        Some(StoreError::Damaged { position, what })
    }

    /// Something is wrong: nothing is written from now on. What was found first is what is said.
    pub(crate) fn found(&mut self, damage: StoreError) {
        if self.damage.is_some() {
            return;
        }
        let (position, what) = match damage {
            StoreError::Damaged { position, what } => (position, what),
            other => (None, other.to_string()),
        };
        self.damage = Some((position, what));
        self.writer().poisoned = self.damage().map(|damage| damage.to_string());
    }

    /// Why nothing more is written.
    pub(crate) fn refusal(&self, cause: &str) -> StoreError {
        match self.damage() {
            Some(damage) => StoreError::ReadOnly {
                damage: damage.to_string(),
            },
            None => StoreError::Poisoned {
                cause: cause.to_owned(),
            },
        }
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        locked(&self.writer)
    }

    /// Keeps records where they are, in the journal or in the archive, for as long as it is held.
    pub(crate) fn hold_still(&self) -> MutexGuard<'_, ()> {
        locked(&self.moving)
    }

    pub(crate) fn recent(&self) -> RwLockReadGuard<'_, RecentLog> {
        self.recent.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn recent_mut(&self) -> RwLockWriteGuard<'_, RecentLog> {
        self.recent.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last position that is durable.
    pub(crate) fn head(&self) -> u64 {
        self.head.load(Ordering::Acquire)
    }

    /// The log has grown to `head`, durably.
    fn grows(&self, head: u64) {
        self.head.store(head, Ordering::Release);
        self.grown.notify_all();
    }

    /// Is told when the log has grown.
    pub(crate) fn listen(&self) -> Listener {
        self.grown.listen()
    }
}
