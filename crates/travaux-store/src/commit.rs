//! Commits: what is appended as one.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Attachment, Digest, EnvelopeActor, Nonce};

/// The identity of a commit, chosen by the caller: the same commit again under the same id is answered as the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommitId(pub Uuid);

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a stream's version must be for a commit to be appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// Any.
    Any,
    /// The stream must not exist.
    NoStream,
    /// Exactly this one.
    Exact(u64),
}

impl Expected {
    /// Whether a stream at `version` (0 for none) is as expected.
    pub fn allows(self, version: u64) -> bool {
        match self {
            Self::Any => true,
            Self::NoStream => version == 0,
            Self::Exact(expected) => version == expected,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any version"),
            Self::NoStream => f.write_str("no stream"),
            Self::Exact(version) => write!(f, "version {version}"),
        }
    }
}

/// An expectation of one stream, whether the commit writes to it or only read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The stream.
    pub stream: String,
    /// What is expected of it.
    pub expected: Expected,
}

/// An event to be appended. The store gives it its position and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Its stream: 1 to 200 bytes of ASCII letters, digits and `-_.:`.
    pub stream: String,
    /// Its identity (UUID version 7).
    pub id: Uuid,
    /// What keeps the hash of its record from telling its content: random bytes, never used before.
    pub nonce: Nonce,
    /// Its type.
    pub kind: String,
    /// The version of its type's payload.
    pub schema: u16,
    /// Its payload: one JSON value.
    pub payload: String,
    /// The attachments that the payload names.
    pub attachments: Vec<Digest>,
}

/// Events that are appended together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its identity.
    pub id: CommitId,
    /// When it is recorded: not before the last record of the log.
    pub recorded_at: DateTime<Utc>,
    /// Who acts.
    pub actor: EnvelopeActor,
    /// The conversation that it belongs to.
    pub correlation: Uuid,
    /// The event that caused it.
    pub causation: Option<Uuid>,
    /// What is expected of streams. A stream that is written but not named here may be at any version.
    pub guards: Vec<Guard>,
    /// Its events, at least one, in order.
    pub events: Vec<NewEvent>,
    /// Attachments that its events name; those that the store has already may be left out.
    pub attachments: Vec<Attachment>,
}

/// Where a commit stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The position of its first event.
    pub first: u64,
    /// The position of its last event.
    pub last: u64,
    /// Whether it stood there already.
    pub repeated: bool,
}
