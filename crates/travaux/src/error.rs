//! What can go wrong, kept apart: a rule, a conflict, the caller's question, the store, a record that cannot be read.

use travaux_domain::Refusal;
use travaux_store::{AppendError, StoreError};

use crate::CodecError;

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
    /// What was asked for is not there, or cannot be asked so.
    #[error("{0}")]
    Invalid(String),
    /// A commit was not accepted by the store.
    #[error(transparent)]
    Append(AppendError),
    /// The store failed, or is damaged.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record cannot be read.
    #[error(transparent)]
    Codec(#[from] CodecError),
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

impl From<travaux_text::ParseIdError> for Error {
    fn from(error: travaux_text::ParseIdError) -> Self {
        Self::Invalid(error.to_string())
    }
}
