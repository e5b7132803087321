//! `travaux history`

use clap::Args;
use travaux::domain::StreamId;

use super::framework::{streams, tell};
use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, Kind},
    session::Session,
};

/// Show what happened, in order.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux history 0199")]
pub(crate) struct History {
    /// An agreement, a framework with all that stands under it, a package, a meeting, a body or a
    /// roadmap: a handle, an id, or the beginning or end of one.
    name: String,
}

impl History {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let kinds = [
            Kind::Agreement,
            Kind::Framework,
            Kind::Package,
            Kind::Meeting,
            Kind::Body,
            Kind::Roadmap,
            Kind::Procedure,
            Kind::Indicator,
        ];
        let streams = match names::find(&session.engine, &self.name, &kinds)? {
            StreamId::Framework(framework) => streams(&session, framework)?,
            stream => vec![stream],
        };
        tell(&session, streams)
    }
}
