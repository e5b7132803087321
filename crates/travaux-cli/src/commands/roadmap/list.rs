//! `travaux roadmap list`

use clap::Args;

use super::asked;
use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedRoadmap, called},
};

/// List the roadmaps.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux roadmap list --as-of 2025-06-01")]
pub(crate) struct List {
    /// Those under a framework: a handle, an id, or the beginning or end of one.
    #[arg(long)]
    framework: Option<String>,
    /// The date, and the knowledge of the roadmaps.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework_of(engine, self.framework.as_deref())?;
        let dossiers = engine.dossiers()?;
        let views = dossiers.roadmaps.iter();
        let known: Vec<_> = views
            .filter_map(|(id, view)| {
                let asked = asked(&session, &self.asked, view);
                Some((*id, asked.on?, view.as_of(asked)?))
            })
            .collect();
        let lines: Vec<_> = known
            .iter()
            .filter_map(|(id, on, view)| ListedRoadmap::new(*id, view, *on))
            .filter(|line| framework.is_none_or(|id| line.framework == id))
            .collect();
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedRoadmap<'_>| {
            vec![
                line.id.to_string(),
                called(line.handle),
                line.title.to_owned(),
                line.standing(),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
