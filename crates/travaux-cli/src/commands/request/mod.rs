//! `travaux request`

mod content;
mod erase;
mod forward;
mod list;
mod mark;
mod offer;
mod publish;
mod reader;
mod reply;
mod send;
mod show;

use clap::Subcommand;

use super::verbs::RequestVerb;
use crate::{args::GlobalArgs, error::CliError};

/// Requests for information, and information that was offered.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Request {
    Send(send::Send),
    Offer(offer::Offer),
    /// Ask what was meant: the clock stands still.
    #[command(
        after_help = "Example: travaux --as MA request clarify fr-2025-0017 q1.txt --key q1 --marking 'to:FR tlp:amber' --at 2025-03-29T06:00:00+00:00 --on 2025-03-29"
    )]
    Clarify(reply::Reply),
    /// Say what was meant: the clock goes on.
    #[command(
        after_help = "Example: travaux --as FR request answer fr-2025-0017 c1.txt --key c1 --marking 'to:MA tlp:amber' --at 2025-03-30T10:00:00+02:00 --on 2025-03-30"
    )]
    Answer(reply::Reply),
    Provide(reply::Provide),
    Mark(mark::Mark),
    Forward(forward::Forward),
    Erase(erase::Erase),
    Show(show::Show),
    List(list::List),
    Publish(publish::Publish),
    /// What is done about one, where no words go with it.
    #[command(flatten)]
    Verb(RequestVerb),
}

impl Request {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Send(command) => command.run(globals),
            Self::Offer(command) => command.run(globals),
            Self::Clarify(command) => command.ask(globals),
            Self::Answer(command) => command.answer(globals),
            Self::Provide(command) => command.run(globals),
            Self::Mark(command) => command.run(globals),
            Self::Forward(command) => command.run(globals),
            Self::Erase(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Publish(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
        }
    }
}
