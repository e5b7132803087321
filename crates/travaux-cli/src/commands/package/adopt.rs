//! `travaux package adopt`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::StreamId;

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// Adopt a package that all parties have accepted.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR package adopt 0199 --effective-from 2026-01-01")]
pub(crate) struct Adopt {
    /// A handle, an id, or the beginning or end of one.
    package: String,
    /// From when its revisions apply.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    effective_from: Option<NaiveDate>,
}

impl Adopt {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let committed = session
            .engine
            .adopt_package(id, &session.actor()?, self.effective_from)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}
