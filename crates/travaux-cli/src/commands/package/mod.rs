//! `travaux package`

mod answer;
mod list;
mod propose;
mod show;

pub(super) use self::{
    answer::{WithDate, WithReason},
    list::List,
    show::Show,
};

use clap::Subcommand;

use crate::{args::GlobalArgs, error::CliError};

/// Revisions of several agreements that are adopted together or not at all.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Package {
    Propose(propose::Propose),
    /// Accept a package.
    #[command(after_help = "Example: travaux --as MA package accept 0199")]
    Accept(answer::Named),
    /// Reject a package.
    #[command(
        after_help = "Example: travaux --as MA package reject 0199 --reason 'Article 3 is open'"
    )]
    Reject(WithReason),
    /// Adopt a package that all parties have accepted.
    #[command(
        after_help = "Example: travaux --as FR package adopt 0199 --effective-from 2026-01-01"
    )]
    Adopt(WithDate),
    /// Withdraw a package, with all its revisions: for the party that proposed it.
    #[command(
        after_help = "Example: travaux --as FR package withdraw 0199 --reason 'A new draft follows'"
    )]
    Withdraw(WithReason),
    Show(Show),
    List(List),
}

impl Package {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Propose(command) => command.run(globals),
            Self::Accept(command) => command.accept(globals),
            Self::Reject(command) => command.reject(globals),
            Self::Adopt(command) => command.adopt(globals),
            Self::Withdraw(command) => command.withdraw(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}
