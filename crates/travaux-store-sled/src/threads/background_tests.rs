//! The background: what it moves and merges, whom it holds back, and what comes of its failures.

use std::{fs, path::Path};

use travaux_store::{
    EventStore as _, Expected, Guard, Read,
    conformance::{commit, event},
};

use crate::{archive::block::WIDTH, store::SledStore, threads::Options};

/// Every block is moved as soon as there is one, and nobody writes while one waits to be.
fn eager(folder: &Path) -> SledStore {
    SledStore::open_with(
        folder,
        Options {
            archive_at: 1,
            full_at: 1,
        },
    )
    .expect("it opens")
}

fn append(store: &SledStore, number: u128, stream: &str, events: u64) {
    let events = (0..events)
        .map(|n| event(stream, "Noted", &format!("{{\"n\":{n}}}")))
        .collect();
    store
        .append(commit(number, events))
        .expect("it is appended");
}

#[test]
fn a_limit_that_is_lowered_is_kept_to_and_holds_nobody_up_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SledStore::open(folder.path()).expect("it opens");
    let mut number = 0;
    while store.memory_held() < 1 << 20 {
        number += 1;
        append(&store, number, &format!("stream-{number}"), 64);
    }
    // Nothing was moved yet, and nobody would.
    assert_eq!(store.log.recent().archived(), 0);
    let limit = 512 << 10;
    store.limit_memory(limit);
    let (mut most, from) = (0, number);
    for number in from + 1..from + 200 {
        append(&store, number, &format!("stream-{number}"), 64);
        store.read(&Read::log(1)).expect("it is read");
        store.version(&format!("stream-{from}")).expect("known");
        most = most.max(store.memory_held());
    }
    assert!(store.log.recent().archived() > 0);
    // A block, and what is appended before a move has ended, may come to it.
    assert!(most <= limit + limit / 2, "{most} of {limit}");
    assert_eq!(store.head(), 64 * (from as u64 + 199));
}

#[test]
fn streams_go_on_where_they_were_when_they_were_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = eager(folder.path());
    let mut number = 0;
    for version in [3, 5, 12] {
        let before = store.version("seldom").expect("it is known");
        number += 1;
        let expected = if before == 0 {
            Expected::NoStream
        } else {
            Expected::Exact(before)
        };
        let mut more = commit(
            number,
            (before..version)
                .map(|_| event("seldom", "Noted", "{}"))
                .collect(),
        );
        more.guards.push(Guard {
            stream: "seldom".into(),
            expected,
        });
        store.append(more).expect("it goes on there");
        // Until the recent end has let go of it, and does not know any more.
        while store.log.recent().version("seldom").is_some() {
            number += 1;
            append(&store, number, "often", WIDTH);
        }
        assert_eq!(store.version("seldom").ok(), Some(version));
    }
}

#[test]
fn runs_are_merged_while_others_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = eager(folder.path());
    (1..=12).for_each(|number| append(&store, number, "s", WIDTH));
    let catalogue = store.log.catalogue().expect("it is there");
    while !catalogue.state().runs.iter().any(|run| run.level > 0) {
        std::thread::yield_now();
    }
    assert_eq!(store.version("s").ok(), Some(12 * WIDTH));
}

#[test]
fn after_a_failure_in_the_background_nothing_more_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = eager(folder.path());
    fs::write(folder.path().join("catalogue"), "no folder").expect("it is written");
    append(&store, 1, "s", WIDTH);
    // Nothing can be moved, so that there would never be room.
    let refused = store.append(commit(2, vec![event("s", "Noted", "{}")]));
    let error = refused
        .expect_err("it is held back, and then told")
        .to_string();
    assert!(
        error.contains("takes no more writes") && error.contains("catalogue"),
        "{error}"
    );
    assert_eq!(store.version("s").ok(), Some(WIDTH));
    drop(store);
    assert!(!folder.path().join("CLEAN").exists());
}

/// A file of the journal that everything was moved out of is deleted at the close; somebody may have been there before.
#[test]
fn a_journal_that_cannot_be_deleted_is_said_and_one_that_is_gone_is_not_missed() {
    for gone in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SledStore::open(folder.path()).expect("it opens");
        append(&store, 1, "s", WIDTH);
        let journal = crate::journal::files(&folder.path().join("journal"))
            .expect("they are listed")
            .remove(0);
        fs::remove_file(&journal).expect("it is there");
        if !gone {
            fs::create_dir(&journal).expect("a folder");
        }
        drop(store);
        assert_eq!(
            folder.path().join("CLEAN").exists(),
            gone,
            "a close in order leaves a mark"
        );
        drop(fs::remove_dir(&journal));
        let store = SledStore::open(folder.path()).expect("it opens");
        assert_eq!((store.head(), store.damage().is_none()), (WIDTH, true));
    }
}
