//! The store in memory beside a model that is a list: whatever is asked of both, they answer alike.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use travaux_store::{
    AppendError, Attachment, Commit, CommitId, Digest, EventStore, Expected, Guard, MemoryStore,
    Read,
    conformance::{commit, event},
    read_all,
};
use uuid::Uuid;

const STREAMS: [&str; 3] = ["a", "b", "c"];
const TEXTS: [&[u8]; 2] = [b"first text", b"second text"];

/// The events of a log or a commit: stream, payload.
type Events = Vec<(usize, u8)>;

/// An append: an id out of a few, so that they come again; events; what is expected; an attachment that
/// is named, and whether it is brought.
#[derive(Clone, Debug)]
struct Append {
    id: u128,
    events: Events,
    guards: Vec<(usize, Expected)>,
    names: Option<(usize, bool)>,
}

fn append() -> impl Strategy<Value = Append> {
    let stream = || 0..STREAMS.len();
    let expected = prop_oneof![
        Just(Expected::Any),
        Just(Expected::NoStream),
        (0..4_u64).prop_map(Expected::Exact),
    ];
    (
        1..9_u128,
        prop::collection::vec((stream(), 0..3_u8), 0..4),
        prop::collection::vec((stream(), expected), 0..3),
        prop::option::weighted(0.3, (0..TEXTS.len(), any::<bool>())),
    )
        .prop_map(|(id, events, guards, names)| Append {
            id,
            events,
            guards,
            names,
        })
}

impl Append {
    fn commit(&self) -> Commit {
        let events = self.events.iter();
        let events = events.map(|(stream, n)| event(STREAMS[*stream], "Noted", &n.to_string()));
        let mut commit = commit(self.id, events.collect());
        commit.guards = self
            .guards
            .iter()
            .map(|(stream, expected)| Guard {
                stream: STREAMS[*stream].into(),
                expected: *expected,
            })
            .collect();
        if let (Some((text, brought)), Some(event)) = (self.names, commit.events.first_mut()) {
            let attachment = Attachment::new(TEXTS[text].to_vec());
            event.attachments.push(attachment.id);
            commit.attachments.extend(brought.then_some(attachment));
        }
        commit
    }
}

/// What an append is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    Appended(u64, u64),
    Repeated(u64, u64),
    Taken(u64),
    Conflict(String, Expected, u64),
    Missing(Digest),
    Malformed,
}

fn answer(store: &MemoryStore, commit: Commit) -> Answer {
    match store.append(commit) {
        Ok(a) if a.repeated => Answer::Repeated(a.first, a.last),
        Ok(a) => Answer::Appended(a.first, a.last),
        Err(AppendError::CommitIdTaken { first, .. }) => Answer::Taken(first),
        Err(AppendError::Conflict {
            stream,
            expected,
            actual,
        }) => Answer::Conflict(stream, expected, actual),
        Err(AppendError::MissingAttachment(id)) => Answer::Missing(id),
        Err(AppendError::Malformed(_)) => Answer::Malformed,
        Err(other) => panic!("nothing else can happen here: {other}"),
    }
}

/// The model: a list of events, the commits that were appended, and the texts that are there.
#[derive(Default)]
struct Model {
    log: Events,
    commits: BTreeMap<u128, (Events, u64, u64)>,
    texts: BTreeSet<usize>,
}

impl Model {
    fn version(&self, stream: usize) -> u64 {
        self.log.iter().filter(|(of, _)| *of == stream).count() as u64
    }

    /// The order of the questions is part of the contract: well formed, known, expected, there.
    fn append(&mut self, append: &Append) -> Answer {
        if append.events.is_empty() {
            return Answer::Malformed;
        }
        if let Some((events, first, last)) = self.commits.get(&append.id) {
            return match *events == append.events {
                true => Answer::Repeated(*first, *last),
                false => Answer::Taken(*first),
            };
        }
        for (stream, expected) in &append.guards {
            let actual = self.version(*stream);
            let fits = match expected {
                Expected::Any => true,
                Expected::NoStream => actual == 0,
                Expected::Exact(version) => actual == *version,
            };
            if !fits {
                return Answer::Conflict(STREAMS[*stream].into(), *expected, actual);
            }
        }
        if let Some((text, brought)) = append.names {
            if !brought && !self.texts.contains(&text) {
                return Answer::Missing(Digest::of(TEXTS[text]));
            }
            self.texts.insert(text);
        }
        let first = self.log.len() as u64 + 1;
        self.log.extend(&append.events);
        let last = self.log.len() as u64;
        let known = (append.events.clone(), first, last);
        self.commits.insert(append.id, known);
        Answer::Appended(first, last)
    }

    /// Each event as `position stream@version payload`.
    fn shown(&self) -> Vec<String> {
        let mut versions = [0; STREAMS.len()];
        let show = |(position, (stream, n)): (usize, &(usize, u8))| {
            versions[*stream] += 1;
            let version = versions[*stream];
            format!("{} {}@{version} {n}", position + 1, STREAMS[*stream])
        };
        self.log.iter().enumerate().map(show).collect()
    }
}

fn shown(store: &MemoryStore) -> Vec<String> {
    let show = |record: Result<travaux_store::Record, _>| {
        let record = record.expect("it is read");
        let e = record.envelope().expect("it is an envelope");
        format!("{} {}@{} {}", e.position, e.stream, e.version, e.payload)
    };
    read_all(store, Read::log(1)).map(show).collect()
}

proptest! {
    #[test]
    fn a_store_answers_as_a_list_would(appends in prop::collection::vec(append(), 1..24)) {
        let (store, mut model) = (MemoryStore::new(), Model::default());
        for append in &appends {
            prop_assert_eq!(answer(&store, append.commit()), model.append(append), "{:?}", append);
            prop_assert_eq!(store.head(), model.log.len() as u64);
        }
        prop_assert_eq!(shown(&store), model.shown());
        for (number, name) in STREAMS.iter().enumerate() {
            prop_assert_eq!(store.version(name).expect("it is known"), model.version(number));
        }
        for id in 1..9 {
            let found = store.find_commit(CommitId(Uuid::from_u128(id))).expect("it is looked up");
            let known = model.commits.get(&id).map(|(_, first, last)| (*first, *last, true));
            prop_assert_eq!(found.map(|a| (a.first, a.last, a.repeated)), known);
        }
        for (number, text) in TEXTS.iter().enumerate() {
            let found = store.attachment(Digest::of(text)).expect("it is read");
            prop_assert_eq!(found.is_some(), model.texts.contains(&number));
            prop_assert!(found.is_none_or(|bytes| bytes == *text));
        }
    }
}
