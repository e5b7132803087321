//! `travaux list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    output::table,
    session::Session,
    view::ListedAgreement,
};

/// List the agreements, and where each stands.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux list --as-of 2020-01-01 --known-at 2021-06-30T12:00:00Z")]
pub(crate) struct List {
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let register = session.engine.register()?;
        let (on, known_at) = (self.asked.on(session.today()), self.asked.known_at);
        let mut lines: Vec<_> = register
            .agreements
            .iter()
            .filter(|(_, entry)| known_at.is_none_or(|at| entry.was_known_at(at)))
            .map(|(id, entry)| ListedAgreement::new(*id, entry, entry.status(on, known_at)))
            .collect();
        lines.sort_by(|a, b| a.place().cmp(&b.place()));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        if register.agreements.is_empty() {
            return session.output.text(
                "no agreements yet: `travaux import git SOURCE` or `travaux propose FILE`\n",
            );
        }
        let head = ["ID", "REVISIONS", "TEXT", "FORCE", "TITLE"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(head.to_vec())
            .chain(lines.iter().map(ListedAgreement::row))
            .collect();
        session.output.text(&table(&rows))
    }
}
