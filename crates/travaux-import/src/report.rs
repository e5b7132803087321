//! What an import did.

use serde::Serialize;
use travaux_text::Finding;

/// A revision that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedRevision {
    /// The document.
    pub path: String,
    /// The revision, by its commit.
    pub revision: String,
    /// Where in it, in bytes from its start.
    pub offset: Option<u64>,
    /// Why.
    pub reason: String,
}

/// A text that was kept as it is, with what is odd in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlaggedText {
    /// The document.
    pub path: String,
    /// The revision, by its commit.
    pub revision: String,
    /// What is odd.
    pub findings: Vec<Finding>,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Documents that were read.
    pub documents: u64,
    /// Documents that were new.
    pub new_documents: u64,
    /// Revisions that were added.
    pub revisions: u64,
    /// Revisions that were there already.
    pub known: u64,
    /// Proposals from branches that were added, by document.
    pub proposals: u64,
    /// Of these, adopted ones.
    pub proposals_adopted: u64,
    /// Bytes of text that were read.
    pub bytes: u64,
    /// What was refused.
    pub refused: Vec<RefusedRevision>,
    /// The latest text of each document in which something is odd.
    pub flagged: Vec<FlaggedText>,
}

impl ImportReport {
    pub(crate) fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.new_documents += other.new_documents;
        self.revisions += other.revisions;
        self.known += other.known;
        self.proposals += other.proposals;
        self.proposals_adopted += other.proposals_adopted;
        self.bytes += other.bytes;
        self.refused.extend(other.refused);
        self.flagged.extend(other.flagged);
    }
}
