//! The mark of a clean shut-down: when it is there, what it spares, and that nothing is believed of it that is not so.

use std::{fs, path::Path};

use travaux_store::{
    EventStore, Read, StoreError,
    conformance::{commit, event},
};
use travaux_store_sled::SledStore;

/// Opens the store in `folder`, appends `numbers`, and closes it.
fn append(folder: &Path, numbers: impl IntoIterator<Item = u128>) {
    let store = SledStore::open(folder).expect("it opens");
    for number in numbers {
        store.append(commit(number, vec![event("s", "Noted", "{}")])).expect("it is appended");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("it is copied");
        }
    }
}

#[test]
fn a_store_that_was_closed_knows_its_end_before_it_opens_its_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = folder.path().join("CLEAN");
    append(folder.path(), 1..=3);
    assert!(mark.exists(), "closing leaves the mark");
    let store = SledStore::open(folder.path()).expect("it opens");
    assert_eq!(store.head(), 3);
    assert!(mark.exists(), "whoever asks for the end only does not open the log");
    assert_eq!(store.read(&Read::log(1)).expect("it reads").records.len(), 3);
    assert!(!mark.exists(), "while the log is open there is no mark");
    drop(store);
    assert!(mark.exists(), "closing leaves it again");
    append(folder.path(), 4..=4);
    assert_eq!(SledStore::open(folder.path()).expect("it opens").head(), 4);
}

#[test]
fn a_store_that_was_not_closed_looks_for_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, killed) = (folder.path().join("original"), folder.path().join("killed"));
    append(&original, 1..=3);
    let store = SledStore::open(&original).expect("it opens");
    store.append(commit(4, vec![event("s", "Noted", "{}")])).expect("it is appended");
    // What a killed process leaves behind: the files as they are, and no lock.
    copy(&original, &killed);
    assert!(!killed.join("CLEAN").exists());
    let found = SledStore::open(&killed).expect("it opens");
    assert_eq!(found.head(), 4);
    assert_eq!(found.read(&Read::log(1)).expect("it reads").records.len(), 4);
}

#[test]
fn a_mark_that_does_not_fit_is_not_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = folder.path().join("CLEAN");
    for wrong in ["", "head=3", "head=1 log=1 pack=0\n", "head=many log=1 pack=0\n", "head=1 log=1 pack=0 more=1\n", "\u{0}\u{0}"]
    {
        append(folder.path(), 1..=3);
        fs::write(&mark, wrong).expect("it is written");
        assert_eq!(SledStore::open(folder.path()).expect("it opens").head(), 3, "{wrong:?}");
    }
}

#[test]
fn a_log_that_ends_before_its_mark_is_damaged_until_somebody_says_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, old) = (folder.path().join("store"), folder.path().join("old"));
    append(&store, 1..=1);
    copy(&store.join("log"), &old);
    append(&store, 2..=3);
    fs::remove_dir_all(store.join("log")).expect("it is deleted");
    copy(&old, &store.join("log"));
    for _ in 0..2 {
        let error = SledStore::open(&store).and_then(|s| s.read(&Read::log(1)).map(drop)).expect_err("two records are missing");
        assert!(matches!(error, StoreError::Damaged { position: Some(2), .. }), "{error}");
        assert!(error.to_string().contains("ends at position 1, and ended at 3"), "{error}");
    }
    fs::remove_file(store.join("CLEAN")).expect("it is deleted");
    assert_eq!(SledStore::open(&store).expect("it opens").head(), 1);
}
