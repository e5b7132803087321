//! The verbs of figures and discrepancies: lines of a table as those of the law.

use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use travaux::{
    CommitRequest,
    domain::{
        IndicatorId, StreamCommand, StreamId,
        indicator::{Figure, FigureId, IndicatorEvent, Observation},
    },
    projections::Asked,
};
use travaux_store::Expected;

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
    let stream = StreamId::Indicator(id);
    let named = given::Named {
        agreement: &|name| names::agreement(&session.engine, name),
        provisions: None,
        meeting: &|name| names::meeting(&session.engine, name),
        request: &|name| names::request(&session.engine, name),
    };
    // What a revision leaves out is set below.
    let filled = given.with_default("confidentiality", "F");
    let mut events: Vec<IndicatorEvent> = given::events(&filled, &named)?;
    let stays = match &mut events[..] {
        [
            IndicatorEvent::FigureRevised {
                figure,
                observation,
                ..
            },
        ] if !given.says("confidentiality") => {
            stay_as_secret(&session, id, *figure, observation, given)?
        }
        _ => None,
    };
    let acts = events
        .into_iter()
        .map(|event| StreamCommand::Indicator(id, event));
    let mut request = CommitRequest::new(session.actor()?, acts.collect());
    // What was read of the figure still holds where it is recorded.
    if let Some(version) = stays {
        request = request.expecting(stream, Expected::Exact(version));
    }
    let committed = session.engine.commit_request(&request)?;
    view::done(&session, stream, &committed)
}

/// A revision that does not say who may see a figure leaves that as it is, but for what it does say.
/// The version of the stream at which it was so; none where there is no such figure, which is told
/// where it is decided.
fn stay_as_secret(
    session: &Session,
    id: IndicatorId,
    figure: FigureId,
    observation: &mut Observation,
    given: &ParsedVerb,
) -> Result<Option<u64>, CliError> {
    let Some(view) = session.engine.indicator(id, Asked::default())? else {
        return Ok(None);
    };
    let before = view.state.figures.get(&figure);
    let Some((_, before)) = before.and_then(Figure::current) else {
        return Ok(None);
    };
    let before = before.observation.confidentiality.clone();
    let said = std::mem::replace(&mut observation.confidentiality, before);
    if given.says("until") {
        observation.confidentiality.until = said.until;
    }
    if given.says("also-to") {
        observation.confidentiality.also_to = said.also_to;
    }
    Ok(Some(view.version))
}
