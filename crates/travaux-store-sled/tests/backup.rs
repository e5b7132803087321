//! Backups, and restoring them.

mod common;

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use common::{change, everything, fill};
use travaux_store::{
    Attachment, EventStore, StoreError,
    conformance::{commit, event},
};
use travaux_store_sled::{Options, SledStore, restore};

#[test]
fn a_backup_is_a_store_and_the_second_time_brings_what_is_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("backup"));
    let options = Options {
        archive_at: 1,
        ..Options::default()
    };
    let store = SledStore::open_with(&path, options).expect("it opens");
    let attachment = Attachment::new(b"a text ".repeat(1_000));
    let mut first = commit(10_000, vec![event("a", "Noted", "{}")]);
    first.events[0].attachments.push(attachment.id);
    first.attachments.push(attachment.clone());
    store.append(first).expect("it is appended");
    fill(&store, 1..=500);
    let backed_up = store.backup(&to).expect("it is copied");
    assert_eq!(backed_up.head, 1_501);
    let size = |folder: &std::path::Path| -> u64 {
        let files = ["attachments.pack", "records.blocks"]
            .map(|name| folder.join(name))
            .into_iter();
        let journal = fs::read_dir(folder.join("journal"))
            .expect("a folder")
            .flatten()
            .map(|file| file.path());
        files
            .chain(journal)
            .map(|file| file.metadata().expect("a file").len())
            .sum()
    };
    assert_eq!(backed_up.bytes, size(&to), "all of it was copied");
    let nothing = store.backup(&to).expect("there is nothing to copy");
    assert_eq!((nothing.head, nothing.bytes), (1_501, 0));
    fill(&store, 501..=510);
    let again = store.backup(&to).expect("it is copied");
    assert_eq!(again.head, 1_531);
    assert!(
        again.bytes * 10 < backed_up.bytes,
        "{again:?} after {backed_up:?}"
    );
    let restored = folder.path().join("restored");
    let (checkpoint, _) = store.seal().expect("it is signed");
    let brought = restore(&to, &restored, Some(&checkpoint)).expect("it is restored");
    assert_eq!((brought.head, brought.root), (1_531, checkpoint.root));
    let found = SledStore::open(&restored).expect("it opens");
    assert!(found.damage().is_none());
    assert_eq!(everything(&found), everything(&store));
    assert_eq!(
        found.attachment(attachment.id).expect("it is read"),
        Some(attachment.bytes)
    );
    assert_eq!(found.version("s-3").ok(), store.version("s-3").ok());
    fill(&found, 511..=511);

    // What cannot be taken away is said, and not left to be believed.
    fs::remove_dir_all(to.join("catalogue")).ok();
    fs::write(to.join("catalogue"), "no folder").expect("it is written");
    let error = store.backup(&to).expect_err("it is in the way").to_string();
    assert!(
        error.contains("delete") && error.contains("catalogue"),
        "{error}"
    );
    fs::remove_file(to.join("catalogue")).expect("it is deleted");

    // A backup that was cut off in the middle of a block.
    change(&to.join("records.blocks"), |bytes| {
        bytes.extend([0x54; 100])
    });
    fill(&store, 511..=900);
    // Closing moves what makes whole blocks, so that there is more behind what was cut off.
    drop(store);
    let store = SledStore::open_with(&path, options).expect("it opens");
    assert_eq!(store.backup(&to).expect("it is copied").head, 2_701);
    // Restoring changes nothing in it, be there a mark or not.
    fs::remove_file(to.join("CLEAN")).expect("it was finished");
    let whole = folder.path().join("whole");
    assert_eq!(
        restore(&to, &whole, None).expect("it is restored").head,
        2_701
    );
    assert!(!to.join("CLEAN").exists());
    assert_eq!(
        everything(&SledStore::open(&whole).expect("it opens")),
        everything(&store)
    );

    assert!(
        restore(&to, &restored, None).is_err(),
        "a folder that holds something is not overwritten"
    );
    let other = SledStore::open(folder.path().join("other")).expect("it opens");
    fill(&other, 20_000..=20_300);
    assert!(
        other.backup(&to).is_err(),
        "the backup of another log is not overwritten"
    );
}

#[test]
fn a_backup_that_was_changed_is_not_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("backup"));
    let store = SledStore::open(&path).expect("it opens");
    fill(&store, 1..=400);
    let (early, _) = store.seal().expect("it is signed");
    store.backup(&to).expect("it is copied");
    fill(&store, 401..=401);
    let (late, _) = store.seal().expect("it is signed");
    let restored = folder.path().join("restored");
    restore(&to, &folder.path().join("sound"), Some(&early)).expect("it is of this checkpoint");
    let error = restore(&to, &restored, Some(&late)).expect_err("it ends before the checkpoint");
    assert!(
        matches!(
            error,
            StoreError::Damaged {
                position: Some(1_201),
                ..
            }
        ),
        "{error}"
    );
    let journal = fs::read_dir(to.join("journal"))
        .expect("a folder")
        .flatten()
        .next()
        .expect("a file")
        .path();
    change(&journal, |bytes| bytes[1_000] ^= 4);
    assert!(matches!(
        restore(&to, &restored, None),
        Err(StoreError::Damaged { .. })
    ));
    assert!(!restored.exists());
}

#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options {
        archive_at: 1 << 10,
        ..Options::default()
    };
    let store = SledStore::open_with(folder.path().join("store"), options).expect("it opens");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for writer in 0..3_u128 {
            let (store, done) = (&store, &done);
            scope.spawn(move || {
                for n in 0.. {
                    fill(store, [writer << 32 | n]);
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
        }
        // However this ends, the writers are told.
        let _told = Told(&done);
        let to = folder.path().join("backup");
        for round in 0..6 {
            let before = store.head();
            let backed_up = store.backup(&to).expect("it is copied");
            assert!(
                backed_up.head >= before && backed_up.head.is_multiple_of(3),
                "whole commits: {backed_up:?}"
            );
            let copied = folder.path().join(format!("copy-{round}"));
            let found = restore(&to, &copied, None).expect("it is sound");
            assert_eq!((found.head, found.root), (backed_up.head, backed_up.root));
        }
    });
}

struct Told<'a>(&'a AtomicBool);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
