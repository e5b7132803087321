//! `travaux framework history`

use clap::Args;
use travaux::domain::{FrameworkId, StreamId};

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// Show what happened under a framework.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework history 0199")]
pub(crate) struct History {
    /// An id, or the beginning of one.
    framework: String,
}

impl History {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        let timeline = session.engine.timeline(streams(&session, id)?)?;
        if session.output.is_json() {
            return session.output.lines(timeline.entries);
        }
        session.output.text(&view::timeline(&timeline))
    }
}

/// The streams under a framework: its own, its packages', its agreements'.
pub(crate) fn streams(
    session: &Session,
    framework: FrameworkId,
) -> Result<Vec<StreamId>, CliError> {
    let frameworks = session.engine.frameworks()?;
    let mut streams = vec![StreamId::Framework(framework)];
    if let Some(view) = frameworks.frameworks.get(&framework) {
        streams.extend(view.packages.iter().map(|id| StreamId::Package(*id)));
        streams.extend(
            view.state
                .agreements
                .iter()
                .map(|(id, _)| StreamId::Agreement(*id)),
        );
    }
    Ok(streams)
}
