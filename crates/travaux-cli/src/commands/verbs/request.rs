//! The verbs of exchanges and requests that carry no words: lines of tables as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use serde::de::DeserializeOwned;
use travaux::domain::{StreamCommand, StreamId};

use super::{
    ParsedVerb, Subject, given, read_one_of,
    table::{
        exchange::VERBS as OF_EXCHANGES,
        request::{RESULTS, VERBS},
    },
};
use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

const EXCHANGE: Subject = (
    "EXCHANGE",
    "A handle, an id, or the beginning or end of one",
);
const REQUEST: Subject = ("REQUEST", "A handle, an id, or the beginning or end of one");

/// A verb of an exchange, as it was given.
#[derive(Debug)]
pub(crate) struct ExchangeVerb(ParsedVerb);

/// A verb of a request, or of what came of it, as it was given.
#[derive(Debug)]
pub(crate) struct RequestVerb(ParsedVerb);

/// What clap asks of subcommands, of verbs with what they are done to.
macro_rules! subcommands {
    ($verb:ident: $(($verbs:expr, $subject:expr)),+) => {
        impl FromArgMatches for $verb {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                read_one_of([$($verbs),+].into_iter().flatten(), matches).map(Self)
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }

        impl Subcommand for $verb {
            fn augment_subcommands(command: Command) -> Command {
                $(let command = command.subcommands($verbs.iter().map(|verb| verb.command($subject)));)+
                command
            }

            fn augment_subcommands_for_update(command: Command) -> Command {
                Self::augment_subcommands(command)
            }

            fn has_subcommand(name: &str) -> bool {
                [$($verbs),+].into_iter().flatten().any(|verb| verb.name == name)
            }
        }
    };
}

subcommands!(ExchangeVerb: (OF_EXCHANGES, EXCHANGE));
subcommands!(RequestVerb: (VERBS, REQUEST), (RESULTS, EXCHANGE));

/// Does a verb to a stream of a kind.
pub(super) fn act<E: DeserializeOwned>(
    session: &Session,
    verb: &ParsedVerb,
    stream: StreamId,
    command: impl Fn(E) -> StreamCommand,
) -> Result<(), CliError> {
    let named = given::Named {
        agreement: &|name| names::agreement(&session.engine, name),
        provisions: None,
        meeting: &|name| names::meeting(&session.engine, name),
        request: &|name| names::request(&session.engine, name),
    };
    let events: Vec<E> = given::events(verb, &named)?;
    let acts = events.into_iter().map(command).collect();
    let committed = session.engine.commit(None, &session.actor()?, acts)?;
    view::done(session, stream, &committed)
}

fn to_exchange(session: &Session, verb: &ParsedVerb) -> Result<(), CliError> {
    let id = names::exchange(&session.engine, &verb.subject)?;
    let command = |event| StreamCommand::Exchange(id, event);
    act(session, verb, StreamId::Exchange(id), command)
}

impl ExchangeVerb {
    /// Does it.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        to_exchange(&Session::open(globals)?, &self.0)
    }
}

impl RequestVerb {
    /// Does it: to the exchange, of what came of requests.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        if RESULTS.iter().any(|verb| verb.name == self.0.verb.name) {
            return to_exchange(&session, &self.0);
        }
        let id = names::request(&session.engine, &self.0.subject)?;
        let command = |event| StreamCommand::Request(id, event);
        act(&session, &self.0, StreamId::Request(id), command)
    }
}
