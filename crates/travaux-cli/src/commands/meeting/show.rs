//! `travaux meeting show`

use clap::Args;

use super::Told;
use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::stood::not_there,
    error::CliError,
    names,
    session::Session,
    view::ShownMeeting,
};

/// Show a meeting as it stood on a date: agenda, participants, what was agreed, what became of it.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux meeting show rabat --as-of 2025-06-01")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    meeting: String,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the meeting.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::meeting(engine, &self.meeting)?;
        let lang = language(&self.lang)?;
        let (_, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let view = dossiers.meetings.get(&id);
        let Some(view) = view.and_then(|view| view.as_of(asked)) else {
            return Err(not_there(&session, "meeting", asked));
        };
        let Some(shown) = ShownMeeting::new(id, &view, &dossiers, asked) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let handles = names::by_stream(engine)?;
        let told = Told {
            handles: &handles,
            lang,
        };
        session.output.text(&told.meeting(&shown, &view.state))
    }
}
