//! `travaux figure show`

use clap::Args;
use travaux::domain::indicator::FigureId;

use crate::{
    args::{AsOf, GlobalArgs, number},
    commands::indicator::of_indicator,
    error::CliError,
    names,
    output::one_line,
    screen::table,
    session::Session,
    view::{Reader, ShownFigure},
};

/// Show a figure with all that was ever said of it.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR figure show passes 2")]
pub(crate) struct Show {
    /// The indicator: a handle, an id, or the beginning or end of one.
    indicator: String,
    /// The figure, by its number.
    #[arg(value_name = "N", value_parser = number::<u64>)]
    figure: u64,
    /// The date, and the knowledge of the figure.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::indicator(&session.engine, &self.indicator)?;
        let (_, asked) = self.asked.asked(session.today());
        let reader = Reader::new(globals, &session, asked);
        let figure = FigureId(self.figure);
        of_indicator(&session, id, asked, |view| {
            let found = view.state.figures.get(&figure);
            let Some(shown) = found.map(|found| ShownFigure::new(id, figure, found, &reader))
            else {
                let text = format!("there is no figure {figure}; `travaux figure list` shows all");
                return Err(CliError::Usage(text));
            };
            if session.output.is_json() {
                return session.output.document(&shown);
            }
            let rows: Vec<_> = shown.revisions.iter().map(|said| said.row()).collect();
            let mut out = table(&rows);
            if let Some(withdrawn) = &shown.withdrawn {
                out += &format!(
                    "withdrawn {}: {}\n",
                    withdrawn.on,
                    one_line(&withdrawn.reason)
                );
            }
            session.output.text(&out)
        })
    }
}
