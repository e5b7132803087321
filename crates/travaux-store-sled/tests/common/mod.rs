//! Stores to try things on.

#![allow(dead_code, reason = "not every test uses all of it")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use travaux_store::{
    EventStore, Read,
    conformance::{commit, event},
    read_all,
};
use travaux_store_sled::SledStore;

/// Appends commits of three events each, under these numbers.
pub(crate) fn fill(store: &SledStore, numbers: impl IntoIterator<Item = u128>) {
    for number in numbers {
        let event = |n: u128| {
            event(
                &format!("s-{}", (number + n) % 7),
                "Noted",
                &format!("{{\"of\":{number},\"n\":{n}}}"),
            )
        };
        store
            .append(commit(number, (0..3).map(event).collect()))
            .expect("it is appended");
    }
}

/// A store of these in `path`, closed again: the bytes of its records.
pub(crate) fn closed(path: &Path, numbers: impl IntoIterator<Item = u128>) -> Vec<Vec<u8>> {
    let store = SledStore::open(path).expect("it opens");
    fill(&store, numbers);
    everything(&store)
}

/// The first file of a store's journal.
pub(crate) fn journal(store: &Path) -> PathBuf {
    fs::read_dir(store.join("journal"))
        .expect("a folder")
        .flatten()
        .next()
        .expect("a file")
        .path()
}

/// The bytes of all records.
pub(crate) fn everything(store: &SledStore) -> Vec<Vec<u8>> {
    read_all(store, Read::log(1))
        .map(|record| record.expect("it is read").bytes().to_vec())
        .collect()
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
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

/// Changes bytes of a file.
pub(crate) fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).expect("it is read");
    change(&mut bytes);
    fs::write(path, bytes).expect("it is written");
}
