//! What an audit can find.

use std::fmt;

use serde::{Serialize, Serializer};
use travaux_domain::{LegalBasis, Refusal, StreamId};
use travaux_store::StoreError;

use crate::{CodecError, Error, UnreadableRecord};

/// Something that is not as it should be.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// The position, where it is one.
    pub position: Option<u64>,
    /// What is wrong. Where it is stands beside it.
    pub what: Problem,
}

impl Finding {
    pub(super) fn new(position: Option<u64>, what: impl Into<Problem>) -> Self {
        let what = what.into();
        Self {
            position,
            what: match position {
                Some(position) => what.at(position),
                None => what,
            },
        }
    }
}

/// What is wrong with a log, or with what is kept beside it. Its serde form is its words.
///
/// The list is closed on purpose: who acts on findings is told by the compiler of one that is new.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The log says that it goes further, and has nothing there.
    #[error("nothing stands at this position")]
    Nothing,
    /// The record of another position.
    #[error("position {stands} stands here")]
    Misplaced {
        /// Its own.
        stands: u64,
    },
    /// A stream skips or repeats a version.
    #[error("{stream} goes on with version {found}, expected {expected}")]
    Version {
        /// The stream, by its name in the record.
        stream: String,
        /// The version that the record has.
        found: u64,
        /// The one behind the record in front of it.
        expected: u64,
    },
    /// Recorded time goes back within a stream.
    #[error("it was recorded before the one in front of it in its stream")]
    RecordedBefore,
    /// What stands here, or a file, is not as it was written.
    #[error("{what}")]
    Damage {
        /// What is wrong, in the store's words.
        what: String,
    },
    /// An event cannot be read.
    #[error("the event {kind} (schema {schema}) cannot be read: {reason}")]
    Unreadable {
        /// Its type.
        kind: String,
        /// Its schema version.
        schema: u16,
        /// Why.
        reason: UnreadableRecord,
    },
    /// An event that does not belong to the kind of its stream.
    #[error("an event in a stream of another kind")]
    OtherKind,
    /// An event that follows from another rule.
    #[error("it rests on another rule than it says: {}", .decided)]
    OtherRule {
        /// The one that it follows from.
        decided: Box<LegalBasis>,
    },
    /// The command behind an event gives another one.
    #[error("the rules give another event: a digest, a number or a date differs")]
    OtherEvent,
    /// The command behind an event is refused.
    #[error("the rules refuse it: {0}")]
    Refused(Box<Refusal>),
    /// A snapshot of more events than there are.
    #[error(
        "the stored {snapshot} is one of {events} events, and the log has {recorded}: run `replay`"
    )]
    SnapshotAhead {
        /// Which.
        snapshot: SnapshotOf,
        /// How many it says that it has seen.
        events: u64,
        /// How many there are.
        recorded: u64,
    },
    /// A snapshot that is not what its events give.
    #[error("the stored {snapshot} differs from the log: run `replay`")]
    SnapshotDiffers {
        /// Which.
        snapshot: SnapshotOf,
    },
    /// The store cannot give what was asked for.
    #[error(transparent)]
    Store(StoreError),
    /// Something to compare with cannot be made.
    #[error(transparent)]
    Failed(Box<Error>),
}

impl Problem {
    /// The same, found at a position, which it need not name then.
    fn at(self, found: u64) -> Self {
        match self {
            Self::Store(StoreError::Damaged {
                position: Some(position),
                what,
            }) if position == found => Self::Damage { what },
            Self::Failed(error) => match *error {
                Error::Codec(CodecError {
                    position,
                    kind,
                    schema,
                    reason,
                }) if position == found => Self::Unreadable {
                    kind,
                    schema,
                    reason,
                },
                error => Self::Failed(Box::new(error)),
            },
            other => other,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) => Self::Store(error),
            error => Self::Failed(Box::new(error)),
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// What a snapshot is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotOf {
    /// A view of the whole log, by its name.
    Projection(&'static str),
    /// The state of a stream.
    Record(StreamId),
    /// The custody of an agreement's words.
    Custody(StreamId),
}

impl fmt::Display for SnapshotOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Projection(name) => write!(f, "projection `{name}`"),
            Self::Record(stream) => write!(f, "record of {stream}"),
            Self::Custody(stream) => write!(f, "custody of {stream}"),
        }
    }
}
