//! The views of the whole log, kept up to date together: one pass feeds all of them.

use std::collections::BTreeMap;

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

/// Views of the whole log at one position.
#[derive(Debug)]
pub struct Views {
    folds: Vec<Box<dyn DynProjection>>,
    position: u64,
    saved: u64,
    /// Where they were last saved, or could not be.
    tried: u64,
    /// Commits that were appended behind one that has not come by yet.
    waiting: BTreeMap<u64, Vec<Recorded>>,
}

impl Views {
    /// The engine's own views, and `more`, before the first event.
    pub fn new(more: Vec<Box<dyn DynProjection>>) -> Self {
        let mut folds: Vec<Box<dyn DynProjection>> = vec![
            Box::new(Erased::<Register>::default()),
            Box::new(Erased::<Frameworks>::default()),
            Box::new(Erased::<Tally>::default()),
        ];
        folds.extend(more);
        Self {
            folds,
            position: 0,
            saved: 0,
            tried: 0,
            waiting: BTreeMap::new(),
        }
    }

    /// The last position that the views have seen.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The view of type `P`.
    pub fn get<P: Projection>(&self) -> Option<&P> {
        self.folds
            .iter()
            .find_map(|fold| fold.as_any().downcast_ref())
    }

    /// Every view as it was before the first event.
    pub(crate) fn start_anew(&mut self) {
        self.folds.iter_mut().for_each(|fold| fold.reset());
        (self.position, self.saved, self.tried) = (0, 0, 0);
        self.waiting.clear();
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

    /// Takes an event in.
    pub(crate) fn apply(&mut self, recorded: &Recorded) {
        self.folds.iter_mut().for_each(|fold| fold.apply(recorded));
        self.position = recorded.position;
    }

    /// Takes in what was just appended, as soon as everything in front of it has come by.
    pub(crate) fn offer(&mut self, events: &[Recorded]) {
        let Some(first) = events
            .first()
            .map(|e| e.position)
            .filter(|first| *first > self.position)
        else {
            return;
        };
        self.waiting.insert(first, events.to_vec());
        while let Some(events) = self.waiting.remove(&(self.position + 1)) {
            events.iter().for_each(|event| self.apply(event));
        }
    }

    /// Loads the snapshots, of one moment of the log that `store` holds. Where one is missing or does not fit, none is taken, so that
    /// all stand together.
    pub(crate) fn load(
        &mut self,
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
    ) -> Result<(), Error> {
        match self.restore(store, snapshots)? {
            Some(log) => {
                (self.position, self.saved, self.tried) = (log.position, log.position, log.position)
            }
            None => self.start_anew(),
        }
        Ok(())
    }

    /// The moment of the snapshots if all fit; one that does not is thrown away.
    fn restore(
        &mut self,
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
    ) -> Result<Option<LogPosition>, Error> {
        let mut log: Option<LogPosition> = None;
        for fold in &mut self.folds {
            let Some(snapshot) = snapshots.load(fold.name())? else {
                return Ok(None);
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
                return Ok(None);
            }
            log = Some(snapshot.log);
        }
        Ok(log)
    }

    /// Reads what has been appended since.
    pub(crate) fn catch_up(&mut self, store: &dyn EventStore) -> Result<(), Error> {
        if self.position < store.head() {
            replay(store, self.position + 1, &[], |recorded| {
                self.apply(recorded);
                Ok(())
            })?;
            self.waiting.retain(|first, _| *first > self.position);
        }
        Ok(())
    }

    /// Whether they have seen so many events since they were last saved, or could not be.
    pub(crate) fn is_due(&self, every: u64) -> bool {
        every > 0 && self.position - self.tried >= every
    }

    /// Saves the views if they have seen anything since they were last saved.
    pub(crate) fn save(
        &mut self,
        store: &dyn EventStore,
        snapshots: &dyn SnapshotStore,
    ) -> Result<(), Error> {
        if self.position == self.saved {
            return Ok(());
        }
        self.tried = self.position;
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
        self.saved = self.position;
        Ok(())
    }
}
