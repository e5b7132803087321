//! What can go wrong, kept apart: a rule, a conflict, the caller's question, the store, a record that cannot be read.

use travaux_domain::{
    Actor, AgreementId, FrameworkId, PackageId, ParseStreamError, Refusal, StreamId,
};
use travaux_projections::{RevisionError, StateError};
use travaux_store::{AppendError, CommitId, Digest, Expected, ParseDigestError, StoreError};
use travaux_text::ParseIdError;
use uuid::Uuid;

/// An engine's failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A rule stands against it.
    #[error(transparent)]
    Refused(#[from] Box<Refusal>),
    /// Others kept changing the same streams.
    #[error("gave up after {attempts} attempts, as others kept writing: {last}")]
    Conflict {
        /// How often it was tried.
        attempts: u32,
        /// The last conflict.
        last: AppendError,
    },
    /// A stream is not at the version that the caller named. Nothing was done, and nothing is tried again: read it anew.
    #[error("{stream} was expected at {expected}, and is at version {found}")]
    Expected {
        /// The stream.
        stream: StreamId,
        /// What the caller named.
        expected: Expected,
        /// Its version, 0 if it has not begun.
        found: u64,
    },
    /// The commit id belongs to another commit.
    #[error(transparent)]
    CommitIdTaken(#[from] Box<CommitIdTaken>),
    /// What was asked for is not there.
    #[error(transparent)]
    NotFound(#[from] NotFound),
    /// The agreement is there, but not the revision, or not as it was asked for.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// What was given as a language or as an id is none.
    #[error(transparent)]
    Id(#[from] ParseIdError),
    /// A commit was not accepted by the store.
    #[error(transparent)]
    Append(AppendError),
    /// The store failed, or is damaged.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An event cannot be written down.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A record cannot be read.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The state of a projection cannot be written down.
    #[error(transparent)]
    State(#[from] StateError),
}

/// A commit id that stands for one commit was given to another. Says who did what, not what it said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "commit id {id} is taken: at position {first} {} recorded {}; now {asked_by} asks for acts on {}: \
     give another commit another id",
    who(.recorded_by.as_ref()), listed(.recorded.iter().map(|(stream, kind)| format!("{kind} in {stream}"))), listed(.asked.iter())
)]
pub struct CommitIdTaken {
    /// The id.
    pub id: CommitId,
    /// Where the commit of that id begins.
    pub first: u64,
    /// Its streams and the types of its events.
    pub recorded: Vec<(StreamId, &'static str)>,
    /// Who acted.
    pub recorded_by: Option<Actor>,
    /// The streams of the acts that are asked for now.
    pub asked: Vec<StreamId>,
    /// Who asks.
    pub asked_by: Actor,
}

fn who(actor: Option<&Actor>) -> String {
    actor.map_or_else(|| "somebody".to_owned(), ToString::to_string)
}

fn listed<T: ToString>(things: impl Iterator<Item = T>) -> String {
    let things: Vec<_> = things.map(|thing| thing.to_string()).collect();
    if things.is_empty() {
        "nothing".to_owned()
    } else {
        things.join(", ")
    }
}

/// What was asked for, and is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotFound {
    /// No agreement has this id.
    #[error("there is no agreement {0}")]
    Agreement(AgreementId),
    /// No framework has this id.
    #[error("there is no framework {0}")]
    Framework(FrameworkId),
    /// No package has this id.
    #[error("there is no package {0}")]
    Package(PackageId),
    /// No source has this id.
    #[error("there is no source {0}")]
    Source(Uuid),
    /// The engine was not given a projection of this name.
    #[error("the engine keeps no view `{0}`")]
    View(&'static str),
}

/// An event cannot be written down.
#[derive(Debug, thiserror::Error)]
#[error("the event {kind} for {stream} cannot be written down: {reason}")]
pub struct EncodeError {
    /// The stream that it was for.
    pub stream: StreamId,
    /// The event's type.
    pub kind: &'static str,
    /// Why.
    pub reason: serde_json::Error,
}

/// A record cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("position {position}: the event {kind} (schema {schema}) cannot be read: {reason}")]
pub struct CodecError {
    /// Where.
    pub position: u64,
    /// The event's type.
    pub kind: String,
    /// Its schema version.
    pub schema: u16,
    /// Why.
    pub reason: UnreadableRecord,
}

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadableRecord {
    /// Its stream is of no kind that this program knows.
    #[error(transparent)]
    Stream(#[from] ParseStreamError),
    /// It was written by a newer program.
    #[error("this program reads schemas up to {current}; a newer program wrote it")]
    Newer {
        /// The last schema version of this type that this program knows.
        current: u16,
    },
    /// Its payload is not the serde form of an event of its type.
    #[error(transparent)]
    Payload(#[from] serde_json::Error),
    /// Its payload is not what the schema version says that it is.
    #[error("it cannot be brought from schema {from} to {}: {what}", .from + 1)]
    Schema {
        /// The schema version that it is said to be of.
        from: u16,
        /// What is not as that version has it.
        what: &'static str,
    },
    /// A reference in the payload names no attachment.
    #[error(transparent)]
    Reference(#[from] ParseDigestError),
    /// The store does not have an attachment that the payload names.
    #[error("attachment {0} is missing")]
    MissingAttachment(Digest),
    /// An attachment that stands for a value is no JSON.
    #[error("attachment {id} is no JSON: {source}")]
    AttachedJson {
        /// The attachment.
        id: Digest,
        /// Why not.
        source: serde_json::Error,
    },
    /// An attachment that stands for a text is not in UTF-8.
    #[error("attachment {id} is no text: {source}")]
    AttachedText {
        /// The attachment.
        id: Digest,
        /// Why not.
        source: std::string::FromUtf8Error,
    },
    /// The store failed to give an attachment.
    #[error(transparent)]
    Attachment(#[from] StoreError),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<AppendError> for Error {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Store(error) => Self::Store(error),
            error => Self::Append(error),
        }
    }
}
