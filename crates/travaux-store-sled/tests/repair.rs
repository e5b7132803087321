//! Repair: what is sound comes along, and each loss is named.

mod common;

use std::fs;

use common::{change, closed, copy, everything, fill, journal};
use travaux_store::{
    Attachment, EventStore,
    conformance::{commit, event},
};
use travaux_store_sled::{Options, SledStore, repair};

#[test]
fn a_sound_store_is_repaired_to_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("repaired"));
    let all = closed(&path, 1..=300);
    let repaired = repair(&path, &to).expect("it is repaired");
    assert_eq!(
        (
            repaired.records,
            repaired.salvaged,
            repaired.lost,
            repaired.damage
        ),
        (900, 0, vec![], vec![])
    );
    assert_eq!(everything(&SledStore::open(&to).expect("it opens")), all);
    let archive =
        |store: &std::path::Path| fs::read(store.join("records.blocks")).expect("it is read");
    assert!(
        archive(&to) == archive(&path),
        "whole blocks are in the archive again"
    );
    assert!(
        repair(&path, &to).is_err(),
        "a folder that holds something is not overwritten"
    );
}

#[test]
fn several_losses_are_each_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let all = closed(&path, 1..=100);
    // 256 records are in the archive; frames of three follow, the first of which began there.
    let bytes = fs::read(journal(&path)).expect("it is read");
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(b"TXJ2"))
        .collect();
    // A record in one frame, the header of another, a record and a header that follow each other.
    for (changed, lost) in [
        (vec![starts[2] + 100], vec![(262, 264)]),
        (vec![starts[2] + 9], vec![(262, 264)]),
        (
            vec![starts[2] + 100, starts[5] + 9, starts[6] + 9],
            vec![(262, 264), (271, 276)],
        ),
        (vec![starts[3] + 9, starts[4] + 9], vec![(265, 270)]),
        (vec![starts[3] + 100, starts[4] + 66], vec![(265, 270)]),
        (
            vec![starts[3] + 66, starts[5] + 66, starts[5] + 9],
            vec![(265, 267), (271, 273)],
        ),
    ] {
        let damaged = tempfile::tempdir().expect("a folder");
        copy(&path, damaged.path());
        change(&journal(damaged.path()), |bytes| {
            changed.iter().for_each(|at| bytes[*at] ^= 0x20);
        });
        let to = damaged.path().join("repaired");
        let repaired = repair(damaged.path(), &to).expect("it is repaired");
        assert_eq!(repaired.lost, lost, "{repaired:?}");
        let gone: u64 = lost.iter().map(|(first, last)| last - first + 1).sum();
        assert_eq!(
            (repaired.records, repaired.salvaged),
            (lost[0].0 - 1, 300 - lost[0].0 + 1 - gone),
            "{repaired:?}"
        );
        assert_eq!(
            everything(&SledStore::open(&to).expect("it opens")),
            all[..lost[0].0 as usize - 1]
        );
    }
}

#[test]
fn what_is_sound_is_salvaged_and_what_is_lost_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let all = closed(&path, 1..=300);
    let blocks = fs::metadata(path.join("records.blocks"))
        .expect("blocks")
        .len() as usize;
    // Positions 257 to 512 are the second of three blocks; 769 to 900 are in the journal.
    for (name, file, at, lost) in [
        ("body", "records.blocks", blocks / 2, (257, 512)),
        ("header", "records.blocks", 9, (1, 256)),
        ("journal", "journal", 5_000, (0, 0)),
    ] {
        let damaged = folder.path().join(name);
        copy(&path, &damaged);
        let file = if file == "journal" {
            journal(&damaged)
        } else {
            damaged.join(file)
        };
        change(&file, |bytes| bytes[at] ^= 0x20);
        assert!(
            !SledStore::open(&damaged)
                .expect("it opens")
                .verify()
                .expect("it is read")
                .damage
                .is_empty(),
            "{name}"
        );
        let to = folder.path().join(format!("{name}-repaired"));
        let repaired = repair(&damaged, &to).expect("it is repaired");
        assert_eq!(repaired.damage.len(), 1, "{name}: {repaired:?}");
        let (first, last) = if name == "journal" {
            repaired.lost[0]
        } else {
            lost
        };
        assert_eq!(repaired.lost, [(first, last)], "{name}");
        assert_eq!(repaired.records, first - 1, "{name}");
        assert_eq!(repaired.salvaged, 900 - last, "{name}");
        let store = SledStore::open(&to).expect("it opens");
        assert!(store.damage().is_none());
        assert_eq!(everything(&store), all[..first as usize - 1], "{name}");
        let lines = repaired
            .file
            .map(|file| fs::read(file).expect("it is read"))
            .unwrap_or_default();
        let expected: Vec<u8> = all[last as usize..]
            .iter()
            .flat_map(|record| [record, &b"\n"[..]].concat())
            .collect();
        assert!(lines == expected, "{name}");
    }
}

/// Four texts, each named by a commit of its own; the second by another one, too.
fn texts(store: &SledStore) -> Vec<Attachment> {
    let texts: Vec<Attachment> = (0..4_u8)
        .map(|n| Attachment::new((0..2_000).map(|at| n ^ at as u8).collect::<Vec<u8>>()))
        .collect();
    for (number, text) in (1..).zip(texts.iter().chain([&texts[1]])) {
        let mut commit = commit(number, vec![event("texts", "Noted", "{}")]);
        commit.events[0].attachments.push(text.id);
        commit.attachments.push(text.clone());
        store.append(commit).expect("it is appended");
    }
    texts
}

#[test]
fn attachments_that_are_lost_are_named_and_the_others_come_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let store = SledStore::open(&path).expect("it opens");
    let texts = texts(&store);
    drop(store);
    let whole = fs::read(path.join("attachments.pack")).expect("it is read");
    let starts: Vec<usize> = (0..whole.len())
        .filter(|at| whole[*at..].starts_with(b"TXAT"))
        .collect();
    assert_eq!(starts.len(), 4);
    // A bit of the second text; of its name; and its length, which then reaches over the next one; or all of it is there.
    for (name, at, bit, lost) in [
        ("bytes", 80, 1, vec![1]),
        ("name", 9, 1, vec![1]),
        ("length", 50, 2, vec![1]),
        ("none", 0, 0, vec![]),
    ] {
        let damaged = folder.path().join(name);
        copy(&path, &damaged);
        change(&damaged.join("attachments.pack"), |bytes| {
            bytes[starts[1] + at] ^= bit
        });
        let to = folder.path().join(format!("{name}-repaired"));
        let repaired = repair(&damaged, &to).expect("it is repaired");
        assert_eq!((repaired.records, repaired.lost), (5, Vec::new()), "{name}");
        let expected: Vec<_> = lost.iter().map(|n| (*n as u64 + 1, texts[*n].id)).collect();
        assert_eq!(repaired.attachments, expected, "{name}");
        let found = SledStore::open(&to).expect("it opens");
        assert!(found.damage().is_none(), "{name}");
        for (n, text) in texts.iter().enumerate() {
            let there = (!lost.contains(&n)).then(|| text.bytes.clone());
            assert_eq!(
                found.attachment(text.id).expect("it is looked up"),
                there,
                "{name}: {n}"
            );
        }
    }
}

#[test]
fn a_store_whose_attachments_are_gone_is_repaired_and_one_whose_cannot_be_read_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let all = closed(&path, 1..=20);
    let pack = path.join("attachments.pack");
    fs::remove_file(&pack).expect("it is there");
    let repaired =
        repair(&path, &folder.path().join("without")).expect("the records are all there");
    assert_eq!(
        (repaired.records, repaired.lost, repaired.attachments),
        (60, Vec::new(), Vec::new())
    );
    assert!(!pack.exists(), "the damaged store is left as it was");
    assert_eq!(
        everything(&SledStore::open(folder.path().join("without")).expect("it opens")),
        all
    );
    std::os::unix::fs::symlink("attachments.pack", &pack).expect("a link to itself");
    for to in ["no-end", "no-file"] {
        let error = repair(&path, &folder.path().join(to))
            .expect_err("they cannot be copied")
            .to_string();
        assert!(error.contains("attachments.pack"), "{error}");
        drop(fs::remove_file(&pack));
        fs::create_dir_all(&pack).expect("a folder");
    }
}

/// Killed behind a move: the journal holds what the archive has already, in frames that end before it does, with it, and behind it.
#[test]
fn what_is_in_archive_and_journal_is_brought_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, before) = (folder.path().join("store"), folder.path().join("before"));
    let store = SledStore::open(&path).expect("it opens");
    fill(&store, 1..=300);
    for number in 1_000..1_200 {
        store
            .append(commit(number, vec![event("one", "Noted", "{}")]))
            .expect("it is appended");
    }
    let all = everything(&store);
    copy(&path.join("journal"), &before);
    // Closing moves whole blocks, and takes them out of the journal.
    drop(store);
    fs::remove_file(path.join("CLEAN")).expect("it was closed");
    fs::remove_dir_all(path.join("journal")).expect("it is there");
    copy(&before, &path.join("journal"));
    let to = folder.path().join("repaired");
    let repaired = repair(&path, &to).expect("it is repaired");
    assert_eq!(
        (
            repaired.records,
            repaired.salvaged,
            repaired.lost,
            repaired.damage
        ),
        (1_100, 0, vec![], vec![])
    );
    assert_eq!(everything(&SledStore::open(&to).expect("it opens")), all);
    assert_eq!(everything(&SledStore::open(&path).expect("it opens")), all);
}

#[test]
fn an_archive_that_is_gone_is_lost_and_one_that_cannot_be_opened_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    let all = closed(&path, 1..=100);
    let archive = path.join("records.blocks");
    fs::remove_file(&archive).expect("it is there");
    let repaired = repair(&path, &folder.path().join("rest")).expect("the journal is there");
    assert_eq!(
        (repaired.records, repaired.salvaged, repaired.lost),
        (0, 45, vec![(1, 255)])
    );
    let what = "no sound frame of the journal goes on to position 255";
    assert!(
        repaired.damage.iter().any(|damage| damage.contains(what)),
        "{:?}",
        repaired.damage
    );
    let rest = fs::read(repaired.file.expect("a file")).expect("it is read");
    assert!(
        rest == all[255..]
            .iter()
            .flat_map(|record| [record, &b"\n"[..]].concat())
            .collect::<Vec<u8>>()
    );
    std::os::unix::fs::symlink("records.blocks", &archive).expect("a link to itself");
    let error = repair(&path, &folder.path().join("none"))
        .expect_err("it cannot be opened")
        .to_string();
    assert!(error.contains("records.blocks"), "{error}");
}

/// More than a repair holds of it at once: four blocks of about 11 MB.
#[test]
fn a_long_archive_is_read_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("store"), folder.path().join("repaired"));
    let store = SledStore::open_with(
        &path,
        Options {
            archive_at: 1 << 20,
            ..Options::default()
        },
    )
    .expect("it opens");
    let mut state = 88_172_645_463_325_252_u64;
    let mut letter = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'#' + (state >> 32) as u8 % 57)
    };
    for number in 0..1_024 {
        let payload: String = (0..60_000).map(|_| letter()).collect();
        store
            .append(commit(
                number,
                vec![event("long", "Noted", &format!("\"{payload}\""))],
            ))
            .expect("it is appended");
    }
    drop(store);
    assert!(
        path.join("records.blocks")
            .metadata()
            .is_ok_and(|file| file.len() > 40 << 20),
        "it is long"
    );
    let repaired = repair(&path, &to).expect("it is repaired");
    assert_eq!(
        (repaired.records, repaired.lost, repaired.damage),
        (1_024, vec![], vec![])
    );
}
