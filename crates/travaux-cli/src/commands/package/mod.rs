//! `travaux package`

mod accept;
mod adopt;
mod list;
mod propose;
mod reject;
mod show;
mod withdraw;

use clap::Subcommand;

use crate::{args::GlobalArgs, error::CliError};

/// Revisions of several agreements that are adopted together or not at all.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Package {
    Propose(propose::Propose),
    Accept(accept::Accept),
    Reject(reject::Reject),
    Adopt(adopt::Adopt),
    Withdraw(withdraw::Withdraw),
    Show(show::Show),
    List(list::List),
}

impl Package {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Propose(command) => command.run(globals),
            Self::Accept(command) => command.run(globals),
            Self::Reject(command) => command.run(globals),
            Self::Adopt(command) => command.run(globals),
            Self::Withdraw(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}
