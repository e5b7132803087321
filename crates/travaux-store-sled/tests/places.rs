//! What is named has to be a store, and where something is made there must be nothing: who errs is
//! told, and nothing is made.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
};

use common::{closed, copy, everything};
use travaux_store::StoreError;
use travaux_store_sled::{SledStore, migrate, repair, restore};

/// What care does with a store at the first place, to the second.
type Care = fn(&Path, &Path) -> Result<(), StoreError>;

const RESTORE: (&str, Care) = ("restore", |from, to| restore(from, to, None).map(drop));
const REPAIR: (&str, Care) = ("repair", |from, to| repair(from, to).map(drop));
const MIGRATE: (&str, Care) = ("migrate", |path, _| migrate(path).map(drop));

#[track_caller]
fn unusable(result: Result<(), StoreError>, act: &str, place: &Path, says: &str) {
    let error = result.expect_err(act);
    let expected = format!("cannot {act} {}: {says}", place.display());
    assert!(matches!(error, StoreError::Unusable { .. }), "{error}");
    assert_eq!(error.to_string(), expected);
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

#[test]
fn what_is_not_there_is_not_cared_for_and_nothing_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let (none, to) = (folder.path().join("none"), folder.path().join("to"));
    for (act, care) in [RESTORE, REPAIR, MIGRATE] {
        let says = "there is no store: name the folder of one";
        unusable(care(&none, &to), act, &none, says);
        assert_eq!(entries(folder.path()), [] as [PathBuf; 0], "{act}");
    }
}

#[test]
fn a_folder_without_a_store_is_no_empty_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (empty, to) = (folder.path().join("empty"), folder.path().join("to"));
    fs::create_dir(&empty).expect("a folder");
    for (act, care) in [RESTORE, MIGRATE] {
        let says = "there is no store: name the folder of one";
        unusable(care(&empty, &to), act, &empty, says);
        assert_eq!(entries(&empty), [] as [PathBuf; 0], "{act}");
        assert!(!to.exists(), "{act}");
    }
    // What is left of a store may be next to nothing: what it says is that.
    let repaired = repair(&empty, &to).expect("it looks");
    assert_eq!((repaired.records, repaired.salvaged), (0, 0));
}

#[test]
fn nothing_is_filled_that_holds_something() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("to"));
    closed(&path, 1..=3);
    fs::create_dir(&to).expect("a folder");
    fs::write(to.join("letter.txt"), "to the minister").expect("it is written");
    let says = "it holds something already: name a new folder";
    unusable(RESTORE.1(&path, &to), "restore to", &to, says);
    unusable(REPAIR.1(&path, &to), "fill", &to, says);
    assert_eq!(entries(&to), [to.join("letter.txt")]);
}

#[test]
fn a_backup_of_a_format_that_is_not_known_is_not_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("to"));
    closed(&path, 1..=3);
    for format in ["travaux store 9\n", "travaux store 2", "<html>\n<body>"] {
        fs::write(path.join("FORMAT"), format).expect("it is written");
        let error = RESTORE.1(&path, &to).expect_err("it is not known");
        let first = format.lines().next().unwrap_or_default();
        let says = format!("has format `{first}`, expected `travaux store 2`");
        assert!(error.to_string().contains(&says), "{error}");
        assert!(!to.exists());
    }
}

#[test]
fn a_store_that_is_open_is_not_cared_for_by_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("to"));
    let records = closed(&path, 1..=3);
    let store = SledStore::open(&path).expect("it opens");
    for (act, care) in [RESTORE, REPAIR, MIGRATE] {
        let error = care(&path, &to).expect_err("it is in use");
        assert!(matches!(error, StoreError::Locked { .. }), "{act}: {error}");
        assert!(!to.exists(), "{act}");
    }
    assert_eq!(everything(&store), records);
}

/// `.` has no name of its own, and the old store is kept under its name.
#[test]
fn a_store_is_migrated_by_any_path_that_leads_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = fs::canonicalize(folder.path()).expect("it is there");
    let path = folder.join("store");
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store-1"),
        &path,
    );
    let migrated = migrate(&path.join("log/..")).expect("it is migrated");
    assert_eq!(migrated.before, folder.join("store.format-1"));
    assert!(migrated.before.join("log").is_dir(), "it is kept");
    let store = SledStore::open(&path).expect("it opens");
    assert_eq!(everything(&store).len() as u64, migrated.records);
}

#[test]
fn a_name_that_no_note_can_hold_makes_no_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    for origin in ["", "two words", "a+b", "a\nb", "a\u{a0}b"] {
        let error = SledStore::create(&path, origin, None).expect_err("it is no name");
        assert!(matches!(error, StoreError::Unusable { .. }), "{error}");
        let says = format!("cannot name the log `{origin}`: ");
        assert!(error.to_string().starts_with(&says), "{error}");
        assert!(!path.exists(), "`{origin}`");
    }
    let store = SledStore::create(&path, "treaties.example.org/log", None).expect("it is one");
    let key = store.verifying_key().expect("a key");
    drop(store);
    let again = SledStore::create(&path, "another.example.org/log", None);
    let says = "there is a store already";
    unusable(again.map(drop), "make a store in", &path, says);
    let store = SledStore::open(&path).expect("it opens");
    assert_eq!(store.verifying_key().expect("a key"), key, "its key stays");
}

#[test]
fn a_store_that_lost_its_key_is_read_and_signs_nothing_and_its_backup_signs_for_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, www) = (folder.path().join("store"), folder.path().join("www"));
    let store = SledStore::create(&path, "treaties.example.org/log", None).expect("it is made");
    common::fill(&store, 1..=2);
    let (key, records) = (store.verifying_key().expect("a key"), everything(&store));
    let backup = folder.path().join("backup");
    store.backup(&backup).expect("it is copied");
    drop(store);

    fs::remove_file(path.join("ledger/key")).expect("it is there");
    let store = SledStore::open(&path).expect("it opens");
    assert_eq!(everything(&store), records);
    let damage = store.damage().expect("it is said").to_string();
    assert!(damage.contains("the log's key: cannot read"), "{damage}");
    let errors = [
        store.verifying_key().map(drop).expect_err("no key"),
        store.seal().map(drop).expect_err("no key"),
        store.prove(1).map(drop).expect_err("no key"),
        store.publish(&www).map(drop).expect_err("no key"),
    ];
    for error in errors {
        let says = format!("the log has no key in {}", path.join("ledger").display());
        assert!(error.to_string().contains(&says), "{error}");
    }
    assert!(!www.exists());

    let copied = SledStore::open(&backup).expect("a backup is a store");
    assert_eq!(everything(&copied), records);
    assert_ne!(copied.verifying_key().expect("a key of its own"), key);
}
