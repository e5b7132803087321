//! `travaux framework`

mod diff;
mod found;
mod history;
mod join;
mod list;
mod page;
mod roadmap;
mod state;

use clap::Subcommand;
use travaux::domain::{FrameworkId, StreamId, framework::FrameworkCommand};

pub(super) use diff::nothing;
pub(super) use history::{streams, tell};
pub(super) use state::{render, statuses};

use crate::{args::GlobalArgs, error::CliError, session::Session, view};

/// Frameworks: found one, bring agreements under it, see its state and its history.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Framework {
    Found(found::Found),
    Join(join::Join),
    Roadmap(roadmap::Roadmap),
    State(state::State),
    Diff(diff::Diff),
    History(history::History),
    List(list::List),
}

impl Framework {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Found(command) => command.run(globals),
            Self::Join(command) => command.run(globals),
            Self::Roadmap(command) => command.run(globals),
            Self::State(command) => command.run(globals),
            Self::Diff(command) => command.run(globals),
            Self::History(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}

/// Does one thing to a framework, and says what was done.
fn act(session: &Session, id: FrameworkId, command: FrameworkCommand) -> Result<(), CliError> {
    let committed = session
        .engine
        .act_on_framework(id, &session.actor()?, command)?;
    view::done(session, StreamId::Framework(id), &committed)
}
