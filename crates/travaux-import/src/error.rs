//! Why a source could not be read.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use travaux::domain::InvalidProfile;

use crate::input::Malformed;

/// A source could not be read, or the engine failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Git failed.
    #[error("cannot {act}: {source}")]
    Git {
        /// What was tried.
        act: String,
        /// Git's answer.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The system failed.
    #[error("cannot {act}: {source}")]
    Io {
        /// What was tried.
        act: String,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A document cannot stand in git where it stands.
    #[error("cannot write `{}` into git, in commit {commit}: {what}", path.escape_debug())]
    Path {
        /// The document's path.
        path: String,
        /// The commit that brings it there.
        commit: String,
        /// What is wrong with it.
        what: String,
    },
    /// Git cannot have the time of a commit.
    #[error(
        "cannot write commit {commit} into git: its time is {at}, and git has those from 1970 to 2106 only"
    )]
    Time {
        /// The commit.
        commit: String,
        /// Its time.
        at: DateTime<FixedOffset>,
    },
    /// The source is not of the form that was expected.
    #[error("{}{}: {what}", path.display(), line.map(|l| format!(", line {l}")).unwrap_or_default())]
    Format {
        /// Where.
        path: PathBuf,
        /// In which line.
        line: Option<usize>,
        /// What is wrong with it.
        what: String,
    },
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] travaux::Error),
}

impl ImportError {
    #[cfg(feature = "git")]
    pub(crate) fn git(act: impl Into<String>) -> impl FnOnce(git2::Error) -> Self {
        let act = act.into();
        move |error| Self::Git {
            act,
            // Its own words alone; the rest is for who debugs that library.
            source: error.message().to_owned().into(),
        }
    }

    pub(crate) fn io(act: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let act = act.into();
        move |source| Self::Io { act, source }
    }
}

/// What a manifest or a scenario names cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// There is no such file.
    #[error("there is no file `{name}`{}", beside.as_ref().map(|path| format!(" beside {}", path.display())).unwrap_or_default())]
    Missing {
        /// Its name, as it was given.
        name: String,
        /// The file that names it, where it is one.
        beside: Option<PathBuf>,
    },
    /// The system failed.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// The file is not of the form that was expected.
    #[error(transparent)]
    Form(#[from] Malformed),
    /// No rule profile has this name.
    #[error("there is no rule profile `{name}`: expected one of {}, or a file", known.join(", "))]
    UnknownProfile {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A file describes a rule profile that cannot be.
    #[error(transparent)]
    Profile(#[from] InvalidProfile),
}
