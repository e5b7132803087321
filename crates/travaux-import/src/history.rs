//! A source's history, divided by document.

use std::{any::Any, fmt, path::PathBuf, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use travaux::domain::{Actor, Handle, source::SourceCommit};

/// A source, read.
#[derive(Debug)]
pub struct SourceHistory {
    /// What it is: `git` or `jsonl`.
    pub kind: &'static str,
    /// Where it was found.
    pub location: String,
    /// What identifies it: the first commit of the line.
    pub root: String,
    /// The commits of the line, oldest first.
    pub commits: Vec<SourceCommit>,
    /// Its documents.
    pub documents: Vec<DocumentHistory>,
    /// The object database that [`Content::Object`] refers to.
    pub objects: Option<PathBuf>,
    /// What has to live as long as the objects.
    pub(crate) _keep: Option<Keep>,
}

/// What is deleted when nobody needs it any more, such as a temporary folder.
pub(crate) type Keep = Arc<dyn Any + Send + Sync>;

/// The name of a text in git's object database: a SHA-1 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName(pub [u8; 20]);

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One document through all its names.
#[derive(Clone, Debug)]
pub struct DocumentHistory {
    /// Its first path.
    pub first_path: String,
    /// What people are to call it; made from its title if nothing is said.
    pub handle: Option<Handle>,
    /// What happened to it, oldest first.
    pub changes: Vec<Change>,
    /// What was proposed to it on branches, in order of proposal.
    pub proposals: Vec<Proposal>,
}

/// What a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A text: the first one, another one, or one that comes back after an end; under the same or another path.
    Text,
    /// The document's end.
    End,
}

/// Where a text is.
#[derive(Clone, Debug)]
pub enum Content {
    /// In the object database, under this name.
    Object(ObjectName),
    /// Here.
    Here(Arc<str>),
    /// Not to be had, and why.
    Refused(Arc<str>),
    /// Nowhere.
    None,
}

/// A change to a document by a commit of the line.
#[derive(Clone, Debug)]
pub struct Change {
    /// The commit's name.
    pub commit: String,
    /// The commit's place in the line, from 0.
    pub place: usize,
    /// What it is.
    pub kind: ChangeKind,
    /// The path.
    pub path: String,
    /// The file mode, if it is not that of an ordinary file.
    pub mode: Option<u32>,
    /// The text.
    pub content: Content,
    /// What the commit is called.
    pub title: String,
    /// Who wrote it.
    pub proposer: Actor,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who took it up.
    pub adopter: Actor,
    /// When.
    pub adopted_at: DateTime<Utc>,
    /// From when it applies.
    pub effective_from: NaiveDate,
}

/// A text that a branch proposed for a document.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The head's name.
    pub commit: String,
    /// What refers to it.
    pub reference: String,
    /// The commit of the line on which it was drawn up, by place.
    pub base: usize,
    /// The path.
    pub path: String,
    /// The file mode, if it is not that of an ordinary file.
    pub mode: Option<u32>,
    /// The text; none where the branch deletes the document.
    pub content: Content,
    /// What the head is called.
    pub title: String,
    /// Who wrote it.
    pub proposer: Actor,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// How it was adopted, and by which commit of the line, by place.
    pub adopted: Option<(String, usize)>,
}
