//! `travaux package list`

use clap::Args;
use travaux::{domain::PackageId, projections::PackageView};

use super::Line;
use crate::{args::GlobalArgs, error::CliError, output::table, session::Session};

/// List the packages.
#[derive(Debug, Args)]
pub(crate) struct List;

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let view = session.engine.frameworks()?;
        let packages = &view.packages;
        if session.output.is_json() {
            return session
                .output
                .lines(packages.iter().map(|(id, view)| Line::new(*id, view)));
        }
        let row = |(id, v): (&PackageId, &PackageView)| {
            let title = v
                .state
                .proposal
                .as_ref()
                .map(|p| p.title.clone())
                .unwrap_or_default();
            vec![id.to_string(), v.state.status().to_string(), title]
        };
        session
            .output
            .text(&table(&packages.iter().map(row).collect::<Vec<_>>()))
    }
}
