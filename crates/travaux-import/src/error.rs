//! Why a source could not be read.

use std::path::PathBuf;

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
            source: error.into(),
        }
    }

    pub(crate) fn io(act: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let act = act.into();
        move |source| Self::Io { act, source }
    }
}
