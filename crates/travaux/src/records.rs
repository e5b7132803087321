//! The records of agreements, kept in memory and brought up to date when they are asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use travaux_domain::{AgreementId, StreamId};
use travaux_projections::AgreementRecord;
use travaux_store::{EventStore, LogPosition, Read, Snapshot, SnapshotStore};

use crate::{Error, reader::read_recorded};

/// A record that is shared between callers.
#[derive(Clone, Debug, Default)]
pub struct Shared(Arc<Mutex<Entry>>);

#[derive(Debug, Default)]
struct Entry {
    record: AgreementRecord,
    /// The stream version that the last snapshot has.
    saved: u64,
    /// The one at which it was last saved, or could not be.
    tried: u64,
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

impl Held<'_> {
    /// Whether so many events were added to it since it was last saved, or could not be.
    pub(crate) fn is_due(&self, every: u64) -> bool {
        every > 0 && self.version >= self.0.tried + every
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
        Self {
            store,
            snapshots,
            known: Mutex::default(),
        }
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
    pub(crate) fn catch_up(
        &self,
        id: AgreementId,
        version: Option<u64>,
        held: &mut Held<'_>,
    ) -> Result<(), Error> {
        let stream = StreamId::Agreement(id).to_string();
        let version = match version {
            Some(version) => version,
            None => self.store.version(&stream)?,
        };
        if held.version == 0 && version > 0 {
            self.load(&stream, version, held)?;
        }
        if held.version < version {
            for recorded in read_recorded(
                &*self.store,
                Read::stream(stream, held.version + 1).limit(256),
            ) {
                held.apply(&recorded?);
            }
        }
        Ok(())
    }

    fn load(&self, name: &str, version: u64, held: &mut Held<'_>) -> Result<(), Error> {
        let Some(snapshot) = self.sound(name, AgreementRecord::VERSION, version)? else {
            return Ok(());
        };
        let record = AgreementRecord::restore(snapshot.state).ok();
        match record.filter(|record| record.version == snapshot.checkpoint) {
            Some(record) => {
                (held.0.saved, held.0.tried) = (snapshot.checkpoint, snapshot.checkpoint);
                held.0.record = record;
            }
            None => drop(self.snapshots.remove(name)),
        }
        Ok(())
    }

    /// The snapshot under `name`, if it is of this version of the fold, of this log, and not ahead of `newest`, a version of the stream.
    /// One that is not is thrown away.
    fn sound(&self, name: &str, version: u32, newest: u64) -> Result<Option<Snapshot>, Error> {
        let Some(snapshot) = self.snapshots.load(name)? else {
            return Ok(None);
        };
        if snapshot.version == version
            && snapshot.checkpoint <= newest
            && snapshot.log.is_in(&*self.store)?
        {
            return Ok(Some(snapshot));
        }
        // One that stays is found not to fit the next time too.
        drop(self.snapshots.remove(name));
        Ok(None)
    }

    /// Brings the custody of a record's words up to date.
    pub(crate) fn follow(&self, id: AgreementId, shared: &Shared) -> Result<(), Error> {
        let mut held = shared.lock();
        if held.custody().steps() < held.agreement.history.len() {
            if let Some(snapshot) = self.sound(
                &custody_name(id),
                AgreementRecord::CUSTODY_VERSION,
                held.version,
            )? {
                held.restore_custody(&snapshot.state);
            }
            held.follow();
        }
        Ok(())
    }

    /// Saves the records that have changed since they were last saved, custody included.
    pub(crate) fn save(&self, id: Option<AgreementId>) -> Result<(), Error> {
        let known: Vec<_> = self
            .known()
            .iter()
            .map(|(id, shared)| (*id, shared.clone()))
            .collect();
        for (id, shared) in known
            .into_iter()
            .filter(|(known, _)| id.is_none_or(|id| id == *known))
        {
            self.save_held(id, &mut shared.lock())?;
        }
        Ok(())
    }

    /// Saves a record if anything was added to it since it was last saved.
    pub(crate) fn save_held(&self, id: AgreementId, held: &mut Held<'_>) -> Result<(), Error> {
        if held.version <= held.0.saved {
            return Ok(());
        }
        held.0.tried = held.version;
        // Whatever else the log has got until now, the record is a fold of it.
        let log = LogPosition::at(&*self.store, self.store.head())?;
        held.follow();
        let checkpoint = held.version;
        let custody = held.custody_state()?;
        let state = held.state()?;
        let snapshot = |version, state| Snapshot {
            version,
            checkpoint,
            log,
            state,
        };
        self.snapshots.save(
            &custody_name(id),
            &snapshot(AgreementRecord::CUSTODY_VERSION, custody),
        )?;
        let name = StreamId::Agreement(id).to_string();
        self.snapshots
            .save(&name, &snapshot(AgreementRecord::VERSION, state))?;
        held.0.saved = checkpoint;
        Ok(())
    }
}

/// The name of the snapshot of an agreement's custody.
pub(crate) fn custody_name(id: AgreementId) -> String {
    format!("custody-{id}")
}
