//! `travaux indicator`

mod adopt;
mod list;
mod revise;
mod show;

use clap::Subcommand;
use travaux::{
    domain::IndicatorId,
    projections::{Asked, DossierView},
};

use crate::{args::GlobalArgs, commands::stood::not_there, error::CliError, session::Session};

/// Indicators: what the parties count alike, by definitions with versions.
#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum Indicator {
    Adopt(adopt::Adopt),
    Revise(revise::Revise),
    List(list::List),
    Show(show::Show),
}

impl Indicator {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        match self {
            Self::Adopt(command) => command.run(globals),
            Self::Revise(command) => command.run(globals),
            Self::List(command) => command.run(globals),
            Self::Show(command) => command.run(globals),
        }
    }
}

/// An indicator as it stood.
pub(in crate::commands) type View = DossierView<travaux::domain::indicator::Indicator>;

/// Says of an indicator as it stood what `tell` says.
pub(in crate::commands) fn of_indicator(
    session: &Session,
    id: IndicatorId,
    asked: Asked,
    tell: impl FnOnce(&View) -> Result<(), CliError>,
) -> Result<(), CliError> {
    match session.engine.indicator(id, asked)? {
        Some(view) => tell(&view),
        None => Err(not_there(session, "indicator", asked)),
    }
}
