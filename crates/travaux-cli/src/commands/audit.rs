//! `travaux audit`

use std::process::ExitCode;

use clap::Args;
use travaux::Verdict;

use crate::{args::GlobalArgs, error::CliError, session, view::Audited};

/// Read the whole log again as a stranger would; the status is 0 only if it is clean.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux audit --store travaux-store")]
pub(crate) struct Audit;

impl Audit {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<ExitCode, CliError> {
        let output = globals.output();
        // No engine: it does not open where a record cannot be read, and that is what an audit is for.
        let store = session::store(&globals.store)?;
        let snapshots = session::snapshots(&globals.store);
        let audited = Audited::timed(|| travaux::audit(&store, &snapshots, |_| {}))?;
        if output.is_json() {
            output.document(&audited)?;
        } else {
            output.text(&audited.text())?;
        }
        Ok(if audited.report.verdict == Verdict::Clean {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(3)
        })
    }
}
