//! `travaux package reject`

use clap::Args;
use travaux::domain::StreamId;

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// Reject a package.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as MA package reject 0199 --reason 'Article 3 is open'")]
pub(crate) struct Reject {
    /// A handle, an id, or the beginning or end of one.
    package: String,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Reject {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let committed = session
            .engine
            .reject_package(id, &session.actor()?, self.reason)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}
