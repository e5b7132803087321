//! Other people's histories, read as commands of the engine.
//!
//! A source (a git repository or bundle, or JSON Lines) is read into one [`DocumentHistory`] per document; each becomes an
//! agreement: its first text proposed and adopted, every later one a revision with inferred operations, adopted when its
//! source says. Branches become proposals, adopted or not. What cannot be kept is refused by document, revision and byte,
//! and the rest goes on. A second run adds only what is new.
//!
//! ```
//! use std::path::Path;
//! use travaux_import::read_lines;
//!
//! let lines = br#"{"commit":"1","author_date":"2020-01-01T00:00:00Z","commit_date":"2020-01-01T00:00:00Z","path":"terms.md","op":"A","text":"One.\n"}"#;
//! let source = read_lines(&lines[..], Path::new("terms.jsonl"))?;
//! assert_eq!(source.documents.len(), 1);
//! // `import(&engine, &source, &())` brings it in.
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `export_git` writes histories back, commit for commit. Git needs the feature `git`, which is on unless it is turned off;
//! JSON Lines, manifests and scenarios are read without it, and without libgit2.

mod dates;
mod document;
mod error;
#[cfg(feature = "git")]
mod git;
mod history;
pub mod input;
mod jsonl;
mod report;
mod run;
pub mod scenario;
pub mod sdmx;
mod texts;

#[cfg(feature = "git")]
pub use crate::git::{ExportReport, GitOptions, export_git, read_git};
pub use crate::{
    error::{ImportError, InputError},
    history::{Change, ChangeKind, Content, DocumentHistory, ObjectName, Proposal, SourceHistory},
    jsonl::{read_jsonl, read_lines},
    report::{FlaggedText, ImportReport, RefusedRevision},
    run::{Progress, import},
};
