//! `travaux meeting`

mod convene;
mod follow_up;
mod list;
mod show;
mod told;

use clap::Subcommand;

pub(super) use convene::{Call, Of};
pub(super) use told::{Told, follows};

use super::verbs::MeetingVerb;
use crate::{args::GlobalArgs, error::CliError};

/// Meetings: what was agreed at them, and what became of it.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Meeting {
    Convene(convene::Convene),
    Show(show::Show),
    List(list::List),
    FollowUp(follow_up::FollowUp),
    /// What is done to one that was convened.
    #[command(flatten)]
    Verb(MeetingVerb),
}

impl Meeting {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Convene(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::FollowUp(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
