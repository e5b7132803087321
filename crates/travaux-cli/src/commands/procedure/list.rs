//! `travaux procedure list`

use clap::Args;
use travaux::domain::partnership::in_language;

use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::stood::stood,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedProcedure, called},
};

/// List the procedures.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux procedure list --as-of 2025-06-01")]
pub(crate) struct List {
    /// Those under a framework: a handle, an id, or the beginning or end of one.
    #[arg(long)]
    framework: Option<String>,
    /// The language of titles; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the procedures.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let lang = language(&self.lang)?;
        let framework = names::framework_of(engine, self.framework.as_deref())?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let known = stood(&dossiers.procedures, asked);
        let lines: Vec<_> = known
            .iter()
            .filter_map(|(id, view)| ListedProcedure::new(*id, view, on))
            .filter(|line| framework.is_none_or(|id| line.framework == id))
            .collect();
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedProcedure<'_>| {
            vec![
                line.id.to_string(),
                called(line.handle),
                line.in_force.map_or("-".to_owned(), ToString::to_string),
                format!("{} of {} cases open", line.open, line.cases),
                in_language(line.title, lang).to_owned(),
                line.status.to_string(),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
