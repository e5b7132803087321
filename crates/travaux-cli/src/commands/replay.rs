//! `travaux replay`

use std::time::Instant;

use clap::Args;

use crate::{
    args::GlobalArgs,
    error::CliError,
    session::Session,
    view::{Replayed, counted},
};

/// Rebuild all projections from the log.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux replay")]
pub(crate) struct Replay;

impl Replay {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let start = Instant::now();
        let events = session.engine.rebuild(|_| {})?;
        let seconds = start.elapsed().as_secs_f64();
        let agreements = session.engine.register()?.agreements.len();
        let events_per_second = (events as f64 / seconds.max(0.001)) as u64;
        if session.output.is_json() {
            return session.output.document(&Replayed {
                events,
                agreements,
                seconds,
                events_per_second,
            });
        }
        let text = format!(
            "{} replayed into the projections of {} ({events_per_second} events/s)\n",
            counted(events, "event"),
            counted(agreements, "agreement")
        );
        session.output.text(&text)
    }
}
