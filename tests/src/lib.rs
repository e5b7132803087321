//! What the tests of this package share: stores in temporary folders.

pub mod faults;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use travaux::{Ports, blocking::Engine};
use travaux_import::{GitOptions, ImportReport, SourceHistory, import, read_git};
use travaux_store_sled::{FileSnapshots, SledStore};

/// A store in a temporary folder, and an engine on it.
#[derive(Debug)]
pub struct Store {
    /// Where the store is; deleted with this.
    pub folder: tempfile::TempDir,
    /// The engine.
    pub engine: Engine,
}

impl Store {
    /// A fresh one.
    ///
    /// # Panics
    /// Where the system has no room for it.
    pub fn fresh() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let engine = open(folder.path());
        Self { folder, engine }
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// Closes it and opens it again.
    pub fn reopen(self) -> Self {
        let Self { folder, engine } = self;
        drop(engine);
        let engine = open(folder.path());
        Self { folder, engine }
    }

    /// Imports a git history, and gives it back as it was read.
    ///
    /// # Panics
    /// Where it cannot be imported.
    pub fn import_git(&self, source: &Path, options: &GitOptions) -> (SourceHistory, ImportReport) {
        let history = read_git(source, options).expect("the source is read");
        let report = import(&self.engine, &history, &()).expect("it is imported");
        (history, report)
    }
}

/// An engine on the store in `folder`.
fn open(folder: &Path) -> Engine {
    let path = folder.join("store");
    let store = Arc::new(SledStore::open(&path).expect("the store opens"));
    let snapshots = Arc::new(FileSnapshots::new(path.join("projections")));
    Engine::open(store, snapshots, Ports::system()).expect("the engine opens")
}
