//! `travaux procedure case`

mod list;
mod show;

use clap::Subcommand;

use crate::{
    args::GlobalArgs,
    commands::verbs::{InCases, ProcedureVerb},
    error::CliError,
};

/// Cases under a procedure: references and times.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Case {
    Show(show::Show),
    List(list::List),
    /// What is done in one.
    #[command(flatten)]
    Verb(ProcedureVerb<InCases>),
}

impl Case {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
