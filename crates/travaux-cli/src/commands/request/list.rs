//! `travaux request list`

use clap::Args;

use super::reader::ReaderArgs;
use crate::{
    args::GlobalArgs,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedRequest, called},
};

/// List requests and offers, in the order in which they were sent.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux request list --overdue --at 2025-04-01")]
pub(crate) struct List {
    /// Those on the terms of an exchange: a handle, an id, or the beginning or end of one.
    #[arg(long)]
    exchange: Option<String>,
    /// Those whose reply is late.
    #[arg(long)]
    overdue: bool,
    #[command(flatten)]
    reader: ReaderArgs,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let exchange = self.exchange.as_deref();
        let exchange = exchange
            .map(|name| names::exchange(engine, name))
            .transpose()?;
        let (asked, instant) = (
            self.reader.when.asked(&session),
            self.reader.when.instant(&session),
        );
        let reader = self.reader.reader()?;
        let dossiers = engine.dossiers()?;
        let known: Vec<_> = dossiers
            .requests
            .iter()
            .filter_map(|(id, view)| Some((*id, view.as_of(asked)?)))
            .collect();
        let mut lines: Vec<_> = known
            .iter()
            .filter(|(_, view)| {
                let known = |party| view.state.is_known_to(party);
                reader.as_ref().is_none_or(|reader| known(&reader.party))
            })
            .filter_map(|(id, view)| ListedRequest::new(*id, view, &dossiers, instant))
            .filter(|line| exchange.is_none_or(|id| line.exchange == id))
            .filter(|line| line.overdue || !self.overdue)
            .collect();
        lines.sort_by_key(|line| (line.sent, line.id));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedRequest<'_>| {
            let late = if line.overdue { ", late" } else { "" };
            vec![
                called(line.handle),
                line.sent.to_string(),
                line.by.to_string(),
                format!("{}{late}", line.status),
                line.due.map_or(String::new(), |due| {
                    format!("due {}", crate::view::instant(due))
                }),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
