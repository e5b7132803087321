//! `travaux procedure list`

use clap::Args;
use travaux::{domain::partnership::in_language, projections::Asked};

use crate::{
    args::{AsOf, GlobalArgs},
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
        let lang = super::show::language(&self.lang)?;
        let framework = self.framework.as_deref();
        let framework = framework
            .map(|name| names::framework(engine, name))
            .transpose()?;
        let on = self.asked.on(session.today());
        let asked = Asked {
            on: Some(on),
            known_at: self.asked.known_at,
        };
        let dossiers = engine.dossiers()?;
        let views = dossiers.procedures.iter();
        let known: Vec<_> = views
            .filter_map(|(id, view)| Some((*id, view.as_of(asked)?)))
            .collect();
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
