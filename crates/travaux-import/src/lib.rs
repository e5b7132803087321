//! Other people's histories, read as commands of the engine.
//!
//! A source (a git repository or bundle, or JSON Lines) is read into one [`DocumentHistory`] per document; each becomes an
//! agreement: its first text proposed and adopted, every later one a revision with inferred operations, adopted when its
//! source says. Branches become proposals, adopted or not. What cannot be kept is refused by document, revision and byte,
//! and the rest goes on. A second run adds only what is new.
//!
//! [`export_git`] writes histories back, commit for commit.

mod dates;
mod document;
mod error;
mod export;
mod git;
mod history;
mod jsonl;
mod report;
mod run;
pub mod scenario;

pub use crate::{
    error::ImportError,
    export::{ExportReport, export_git},
    git::{GitOptions, read_git},
    history::{Change, ChangeKind, Content, DocumentHistory, Proposal, SourceHistory},
    jsonl::{read_jsonl, read_lines},
    report::{FlaggedText, ImportReport, RefusedRevision},
    run::{Progress, import},
};
