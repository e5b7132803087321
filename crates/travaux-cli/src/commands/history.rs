//! `travaux history`

use clap::Args;
use travaux::domain::StreamId;

use super::framework::streams;
use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// Show what happened, in order.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux history 0199")]
pub(crate) struct History {
    /// A framework or an agreement.
    name: String,
}

impl History {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let streams = match names::framework(&session.engine, &self.name) {
            Ok(framework) => streams(&session, framework)?,
            Err(_) => vec![StreamId::Agreement(
                names::record(&session.engine, &self.name)?.0,
            )],
        };
        let timeline = session.engine.timeline(streams)?;
        if session.output.is_json() {
            return session.output.lines(timeline.entries);
        }
        session.output.text(&view::timeline(&timeline))
    }
}
