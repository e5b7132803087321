//! The store beside the in-memory one: the same commits, the same answers, whatever is in the journal, in the archive, or read by a
//! process that comes after a kill.

mod common;

use std::{fs, path::Path, sync::Arc};

use common::copy;

use proptest::prelude::*;
use travaux_store::{
    AppendError, Attachment, Commit, CommitId, EventStore, Expected, Guard, MemoryStore, Read,
    conformance::{commit, event},
    read_all,
};
use travaux_store_sled::{Options, SledStore};
use uuid::Uuid;

/// What is done to both.
#[derive(Clone, Debug)]
enum Step {
    /// A commit under a number, of so many events over so many streams; with an expectation on one stream.
    Append { number: u8, events: u16, streams: u8, expected: Option<(u8, u64)>, attachment: Option<u8> },
    /// Everything so far, read from a place on, in pages, one way or the other.
    Log { from: u16, limit: u16, backward: bool },
    /// A stream, the same.
    Stream { stream: u8, from: u16, limit: u16, backward: bool },
    /// Looked up by commit.
    Find { number: u8 },
    /// Closed and opened.
    Reopen,
    /// Copied as it stands on the disk while it is open, and the copy opened.
    Kill,
    /// The catalogue is gone.
    LoseCatalogue,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let append = (
        any::<u8>(),
        1..400_u16,
        1..20_u8,
        proptest::option::weighted(0.2, (0..20_u8, 0..40_u64)),
        proptest::option::weighted(0.1, 0..5_u8),
    )
        .prop_map(|(number, events, streams, expected, attachment)| Step::Append {
            number,
            events,
            streams,
            expected,
            attachment,
        });
    let log = (0..4_000_u16, 1..700_u16, any::<bool>()).prop_map(|(from, limit, backward)| Step::Log { from, limit, backward });
    let stream = (0..21_u8, 0..400_u16, 1..300_u16, any::<bool>()).prop_map(|(stream, from, limit, backward)| Step::Stream {
        stream,
        from,
        limit,
        backward,
    });
    let step = prop_oneof![
        12 => append,
        3 => log,
        4 => stream,
        2 => any::<u8>().prop_map(|number| Step::Find { number }),
        1 => Just(Step::Reopen),
        1 => Just(Step::Kill),
        1 => Just(Step::LoseCatalogue),
    ];
    proptest::collection::vec(step, 1..30)
}

fn name(stream: u8) -> String {
    format!("stream-{stream}")
}

fn made(number: u8, events: u16, streams: u8, expected: Option<(u8, u64)>, attachment: Option<u8>) -> Commit {
    let payload = |n: u16| format!("{{\"n\":{n},\"of\":{number},\"text\":\"{}\"}}", "word ".repeat(usize::from(n % 50)));
    let events = (0..events)
        .map(|n| event(&name((n % u16::from(streams)) as u8), if n % 3 == 0 { "Third" } else { "Other" }, &payload(n)));
    let mut made = commit(u128::from(number) + 1, events.collect());
    if let Some((stream, version)) = expected {
        made.guards.push(Guard { stream: name(stream), expected: Expected::Exact(version) });
    }
    if let Some(n) = attachment {
        let attachment = Attachment::new(vec![n; 5_000]);
        made.events[0].attachments.push(attachment.id);
        made.attachments.push(attachment);
    }
    made
}

fn records(store: &dyn EventStore, read: Read) -> Vec<(u64, Vec<u8>)> {
    read_all(store, read).map(|record| record.expect("it is read")).map(|r| (r.position, r.bytes().to_vec())).collect()
}

fn same(answer: &Result<travaux_store::Appended, AppendError>, expected: &Result<travaux_store::Appended, AppendError>) {
    match (answer, expected) {
        (Ok(a), Ok(b)) => assert_eq!(a, b),
        (Err(a), Err(b)) => assert_eq!(a.to_string(), b.to_string()),
        _ => panic!("{answer:?} is not {expected:?}"),
    }
}

fn play(steps: Vec<Step>, archive_at: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { archive_at, full_at: 256 << 10 };
    let open = |path: &Path| SledStore::open_with(path, options).expect("it opens");
    let mut path = folder.path().join("0");
    let mut store = Some(Arc::new(open(&path)));
    let model = MemoryStore::new();
    for (at, step) in steps.into_iter().enumerate() {
        let sled = Arc::clone(store.as_ref().expect("it is open"));
        match step {
            Step::Append { number, events, streams, expected, attachment } => {
                let commit = made(number, events, streams, expected, attachment);
                same(&sled.append(commit.clone()), &model.append(commit));
                assert_eq!(sled.head(), model.head());
                for stream in 0..21 {
                    assert_eq!(sled.version(&name(stream)).ok(), model.version(&name(stream)).ok());
                }
                if let Some(n) = attachment {
                    let id = Attachment::new(vec![n; 5_000]).id;
                    assert_eq!(sled.attachment(id).ok(), model.attachment(id).ok());
                }
            }
            Step::Log { from, limit, backward } => {
                let read = Read::log(from.into()).limit(limit.into());
                let read = if backward { read.backward() } else { read };
                assert_eq!(records(&*sled, read.clone()), records(&model, read.clone()));
                let third = read.kinds(["Third"]);
                assert_eq!(records(&*sled, third.clone()), records(&model, third));
            }
            Step::Stream { stream, from, limit, backward } => {
                let read = Read::stream(name(stream), from.into()).limit(limit.into());
                let read = if backward { read.backward() } else { read };
                assert_eq!(records(&*sled, read.clone()), records(&model, read));
            }
            Step::Find { number } => {
                let id = CommitId(Uuid::from_u128(u128::from(number) + 1));
                assert_eq!(sled.find_commit(id).ok(), model.find_commit(id).ok());
            }
            Step::Reopen | Step::LoseCatalogue => {
                drop((sled, store.take()));
                if matches!(step, Step::LoseCatalogue) {
                    drop(fs::remove_dir_all(path.join("catalogue")));
                }
                store = Some(Arc::new(open(&path)));
            }
            Step::Kill => {
                // The copy is not of one moment while the background works: let it come to rest first, by closing the copy's source.
                let killed = folder.path().join((at + 1).to_string());
                drop((sled, store.take()));
                copy(&path, &killed);
                drop(fs::remove_file(killed.join("CLEAN")));
                path = killed;
                store = Some(Arc::new(open(&path)));
            }
        }
        let sled = store.as_ref().expect("it is open");
        assert!(sled.damage().is_none(), "{:?}", sled.damage());
    }
    let sled = store.take().expect("it is open");
    let verified = sled.verify().expect("it is read");
    assert_eq!((verified.records, verified.damage.len()), (model.head(), 0), "{:?}", verified.damage);
    let mut frontier = travaux_ledger::Frontier::default();
    let everything = records(&model, Read::log(1));
    everything.iter().for_each(|(_, bytes)| frontier.push(travaux_ledger::leaf_hash(bytes), |_, _, _| {}));
    assert_eq!(verified.root, Some(frontier.root().0));
    let mut scanned = Vec::new();
    let mut each = |page: travaux_store::Page| {
        scanned.extend(page.records.iter().map(|r| (r.position, r.bytes().to_vec())));
        std::ops::ControlFlow::Continue(())
    };
    sled.scan(1, &mut each).expect("it is read");
    assert_eq!(scanned, everything);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_answers_as_the_one_in_memory_does(steps in steps(), archive_at in prop_oneof![Just(0_usize), Just(100 << 10), Just(1 << 30)]) {
        play(steps, archive_at);
    }
}
