//! The port between the engine and whatever keeps its events.
//!
//! An [`EventStore`] holds one log of records in gapless positions, divided into streams of gapless versions. A [`Commit`]
//! writes to several streams at once, or to none. What is stored is the exact bytes of a record; readers never re-encode.
//! `DESIGN.md` specifies them byte by byte.
//!
//! This crate knows no domain type and no file. [`MemoryStore`] is the reference; [`conformance`] is the suite that it and
//! every other store runs.

mod attachment;
mod commit;
mod compact;
pub mod conformance;
mod envelope;
mod error;
mod follower;
mod memory;
mod notifier;
mod ordered;
mod prepare;
mod read;
mod scan;
mod snapshot;
mod store;

pub use travaux_digest::{Digest, ParseDigestError};

pub use crate::{
    attachment::Attachment,
    commit::{Appended, Commit, CommitId, Expected, Guard, NewEvent},
    compact::{CompactJson, NotCompact},
    envelope::{
        EncodedEvent, Envelope, EnvelopeActor, EventReader, Nonce, RECORD_LIMIT, Record,
        RecordHeader,
    },
    error::{AppendError, StoreError},
    follower::LogFollower,
    memory::MemoryStore,
    notifier::{Listener, Notifier},
    ordered::{parallel_ordered, parallel_reusing},
    prepare::{CommitDigest, Draft, Prepared, digest, digest_of_records},
    read::{Direction, Page, Read, Scope},
    snapshot::{LogPosition, MemorySnapshots, Snapshot, SnapshotStore},
    store::{EventStore, Verified, read_all},
};
