//! The sled store runs the suite that every store runs, and what is its own.

use std::{fs, path::PathBuf, sync::Arc};

use travaux_store::{EventStore, StoreError, conformance::Opened};
use travaux_store_sled::SledStore;

/// A store in a fresh folder, which is deleted when the test's process ends.
fn open() -> Opened {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("store");
    let store: Arc<dyn EventStore> = Arc::new(SledStore::open(&path).expect("it opens"));
    Opened {
        store,
        reopen: Some(Box::new(move |store| {
            // The folder lives as long as the closure that reopens it, and then for the process.
            let path = path;
            drop(store);
            let store = Arc::new(SledStore::open(&path).expect("it opens again"));
            std::mem::forget(folder);
            store
        })),
    }
}

travaux_store::conformance_suite!(open);

#[test]
fn a_second_process_is_told_that_the_store_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = SledStore::open(folder.path()).expect("it opens");
    let second = SledStore::open(folder.path()).expect_err("it is locked");
    assert!(matches!(second, StoreError::Locked { .. }), "{second}");
    drop(first);
    SledStore::open(folder.path()).expect("it opens once it is free");
}

#[test]
fn another_format_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(SledStore::open(folder.path()).expect("it opens"));
    fs::write(folder.path().join("FORMAT"), "travaux store 9\n").expect("it is written");
    let error = SledStore::open(folder.path()).expect_err("the format is unknown");
    assert!(
        error
            .to_string()
            .contains("has format `travaux store 9`, expected `travaux store 2`"),
        "{error}"
    );
}
