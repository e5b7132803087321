//! Failures, and what a shell learns of them.

use travaux::{
    domain::{Refusal, Rule},
    projections::RevisionError,
};
use travaux_import::{
    ImportError, InputError,
    input::Malformed,
    scenario::{ScenarioError, StepError},
};
use travaux_store::StoreError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error(transparent)]
    Engine(#[from] travaux::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    #[error(transparent)]
    Revision(#[from] RevisionError),
    #[error(transparent)]
    Input(#[from] InputError),
    #[error("not verified: {0}")]
    Unverified(String),
    #[error("{0}")]
    Usage(String),
    #[error("recorded {place}; the answer could not be written: {}", why(source))]
    Unwritten {
        /// Where in the log, in words.
        place: String,
        source: Box<CliError>,
    },
    #[error("cannot {act}: {source}")]
    Io { act: String, source: std::io::Error },
}

/// What kind of failure it is, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FailureKind {
    Refused,
    Usage,
    NotVerified,
    Store,
    InputOutput,
    Busy,
    Conflict,
    Unwritten,
}

impl FailureKind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Refused,
        Self::Usage,
        Self::InputOutput,
        Self::Busy,
        Self::Conflict,
        Self::Store,
        Self::NotVerified,
        Self::Unwritten,
    ];

    /// The exit status.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Usage | Self::InputOutput | Self::Busy | Self::Conflict => 2,
            Self::NotVerified | Self::Store => 3,
            Self::Unwritten => 4,
        }
    }

    /// When it is that, for the contract.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Refused => "A rule stands against it. Nothing was done.",
            Self::Usage => {
                "What was given cannot be used: the command line, a file, a name, a place. Nothing was done."
            }
            Self::InputOutput => {
                "The system did not let a file be read or written that the command line names."
            }
            Self::Busy => "Another process has the store open. Nothing was done; try again later.",
            Self::Conflict => "Others kept writing. Nothing was done; try again.",
            Self::Store => {
                "The store is damaged, of another format, or failing. `travaux audit` says more."
            }
            Self::NotVerified => "It is not what it says that it is: a proof, a checkpoint, a log.",
            Self::Unwritten => {
                "It was recorded, and the answer could not be written. Do not do it again."
            }
        }
    }
}

/// Why an answer could not be written, which has been said.
fn why(source: &CliError) -> String {
    match source {
        CliError::Io { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}

impl From<Malformed> for CliError {
    fn from(malformed: Malformed) -> Self {
        Self::Input(malformed.into())
    }
}

impl CliError {
    pub(crate) fn io(act: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let act = act.into();
        move |source| Self::Io { act, source }
    }

    fn engine(&self) -> Option<&travaux::Error> {
        match self {
            Self::Engine(error) | Self::Import(ImportError::Engine(error)) => Some(error),
            Self::Scenario(ScenarioError::Step { source, .. }) => match &**source {
                StepError::Engine(error) => Some(error),
                _ => None,
            },
            _ => None,
        }
    }

    fn store(&self) -> Option<&StoreError> {
        match (self.engine(), self) {
            (Some(travaux::Error::Store(error)), _) | (None, Self::Store(error)) => Some(error),
            _ => None,
        }
    }

    /// The refusal, where a rule stands against it.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self.engine() {
            Some(travaux::Error::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// The kind, for programs.
    pub(crate) fn kind(&self) -> FailureKind {
        use FailureKind::*;
        if let Self::Unwritten { .. } = self {
            return Unwritten;
        }
        match self.store() {
            Some(StoreError::Locked { .. }) => return Busy,
            Some(StoreError::Unusable { .. }) => return Usage,
            Some(_) | None => {}
        }
        match (self.engine(), self) {
            (Some(travaux::Error::Refused(_)), _) => Refused,
            (
                Some(
                    travaux::Error::NotFound(_)
                    | travaux::Error::Revision(_)
                    | travaux::Error::Id(_),
                ),
                _,
            ) => Usage,
            (Some(travaux::Error::Conflict { .. }), _) => Conflict,
            (Some(_), _) | (None, Self::Engine(_) | Self::Store(_)) => Store,
            (None, Self::Unverified(_)) => NotVerified,
            (None, Self::Io { .. } | Self::Import(ImportError::Io { .. })) => InputOutput,
            (None, Self::Input(InputError::Io { .. })) => InputOutput,
            (
                None,
                Self::Usage(_)
                | Self::Revision(_)
                | Self::Input(_)
                | Self::Import(_)
                | Self::Scenario(_)
                | Self::Unwritten { .. },
            ) => Usage,
        }
    }

    /// The exit status.
    pub(crate) fn code(&self) -> u8 {
        self.kind().code()
    }

    /// What to do about it.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(StoreError::Damaged { .. })
            | Self::Engine(travaux::Error::Store(StoreError::Damaged { .. })) => {
                Some("run `travaux audit` to see what is damaged; nothing was changed")
            }
            _ if self.refusal().is_some_and(|r| r.rule == Rule::T8) => {
                Some("`travaux revise --nature amendment` or `--nature correction`")
            }
            _ if self.refusal().is_some_and(|r| r.rule == Rule::RC2) => Some(
                "a handle names one thing for good: choose another, such as `sec-2`; if none is \
                 given, it is made from the title",
            ),
            _ => None,
        }
    }

    /// Commands that may help.
    pub(crate) fn next(&self) -> Vec<String> {
        match self.refusal() {
            Some(refusal) if refusal.rule == Rule::T8 => vec![
                "travaux amend AGREEMENT FILE --effective-from DATE".to_owned(),
                "travaux correct AGREEMENT FILE".to_owned(),
                format!("travaux law {}", refusal.rule.name()),
            ],
            Some(refusal) => vec![format!("travaux law {}", refusal.rule.name())],
            None if self.kind() == FailureKind::Store => vec!["travaux audit".to_owned()],
            None => Vec::new(),
        }
    }

    /// Whether the reader of our output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Io { source, .. } => source.kind() == std::io::ErrorKind::BrokenPipe,
            Self::Unwritten { source, .. } => source.is_broken_pipe(),
            _ => false,
        }
    }
}
