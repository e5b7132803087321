//! The records of agreements, kept in memory and brought up to date when they are asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use travaux_domain::{AgreementId, StreamId};
use travaux_projections::AgreementRecord;
use travaux_store::{EventStore, Read, Snapshot, SnapshotStore};

use crate::{Error, reader::read_recorded};

/// A record that is shared between callers.
#[derive(Clone, Debug, Default)]
pub struct Shared(Arc<Mutex<Entry>>);

#[derive(Debug, Default)]
struct Entry {
    record: AgreementRecord,
    /// The stream version that the last snapshot has.
    saved: u64,
}

/// A record, held.
#[derive(Debug)]
pub struct Held<'a>(MutexGuard<'a, Entry>);

impl Shared {
    /// The record, for as long as the answer is held.
    pub fn lock(&self) -> Held<'_> {
        Held(self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::ops::Deref for Held<'_> {
    type Target = AgreementRecord;

    fn deref(&self) -> &AgreementRecord {
        &self.0.record
    }
}

impl std::ops::DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut AgreementRecord {
        &mut self.0.record
    }
}

/// All records that were asked for.
#[derive(Debug)]
pub(crate) struct Records {
    store: Arc<dyn EventStore>,
    snapshots: Arc<dyn SnapshotStore>,
    known: Mutex<HashMap<AgreementId, Shared>>,
}

impl Records {
    pub(crate) fn new(store: Arc<dyn EventStore>, snapshots: Arc<dyn SnapshotStore>) -> Self {
        Self { store, snapshots, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<AgreementId, Shared>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The record of `id`, as it may be; [`Self::catch_up`] brings it up to date.
    pub(crate) fn entry(&self, id: AgreementId) -> Shared {
        self.known().entry(id).or_default().clone()
    }

    /// Drops what is in memory of `id`, because it may hold what was never recorded.
    pub(crate) fn forget(&self, id: AgreementId) {
        self.known().remove(&id);
    }

    /// Drops everything that is in memory.
    pub(crate) fn forget_all(&self) {
        self.known().clear();
    }

    /// The record of `id`, up to date.
    pub(crate) fn get(&self, id: AgreementId, version: Option<u64>) -> Result<Shared, Error> {
        let shared = self.entry(id);
        self.catch_up(id, version, &mut shared.lock())?;
        Ok(shared)
    }

    /// Brings a record up to `version`, or that of its stream: from its snapshot if it is empty, then by what its stream has
    /// had since.
    pub(crate) fn catch_up(&self, id: AgreementId, version: Option<u64>, held: &mut Held<'_>) -> Result<(), Error> {
        let stream = StreamId::Agreement(id).to_string();
        let version = match version {
            Some(version) => version,
            None => self.store.version(&stream)?,
        };
        if held.version == 0 && version > 0 {
            self.load(&stream, version, held)?;
        }
        if held.version < version {
            for recorded in read_recorded(&*self.store, Read::stream(stream, held.version + 1).limit(256)) {
                held.apply(&recorded?);
            }
        }
        Ok(())
    }

    fn load(&self, name: &str, version: u64, held: &mut Held<'_>) -> Result<(), Error> {
        let Some(snapshot) = self.snapshots.load(name)? else { return Ok(()) };
        // A snapshot of what is not in the log any more is no snapshot of this log.
        if snapshot.version == AgreementRecord::VERSION && snapshot.checkpoint <= version {
            let record = AgreementRecord::restore(snapshot.state).ok();
            if let Some(record) = record.filter(|record| record.version == snapshot.checkpoint) {
                held.0.saved = snapshot.checkpoint;
                held.0.record = record;
            }
        }
        Ok(())
    }

    /// Brings the custody of a record's words up to date.
    pub(crate) fn follow(&self, id: AgreementId, shared: &Shared) -> Result<(), Error> {
        let mut held = shared.lock();
        if held.custody().steps() < held.agreement.history.len() {
            let stored = self.snapshots.load(&custody_name(id))?;
            let fits = |s: &Snapshot| s.version == AgreementRecord::CUSTODY_VERSION && s.checkpoint <= held.version;
            if let Some(snapshot) = stored.filter(fits) {
                held.restore_custody(&snapshot.state);
            }
            held.follow();
        }
        Ok(())
    }

    /// Saves the records that have changed since they were last saved, custody included.
    pub(crate) fn save(&self, id: Option<AgreementId>) -> Result<(), Error> {
        let known: Vec<_> = self.known().iter().map(|(id, shared)| (*id, shared.clone())).collect();
        for (id, shared) in known.into_iter().filter(|(known, _)| id.is_none_or(|id| id == *known)) {
            let mut held = shared.lock();
            if held.version > held.0.saved {
                held.follow();
                let checkpoint = held.version;
                let custody = held.custody_state().map_err(|e| Error::Invalid(e.to_string()))?;
                let state = held.state().map_err(|e| Error::Invalid(e.to_string()))?;
                let snapshot = |version, state| Snapshot { version, checkpoint, state };
                self.snapshots.save(&custody_name(id), &snapshot(AgreementRecord::CUSTODY_VERSION, custody))?;
                let name = StreamId::Agreement(id).to_string();
                self.snapshots.save(&name, &snapshot(AgreementRecord::VERSION, state))?;
                held.0.saved = checkpoint;
            }
        }
        Ok(())
    }
}

/// The name of the snapshot of an agreement's custody.
pub(crate) fn custody_name(id: AgreementId) -> String {
    format!("custody-{id}")
}
