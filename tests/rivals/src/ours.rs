//! This store, through its port as everybody uses it; and tephra, which has a writer of its own too.

use std::{ops::ControlFlow, path::Path};

use tephra::{
    AppendCondition, Event, EventType, Position, Query, QueryItem, SegmentConfig, SegmentSet, Tag,
    Tags, WriteCoordinator, WriterConfig,
};
use travaux_store::{Commit, CommitId, EnvelopeActor, EventStore, NewEvent, Nonce, Read, read_all};
use travaux_store_sled::SledStore;
use uuid::Uuid;

use crate::{Rec, random};

/// A store that many threads write to.
pub trait Shared: Send + Sync {
    fn commit(&self, id: u128, commit: Vec<Rec>);
    fn scan(&self) -> u64;
    fn stream(&self, name: &str) -> Option<usize>;
}

/// The same record as everybody's, but for what the store puts in itself.
pub fn commit(id: u128, records: Vec<Rec>) -> Commit {
    let event = |(n, rec): (usize, Rec)| {
        let text = String::from_utf8(rec.bytes).expect("JSON");
        let payload = text
            .split_once("\"payload\":")
            .map_or("{}", |(_, payload)| &payload[..payload.len() - 1])
            .to_owned();
        NewEvent {
            stream: rec.stream,
            id: Uuid::from_u128(random(id, n, 1)),
            nonce: Nonce(random(id, n, 2).to_be_bytes()),
            kind: "RevisionAccepted".into(),
            schema: 1,
            payload,
            attachments: Vec::new(),
        }
    };
    Commit {
        id: CommitId(Uuid::from_u128(random(id, 0, 3))),
        // The same for all: many threads commit at once, and the log takes none that is older than its last.
        recorded_at: chrono::DateTime::from_timestamp_millis(1_790_000_000_000).unwrap_or_default(),
        actor: EnvelopeActor {
            party: "FR".into(),
            person: Some("Directorate".into()),
        },
        correlation: Uuid::from_u128(random(id, 0, 4)),
        causation: None,
        guards: Vec::new(),
        events: records.into_iter().enumerate().map(event).collect(),
        attachments: Vec::new(),
    }
}

pub struct Travaux(pub SledStore);

impl Travaux {
    pub fn open(folder: &Path) -> Self {
        Self(SledStore::open(folder.join("travaux")).expect("it opens"))
    }
}

impl Shared for Travaux {
    fn commit(&self, id: u128, records: Vec<Rec>) {
        self.0.append(commit(id, records)).expect("it is appended");
    }

    fn scan(&self) -> u64 {
        let mut bytes = 0;
        let mut each = |page: travaux_store::Page| {
            bytes += page
                .records
                .iter()
                .map(|r| r.bytes().len() as u64)
                .sum::<u64>();
            ControlFlow::Continue(())
        };
        self.0.scan(1, &mut each).expect("it reads");
        bytes
    }

    fn stream(&self, name: &str) -> Option<usize> {
        Some(
            read_all(&self.0, Read::stream(name, 1))
                .filter(|r| r.as_ref().is_ok_and(|r| !r.bytes().is_empty()))
                .count(),
        )
    }
}

pub struct Tephra {
    handle: tephra::WriteHandle,
    coordinator: Option<WriteCoordinator>,
}

impl Tephra {
    pub fn open(folder: &Path) -> Self {
        let set = SegmentSet::open(folder.join("tephra"), SegmentConfig::new(256 * 1024 * 1024))
            .expect("it opens");
        let (coordinator, handle) =
            WriteCoordinator::start(set, WriterConfig::default()).expect("it starts");
        Self {
            handle,
            coordinator: Some(coordinator),
        }
    }
}

impl Drop for Tephra {
    fn drop(&mut self) {
        if let Some(coordinator) = self.coordinator.take() {
            drop(coordinator.shutdown());
        }
    }
}

impl Shared for Tephra {
    fn commit(&self, _: u128, records: Vec<Rec>) {
        let kind = EventType::new("RevisionAccepted").expect("a type");
        let event = |rec: &Rec| {
            let tags = Tags::new([Tag::new(rec.stream.as_str()).expect("a tag")]).expect("tags");
            Event::new(&kind, &tags, &rec.bytes).expect("an event")
        };
        self.handle
            .append(records.iter().map(event).collect(), None::<AppendCondition>)
            .expect("it is appended");
    }

    fn scan(&self) -> u64 {
        let mut bytes = 0;
        let mut reads = self.handle.read(&Query::all(), Position::ZERO, None);
        while let Some(item) = reads.next() {
            bytes += item.expect("an event").event.data().len() as u64;
        }
        bytes
    }

    fn stream(&self, name: &str) -> Option<usize> {
        let query = Query::item(QueryItem::with_tags(
            Tags::new([Tag::new(name).expect("a tag")]).expect("tags"),
        ));
        let mut reads = self.handle.read(&query, Position::ZERO, None);
        let mut count = 0;
        while let Some(item) = reads.next() {
            count += usize::from(!item.expect("an event").event.data().is_empty());
        }
        Some(count)
    }
}
