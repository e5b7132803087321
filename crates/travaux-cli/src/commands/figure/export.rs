//! `travaux figure export`

use std::io::Write as _;

use chrono::{DateTime, Utc};
use clap::Args;
use travaux::projections::Asked;
use travaux_import::sdmx::{Asking, Exported, Since, export};

use crate::{
    args::{AsOf, GlobalArgs, time},
    commands::indicator::of_indicator,
    error::CliError,
    names,
    session::Session,
    view::{MessageWritten, Reader, counted},
};

/// Write the figures of an indicator as a message of SDMX-CSV 2, to standard output.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR figure export passes")]
pub(crate) struct Export {
    /// The indicator: a handle, an id, or the beginning or end of one.
    indicator: String,
    /// What was recorded after this time alone, or could not be seen until then; what was taken back
    /// since, or may not be seen any more, is told as deleted.
    #[arg(long, value_name = "TIME", value_parser = time)]
    updated_after: Option<DateTime<Utc>>,
    /// The date, and the knowledge of the figures.
    #[command(flatten)]
    asked: AsOf,
}

impl Export {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::indicator(engine, &self.indicator)?;
        // What is dated tomorrow is on record today: nothing is left for a day that no message has.
        let (_, asked) = self.asked.asked(session.today());
        let on = asked.on.filter(|_| self.asked.is_dated());
        let asked = Asked { on, ..asked };
        let reader = Reader::new(globals, &session, asked);
        of_indicator(&session, id, asked, |view| {
            let frameworks = engine.frameworks()?;
            let framework = view.state.framework;
            let framework = framework.and_then(|id| Some((id, frameworks.frameworks.get(&id)?)));
            let agency = framework.map_or_else(String::new, |(id, view)| {
                view.handle
                    .as_ref()
                    .map_or_else(|| id.to_string(), ToString::to_string)
            });
            let called = view
                .handle
                .as_ref()
                .map_or_else(|| id.to_string(), ToString::to_string);
            let recorded = |event| view.recorded_at(event);
            let Exported {
                message,
                deleted,
                withheld,
            } = export(
                &view.state,
                (&agency, &called),
                &Asking {
                    reader: reader.party.as_ref(),
                    at: reader.at,
                    after: self.updated_after.map(|time| Since {
                        time,
                        recorded: &recorded,
                    }),
                },
            );
            let message_text = message.to_csv();
            if session.output.is_json() {
                return session.output.document(&MessageWritten {
                    message: message_text,
                    figures: message.rows.len() - deleted,
                    deleted,
                    withheld,
                });
            }
            session.output.bytes(message_text.as_bytes())?;
            if withheld > 0 {
                let figures = counted(withheld, "figure");
                let note = format!("note: not in it: {figures}, which may not be seen\n");
                let _ = anstream::stderr().write_all(note.as_bytes());
            }
            Ok(())
        })
    }
}
