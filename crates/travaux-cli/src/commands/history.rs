//! `travaux history`

use clap::Args;
use travaux::domain::StreamId;

use super::framework::{reader, streams, tell};
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
    /// An agreement, a framework with all that stands under it, a package, a meeting, a body, a
    /// roadmap, a procedure, an indicator or terms of exchange: a handle, an id, or the beginning or
    /// end of one. A request is told with its framework, to whom it concerns.
    name: String,
    /// The party that reads: of a framework, the requests that it may know are shown as well.
    #[arg(long, value_name = "PARTY")]
    reader: Option<String>,
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
            Kind::Exchange,
        ];
        let streams = match names::find(&session.engine, &self.name, &kinds)? {
            StreamId::Framework(framework) => {
                let reader = reader(&session.engine, framework, self.reader.as_deref())?;
                streams(&session, framework, reader.as_ref())?
            }
            stream => stream.into(),
        };
        tell(&session, streams)
    }
}
