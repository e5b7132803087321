//! The verbs of procedures and their cases: `travaux procedure adopt`, `travaux procedure case step`
//! and the rest, lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::domain::{StreamCommand, StreamId, procedure::ProcedureEvent};

use super::{
    ParsedVerb, Subject, Verb, read_one_of,
    request::act,
    table::procedure::{CASES, VERBS},
};
use crate::{args::GlobalArgs, error::CliError, names, session::Session};

const PROCEDURE: Subject = (
    "PROCEDURE",
    "A handle, an id, or the beginning or end of one",
);

/// A list of verbs.
pub(crate) trait Verbs {
    /// Its verbs.
    const VERBS: &'static [Verb];
}

/// What is done to a procedure.
#[derive(Debug)]
pub(crate) struct ToProcedures;

impl Verbs for ToProcedures {
    const VERBS: &'static [Verb] = VERBS;
}

/// What is done in a case.
#[derive(Debug)]
pub(crate) struct InCases;

impl Verbs for InCases {
    const VERBS: &'static [Verb] = CASES;
}

/// A verb of a procedure, as it was given.
#[derive(Debug)]
pub(crate) struct ProcedureVerb<V>(ParsedVerb, std::marker::PhantomData<V>);

impl<V: Verbs> FromArgMatches for ProcedureVerb<V> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let parsed = read_one_of(V::VERBS.iter(), matches)?;
        Ok(Self(parsed, std::marker::PhantomData))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<V: Verbs> Subcommand for ProcedureVerb<V> {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(V::VERBS.iter().map(|verb| verb.command(PROCEDURE)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        V::VERBS.iter().any(|verb| verb.name == name)
    }
}

impl<V: Verbs> ProcedureVerb<V> {
    /// Does it.
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::procedure(&session.engine, &self.0.subject)?;
        let command = |event: ProcedureEvent| StreamCommand::Procedure(id, event);
        act(&session, &self.0, StreamId::Procedure(id), command)
    }
}
