//! `travaux indicator list`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    error::CliError,
    names,
    screen::table,
    session::Session,
    view::{ListedIndicator, called, counted},
};

/// List the indicators, by their names.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux indicator list --as-of 2024-12-31")]
pub(crate) struct List {
    /// Those under a framework: a handle, an id, or the beginning or end of one.
    #[arg(long)]
    framework: Option<String>,
    /// The date, and the knowledge of the indicators.
    #[command(flatten)]
    asked: AsOf,
}

impl List {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework_of(engine, self.framework.as_deref())?;
        let (_, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let mut lines: Vec<_> = dossiers
            .indicators
            .iter()
            .filter_map(|(id, view)| ListedIndicator::new(*id, view, &view.as_of(asked)?))
            .filter(|line| framework.is_none_or(|id| line.framework == id))
            .collect();
        lines.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let row = |line: &ListedIndicator| {
            vec![
                line.id.to_string(),
                called(line.handle.as_ref()),
                line.adopted.clone().unwrap_or_else(|| "draft".to_owned()),
                counted(line.figures, "figure"),
                match line.open {
                    1 => "1 open discrepancy".to_owned(),
                    open => format!("{open} open discrepancies"),
                },
                line.name.clone(),
            ]
        };
        let rows: Vec<_> = lines.iter().map(row).collect();
        session.output.text(&table(&rows))
    }
}
