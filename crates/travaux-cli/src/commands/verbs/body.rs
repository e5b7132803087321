//! The verbs of joint bodies: `travaux body draft` and the rest, lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::domain::{StreamCommand, StreamId, body::BodyEvent};

use super::{ParsedVerb, Subject, read_one_of, request::act, table::body::VERBS};
use crate::{args::GlobalArgs, error::CliError, names, session::Session};

const BODY: Subject = ("BODY", "A handle, an id, or the beginning or end of one");

/// A verb of a body, as it was given.
#[derive(Debug)]
pub(crate) struct BodyVerb(ParsedVerb);

impl FromArgMatches for BodyVerb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        read_one_of(VERBS.iter(), matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for BodyVerb {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(VERBS.iter().map(|verb| verb.command(BODY)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        VERBS.iter().any(|verb| verb.name == name)
    }
}

impl BodyVerb {
    /// Does it.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::body(&session.engine, &self.0.subject)?;
        let command = |event: BodyEvent| StreamCommand::Body(id, event);
        act(&session, &self.0, StreamId::Body(id), command)
    }
}
