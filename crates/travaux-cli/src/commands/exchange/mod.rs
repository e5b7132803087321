//! `travaux terms`

mod agree;
mod list;
mod show;

use clap::Subcommand;

use super::verbs::ExchangeVerb;
use crate::{args::GlobalArgs, error::CliError};

/// Terms on which information is exchanged, calendars and levels; and what came of it.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Terms {
    Agree(agree::Agree),
    Show(show::Show),
    List(list::List),
    /// What is done about one that was agreed.
    #[command(flatten)]
    Verb(ExchangeVerb),
}

impl Terms {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Agree(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
