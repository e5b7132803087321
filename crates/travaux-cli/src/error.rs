//! Failures, and what a shell learns of them.

use travaux::{
    domain::{Refusal, Rule},
    projections::RevisionError,
};
use travaux_import::{
    ImportError, InputError,
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
    Conflict,
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
                | Self::Scenario(_),
            ) => Usage,
        }
    }

    /// 1 refused by a rule, 2 usage, 3 damaged or failing store.
    pub(crate) fn code(&self) -> u8 {
        match self.kind() {
            FailureKind::Refused => 1,
            FailureKind::Usage | FailureKind::InputOutput => 2,
            FailureKind::NotVerified | FailureKind::Store | FailureKind::Conflict => 3,
        }
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
            None if self.code() == 3 => vec!["travaux audit".to_owned()],
            None => Vec::new(),
        }
    }

    /// Whether the reader of our output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }
}
