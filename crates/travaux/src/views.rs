//! The views of the whole log, kept up to date together: one pass feeds all of them.

mod shared;
#[cfg(test)]
mod tests;
mod waiting;

use std::sync::Arc;

use travaux_domain::Recorded;
use travaux_projections::{
    Dossiers, DynProjection, Erased, Frameworks, Projection, Register, Tally,
};
use travaux_store::{EventStore, LogPosition, Snapshot, SnapshotStore};

pub(crate) use self::shared::SharedViews;
use crate::{Error, snapshot::Standing};

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
            Box::new(Erased::<Dossiers>::default()),
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
    /// so that all stand together. One that no program can go on from is thrown away; another version's, or one of another moment, stays.
    fn load(&mut self, store: &dyn EventStore, snapshots: &dyn SnapshotStore) -> Result<(), Error> {
        let mut log: Option<LogPosition> = None;
        let mut restored = self.before_all();
        for fold in &mut restored.folds {
            let Some(snapshot) = snapshots.load(fold.name())? else {
                return Ok(());
            };
            let standing = Standing::of(&snapshot, fold.version(), store)?;
            let together = log.is_none_or(|log| snapshot.log == log);
            if standing == Standing::Another || (standing == Standing::Ours && !together) {
                return Ok(());
            }
            let sound = standing == Standing::Ours && snapshot.checkpoint == snapshot.log.position;
            if !sound || fold.restore(&snapshot.state).is_err() {
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
