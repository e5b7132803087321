//! `travaux discrepancy list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::indicator::of_indicator,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedDiscrepancy, Reader},
};

/// List the discrepancies of an indicator as they stood on a date, with what was answered.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux discrepancy list passes --open")]
pub(crate) struct List {
    /// The indicator: a handle, an id, or the beginning or end of one.
    indicator: String,
    /// Those that were not reconciled.
    #[arg(long)]
    open: bool,
    /// The date, and the knowledge of the discrepancies.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::indicator(&session.engine, &self.indicator)?;
        let (on, asked) = self.asked.asked(session.today());
        let Reader { at, .. } = Reader::new(globals, &session, asked);
        of_indicator(&session, id, asked, |view| {
            let all = view.state.discrepancies.iter();
            let wanted = all.filter(|(_, discrepancy)| !self.open || discrepancy.is_open());
            let lines: Vec<_> = wanted
                .filter_map(|(number, of)| {
                    ListedDiscrepancy::new((id, &view.state), *number, of, (on, at))
                })
                .collect();
            if session.output.is_json() {
                return session.output.lines(lines);
            }
            let rows: Vec<_> = lines.iter().map(ListedDiscrepancy::row).collect();
            let mut out = table(&rows);
            for line in &lines {
                out += &line.answered();
            }
            session.output.text(&out)
        })
    }
}
