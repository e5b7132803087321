//! `travaux round`

mod impact;
mod member;
mod open;
mod revise;
mod split;

use clap::Subcommand;

pub(super) use member::words;

use super::package::{List, Show, WithDate, WithReason};
use crate::{args::GlobalArgs, error::CliError};

/// Several agreements revised under one mandate, each at its own pace, and adopted together.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Round {
    Open(open::Open),
    Revise(revise::Revise),
    /// Say that all parties of a member accepted its revision.
    #[command(after_help = "Example: travaux --as FR round agree spring visas --on 2025-03-02")]
    Agree(member::OfMember),
    /// Be ready to adopt a member.
    #[command(after_help = "Example: travaux --as FR round ready spring visas --on 2025-03-03")]
    Ready(member::OfMember),
    Hold(member::Hold),
    /// Let a member go that one held.
    #[command(after_help = "Example: travaux --as MA round release spring visas --on 2025-03-04")]
    Release(member::OfMember),
    Split(split::Split),
    /// Adopt all members of a round that are ready: all, or none.
    #[command(after_help = "Example: travaux --as FR round adopt spring")]
    Adopt(WithDate),
    /// Withdraw a round: for the party that opened it.
    #[command(after_help = "Example: travaux --as FR round withdraw spring --reason 'No mandate'")]
    Withdraw(WithReason),
    /// Show a round, with how each member stood on a day.
    #[command(after_help = "Example: travaux round show spring --as-of 2025-03-02")]
    Show(Show),
    Impact(impact::Impact),
    /// List the rounds, and the packages that were proposed whole.
    #[command(after_help = "Example: travaux round list")]
    List(List),
}

impl Round {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Open(command) => command.run(globals),
            Self::Revise(command) => command.run(globals),
            Self::Agree(command) => command.agree(globals),
            Self::Ready(command) => command.ready(globals),
            Self::Hold(command) => command.run(globals),
            Self::Release(command) => command.release(globals),
            Self::Split(command) => command.run(globals),
            Self::Adopt(command) => command.adopt(globals),
            Self::Withdraw(command) => command.withdraw(globals),
            Self::Show(command) => command.run(globals),
            Self::Impact(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}
