//! `travaux procedure count`

use chrono::NaiveDate;
use clap::Args;

use super::show::stood;
use crate::{
    args::{AsOf, GlobalArgs, date},
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::ShownCounts,
};

/// Count what was asked for, obtained in time or late, refused and not answered, step by step.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux procedure count passes --from 2025-01-01 --to 2025-12-31 --as-of 2026-01-31"
)]
pub(crate) struct Count {
    /// The procedure: a handle, an id, or the beginning or end of one.
    procedure: String,
    /// Steps that were come to from this day on.
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: NaiveDate,
    /// Up to this day.
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: NaiveDate,
    /// The date, and the knowledge of the cases.
    #[command(flatten)]
    asked: AsOf,
}

impl Count {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::procedure(engine, &self.procedure)?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let view = stood(&session, &dossiers, id, asked)?;
        let lines = ShownCounts::of(&view.state, &(self.from..=self.to), on);
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
        rows.extend(lines.iter().map(|line| {
            let counts = &line.counts;
            let numbers = [
                counts.requested,
                counts.in_time,
                counts.late,
                counts.refused,
                counts.unanswered,
                counts.running,
                counts.other + counts.withdrawn,
            ];
            let mut row = vec![
                line.step.to_string(),
                line.requesting.to_string(),
                line.requested.to_string(),
            ];
            row.extend(numbers.map(|number| number.to_string()));
            row
        }));
        session.output.text(&table(&rows))
    }
}

const HEADS: [&str; 10] = [
    "step",
    "asks",
    "asked",
    "all",
    "in time",
    "late",
    "refused",
    "no answer",
    "open",
    "other",
];
