//! `travaux procedure case list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::procedure::show::stood,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::ListedCase,
};

/// List the cases under a procedure, where each stood on a date, and when it is due.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux procedure case list passes --open --as-of 2025-06-01")]
pub(crate) struct List {
    /// The procedure: a handle, an id, or the beginning or end of one.
    procedure: String,
    /// Only those that go on.
    #[arg(long)]
    open: bool,
    /// Only those whose limit has passed.
    #[arg(long)]
    overdue: bool,
    /// The date, and the knowledge of the cases.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::procedure(engine, &self.procedure)?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let view = stood(&session, &dossiers, id, asked)?;
        let state = &view.state;
        let lines = state.cases.iter().map(|(key, case)| {
            let course = state.course_on(case, on);
            ListedCase::new(key, case, &course)
        });
        let lines: Vec<_> = lines
            .filter(|line| !self.open || line.step.is_some())
            .filter(|line| !self.overdue || line.overdue)
            .collect();
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedCase<'_>| {
            let due = match (line.last_day, line.due) {
                (Some(day), _) => format!("due by {day}"),
                (None, Some(at)) => format!("due by {at}"),
                (None, None) => String::new(),
            };
            let late = if line.overdue { ", overdue" } else { "" };
            vec![
                line.case.to_string(),
                format!("{} asks {}", line.requesting, line.requested),
                line.under.to_string(),
                line.step
                    .as_ref()
                    .map_or("ended".to_owned(), ToString::to_string),
                format!("{due}{late}"),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
