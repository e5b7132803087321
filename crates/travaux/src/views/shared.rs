//! The views that an engine keeps, and brings up to date for all who ask.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use travaux_domain::Recorded;
use travaux_projections::DynProjection;
use travaux_store::{EventStore, SnapshotStore};

use super::{Views, waiting::Waiting};
use crate::{Error, reader::replay};

/// The views are weighed anew when the log has grown by one part of so many.
const REWEIGH: u64 = 4;

/// The views that the engine keeps. The lock is held while events are taken in, not while anybody reads, nor over a write.
#[derive(Debug)]
pub(crate) struct SharedViews {
    keeper: Mutex<Keeper>,
    /// What the views weighed last, with what waits for them, for who shares a budget with them.
    pub(super) bytes: Arc<AtomicUsize>,
}

#[derive(Debug)]
pub(super) struct Keeper {
    pub(super) views: Views,
    saved: u64,
    /// Where they were last saved, or could not be.
    tried: u64,
    /// Where they were weighed last, and what they weighed there.
    weighed: u64,
    pub(super) weight: usize,
    pub(super) waiting: Waiting,
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
            weight: 0,
            views,
            waiting: Waiting::default(),
        };
        keeper.catch_up(store)?;
        let shared = Self {
            keeper: Mutex::new(keeper),
            bytes: Arc::default(),
        };
        shared.weigh(&mut shared.keeper());
        Ok(shared)
    }

    pub(super) fn keeper(&self) -> MutexGuard<'_, Keeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes the views take, and what waits for them, about; it follows them.
    pub(crate) fn bytes(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.bytes)
    }

    /// Weighs the views again when the log has grown by a quarter: all of them are looked at for that.
    fn weigh(&self, keeper: &mut Keeper) {
        self.bytes.store(keeper.weigh(), Ordering::Relaxed);
    }

    /// The views, up to date.
    pub(crate) fn current(&self, store: &dyn EventStore) -> Result<Views, Error> {
        let mut keeper = self.keeper();
        keeper.catch_up(store)?;
        self.weigh(&mut keeper);
        Ok(keeper.views.clone())
    }

    /// Takes in what was just appended, as soon as everything in front of it has come by. Where too much
    /// waits for that, it is read from the log.
    pub(crate) fn offer(&self, store: &dyn EventStore, events: &[Recorded]) {
        let mut keeper = self.keeper();
        keeper.offer(store, events);
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
    /// What the views and those that wait for them weigh. The views are weighed again if they have grown
    /// enough.
    fn weigh(&mut self) -> usize {
        let position = self.views.position;
        let grown = position.saturating_sub(self.weighed);
        if grown > self.weighed / REWEIGH {
            self.weighed = position;
            self.weight = self.views.heap_size();
        }
        self.weight + self.waiting.bytes()
    }

    fn offer(&mut self, store: &dyn EventStore, events: &[Recorded]) {
        let Some(first) = events
            .first()
            .map(|e| e.position)
            .filter(|first| *first > self.views.position)
        else {
            return;
        };
        if first > self.views.position + 1 {
            if !self.waiting.put(first, events) && self.catch_up(store).is_err() {
                // Whoever asks for the views reads from the log again, and is told what is wrong.
                self.waiting.clear();
            }
            return;
        }
        events.iter().for_each(|event| self.views.apply(event));
        while let Some(events) = self.waiting.take(self.views.position + 1) {
            events.iter().for_each(|event| self.views.apply(event));
        }
    }

    /// Reads what has been appended since.
    fn catch_up(&mut self, store: &dyn EventStore) -> Result<(), Error> {
        if self.views.position < store.head() {
            // All that waits is in the log by now.
            self.waiting.clear();
            let views = &mut self.views;
            replay(store, views.position + 1, &[], |recorded| {
                views.apply(recorded);
                Ok::<_, Error>(())
            })?;
        }
        Ok(())
    }
}
