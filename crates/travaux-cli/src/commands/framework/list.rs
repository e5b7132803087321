//! `travaux framework list`

use clap::Args;

use crate::{
    args::GlobalArgs, error::CliError, screen::table, session::Session, view::ListedFramework,
};

/// List the frameworks.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework list")]
pub(crate) struct List;

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let view = session.engine.frameworks()?;
        let frameworks = &view.frameworks;
        let lines = frameworks
            .iter()
            .map(|(id, view)| ListedFramework::new(*id, view));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let rows: Vec<_> = lines
            .map(|line| {
                let handle = line.handle.map(|h| format!(" ({h})"));
                let title = format!("{}{}", line.title, handle.unwrap_or_default());
                vec![line.id.to_string(), title]
            })
            .collect();
        session.output.text(&table(&rows))
    }
}
