//! `travaux package withdraw`

use clap::Args;
use travaux::domain::StreamId;

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// Withdraw a package, with all its revisions: for the party that proposed it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR package withdraw 0199 --reason 'A new draft follows'"
)]
pub(crate) struct Withdraw {
    /// A handle, an id, or the beginning or end of one.
    package: String,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Withdraw {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let committed = session
            .engine
            .withdraw_package(id, &session.actor()?, self.reason)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}
