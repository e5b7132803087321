//! `travaux roadmap`

mod adopt;
mod gantt;
mod list;
mod propose;
mod show;

use clap::Subcommand;
use travaux::{
    domain::{RoadmapId, roadmap::Roadmap as State},
    projections::{Asked, DossierView},
};

use crate::{
    args::{AsOf, GlobalArgs},
    commands::stood::not_there,
    error::CliError,
    session::Session,
};

/// Roadmaps: what is to be done by when, and how far it has come.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Roadmap {
    Propose(propose::Propose),
    Adopt(adopt::Adopt),
    Show(show::Show),
    Gantt(gantt::Gantt),
    List(list::List),
}

impl Roadmap {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Propose(command) => command.run(globals),
            Self::Adopt(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
            Self::Gantt(command) => command.run(globals),
            Self::List(command) => command.run(globals),
        }
    }
}

/// What is asked of a roadmap: a day, today in the roadmap's zone if none is named, as known then.
pub(super) fn asked(session: &Session, of: &AsOf, view: &DossierView<State>) -> Asked {
    Asked {
        on: Some(of.on(view.state.today(session.engine.now()))),
        known_at: of.known_at,
    }
}

/// A roadmap as it stood, with the day.
pub(super) fn of_the_day<T>(
    session: &Session,
    id: RoadmapId,
    of: &AsOf,
    tell: impl FnOnce(&DossierView<State>, Asked) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let dossiers = session.engine.dossiers()?;
    let Some(view) = dossiers.roadmaps.get(&id) else {
        return Err(CliError::Usage("there is no such roadmap".to_owned()));
    };
    let asked = asked(session, of, view);
    match view.as_of(asked) {
        Some(view) => tell(&view, asked),
        None => Err(not_there(session, "roadmap", asked)),
    }
}
