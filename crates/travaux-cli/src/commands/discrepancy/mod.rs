//! `travaux discrepancy`

mod list;

use clap::Subcommand;

use super::verbs::DiscrepancyVerb;
use crate::{args::GlobalArgs, error::CliError};

/// Discrepancies: figures of both sides that differ, and what becomes of them.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Discrepancy {
    List(list::List),
    /// What is done to one.
    #[command(flatten)]
    Verb(DiscrepancyVerb),
}

impl Discrepancy {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
