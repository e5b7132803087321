//! The mark of a clean shut-down: when it is there, what it spares, and that nothing is believed of it that is not so.

mod common;

use std::{fs, path::Path};

use common::{copy, journal};

use travaux_store::{
    EventStore, Read, StoreError,
    conformance::{commit, event},
};
use travaux_store_sled::SledStore;

/// Opens the store in `folder`, appends `numbers`, and closes it.
fn append(folder: &Path, numbers: impl IntoIterator<Item = u128>) {
    let store = SledStore::open(folder).expect("it opens");
    for number in numbers {
        store
            .append(commit(number, vec![event("s", "Noted", "{}")]))
            .expect("it is appended");
    }
}

#[test]
fn closing_leaves_a_mark_and_writing_takes_it_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = folder.path().join("CLEAN");
    append(folder.path(), 1..=3);
    assert!(mark.exists(), "closing leaves the mark");
    let store = SledStore::open(folder.path()).expect("it opens");
    assert_eq!(
        store.read(&Read::log(1)).expect("it reads").records.len(),
        3
    );
    assert!(mark.exists(), "who only reads leaves it");
    store
        .append(commit(4, vec![event("s", "Noted", "{}")]))
        .expect("it is appended");
    assert!(!mark.exists(), "who writes takes it away");
    drop(store);
    assert!(mark.exists(), "closing leaves it again");
    assert_eq!(SledStore::open(folder.path()).expect("it opens").head(), 4);
}

#[test]
fn a_store_that_was_not_closed_looks_for_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, killed) = (folder.path().join("original"), folder.path().join("killed"));
    append(&original, 1..=3);
    let store = SledStore::open(&original).expect("it opens");
    store
        .append(commit(4, vec![event("s", "Noted", "{}")]))
        .expect("it is appended");
    // What a killed process leaves behind: the files as they are, and no lock.
    copy(&original, &killed);
    assert!(!killed.join("CLEAN").exists());
    let found = SledStore::open(&killed).expect("it opens");
    assert_eq!(found.head(), 4);
    assert_eq!(
        found.read(&Read::log(1)).expect("it reads").records.len(),
        4
    );
    drop(found);
    assert!(
        killed.join("CLEAN").exists(),
        "who comes next need not look again"
    );
    let found = SledStore::open(&killed).expect("it opens");
    assert!(found.damage().is_none());
    assert_eq!((found.head(), found.version("s").ok()), (4, Some(4)));
    drop(found);
    append(&killed, 5..=5);
}

#[test]
fn a_catalogue_that_cannot_be_taken_away_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    append(folder.path(), 1..=3);
    fs::remove_file(folder.path().join("CLEAN")).expect("it was closed");
    drop(fs::remove_dir_all(folder.path().join("catalogue")));
    fs::write(folder.path().join("catalogue"), "no folder").expect("it is written");
    let error = SledStore::open(folder.path())
        .expect_err("it is in the way")
        .to_string();
    assert!(error.contains("delete the catalogue"), "{error}");
}

#[test]
fn a_mark_that_cannot_be_read_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = folder.path().join("CLEAN");
    append(folder.path(), 1..=3);
    for wrong in [
        "",
        "head=3",
        "head=1 log=1 pack=0\n",
        "head=many root=1 journal=1 archive=0 pack=0\n",
        "\u{0}\u{0}",
    ] {
        fs::write(&mark, wrong).expect("it is written");
        let store = SledStore::open(folder.path()).expect("it opens");
        assert_eq!(
            (store.head(), store.damage().is_none()),
            (3, true),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_log_that_ends_before_its_mark_takes_no_more_and_serves_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, old) = (folder.path().join("store"), folder.path().join("old"));
    append(&store, 1..=1);
    copy(&store, &old);
    append(&store, 2..=3);
    fs::remove_dir_all(store.join("journal")).expect("it is deleted");
    copy(&old.join("journal"), &store.join("journal"));
    for _ in 0..2 {
        let found = SledStore::open(&store).expect("it opens");
        let damage = found.damage().expect("two records are missing");
        assert!(
            matches!(
                damage,
                StoreError::Damaged {
                    position: Some(2),
                    ..
                }
            ),
            "{damage}"
        );
        assert!(
            damage
                .to_string()
                .contains("ends at position 1, and ended at 3 when it was closed"),
            "{damage}"
        );
        assert_eq!(
            found.read(&Read::log(1)).expect("it reads").records.len(),
            1
        );
        let refused = found
            .append(commit(9, vec![event("s", "Noted", "{}")]))
            .expect_err("it takes no more");
        assert!(
            refused.to_string().contains("takes no more writes"),
            "{refused}"
        );
        assert_eq!(found.verify().expect("it is read").damage.len(), 1);
    }
}

#[test]
fn another_log_of_the_same_length_is_not_taken_for_this_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, other) = (folder.path().join("store"), folder.path().join("other"));
    append(&store, 1..=3);
    append(&other, 4..=6);
    fs::remove_dir_all(store.join("journal")).expect("it is deleted");
    copy(&other.join("journal"), &store.join("journal"));
    let damage = SledStore::open(&store)
        .expect("it opens")
        .damage()
        .expect("it is another log");
    assert!(
        damage
            .to_string()
            .contains("another root than when it was closed"),
        "{damage}"
    );
}

/// Whole blocks and an empty journal: what stands behind them was not written by a move that is still to be done.
#[test]
fn what_stands_behind_an_archive_that_is_all_there_is_damage() {
    let folder = tempfile::tempdir().expect("a folder");
    append(folder.path(), 1..=256);
    let archive = folder.path().join("records.blocks");
    common::change(&archive, |bytes| bytes.extend(b"TXB2 and no more"));
    let store = SledStore::open(folder.path()).expect("it opens");
    match store.damage() {
        Some(StoreError::Damaged {
            position: Some(257),
            what,
        }) => {
            assert!(
                what.contains("no sound block behind position 256"),
                "{what}"
            )
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        store
            .read(&Read::log(1).limit(300))
            .expect("it reads")
            .records
            .len(),
        256
    );
}

#[test]
fn files_that_another_log_of_the_same_length_replaces_are_not_this_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    append(&one, 1..=3);
    append(&other, 4..=6);
    let store = SledStore::open(&one).expect("it opens");
    assert!(
        store
            .verify()
            .is_ok_and(|verified| verified.damage.is_empty())
    );
    fs::copy(journal(&other), journal(&one)).expect("it is copied");
    let verified = store.verify().expect("it is read");
    assert_eq!(
        (verified.records, verified.root, verified.damage.len()),
        (3, None, 1),
        "{verified:?}"
    );
    assert!(
        matches!(
            verified.damage[0],
            StoreError::Damaged {
                position: Some(4),
                ..
            }
        ),
        "{verified:?}"
    );
}

/// A changed bit is found by reading, which the mark spares while the files are as long as it says.
#[test]
fn files_that_are_not_as_long_as_they_were_are_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("store");
    append(&store, 1..=300);
    common::change(&store.join("records.blocks"), |bytes| bytes[200] ^= 1);
    let found = SledStore::open(&store).expect("it opens");
    assert!(found.damage().is_none(), "it was not read again");
    assert!(
        matches!(
            found.read(&Read::log(1)),
            Err(StoreError::Damaged {
                position: Some(1),
                ..
            })
        ),
        "nor is it served"
    );
    drop(found);
    for longer in [
        store.join("attachments.pack"),
        store.join("records.blocks"),
        journal(&store),
    ] {
        let copied = folder.path().join("copied");
        copy(&store, &copied);
        let longer = copied.join(longer.strip_prefix(&store).expect("it is in there"));
        common::change(&longer, |bytes| bytes.push(0));
        let found = SledStore::open(&copied).expect("it opens");
        assert!(
            matches!(
                found.damage(),
                Some(StoreError::Damaged {
                    position: Some(1),
                    ..
                })
            ),
            "{longer:?}: {:?}",
            found.damage()
        );
        assert_eq!(
            found.verify().expect("it is read").damage.len(),
            1,
            "it is named once"
        );
        drop(found);
        fs::remove_dir_all(&copied).expect("it is deleted");
    }
}

#[test]
fn a_folder_that_holds_something_else_is_not_taken_for_an_empty_one() {
    for there in ["journal", "records.blocks", "log", "FORMAT"] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(there), "of something else").expect("it is written");
        let error = SledStore::open(folder.path()).expect_err("something is there");
        assert!(
            matches!(error, StoreError::Format { .. }),
            "{there}: {error}"
        );
    }
}

#[test]
fn the_catalogue_is_not_asked_for_what_is_recent() {
    let folder = tempfile::tempdir().expect("a folder");
    append(folder.path(), 1..=3);
    let store = SledStore::open(folder.path()).expect("it opens");
    assert_eq!(
        store
            .read(&Read::stream("s", 1))
            .expect("it reads")
            .records
            .len(),
        3
    );
    assert_eq!(
        store
            .read(&Read::stream("s", 9).backward())
            .expect("it reads")
            .records
            .len(),
        3
    );
    assert_eq!(
        (store.version("s").ok(), store.version("none").ok()),
        (Some(3), Some(0))
    );
    assert!(
        !folder.path().join("catalogue").exists(),
        "sled was opened for nothing"
    );
}
