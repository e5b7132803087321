//! `travaux terms list`

use clap::Args;

use crate::{
    args::GlobalArgs,
    error::CliError,
    screen::table,
    session::Session,
    view::{ListedExchange, called},
};

/// List the exchanges of information.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux terms list")]
pub(crate) struct List {}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let dossiers = session.engine.dossiers()?;
        let exchanges = dossiers.exchanges.iter();
        let lines: Vec<_> = exchanges
            .filter_map(|(id, view)| ListedExchange::new(*id, view, session.today()))
            .collect();
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedExchange<'_>| {
            vec![
                line.id.to_string(),
                called(line.handle),
                line.title.to_owned(),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
