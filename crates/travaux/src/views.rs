//! The views of the whole log, kept up to date together: one pass feeds all of them.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use travaux_domain::Recorded;
use travaux_projections::{DynProjection, Erased, Frameworks, Projection, Register, Tally};
use travaux_store::{EventStore, LogPosition, Snapshot, SnapshotStore};

use crate::{Error, reader::replay};

/// The state of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewState {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: u32,
    /// The bytes of its state.
    pub state: Vec<u8>,
}

/// Views of the whole log at one position. They do not change: who asks later gets others.
#[derive(Debug)]
pub struct Views {
    folds: Vec<Box<dyn DynProjection>>,
    position: u64,
}

impl Clone for Views {
    /// Shares the states: nothing is copied.
    fn clone(&self) -> Self {
        Self {
            folds: self.folds.iter().map(|fold| fold.fork()).collect(),
            position: self.position,
        }
    }
}

impl Views {
    /// The engine's own views, and `more`, before the first event.
    pub(crate) fn new(more: Vec<Box<dyn DynProjection>>) -> Self {
        let mut folds: Vec<Box<dyn DynProjection>> = vec![
            Box::new(Erased::<Register>::default()),
            Box::new(Erased::<Frameworks>::default()),
            Box::new(Erased::<Tally>::default()),
        ];
        folds.extend(more);
        Self { folds, position: 0 }
    }

    /// The last position that the views have seen.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The view of type `P`.
    pub fn get<P: Projection>(&self) -> Option<Arc<P>> {
        self.folds
            .iter()
            .find_map(|fold| fold.shared().downcast().ok())
    }

    /// The state of each view.
    ///
    /// # Errors
    /// [`Error::State`] where a state does not serialise.
    pub fn states(&self) -> Result<Vec<ViewState>, Error> {
        let state = |fold: &dyn DynProjection| {
            Ok(ViewState {
                name: fold.name(),
                version: fold.version(),
                state: fold.state()?,
            })
        };
        self.folds.iter().map(|fold| state(&**fold)).collect()
    }

    /// How many bytes they take in memory, about: some hundreds an agreement, more with each party and
    /// each act on its machines, and none for its texts. All states are looked at.
    pub fn heap_size(&self) -> usize {
        self.folds.iter().map(|fold| fold.heap_size()).sum()
    }

    /// The same views before the first event.
    pub(crate) fn before_all(&self) -> Self {
        let mut views = self.clone();
        views.folds.iter_mut().for_each(|fold| fold.reset());
        views.position = 0;
        views
    }

    /// Takes an event in.
    pub(crate) fn apply(&mut self, recorded: &Recorded) {
        self.folds.iter_mut().for_each(|fold| fold.apply(recorded));
        self.position = recorded.position;
    }

    /// Takes the snapshots' states in, of one moment of the log that `store` holds. Where one is missing or does not fit, none is taken,
    /// so that all stand together; one that does not fit is thrown away.
    fn load(&mut self, store: &dyn EventStore, snapshots: &dyn SnapshotStore) -> Result<(), Error> {
        let mut log: Option<LogPosition> = None;
        let mut restored = self.before_all();
        for fold in &mut restored.folds {
            let Some(snapshot) = snapshots.load(fold.name())? else {
                return Ok(());
            };
            let fits = match log {
                Some(log) => snapshot.log == log,
                None => snapshot.log.is_in(store)?,
            };
            let fits = fits
                && snapshot.version == fold.version()
                && snapshot.checkpoint == snapshot.log.position;
            if !fits || fold.restore(&snapshot.state).is_err() {
                // One that stays is found not to fit the next time too.
                drop(snapshots.remove(fold.name()));
                return Ok(());
            }
            log = Some(snapshot.log);
        }
        restored.position = log.map_or(0, |log| log.position);
        *self = restored;
        Ok(())
    }

    fn save(&self, store: &dyn EventStore, snapshots: &dyn SnapshotStore) -> Result<(), Error> {
        let log = LogPosition::at(store, self.position)?;
        for ViewState {
            name,
            version,
            state,
        } in self.states()?
        {
            snapshots.save(
                name,
                &Snapshot {
                    version,
                    checkpoint: self.position,
                    log,
                    state,
                },
            )?;
        }
        Ok(())
    }
}

/// The views are weighed anew when the log has grown by one part of so many.
const REWEIGH: u64 = 4;

/// The views that the engine keeps. The lock is held while events are taken in, not while anybody reads, nor over a write.
#[derive(Debug)]
pub(crate) struct SharedViews {
    keeper: Mutex<Keeper>,
    /// What the views weighed last, for who shares a budget with them.
    bytes: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Keeper {
    views: Views,
    saved: u64,
    /// Where they were last saved, or could not be.
    tried: u64,
    /// Where they were weighed last.
    weighed: u64,
    /// Commits that were appended behind one that has not come by yet.
    waiting: BTreeMap<u64, Vec<Recorded>>,
}

impl SharedViews {
    /// The engine's own views, and `more`: from their snapshots, brought up to date.
    pub(crate) fn open(
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
        more: Vec<Box<dyn DynProjection>>,
    ) -> Result<Self, Error> {
        let mut views = Views::new(more);
        views.load(store, snapshots)?;
        let mut keeper = Keeper {
            saved: views.position,
            tried: views.position,
            weighed: 0,
            views,
            waiting: BTreeMap::new(),
        };
        keeper.catch_up(store)?;
        let shared = Self {
            keeper: Mutex::new(keeper),
            bytes: Arc::default(),
        };
        shared.weigh(&mut shared.keeper());
        Ok(shared)
    }

    fn keeper(&self) -> MutexGuard<'_, Keeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes the views take, about; it follows them.
    pub(crate) fn bytes(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.bytes)
    }

    /// Weighs the views again when the log has grown by a quarter: all of them are looked at for that.
    fn weigh(&self, keeper: &mut Keeper) {
        if let Some(bytes) = keeper.weigh() {
            self.bytes.store(bytes, Ordering::Relaxed);
        }
    }

    /// The views, up to date.
    pub(crate) fn current(&self, store: &dyn EventStore) -> Result<Views, Error> {
        let mut keeper = self.keeper();
        keeper.catch_up(store)?;
        self.weigh(&mut keeper);
        Ok(keeper.views.clone())
    }

    /// Takes in what was just appended, as soon as everything in front of it has come by.
    pub(crate) fn offer(&self, events: &[Recorded]) {
        let mut keeper = self.keeper();
        keeper.offer(events);
        self.weigh(&mut keeper);
    }

    /// Puts others in place of the views, if they have seen as much.
    pub(crate) fn replace(&self, views: Views) {
        let mut keeper = self.keeper();
        if keeper.views.position <= views.position {
            (keeper.saved, keeper.tried) = (0, 0);
            keeper.views = views;
            self.weigh(&mut keeper);
        }
    }

    /// Saves the views if they have seen `every` events since they were last saved, or could not be. A failure waits for the next time.
    pub(crate) fn save_when_due(
        &self,
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
        every: u64,
    ) {
        let due = |keeper: &Keeper| every > 0 && keeper.views.position - keeper.tried >= every;
        drop(self.save_if(store, snapshots, due));
    }

    /// Saves the views if they have seen anything since they were last saved.
    pub(crate) fn save(
        &self,
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
    ) -> Result<(), Error> {
        self.save_if(store, snapshots, |keeper| {
            keeper.views.position != keeper.saved
        })
    }

    fn save_if(
        &self,
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
        due: impl FnOnce(&Keeper) -> bool,
    ) -> Result<(), Error> {
        let views = {
            let mut keeper = self.keeper();
            if !due(&keeper) {
                return Ok(());
            }
            keeper.tried = keeper.views.position;
            keeper.views.clone()
        };
        views.save(store, snapshots)?;
        self.keeper().saved = views.position;
        Ok(())
    }
}

impl Keeper {
    /// What the views weigh, if they have grown enough to be weighed again.
    fn weigh(&mut self) -> Option<usize> {
        let position = self.views.position;
        let grown = position.saturating_sub(self.weighed);
        (grown > self.weighed / REWEIGH).then(|| {
            self.weighed = position;
            self.views.heap_size()
        })
    }

    fn offer(&mut self, events: &[Recorded]) {
        let Some(first) = events
            .first()
            .map(|e| e.position)
            .filter(|first| *first > self.views.position)
        else {
            return;
        };
        self.waiting.insert(first, events.to_vec());
        while let Some(events) = self.waiting.remove(&(self.views.position + 1)) {
            events.iter().for_each(|event| self.views.apply(event));
        }
    }

    /// Reads what has been appended since.
    fn catch_up(&mut self, store: &dyn EventStore) -> Result<(), Error> {
        if self.views.position < store.head() {
            let views = &mut self.views;
            replay(store, views.position + 1, &[], |recorded| {
                views.apply(recorded);
                Ok::<_, Error>(())
            })?;
            let position = self.views.position;
            self.waiting.retain(|first, _| *first > position);
        }
        Ok(())
    }
}
