//! `travaux framework list`

use clap::Args;

use crate::{
    args::GlobalArgs,
    error::CliError,
    screen::table,
    session::Session,
    view::{ListedFramework, called},
};

/// List the frameworks.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework list")]
pub(crate) struct List;

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let view = session.engine.frameworks()?;
        let register = session.engine.register()?;
        let frameworks = view.frameworks.iter();
        let lines = frameworks.map(|(id, view)| ListedFramework::new(*id, view, &register));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: ListedFramework<'_>| {
            vec![
                line.id.to_string(),
                called(line.handle),
                line.title.to_owned(),
            ]
        };
        let rows: Vec<_> = lines.map(row).collect();
        session.output.text(&table(&rows))
    }
}
