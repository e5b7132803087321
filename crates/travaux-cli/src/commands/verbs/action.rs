//! The verbs of actions: `travaux action start` and the rest, lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::domain::{StreamCommand, StreamId, roadmap::RoadmapEvent};

use super::{
    ArgKind, Field, ParsedVerb, Presence, Subject, given, read_one_of, table::action::VERBS,
};
use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

const ACTION: Subject = (
    "ROADMAP/ACTION",
    "The roadmap by a handle, an id, or the beginning or end of one; the action by its key",
);

/// A verb of an action, as it was given.
#[derive(Debug)]
pub(crate) struct ActionVerb(ParsedVerb);

impl FromArgMatches for ActionVerb {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        read_one_of(VERBS.iter(), matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for ActionVerb {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(VERBS.iter().map(|verb| verb.command(ACTION)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        VERBS.iter().any(|verb| verb.name == name)
    }
}

/// The field that the key of the action fills.
const fn key_at(path: &'static str) -> Field {
    Field {
        option: "action",
        path,
        takes: ArgKind::Text,
        need: Presence::Required,
        help: "",
    }
}

impl ActionVerb {
    /// Does it.
    pub(crate) fn run(mut self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, key) = names::action(&session.engine, &self.0.subject)?;
        let key = key.to_string();
        match self.0.verb.acts.first().map(|act| act.kind) {
            // The first of those that are merged.
            Some("ActionsMerged") => {
                let all = self.0.values.iter_mut();
                for (_, words) in all.filter(|(field, _)| field.path == "actions") {
                    words.insert(0, key.clone());
                }
            }
            Some("DependencyAdded") => {
                let field = key_at("dependency.action");
                self.0.values.push((field, vec![key]));
            }
            _ => self.0.values.push((key_at("action"), vec![key])),
        }
        let named = given::Named {
            agreement: &|name| names::agreement(&session.engine, name),
            provisions: None,
            meeting: &|name| names::meeting(&session.engine, name),
            request: &|name| names::request(&session.engine, name),
        };
        let events: Vec<RoadmapEvent> = given::events(&self.0, &named)?;
        let acts = events.into_iter();
        let acts = acts.map(|event| StreamCommand::Roadmap(id, event));
        let committed = session
            .engine
            .commit(None, &session.actor()?, acts.collect())?;
        view::done(&session, StreamId::Roadmap(id), &committed)
    }
}
