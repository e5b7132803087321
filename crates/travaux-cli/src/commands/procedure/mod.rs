//! `travaux procedure`

mod case;
mod count;
mod list;
mod propose;
mod revise;
mod show;

use clap::Subcommand;

use super::verbs::{ProcedureVerb, ToProcedures};
use crate::{args::GlobalArgs, error::CliError};

/// Common procedures: step tables in versions, and the cases under them.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Procedure {
    Propose(propose::Propose),
    Revise(revise::Revise),
    Show(show::Show),
    List(list::List),
    Count(count::Count),
    /// Cases: references and times.
    #[command(subcommand)]
    Case(case::Case),
    /// What is done to one that was proposed.
    #[command(flatten)]
    Verb(ProcedureVerb<ToProcedures>),
}

impl Procedure {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Propose(command) => command.run(globals),
            Self::Revise(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Count(command) => command.run(globals),
            Self::Case(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
