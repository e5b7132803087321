//! `travaux figure list`

use clap::Args;
use travaux::domain::{
    Name, PartyId,
    indicator::{FigureId, Period},
};

use crate::{
    args::{AsOf, GlobalArgs},
    commands::indicator::of_indicator,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedFigure, Reader},
};

/// List the figures of an indicator as they stood on a date, by reporter and period.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR figure list passes --period 2023")]
pub(crate) struct List {
    /// The indicator: a handle, an id, or the beginning or end of one.
    indicator: String,
    /// Those of a period.
    #[arg(long)]
    period: Option<Period>,
    /// Those of a reporter.
    #[arg(long, value_name = "PARTY")]
    reporter: Option<Name>,
    /// Their sum as well, with what it covers; refused where there is none.
    #[arg(long)]
    sum: bool,
    /// The date, and the knowledge of the figures.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::indicator(&session.engine, &self.indicator)?;
        let (_, asked) = self.asked.asked(session.today());
        let reader = Reader::new(globals, &session, asked);
        let reporter = self.reporter.map(PartyId);
        of_indicator(&session, id, asked, |view| {
            let wanted = |figure: &travaux::domain::indicator::Figure| {
                self.period.is_none_or(|period| figure.key.period == period)
                    && reporter
                        .as_ref()
                        .is_none_or(|party| figure.reporter == *party)
                    && figure.withdrawn.is_none()
            };
            let figures = view
                .state
                .figures
                .iter()
                .filter(|(_, figure)| wanted(figure));
            let mut figures: Vec<_> = figures.collect();
            figures.sort_by_key(|(_, figure)| (&figure.reporter, &figure.key));
            let ids: Vec<FigureId> = figures.iter().map(|(id, _)| **id).collect();
            let lines: Vec<_> = figures
                .into_iter()
                .filter_map(|(figure, of)| ListedFigure::new(id, *figure, of, &reader))
                .collect();
            let sum = self
                .sum
                .then(|| view.state.sum(&ids, reader.at))
                .transpose();
            let sum = sum.map_err(|why| CliError::Usage(format!("they have no sum: {why}")))?;
            if session.output.is_json() {
                if sum.is_some() {
                    let text = "--sum is told as text: leave --format json out";
                    return Err(CliError::Usage(text.to_owned()));
                }
                return session.output.lines(lines);
            }
            let rows: Vec<_> = lines.iter().map(ListedFigure::row).collect();
            let mut out = table(&rows);
            if let Some(sum) = sum {
                out += &format!("sum: {sum}\n");
            }
            session.output.text(&out)
        })
    }
}
