//! What can go wrong: a conflict, a wrong commit, a damaged or failing store.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::{CommitId, Digest, Expected};

/// A store failed, or is damaged. The type of the underlying failure stays inside the adapter.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process has it open.
    #[error("the store {} is open in another process; close that first, or use another store", path.display())]
    Locked {
        /// Where.
        path: PathBuf,
    },
    /// It was written in another format.
    #[error("the store {} has format {found}, expected {expected}: what an earlier version wrote comes in by `travaux migrate`", path.display())]
    Format {
        /// Where.
        path: PathBuf,
        /// What it says.
        found: String,
        /// What is known.
        expected: String,
    },
    /// What was read is not what was written.
    #[error("damage{}: {what}", position.map(|p| format!(" at position {p}")).unwrap_or_default())]
    Damaged {
        /// The first position that is affected, where that is known.
        position: Option<u64>,
        /// What is wrong.
        what: String,
    },
    /// The system refused.
    #[error("cannot {act}: {source}")]
    Io {
        /// What was tried, on which object.
        act: String,
        /// The system's answer.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The place or the name that was given cannot be used for this. No store is at fault, and nothing was done.
    #[error("cannot {act}: {what}")]
    Unusable {
        /// What was tried.
        act: String,
        /// What stands against it, and what to do.
        what: String,
    },
    /// Something is not as it was written, so nothing more is written.
    #[error("the store takes no more writes: {damage}")]
    ReadOnly {
        /// What is wrong.
        damage: String,
    },
    /// An earlier write failed, so nothing more is written until the store is opened again.
    #[error(
        "the store takes no more writes until it is opened again, as an earlier one failed: {cause}"
    )]
    Poisoned {
        /// The earlier failure.
        cause: String,
    },
}

impl StoreError {
    /// What was given cannot be used for `act`.
    pub fn unusable(act: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Unusable {
            act: act.into(),
            what: what.into(),
        }
    }

    /// A failure of the system in doing `act`.
    pub fn io(
        act: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Io {
            act: act.into(),
            source: source.into(),
        }
    }
}

/// A commit was not appended. Nothing of it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// A stream is not at the expected version.
    #[error("conflict on {stream}: expected {expected}, found version {actual}")]
    Conflict {
        /// The stream.
        stream: String,
        /// What was expected.
        expected: Expected,
        /// Its version, 0 if it does not exist.
        actual: u64,
    },
    /// The commit id belongs to another commit.
    #[error("commit id {id} belongs to another commit, at position {first}")]
    CommitIdTaken {
        /// The id.
        id: CommitId,
        /// Where that commit begins.
        first: u64,
    },
    /// The log has a later time already than the one at which this was to be recorded: others were
    /// faster. What depends on the time is to be decided again, at that time or later.
    #[error("it was to be recorded at {recorded_at}, and the log has got to {last}")]
    Overtaken {
        /// When it was to be recorded.
        recorded_at: DateTime<Utc>,
        /// When the last record was.
        last: DateTime<Utc>,
    },
    /// The commit is not well formed.
    #[error("the commit cannot be stored: {0}")]
    Malformed(String),
    /// A record is larger than [`crate::RECORD_LIMIT`].
    #[error(
        "the record of a {kind} in {stream} has {size} bytes, the limit is {}: attach its texts",
        crate::RECORD_LIMIT
    )]
    TooLarge {
        /// The stream.
        stream: String,
        /// The event's type.
        kind: String,
        /// The record's size in bytes.
        size: usize,
    },
    /// An event names an attachment that the store has not and the commit does not bring.
    #[error("attachment {0} is neither in the store nor in the commit")]
    MissingAttachment(Digest),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
