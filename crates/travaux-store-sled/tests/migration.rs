//! A store of the previous format, as the program of that time wrote it (tests/fixtures/store-1: the founding scenario, and a text
//! that was imported), comes in to the byte.

use std::{fs, path::Path};

use travaux_ledger::{Frontier, leaf_hash};
use travaux_store::{EventStore, Read, StoreError, read_all};
use travaux_store_sled::{SledStore, migrate};

fn old_store(to: &Path) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store-1");
    fs::create_dir_all(to.join("log")).expect("a folder");
    for name in ["FORMAT", "CLEAN", "attachments.pack", "log/conf", "log/db"] {
        fs::copy(fixture.join(name), to.join(name)).expect("it is copied");
    }
}

#[test]
fn a_store_of_the_previous_format_comes_in_to_the_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    old_store(&path);
    let refused = SledStore::open(&path).expect_err("it has the previous format");
    assert!(matches!(refused, StoreError::Format { .. }), "{refused}");
    assert!(refused.to_string().contains("travaux migrate"), "{refused}");

    let migrated = migrate(&path).expect("it is migrated");
    assert_eq!(
        (migrated.records, migrated.before.clone()),
        (52, folder.path().join("store.format-1"))
    );
    assert!(
        migrated.before.join("log/db").exists(),
        "the old store is kept"
    );
    let store = SledStore::open(&path).expect("it opens");
    assert!(store.damage().is_none());
    let (mut lines, mut frontier, mut attachments) = (String::new(), Frontier::default(), 0);
    for record in read_all(&store, Read::log(1)) {
        let record = record.expect("it is read");
        let envelope = record.envelope().expect("it is an envelope");
        assert_eq!(envelope.envelope, 1, "the bytes are as they were");
        for id in &envelope.attachments {
            attachments += 1;
            assert!(
                store
                    .attachment(*id)
                    .expect("it is read")
                    .is_some_and(|bytes| !bytes.is_empty())
            );
        }
        lines += std::str::from_utf8(record.bytes()).expect("JSON");
        lines.push('\n');
        frontier.push(leaf_hash(record.bytes()), |_, _, _| {});
    }
    // What the program of that time exported.
    let digest = travaux_store::Digest::of(lines.as_bytes()).to_string();
    assert_eq!(
        digest,
        "e321c9ea51b0426f6a65aeb6600a8b962474f2569c9c8ad8cc13e4d67afe2a25"
    );
    assert_eq!(attachments, 1);
    assert_eq!(
        store.verify().expect("it is read").root,
        Some(frontier.root().0)
    );

    drop(store);
    let again = migrate(&path).expect_err("there is nothing to migrate");
    assert!(
        again.to_string().contains("has the present format already"),
        "{again}"
    );
}

#[test]
fn nothing_is_changed_where_a_record_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    old_store(&path);
    let db = path.join("log/db");
    let mut bytes = fs::read(&db).expect("it is read");
    for at in (1_000..bytes.len()).step_by(90) {
        bytes[at] ^= 0x10;
    }
    fs::write(&db, &bytes).expect("it is damaged");
    assert!(migrate(&path).is_err());
    assert_eq!(
        fs::read_to_string(path.join("FORMAT")).expect("it is there"),
        "travaux store 1\n"
    );
    assert!(!folder.path().join("store.format-1").exists());
}

#[test]
fn a_log_that_ends_before_its_mark_is_not_taken_for_all_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    old_store(&path);
    fs::write(path.join("CLEAN"), "head=60 root=0\n").expect("it is written");
    match migrate(&path) {
        Err(StoreError::Damaged {
            position: Some(53),
            what,
        }) => assert!(what.contains("ended at 60"), "{what}"),
        other => panic!("{other:?}"),
    }
    assert!(!folder.path().join("store.format-1").exists());
}

#[test]
fn attachments_that_are_gone_keep_no_record_back_and_those_that_cannot_be_copied_are_said() {
    for gone in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store");
        old_store(&path);
        let pack = path.join("attachments.pack");
        fs::remove_file(&pack).expect("it is there");
        if !gone {
            fs::create_dir(&pack).expect("a folder");
        }
        match migrate(&path) {
            Ok(migrated) => assert_eq!((gone, migrated.records), (true, 52)),
            Err(error) => assert!(
                !gone && error.to_string().contains("attachments.pack"),
                "{error}"
            ),
        }
    }
}

#[test]
fn a_format_that_is_not_known_is_not_migrated_and_named_by_how_it_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    old_store(&path);
    let page = "<html>".to_owned() + &"<p>a page\n".repeat(1_000);
    for (format, begins) in [
        ("travaux store 9\n", "travaux store 9"),
        ("", ""),
        ("travaux store 1", "travaux store 1"),
        (&page, "<html><p>a page"),
        (&"x".repeat(1_000), &*"x".repeat(40)),
    ] {
        fs::write(path.join("FORMAT"), format).expect("it is written");
        let error = migrate(&path).expect_err("it is not known");
        assert!(matches!(error, StoreError::Format { .. }), "{error}");
        let says = format!("has format `{begins}`, expected `travaux store 1`");
        assert!(error.to_string().contains(&says), "{error}");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1);
    }
}

#[test]
fn the_old_store_is_kept_where_nothing_is_and_what_an_earlier_try_left_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    old_store(&place("store"));
    fs::create_dir(place("store.format-1")).expect("a folder");
    let error = migrate(&place("store")).expect_err("its place is taken");
    let says = format!(
        "cannot keep the old store as {}: it is there already: move it elsewhere",
        place("store.format-1").display()
    );
    assert_eq!(error.to_string(), says);
    let format = fs::read_to_string(place("store").join("FORMAT"));
    assert_eq!(format.expect("it is there"), "travaux store 1\n");
    assert!(!place("store.migrating").exists());

    fs::rename(place("store.format-1"), place("store.migrating")).expect("it is moved");
    fs::write(place("store.migrating").join("half"), "a store").expect("it is written");
    assert_eq!(
        migrate(&place("store")).expect("it is migrated").records,
        52
    );
    assert!(!place("store.migrating").exists());
    assert!(!place("store").join("half").exists());
}
