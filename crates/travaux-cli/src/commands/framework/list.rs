//! `travaux framework list`

use clap::Args;
use travaux::{domain::FrameworkId, projections::FrameworkView};

use super::Line;
use crate::{args::GlobalArgs, error::CliError, output::table, session::Session};

/// List the frameworks.
#[derive(Debug, Args)]
pub(crate) struct List;

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let view = session.engine.frameworks()?;
        let frameworks = &view.frameworks;
        if session.output.is_json() {
            return session
                .output
                .lines(frameworks.iter().map(|(id, view)| Line { id: *id, view }));
        }
        let row = |(id, v): (&FrameworkId, &FrameworkView)| {
            vec![
                id.to_string(),
                v.state
                    .foundation
                    .as_ref()
                    .map(|f| f.title.clone())
                    .unwrap_or_default(),
            ]
        };
        session
            .output
            .text(&table(&frameworks.iter().map(row).collect::<Vec<_>>()))
    }
}
