//! The verbs of meetings: `travaux meeting hold` and the rest, lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::domain::{StreamId, meeting::MeetingEvent};

use super::{ParsedVerb, Subject, given, read_one_of, table::meeting::VERBS};
use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

const MEETING: Subject = ("MEETING", "A handle, an id, or the beginning or end of one");

/// A verb of a meeting, as it was given.
#[derive(Debug)]
pub(crate) struct MeetingVerb(ParsedVerb);

impl FromArgMatches for MeetingVerb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        read_one_of(VERBS.iter(), matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for MeetingVerb {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(VERBS.iter().map(|verb| verb.command(MEETING)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        VERBS.iter().any(|verb| verb.name == name)
    }
}

impl MeetingVerb {
    /// Does it.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::meeting(&session.engine, &self.0.subject)?;
        let named = given::Named {
            agreement: &|name| names::agreement(&session.engine, name),
            provisions: None,
            meeting: &|name| names::meeting(&session.engine, name),
            request: &|name| names::request(&session.engine, name),
        };
        let events: Vec<MeetingEvent> = given::events(&self.0, &named)?;
        let acts = events.into_iter();
        let acts = acts.map(|event| travaux::domain::StreamCommand::Meeting(id, event));
        let committed = session
            .engine
            .commit(None, &session.actor()?, acts.collect())?;
        view::done(&session, StreamId::Meeting(id), &committed)
    }
}
