//! Failures, and what a shell and a reader learn of them.

use std::process::ExitCode;

use travaux_import::{ImportError, scenario::ScenarioError};
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
    #[error("not verified: {0}")]
    Unverified(String),
    #[error("{0}")]
    Usage(String),
    #[error("cannot {act}: {source}")]
    Io { act: String, source: std::io::Error },
}

impl CliError {
    pub(crate) fn io(act: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let act = act.into();
        move |source| Self::Io { act, source }
    }

    /// 1 refused by a rule, 2 usage, 3 damaged or failing store.
    fn code(&self) -> u8 {
        let of_engine = |error: &travaux::Error| match error {
            travaux::Error::Refused(_) => 1,
            travaux::Error::Invalid(_) => 2,
            _ => 3,
        };
        match self {
            Self::Engine(error) | Self::Import(ImportError::Engine(error)) => of_engine(error),
            Self::Scenario(ScenarioError::Step { source, .. }) => of_engine(source),
            Self::Store(_) | Self::Unverified(_) => 3,
            Self::Usage(_) | Self::Import(_) | Self::Scenario(_) | Self::Io { .. } => 2,
        }
    }

    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(StoreError::Damaged { .. })
            | Self::Engine(travaux::Error::Store(StoreError::Damaged { .. })) => {
                Some("run `travaux audit` to see what is damaged; nothing was changed")
            }
            Self::Engine(travaux::Error::Refused(refusal))
                if refusal.rule == travaux::domain::Rule::T8 =>
            {
                Some("`travaux revise --nature amendment` or `--nature correction`")
            }
            _ => None,
        }
    }

    /// Writes the failure to standard error, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if let Self::Io { source, .. } = self {
            // Whoever read our output has read enough.
            if source.kind() == std::io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
        }
        let (bold, reset) = (anstyle::AnsiColor::Red.on_default().bold(), anstyle::Reset);
        let mut text = format!("{bold}error{reset}: {self}\n");
        if let Some(hint) = self.hint() {
            text += &format!("hint: {hint}\n");
        }
        let _ = std::io::Write::write_all(&mut anstream::stderr(), text.as_bytes());
        ExitCode::from(self.code())
    }
}
