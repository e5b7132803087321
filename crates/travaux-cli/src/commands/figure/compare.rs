//! `travaux figure compare`

use clap::Args;
use travaux::domain::indicator::Period;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::indicator::of_indicator,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ComparedFigures, Reader},
};

/// Hold the figures of both sides against each other, for each thing of which they tell.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux figure compare passes --period 2023")]
pub(crate) struct Compare {
    /// The indicator: a handle, an id, or the beginning or end of one.
    indicator: String,
    /// Those of a period.
    #[arg(long)]
    period: Option<Period>,
    /// The date, and the knowledge of the figures.
    #[command(flatten)]
    asked: AsOf,
}

impl Compare {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::indicator(&session.engine, &self.indicator)?;
        let (_, asked) = self.asked.asked(session.today());
        let reader = Reader::new(globals, &session, asked);
        of_indicator(&session, id, asked, |view| {
            let all = view.state.compare(reader.at).into_iter();
            let wanted = all.filter(|c| self.period.is_none_or(|period| c.key.period == period));
            let lines: Vec<_> = wanted.map(|c| ComparedFigures::new(id, &c)).collect();
            if session.output.is_json() {
                return session.output.lines(lines);
            }
            let rows: Vec<_> = lines.iter().map(ComparedFigures::row).collect();
            session.output.text(&table(&rows))
        })
    }
}
