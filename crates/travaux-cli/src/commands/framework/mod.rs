//! `travaux framework`

mod brief;
mod diff;
mod found;
mod history;
mod join;
mod list;
mod organ;
mod page;
mod propose;
mod roadmap;
mod state;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use clap::Subcommand;
use travaux::{
    blocking::Engine,
    domain::{FrameworkId, Handle, PartyId},
    projections::FrameworkState,
};

pub(super) use brief::brief;
pub(super) use diff::nothing;
pub(super) use history::{streams, tell};
pub(super) use state::statuses;
pub(super) use told::render;

use super::verbs::{AreaVerb, FrameworkVerb};
use crate::{args::GlobalArgs, error::CliError, names, session::Session};

/// Frameworks: from their proposal to their end, with their areas, organs and agreements.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Framework {
    Propose(propose::Propose),
    Found(found::Found),
    /// Areas: proposed, opened, expanded, closed.
    #[command(subcommand, disable_help_subcommand = true)]
    Area(AreaVerb),
    #[command(subcommand)]
    Organ(organ::Organ),
    Join(join::Join),
    Roadmap(roadmap::Roadmap),
    State(state::State),
    Diff(diff::Diff),
    History(history::History),
    List(list::List),
    /// What is done to one that was proposed.
    #[command(flatten)]
    Verb(FrameworkVerb),
}

impl Framework {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Propose(command) => command.run(globals),
            Self::Found(command) => command.run(globals),
            Self::Area(command) => command.run(globals),
            Self::Organ(command) => command.run(globals),
            Self::Verb(command) => command.run(globals),
            Self::Join(command) => command.run(globals),
            Self::Roadmap(command) => command.run(globals),
            Self::State(command) => command.run(globals),
            Self::Diff(command) => command.run(globals),
            Self::History(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}

/// The party that reads: one that is, or once was, a party to the framework; none where none is named.
pub(super) fn reader(
    engine: &Engine,
    framework: FrameworkId,
    named: Option<&str>,
) -> Result<Option<PartyId>, CliError> {
    let Some(named) = named.map(PartyId::from) else {
        return Ok(None);
    };
    let view = engine.framework(framework)?;
    let terms = view.state.revisions.iter().map(|revision| &revision.terms);
    // Who was one once may still know of its requests.
    let ever: BTreeSet<_> = terms.flat_map(|t| &t.parties).map(|p| &p.id).collect();
    if ever.contains(&named) {
        return Ok(Some(named));
    }
    let known: Vec<_> = ever.into_iter().map(ToString::to_string).collect();
    let known = known.join(", ");
    let text = format!("--reader {named}: expected a party to the framework ({known})");
    Err(CliError::Usage(text))
}

/// The handles that who reads these states may be told: that of what each of them withholds may say
/// what it is about (QY4).
fn handles_in(
    session: &Session,
    states: &[&FrameworkState],
) -> Result<BTreeMap<String, Handle>, CliError> {
    let mut handles = names::by_stream(&session.engine)?;
    let entries = states.iter().flat_map(|state| &state.entries);
    let (withheld, told): (Vec<_>, Vec<_>) = entries
        .filter(|(id, _)| id.part.is_none())
        .partition(|(_, entry)| entry.is("withheld"));
    let told: BTreeSet<_> = told.into_iter().map(|(id, _)| id.stream).collect();
    for (id, _) in withheld {
        if !told.contains(&id.stream) {
            handles.remove(&id.stream.to_string());
        }
    }
    Ok(handles)
}
