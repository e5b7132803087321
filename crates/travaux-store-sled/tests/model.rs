//! The store beside the in-memory one: the same commits, the same answers, whatever is in the journal, in the archive, or read by a
//! process that comes after a kill.

mod common;

use std::{collections::BTreeMap, fs, path::PathBuf};

use common::copy;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
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
    Append(Made),
    /// A commit that was made before, tried again.
    Again(Made),
    /// Everything so far, read from a place on, in pages, one way or the other.
    Log {
        from: u64,
        limit: u16,
        backward: bool,
    },
    /// A stream, the same.
    Stream {
        stream: u8,
        from: u64,
        limit: u16,
        backward: bool,
    },
    /// Looked up by commit.
    Find { number: u8 },
    /// Closed and opened.
    Reopen,
    /// As after a kill: opened from a copy of its files, without the mark of a clean end.
    Kill,
    /// The catalogue is gone.
    LoseCatalogue,
}

/// A commit in the making.
#[derive(Clone, Debug)]
struct Made {
    number: u8,
    events: u16,
    streams: u8,
    expected: Option<(u8, u64)>,
    attachment: Option<u8>,
}

/// What steps are chosen by: what the log holds when they are made.
#[derive(Clone, Debug, Default)]
struct Known {
    archive_at: usize,
    head: u64,
    versions: BTreeMap<u8, u64>,
    commits: BTreeMap<u8, Made>,
}

impl Known {
    fn version(&self, stream: u8) -> u64 {
        self.versions.get(&stream).copied().unwrap_or(0)
    }

    /// Whether the commit is appended now.
    fn takes(&self, made: &Made) -> bool {
        !self.commits.contains_key(&made.number)
            && made
                .expected
                .is_none_or(|(stream, version)| self.version(stream) == version)
    }

    fn append(&self) -> impl Strategy<Value = Made> + use<> {
        let versions: Vec<u64> = (0..20).map(|stream| self.version(stream)).collect();
        // The version that a stream has, or one beside it: both are answered, one is refused.
        let expected = (0..20_u8, 0..4_u64).prop_map(move |(stream, off)| {
            let version = versions[usize::from(stream)];
            (stream, if off == 0 { version + 1 } else { version })
        });
        (
            any::<u8>(),
            1..400_u16,
            1..20_u8,
            proptest::option::weighted(0.3, expected),
            proptest::option::weighted(0.1, 0..5_u8),
        )
            .prop_map(|(number, events, streams, expected, attachment)| Made {
                number,
                events,
                streams,
                expected,
                attachment,
            })
    }
}

impl ReferenceStateMachine for Known {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        let archive_at = prop_oneof![Just(0_usize), Just(100 << 10), Just(1 << 30)];
        archive_at
            .prop_map(|archive_at| Self {
                archive_at,
                ..Self::default()
            })
            .boxed()
    }

    fn transitions(state: &Self) -> BoxedStrategy<Step> {
        let place = |end: u64| prop_oneof![4 => 0..=end + 1, 1 => Just(u64::MAX)];
        let log =
            (place(state.head), 1..700_u16, any::<bool>()).prop_map(|(from, limit, backward)| {
                Step::Log {
                    from,
                    limit,
                    backward,
                }
            });
        let longest = state.versions.values().max().copied().unwrap_or(0);
        let stream = (0..21_u8, place(longest), 1..300_u16, any::<bool>()).prop_map(
            |(stream, from, limit, backward)| Step::Stream {
                stream,
                from,
                limit,
                backward,
            },
        );
        let made: Vec<Made> = state.commits.values().cloned().collect();
        let again = if made.is_empty() {
            state.append().boxed()
        } else {
            proptest::sample::select(made).boxed()
        };
        prop_oneof![
            10 => state.append().prop_map(Step::Append),
            2 => again.prop_map(Step::Again),
            3 => log,
            4 => stream,
            2 => any::<u8>().prop_map(|number| Step::Find { number }),
            1 => Just(Step::Reopen),
            1 => Just(Step::Kill),
            1 => Just(Step::LoseCatalogue),
        ]
        .boxed()
    }

    fn apply(mut state: Self, step: &Step) -> Self {
        if let Step::Append(made) | Step::Again(made) = step
            && state.takes(made)
        {
            state.head += u64::from(made.events);
            for n in 0..made.events {
                *state
                    .versions
                    .entry((n % u16::from(made.streams)) as u8)
                    .or_default() += 1;
            }
            state.commits.insert(made.number, made.clone());
        }
        state
    }
}

fn name(stream: u8) -> String {
    format!("stream-{stream}")
}

fn commit_of(
    Made {
        number,
        events,
        streams,
        expected,
        attachment,
    }: Made,
) -> Commit {
    let payload = |n: u16| {
        format!(
            "{{\"n\":{n},\"of\":{number},\"text\":\"{}\"}}",
            "word ".repeat(usize::from(n % 50))
        )
    };
    let events = (0..events).map(|n| {
        event(
            &name((n % u16::from(streams)) as u8),
            if n % 3 == 0 { "Third" } else { "Other" },
            &payload(n),
        )
    });
    let mut made = commit(u128::from(number) + 1, events.collect());
    if let Some((stream, version)) = expected {
        made.guards.push(Guard {
            stream: name(stream),
            expected: Expected::Exact(version),
        });
    }
    if let Some(n) = attachment {
        let attachment = Attachment::new(vec![n; 5_000]);
        made.events[0].attachments.push(attachment.id);
        made.attachments.push(attachment);
    }
    made
}

fn records(store: &dyn EventStore, read: Read) -> Vec<(u64, Vec<u8>)> {
    read_all(store, read)
        .map(|record| record.expect("it is read"))
        .map(|r| (r.position, r.bytes().to_vec()))
        .collect()
}

fn same(
    answer: &Result<travaux_store::Appended, AppendError>,
    expected: &Result<travaux_store::Appended, AppendError>,
) {
    match (answer, expected) {
        (Ok(a), Ok(b)) => assert_eq!(a, b),
        (Err(a), Err(b)) => assert_eq!(a.to_string(), b.to_string()),
        _ => panic!("{answer:?} is not {expected:?}"),
    }
}

/// The store, the one in memory, and where the first one stands.
struct Both {
    folder: tempfile::TempDir,
    copies: usize,
    options: Options,
    sled: Option<SledStore>,
    model: MemoryStore,
}

impl Both {
    fn path(&self) -> PathBuf {
        self.folder.path().join(self.copies.to_string())
    }

    fn sled(&self) -> &SledStore {
        self.sled.as_ref().expect("it is open")
    }

    fn open(&mut self) {
        self.sled = Some(SledStore::open_with(self.path(), self.options).expect("it opens"));
    }

    fn append(&self, made: Made) {
        let attachment = made.attachment;
        let commit = commit_of(made);
        same(
            &self.sled().append(commit.clone()),
            &self.model.append(commit),
        );
        for stream in 0..21 {
            assert_eq!(
                self.sled().version(&name(stream)).ok(),
                self.model.version(&name(stream)).ok()
            );
        }
        if let Some(n) = attachment {
            let id = Attachment::new(vec![n; 5_000]).id;
            assert_eq!(
                self.sled().attachment(id).ok(),
                self.model.attachment(id).ok()
            );
        }
    }

    fn read(&self, read: Read, backward: bool) {
        let read = if backward { read.backward() } else { read };
        for read in [read.clone(), read.kinds(["Third"])] {
            assert_eq!(
                records(self.sled(), read.clone()),
                records(&self.model, read)
            );
        }
    }
}

impl StateMachineTest for Both {
    type SystemUnderTest = Self;
    type Reference = Known;

    fn init_test(known: &Known) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            archive_at: known.archive_at,
            full_at: 256 << 10,
        };
        let mut both = Self {
            folder,
            copies: 0,
            options,
            sled: None,
            model: MemoryStore::new(),
        };
        both.open();
        both
    }

    fn apply(mut both: Self, _: &Known, step: Step) -> Self {
        match step {
            Step::Append(made) | Step::Again(made) => both.append(made),
            Step::Log {
                from,
                limit,
                backward,
            } => both.read(Read::log(from).limit(limit.into()), backward),
            Step::Stream {
                stream,
                from,
                limit,
                backward,
            } => {
                both.read(
                    Read::stream(name(stream), from).limit(limit.into()),
                    backward,
                );
            }
            Step::Find { number } => {
                let id = CommitId(Uuid::from_u128(u128::from(number) + 1));
                assert_eq!(
                    both.sled().find_commit(id).ok(),
                    both.model.find_commit(id).ok()
                );
            }
            Step::Reopen => {
                drop(both.sled.take());
                both.open();
            }
            Step::LoseCatalogue => {
                drop(both.sled.take());
                drop(fs::remove_dir_all(both.path().join("catalogue")));
                both.open();
            }
            Step::Kill => {
                // A copy is not of one moment while the background works: let it come to rest first.
                drop(both.sled.take());
                let before = both.path();
                both.copies += 1;
                copy(&before, &both.path());
                drop(fs::remove_file(both.path().join("CLEAN")));
                both.open();
            }
        }
        both
    }

    fn check_invariants(both: &Self, known: &Known) {
        assert!(both.sled().damage().is_none(), "{:?}", both.sled().damage());
        assert_eq!(
            (both.sled().head(), both.model.head()),
            (known.head, known.head)
        );
    }

    fn teardown(both: Self, known: Known) {
        let verified = both.sled().verify().expect("it is read");
        assert_eq!(
            (verified.records, verified.damage.len()),
            (known.head, 0),
            "{:?}",
            verified.damage
        );
        let mut frontier = travaux_ledger::Frontier::default();
        let everything = records(&both.model, Read::log(1));
        everything
            .iter()
            .for_each(|(_, bytes)| frontier.push(travaux_ledger::leaf_hash(bytes), |_, _, _| {}));
        assert_eq!(verified.root, Some(frontier.root().0));
        assert_eq!(
            both.sled().root(known.head).expect("it is read"),
            verified.root
        );
        let mut scanned = Vec::new();
        let mut each = |page: travaux_store::Page| {
            scanned.extend(
                page.records
                    .iter()
                    .map(|r| (r.position, r.bytes().to_vec())),
            );
            std::ops::ControlFlow::Continue(())
        };
        both.sled().scan(1, &mut each).expect("it is read");
        assert_eq!(scanned, everything);
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_answers_as_the_one_in_memory_does(sequential 1..30 => Both);
}
