//! `travaux framework list`

use clap::Args;
use travaux::domain::framework::FrameworkStatus;

use crate::{
    args::GlobalArgs,
    error::CliError,
    screen::table,
    session::Session,
    view::{ListedFramework, called},
};

/// List the frameworks, with how each stands today.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework list")]
pub(crate) struct List;

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let view = session.engine.frameworks()?;
        let register = session.engine.register()?;
        let today = session.today();
        let frameworks = view.frameworks.iter();
        let lines = frameworks.map(|(id, view)| {
            let status = view.state.status(today);
            (ListedFramework::new(*id, view, &register), status)
        });
        if session.output.is_json() {
            return session.output.lines(lines.map(|(line, _)| line));
        }
        let row = |(line, status): (ListedFramework<'_>, FrameworkStatus)| {
            vec![
                line.id.to_string(),
                called(line.handle),
                status.to_string(),
                line.title.to_owned(),
            ]
        };
        let rows: Vec<_> = lines.map(row).collect();
        session.output.text(&table(&rows))
    }
}
