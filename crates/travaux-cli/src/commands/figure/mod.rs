//! `travaux figure`

mod compare;
mod export;
mod import;
mod list;
mod show;

use clap::Subcommand;

use super::verbs::FigureVerb;
use crate::{args::GlobalArgs, error::CliError};

/// Figures of indicators: reported, revised, compared with their mirrors.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Figure {
    List(list::List),
    Show(show::Show),
    Compare(compare::Compare),
    Import(import::Import),
    Export(export::Export),
    /// What is done to one.
    #[command(flatten)]
    Verb(FigureVerb),
}

impl Figure {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::Compare(command) => command.run(globals),
            Self::Import(command) => command.run(globals),
            Self::Export(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
