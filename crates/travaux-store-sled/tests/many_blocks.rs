//! An archive of many blocks and a catalogue of many runs, beside the store in memory: whatever order things are asked in, and however
//! the catalogue came about, the answers are the same.

mod common;

use std::{fs, ops::ControlFlow, path::Path};

use common::copy;
use travaux_ledger::{Frontier, leaf_hash};
use travaux_store::{
    Attachment, CommitId, EventStore, MemoryStore, Read, Record,
    conformance::{commit, event},
    read_all,
};
use travaux_store_sled::{Options, SledStore};
use uuid::Uuid;

/// So many records that a lost catalogue is made again in several parts, the last of them not whole, and the journal keeps some.
const COMMITS: u128 = 160;
const EVENTS: u128 = 220;
/// Streams that go on through the whole log, and others that have a few records each.
const LONG: u128 = 5;

fn stream(number: u128) -> String {
    if number.is_multiple_of(3) {
        format!("short-{}", number / 30)
    } else {
        format!("long-{}", number % LONG)
    }
}

/// The store in `folder`, in which much has been moved and merged, and the same in memory.
fn filled(folder: &Path) -> MemoryStore {
    let (store, memory) = (open(folder), MemoryStore::new());
    for n in 0..COMMITS {
        let events = (n * EVENTS..(n + 1) * EVENTS).map(|e| {
            let kind = if e.is_multiple_of(50) {
                "Seldom"
            } else {
                "Noted"
            };
            event(&stream(e), kind, &format!("{{\"n\":{e}}}"))
        });
        let mut commit = commit(n + 1, events.collect());
        if n.is_multiple_of(40) {
            let attachment = attachment(n);
            commit.events[7].attachments.push(attachment.id);
            commit.attachments.push(attachment);
        }
        let appended = store.append(commit.clone()).expect("it is appended");
        assert_eq!(appended, memory.append(commit).expect("it is appended"));
    }
    memory
}

fn attachment(n: u128) -> Attachment {
    Attachment::new(n.to_be_bytes().repeat(300))
}

fn open(folder: &Path) -> SledStore {
    SledStore::open_with(
        folder,
        Options {
            archive_at: 300 << 10,
            ..Options::default()
        },
    )
    .expect("it opens")
}

fn bytes(store: &dyn EventStore, read: Read) -> Vec<(u64, Vec<u8>)> {
    let record = |record: Record| (record.position, record.bytes().to_vec());
    read_all(store, read)
        .map(|read| record(read.expect("it is read")))
        .collect()
}

fn assert_same(store: &SledStore, memory: &MemoryStore, when: &str) {
    assert!(store.damage().is_none(), "{when}: {:?}", store.damage());
    let head = memory.head();
    assert_eq!(store.head(), head, "{when}");
    let all = bytes(memory, Read::log(1));
    assert!(bytes(store, Read::log(1)) == all, "{when}: all of it");
    // Pages that begin and end anywhere, both ways.
    for (from, limit) in [
        (1, 255),
        (256, 256),
        (257, 1_000),
        (20_000, 77),
        (head - 300, 1_000),
        (head, 1),
    ] {
        for read in [
            Read::log(from).limit(limit),
            Read::log(from).limit(limit).backward(),
        ] {
            for read in [read.clone(), read.kinds(["Seldom"])] {
                let (page, expected) = (
                    store.read(&read).expect("it is read"),
                    memory.read(&read).expect("it is read"),
                );
                let positions = |page: &travaux_store::Page| {
                    page.records.iter().map(|r| r.position).collect::<Vec<_>>()
                };
                assert_eq!(
                    (positions(&page), page.next),
                    (positions(&expected), expected.next),
                    "{when}: {read:?}"
                );
            }
        }
    }
    for from in [1, 256, 257, 30_000, head] {
        let mut scanned = Vec::new();
        let each = &mut |page: travaux_store::Page| {
            scanned.extend(
                page.records
                    .iter()
                    .map(|r| (r.position, r.bytes().to_vec())),
            );
            ControlFlow::Continue(())
        };
        store.scan(from, each).expect("it is scanned");
        assert!(
            scanned == all[from as usize - 1..],
            "{when}: scanned from {from}"
        );
    }
    let streams = (0..COMMITS * EVENTS)
        .step_by(3_001)
        .map(stream)
        .chain(["long-9".into(), "short-99999".into()]);
    for stream in streams {
        let version = memory.version(&stream).expect("it is known");
        assert_eq!(
            store.version(&stream).expect("it is known"),
            version,
            "{when}: {stream}"
        );
        for (from, limit) in [
            (0, 10),
            (1, 256),
            (version / 2 + 1, 100),
            (version.max(1), 3),
        ] {
            for read in [
                Read::stream(&stream, from).limit(limit),
                Read::stream(&stream, from).limit(limit).backward(),
            ] {
                assert!(
                    bytes(store, read.clone()) == bytes(memory, read.clone()),
                    "{when}: {read:?}"
                );
            }
        }
    }
    for n in 0..=COMMITS + 1 {
        let id = commit(n, Vec::new()).id;
        assert_eq!(
            store.find_commit(id).ok(),
            memory.find_commit(id).ok(),
            "{when}: commit {n}"
        );
        // Another one whose id folds to the same 64 bits.
        let (high, low) = id.0.as_u64_pair();
        let twin = CommitId(Uuid::from_u64_pair(high ^ 0xabc, low ^ 0xabc));
        assert_eq!(
            store.find_commit(twin).ok(),
            Some(None),
            "{when}: the twin of commit {n}"
        );
        let id = attachment(n).id;
        assert_eq!(
            store.attachment(id).ok(),
            memory.attachment(id).ok(),
            "{when}: attachment {n}"
        );
    }
    let mut tree = Frontier::default();
    for (_, record) in &all {
        tree.push(leaf_hash(record), |_, _, _| {});
        let size = tree.size();
        if size <= 3
            || size.is_multiple_of(5_003)
            || size.is_multiple_of(256 * 17)
            || size + 2 > head
        {
            assert_eq!(
                store.root(size).ok(),
                Some(Some(tree.root().0)),
                "{when}: the root of {size}"
            );
        }
    }
    assert_eq!(store.root(head + 1).ok(), Some(None), "{when}");
}

#[test]
fn many_blocks_answer_as_the_store_in_memory_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let memory = filled(&path);
    // What was closed in order is not made again.
    let marks = |folder: &Path| folder.join("catalogue").join("mark");
    fs::write(marks(&path), "").expect("it is written");
    let open_still = open(&path);
    assert_same(&open_still, &memory, "closed and opened");
    assert!(marks(&path).exists());
    // As after a kill: the catalogue is made again from the blocks.
    let killed = folder.path().join("killed");
    copy(&path, &killed);
    drop(open_still);
    fs::remove_file(killed.join("CLEAN")).expect("it was closed");
    // In the middle of a move, too.
    let archive = killed.join("records.blocks");
    let length = archive.metadata().expect("it is there").len();
    common::change(&archive, |bytes| bytes.extend_from_within(..1_000));
    drop(open(&killed));
    assert_eq!(
        archive.metadata().map(|file| file.len()).ok(),
        Some(length),
        "what was not moved to the end is cut away"
    );
    assert_same(&open(&killed), &memory, "without the mark");
    assert!(!marks(&killed).exists());
    fs::write(marks(&killed), "").expect("it is written");
    assert_same(
        &open(&killed),
        &memory,
        "what was made again, closed and opened",
    );
    assert!(marks(&killed).exists(), "once is enough");
    // Another one is not asked, whatever it says.
    let other = folder.path().join("other");
    let events = (0..700)
        .map(|n| event(&format!("long-{}", n % 3), "Noted", "{}"))
        .collect();
    open(&other)
        .append(commit(9, events))
        .expect("it is appended");
    for (what, from) in [
        ("no catalogue", None),
        (
            "the catalogue of another log",
            Some(other.join("catalogue")),
        ),
    ] {
        fs::remove_dir_all(path.join("catalogue")).expect("there is one");
        if let Some(from) = from {
            copy(&from, &path.join("catalogue"));
        }
        assert_same(&open(&path), &memory, what);
    }
    // One of its own from before is brought up to date.
    let older = folder.path().join("older");
    copy(&path.join("catalogue"), &older);
    for n in COMMITS + 1..COMMITS + 7 {
        let more = commit(
            n,
            (0..EVENTS)
                .map(|e| event(&stream(n * EVENTS + e), "Noted", "{}"))
                .collect(),
        );
        let appended = open(&path).append(more.clone()).ok();
        assert_eq!(
            (appended.is_some(), appended),
            (true, memory.append(more).ok())
        );
    }
    fs::remove_dir_all(path.join("catalogue")).expect("there is one");
    copy(&older, &path.join("catalogue"));
    fs::write(marks(&path), "").expect("it is written");
    assert_same(&open(&path), &memory, "an older catalogue of its own");
    assert_eq!(
        open(&path).version("long-1").ok(),
        memory.version("long-1").ok()
    );
    assert!(
        marks(&path).exists(),
        "it was not made again, nor what it became"
    );
    for part in ["db", "conf"] {
        common::change(&path.join("catalogue").join(part), |bytes| {
            bytes.iter_mut().for_each(|byte| *byte = !*byte)
        });
        assert_same(&open(&path), &memory, "a catalogue that cannot be read");
    }
}
