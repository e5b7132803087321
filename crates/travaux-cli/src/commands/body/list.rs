//! `travaux body list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::stood::stood,
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedBody, called},
};

/// List the joint bodies.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux body list --as-of 2025-06-01")]
pub(crate) struct List {
    /// Those under a framework: a handle, an id, or the beginning or end of one.
    #[arg(long)]
    framework: Option<String>,
    /// The date, and the knowledge of the bodies.
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
        let known = stood(&dossiers.bodies, asked);
        let mut lines: Vec<_> = known
            .iter()
            .filter_map(|(id, view)| ListedBody::new(*id, view, on))
            .filter(|line| framework.is_none_or(|id| line.framework == id))
            .collect();
        // Their ids are digests: no order that anybody knows.
        lines.sort_by(|a, b| (a.framework, a.key).cmp(&(b.framework, b.key)));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedBody<'_>| {
            vec![
                line.id.to_string(),
                called(line.handle),
                line.key.to_string(),
                line.title.to_owned(),
                line.status.to_string(),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
