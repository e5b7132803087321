//! `travaux meeting list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::stood::stood,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedMeeting, called},
};

/// List the meetings, in the order of their dates.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux meeting list --as-of 2025-06-01")]
pub(crate) struct List {
    /// Those under a framework: a handle, an id, or the beginning or end of one.
    #[arg(long)]
    framework: Option<String>,
    /// The date, and the knowledge of the meetings.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework_of(engine, self.framework.as_deref())?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let known = stood(&dossiers.meetings, asked);
        let mut lines: Vec<_> = known
            .iter()
            .filter_map(|(id, view)| ListedMeeting::new(*id, view, on))
            .filter(|line| framework.is_none_or(|id| line.framework == id))
            .collect();
        lines.sort_by_key(|line| line.start.date);
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedMeeting<'_>| {
            vec![
                line.id.to_string(),
                called(line.handle),
                line.start.date.to_string(),
                line.title.to_owned(),
                line.status.to_string(),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
