//! `travaux request publish`

use clap::Args;

use super::reader::WhenArgs;
use crate::{
    args::GlobalArgs,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{PublishedCell, PublishedRequests},
};

/// Publish how many requests were received, and how long their answers took, by the dimensions that
/// the terms name; what is too few to be told, or would give it away, is suppressed (Q).
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux request publish data --at 2025-12-31")]
pub(crate) struct Publish {
    /// The exchange: a handle, an id, or the beginning or end of one.
    exchange: String,
    #[command(flatten)]
    when: WhenArgs,
}

impl Publish {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::exchange(&session.engine, &self.exchange)?;
        let (asked, instant) = (self.when.asked(&session), self.when.instant(&session));
        let dossiers = session.engine.dossiers()?;
        let Some(published) = PublishedRequests::new(id, &dossiers, asked, instant) else {
            let text = "there is no such exchange then; ask for a later time".to_owned();
            return Err(CliError::Usage(text));
        };
        if session.output.is_json() {
            return session.output.document(&published);
        }
        let total = || "total".to_owned();
        let columns = published.columns.iter().map(ToString::to_string);
        let mut rows = vec![
            [String::new()]
                .into_iter()
                .chain(columns)
                .chain([total()])
                .collect(),
        ];
        let keys = published
            .rows
            .iter()
            .map(ToString::to_string)
            .chain([total()]);
        for (key, cells) in keys.zip(&published.cells) {
            rows.push([key].into_iter().chain(cells.iter().map(told)).collect());
        }
        session.output.text(&table(&rows))
    }
}

fn told(cell: &PublishedCell) -> String {
    let Some(count) = cell.count else {
        return "Q".to_owned();
    };
    let hours = cell.median_hours.zip(cell.ninetieth_hours);
    let hours = hours.map_or(String::new(), |(half, most)| format!(" {half}/{most} h"));
    let percent = cell.in_time_percent;
    let percent = percent.map_or(String::new(), |share| format!(" {share} %"));
    format!("{count}{hours}{percent}")
}
