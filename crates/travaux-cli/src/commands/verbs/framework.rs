//! The verbs of frameworks, of their areas and their organs: lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::domain::{StreamCommand, StreamId, framework::FrameworkEvent};

use super::{
    ParsedVerb, Subject, given, read_one_of,
    table::framework::{AREA_VERBS, ORGAN_VERBS, VERBS},
};
use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

const FRAMEWORK: Subject = (
    "FRAMEWORK",
    "A handle, an id, or the beginning or end of one",
);

macro_rules! group {
    ($(#[doc = $doc:literal])* $name:ident = $verbs:ident) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub(crate) struct $name(ParsedVerb);

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                read_one_of($verbs.iter(), matches).map(Self)
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }

        impl Subcommand for $name {
            fn augment_subcommands(command: Command) -> Command {
                command.subcommands($verbs.iter().map(|verb| verb.command(FRAMEWORK)))
            }

            fn augment_subcommands_for_update(command: Command) -> Command {
                Self::augment_subcommands(command)
            }

            fn has_subcommand(name: &str) -> bool {
                $verbs.iter().any(|verb| verb.name == name)
            }
        }

        impl $name {
            /// Does it.
            pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
                act(&self.0, globals)
            }
        }
    };
}

group! {
    /// A verb of a framework, as it was given.
    FrameworkVerb = VERBS
}

group! {
    /// A verb of an area.
    AreaVerb = AREA_VERBS
}

group! {
    /// A verb of an organ.
    OrganVerb = ORGAN_VERBS
}

fn act(given: &ParsedVerb, globals: &GlobalArgs) -> Result<(), CliError> {
    let session = Session::open(globals)?;
    let id = names::framework(&session.engine, &given.subject)?;
    let named = given::Named {
        agreement: &|name| names::agreement(&session.engine, name),
        provisions: None,
        meeting: &|name| names::meeting(&session.engine, name),
        request: &|name| names::request(&session.engine, name),
    };
    let events: Vec<FrameworkEvent> = given::events(given, &named)?;
    let acts = events.into_iter();
    let acts = acts.map(|event| StreamCommand::Framework(id, event));
    let committed = session
        .engine
        .commit(None, &session.actor()?, acts.collect())?;
    view::done(&session, StreamId::Framework(id), &committed)
}
