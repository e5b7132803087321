//! The verbs of figures and discrepancies: lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::{
    domain::{
        IndicatorId, StreamCommand, StreamId,
        indicator::{Figure, IndicatorEvent},
    },
    projections::Asked,
};

use super::{
    ParsedVerb, Subject, Verb, given, read_one_of,
    table::figure::{DISCREPANCY_VERBS, VERBS},
};
use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

const INDICATOR: Subject = (
    "INDICATOR",
    "A handle, an id, or the beginning or end of one",
);

/// Verbs of a table, on an indicator.
macro_rules! on_an_indicator {
    ($($(#[$doc:meta])* $name:ident of $verbs:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name(ParsedVerb);

        impl $name {
            const VERBS: &'static [Verb] = $verbs;

            /// Does it.
            pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
                run(&self.0, globals)
            }
        }

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                read_one_of(Self::VERBS.iter(), matches).map(Self)
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }

        impl Subcommand for $name {
            fn augment_subcommands(command: Command) -> Command {
                command.subcommands(Self::VERBS.iter().map(|verb| verb.command(INDICATOR)))
            }

            fn augment_subcommands_for_update(command: Command) -> Command {
                Self::augment_subcommands(command)
            }

            fn has_subcommand(name: &str) -> bool {
                Self::VERBS.iter().any(|verb| verb.name == name)
            }
        }
    )*};
}

on_an_indicator! {
    /// A verb of a figure, as it was given.
    FigureVerb of VERBS;
    /// A verb of a discrepancy, as it was given.
    DiscrepancyVerb of DISCREPANCY_VERBS;
}

fn run(given: &ParsedVerb, globals: &GlobalArgs) -> Result<(), CliError> {
    let session = Session::open(globals)?;
    let id = names::indicator(&session.engine, &given.subject)?;
    let named = given::Named {
        agreement: &|name| names::agreement(&session.engine, name),
        provisions: None,
        meeting: &|name| names::meeting(&session.engine, name),
        request: &|name| names::request(&session.engine, name),
    };
    let mut events: Vec<IndicatorEvent> = given::events(given, &named)?;
    if !given.says("confidentiality") {
        stay_as_secret(&session, id, &mut events, given)?;
    }
    let acts = events
        .into_iter()
        .map(|event| StreamCommand::Indicator(id, event));
    let committed = session
        .engine
        .commit(None, &session.actor()?, acts.collect())?;
    view::done(&session, StreamId::Indicator(id), &committed)
}

/// A revision that does not say who may see a figure leaves that as it is, but for what it does say.
fn stay_as_secret(
    session: &Session,
    id: IndicatorId,
    events: &mut [IndicatorEvent],
    given: &ParsedVerb,
) -> Result<(), CliError> {
    for event in events {
        let IndicatorEvent::FigureRevised {
            figure,
            observation,
            ..
        } = event
        else {
            continue;
        };
        // Without its stream there is no figure to revise: that is told of the figure.
        let Some(view) = session.engine.indicator(id, Asked::default())? else {
            continue;
        };
        let before = view.state.figures.get(figure);
        let Some((_, before)) = before.and_then(Figure::current) else {
            continue;
        };
        let said = std::mem::take(&mut observation.confidentiality);
        observation.confidentiality = before.observation.confidentiality.clone();
        if given.says("until") {
            observation.confidentiality.until = said.until;
        }
        if given.says("also-to") {
            observation.confidentiality.also_to = said.also_to;
        }
    }
    Ok(())
}
