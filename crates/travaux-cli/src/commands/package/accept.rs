//! `travaux package accept`

use clap::Args;
use travaux::domain::StreamId;

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// Accept a package.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as MA package accept 0199")]
pub(crate) struct Accept {
    /// A handle, an id, or the beginning or end of one.
    package: String,
}

impl Accept {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let committed = session.engine.accept_package(id, &session.actor()?)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}
