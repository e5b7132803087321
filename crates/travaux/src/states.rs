//! The states of streams, kept in memory and brought up to date when they are asked for: from their snapshots, then by what their streams
//! have had since. Whoever asks gets what does not change any more; a change is made on a copy, or in place where nobody has one.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use travaux_domain::{AggregateState, Context, Event, Recorded, StreamId};
use travaux_projections::AgreementRecord;
use travaux_store::{EventStore, LogPosition, Read, Snapshot, SnapshotStore};
use travaux_text::Custody;

use crate::{
    Error,
    lru::Lru,
    reader::read_recorded,
    snapshot::{self, Standing, custody_name},
    weight,
};

/// What states, views and the store may take if the embedder says nothing else: 256 MiB.
pub(crate) const DEFAULT_BUDGET: usize = 256 << 20;

/// The part of the budget that the store below may take: one of so many.
const OF_STORE: usize = 4;

/// A state that leaves memory is saved first if so many of its events are in no snapshot: fewer are read again as quickly.
const WORTH_SAVING: u64 = 32;

/// The events from which on a state is saved when all are rebuilt. Those of an agreement may be whole texts, and the custody of its words
/// is worked out; of the other streams most are short, and a file each costs more than reading them again.
fn worth_saving(stream: StreamId) -> u64 {
    match stream {
        StreamId::Agreement(_) => 1,
        _ => WORTH_SAVING,
    }
}

/// A state is weighed anew when it has grown by one part of so many; what it weighs follows its events closely enough.
const REWEIGH: u64 = 16;

/// A state at a version of its stream.
#[derive(Clone, Debug)]
pub(crate) struct StreamState {
    pub(crate) state: AggregateState,
    pub(crate) version: u64,
    custody: Arc<Custody>,
}

impl StreamState {
    /// The record, if it is an agreement's.
    pub(crate) fn record(self) -> Option<AgreementRecord> {
        match self.state {
            AggregateState::Agreement(agreement) => {
                Some(AgreementRecord::new(agreement, self.version).with_custody(self.custody))
            }
            _ => None,
        }
    }
}

/// The place of one stream's state. Its lock is held while the state is read or changed in memory, or loaded; never over an append.
#[derive(Debug, Default)]
struct Slot {
    kept: Mutex<Kept>,
    /// Held by who works out the custody, so that it is worked out once.
    following: Mutex<()>,
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(|poisoned| {
            // Whoever panicked may have left half a state: it is loaded again.
            self.kept.clear_poison();
            let mut kept = poisoned.into_inner();
            *kept = Kept::default();
            kept
        })
    }
}

#[derive(Debug, Default)]
struct Kept {
    /// Absent until it is loaded.
    state: Option<AggregateState>,
    version: u64,
    custody: Arc<Custody>,
    /// The stream version that the last snapshot has.
    saved: u64,
    /// The one at which it was last saved, or could not be.
    tried: u64,
    /// What it weighed, and at which version.
    bytes: usize,
    weighed: u64,
}

impl Kept {
    fn state(&mut self, stream: StreamId) -> &mut AggregateState {
        self.state.get_or_insert_with(|| stream.initial())
    }

    fn stream_state(&mut self, stream: StreamId) -> StreamState {
        StreamState {
            state: self.state(stream).clone(),
            version: self.version,
            custody: Arc::clone(&self.custody),
        }
    }

    fn evolve(&mut self, recorded: &Recorded) {
        self.state(recorded.stream)
            .evolve(&recorded.event, &recorded.context());
        self.version = recorded.version;
    }

    fn weight(&mut self) -> usize {
        let grown = self.version.saturating_sub(self.weighed);
        if self.bytes == 0 || grown > self.weighed / REWEIGH {
            let state = self
                .state
                .as_ref()
                .map_or(0, |state| weight::of_state(state, &self.custody));
            self.bytes = size_of::<Slot>() + state;
            self.weighed = self.version;
        }
        self.bytes
    }
}

/// All states that were asked for.
#[derive(Debug)]
pub(crate) struct States {
    store: Arc<dyn EventStore>,
    snapshots: Arc<dyn SnapshotStore>,
    kept: Mutex<Lru<StreamId, Arc<Slot>>>,
    /// What the views take of the same budget.
    views: Arc<AtomicUsize>,
    /// What the store may take of it.
    of_store: AtomicUsize,
}

impl States {
    /// None yet; `views` are the bytes that the views take of the budget.
    pub(crate) fn new(
        store: Arc<dyn EventStore>,
        snapshots: Arc<dyn SnapshotStore>,
        views: Arc<AtomicUsize>,
    ) -> Self {
        store.limit_memory(DEFAULT_BUDGET / OF_STORE);
        Self {
            store,
            snapshots,
            kept: Mutex::new(Lru::new(DEFAULT_BUDGET)),
            views,
            of_store: AtomicUsize::new(DEFAULT_BUDGET / OF_STORE),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Lru<StreamId, Arc<Slot>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets how many bytes states, views and the store may take.
    pub(crate) fn set_budget(&self, bytes: usize) {
        self.store.limit_memory(bytes / OF_STORE);
        self.of_store.store(bytes / OF_STORE, Ordering::Relaxed);
        let gone = self.budgeted().set_budget(bytes);
        self.leave(gone, |_| WORTH_SAVING);
    }

    /// How many bytes they, the views and the store take.
    pub(crate) fn held(&self) -> usize {
        let views = self.views.load(Ordering::Relaxed);
        self.kept().held() + views + self.store.memory_held()
    }

    /// What the views take of the budget, and what the store takes or may come to take: it grows by what
    /// is read, also when no state is weighed.
    fn beside(&self) -> usize {
        let of_store = self.of_store.load(Ordering::Relaxed);
        self.views.load(Ordering::Relaxed) + self.store.memory_held().max(of_store)
    }

    /// The states, told what others take of the budget now.
    fn budgeted(&self) -> MutexGuard<'_, Lru<StreamId, Arc<Slot>>> {
        let beside = self.beside();
        let mut kept = self.kept();
        kept.set_beside(beside);
        kept
    }

    /// Drops what is in memory of a stream; its snapshot stays.
    pub(crate) fn forget(&self, stream: StreamId) {
        self.kept().remove(stream);
    }

    /// Drops everything that is in memory.
    pub(crate) fn forget_all(&self) {
        self.kept().clear();
    }

    /// The state of a stream at `version` or later, if that is known, else at the version that its stream has now.
    pub(crate) fn get(&self, stream: StreamId, version: Option<u64>) -> Result<StreamState, Error> {
        self.with(stream, |kept| {
            self.catch_up(stream, version, kept)?;
            Ok(kept.stream_state(stream))
        })
    }

    /// Takes in what a commit has appended: `state` is that at `version`, but for the last event where
    /// one is given. In place, where nobody reads.
    pub(crate) fn put(
        &self,
        stream: StreamId,
        state: AggregateState,
        version: u64,
        last: Option<(&Event, &Context)>,
    ) {
        self.with(stream, |kept| {
            // A reader may have been faster, and read it from the log.
            if kept.version < version {
                kept.state = Some(state);
                if let Some((event, context)) = last {
                    kept.state(stream).evolve(event, context);
                }
                kept.version = version;
            }
        });
    }

    /// Takes in the next event of a stream, in a replay of the log from its beginning. What leaves memory meanwhile is saved if
    /// it is worth it, as all is in the end.
    pub(crate) fn replayed(&self, recorded: &Recorded) -> Result<(), Error> {
        let stream = recorded.stream;
        let slot = self.kept().entry(stream);
        {
            let mut kept = slot.lock();
            if kept.version + 1 < recorded.version {
                self.catch_up(stream, Some(recorded.version - 1), &mut kept)?;
            }
            if kept.version < recorded.version {
                kept.evolve(recorded);
            }
        }
        self.settle(stream, &slot, worth_saving);
        Ok(())
    }

    /// Works on the state of a stream, and lets go what the budget has no room for then.
    fn with<T>(&self, stream: StreamId, work: impl FnOnce(&mut Kept) -> T) -> T {
        let slot = self.kept().entry(stream);
        let done = work(&mut slot.lock());
        self.settle(stream, &slot, |_| WORTH_SAVING);
        done
    }

    /// Weighs a state that may have grown; what there is no room for leaves.
    fn settle(&self, stream: StreamId, slot: &Arc<Slot>, worth: fn(StreamId) -> u64) {
        let bytes = slot.lock().weight();
        let gone = self
            .budgeted()
            .weigh(stream, bytes, |known| Arc::ptr_eq(known, slot));
        self.leave(gone, worth);
    }

    /// What leaves memory is saved if so many of its events are in no snapshot. One that cannot be saved is read again from the log.
    fn leave(&self, gone: Vec<(StreamId, Arc<Slot>)>, worth: fn(StreamId) -> u64) {
        for (stream, slot) in gone {
            let unsaved = |kept: &Kept| kept.version - kept.saved >= worth(stream);
            drop(self.save_slot(stream, &slot, unsaved));
        }
    }

    /// Brings a state up to `version`, or that of its stream.
    fn catch_up(
        &self,
        stream: StreamId,
        version: Option<u64>,
        kept: &mut Kept,
    ) -> Result<(), Error> {
        let name = stream.to_string();
        let version = match version {
            Some(version) => version,
            None => self.store.version(&name)?,
        };
        if kept.version == 0 && version > 0 {
            self.load(stream, version, kept)?;
        }
        if kept.version < version {
            let from = Read::stream(name, kept.version + 1).limit(256);
            for recorded in read_recorded(&*self.store, from) {
                kept.evolve(&recorded?);
            }
        }
        Ok(())
    }

    fn load(&self, stream: StreamId, version: u64, kept: &mut Kept) -> Result<(), Error> {
        let name = stream.to_string();
        let form = stream.initial().form_version();
        let Some(snapshot) = self.sound(&name, form, version)? else {
            return Ok(());
        };
        match snapshot::read(stream, snapshot.state, snapshot.checkpoint) {
            Some(state) => {
                kept.state = Some(state);
                let at = snapshot.checkpoint;
                (kept.version, kept.saved, kept.tried) = (at, at, at);
            }
            None => drop(self.snapshots.remove(&name)),
        }
        Ok(())
    }

    /// The snapshot under `name`, if it is of this version of the fold, of this log, and not ahead of `newest`, a version of the stream.
    /// One of another log is thrown away. One of another version of the fold stays, and so does one that is ahead: another engine has
    /// saved it, which knows more of the log.
    fn sound(&self, name: &str, version: u32, newest: u64) -> Result<Option<Snapshot>, Error> {
        let Some(snapshot) = self.snapshots.load(name)? else {
            return Ok(None);
        };
        match Standing::of(&snapshot, version, &*self.store)? {
            Standing::Ours if snapshot.checkpoint <= newest => return Ok(Some(snapshot)),
            Standing::Ours | Standing::Another => {}
            // One that stays is found not to fit the next time too.
            Standing::Spoilt => drop(self.snapshots.remove(name)),
        }
        Ok(None)
    }

    /// The state of an agreement with the custody of its words, up to date.
    pub(crate) fn followed(
        &self,
        stream: StreamId,
        version: Option<u64>,
    ) -> Result<Option<AgreementRecord>, Error> {
        let slot = self.kept().entry(stream);
        let _turn = slot
            .following
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(mut record) = self.get(stream, version)?.record() else {
            return Ok(None);
        };
        self.follow(stream, &mut record)?;
        let custody = Arc::clone(record.shared_custody());
        self.with(stream, |kept| {
            if kept.custody.steps() < custody.steps() {
                kept.custody = custody;
                kept.bytes = 0;
            }
        });
        Ok(Some(record))
    }

    fn follow(&self, stream: StreamId, record: &mut AgreementRecord) -> Result<(), Error> {
        if record.custody().steps() >= record.agreement.history.len() {
            return Ok(());
        }
        let name = custody_name(stream);
        if let Some(snapshot) =
            self.sound(&name, AgreementRecord::CUSTODY_VERSION, record.version)?
        {
            record.restore_custody(&snapshot.state);
        }
        record.follow();
        Ok(())
    }

    /// Saves the states that have changed since they were last saved, custody included: all, or that of one stream.
    pub(crate) fn save(&self, only: Option<StreamId>) -> Result<(), Error> {
        self.save_all(|stream| only.is_none_or(|only| only == stream).then_some(1))
    }

    /// Saves those that are worth it, once all were replayed.
    pub(crate) fn save_rebuilt(&self) -> Result<(), Error> {
        self.save_all(|stream| Some(worth_saving(stream)))
    }

    /// Saves the states of which so many events are in no snapshot; none of a stream for which nothing is said.
    fn save_all(&self, least: impl Fn(StreamId) -> Option<u64>) -> Result<(), Error> {
        let all = self.kept().all();
        all.into_iter()
            .filter_map(|(stream, slot)| Some((stream, slot, least(stream)?)))
            .try_for_each(|(stream, slot, least)| {
                self.save_slot(stream, &slot, |kept| kept.version - kept.saved >= least)?;
                self.settle(stream, &slot, |_| WORTH_SAVING);
                Ok(())
            })
    }

    /// Saves a state if so many events were added to it since it was last saved, or could not be. A failure waits for the next time.
    pub(crate) fn save_when_due(&self, stream: StreamId, every: u64) {
        let slot = self.kept().entry(stream);
        let due = |kept: &Kept| every > 0 && kept.version >= kept.tried + every;
        drop(self.save_slot(stream, &slot, due));
        self.settle(stream, &slot, |_| WORTH_SAVING);
    }

    /// Saves a state if anything was added to it since it was last saved, and if it is `due`. It is written down from a copy: nobody
    /// waits for the disk.
    fn save_slot(
        &self,
        stream: StreamId,
        slot: &Slot,
        due: impl FnOnce(&Kept) -> bool,
    ) -> Result<(), Error> {
        let current = {
            let mut kept = slot.lock();
            if kept.version <= kept.saved || !due(&kept) {
                return Ok(());
            }
            kept.tried = kept.version;
            kept.stream_state(stream)
        };
        let (version, form) = (current.version, current.state.form_version());
        // Whatever else the log has got until now, the state is a fold of it.
        let log = LogPosition::at(&*self.store, self.store.head())?;
        let snapshot = |form, state| Snapshot {
            version: form,
            checkpoint: version,
            log,
            state,
        };
        let state = snapshot::write(&current.state, version)?;
        if let Some(mut record) = current.record() {
            self.follow(stream, &mut record)?;
            let custody = snapshot(AgreementRecord::CUSTODY_VERSION, record.custody_state()?);
            self.snapshots.save(&custody_name(stream), &custody)?;
            let mut kept = slot.lock();
            if kept.custody.steps() < record.custody().steps() {
                kept.custody = Arc::clone(record.shared_custody());
                kept.bytes = 0;
            }
        }
        self.snapshots
            .save(&stream.to_string(), &snapshot(form, state))?;
        let mut kept = slot.lock();
        kept.saved = kept.saved.max(version);
        Ok(())
    }
}
