//! `travaux restate`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};
use travaux::{
    StreamCommand,
    domain::{
        StreamId,
        agreement::{Act, AgreementCommand, AgreementEvent, LoggedAct, Restated},
    },
};
use travaux_import::input::read_input;

use crate::{
    args::{self, Day, GlobalArgs},
    error::CliError,
    input::read_text,
    names,
    session::Session,
};

/// Restate an act beside the text that was recorded wrongly: the earlier record stays, and so do the
/// answers as known before.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR restate 0199 --event 8 --on 2025-01-21 --reason 'a slip: it was signed on the 21st'"
)]
pub(crate) struct Restate {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// The event that recorded it, by its position in the log, as `history` has it.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = args::number::<u64>)]
    event: u64,
    #[command(flatten)]
    instead: Instead,
    /// Of an act on which others agreed: the parties that agree now.
    #[arg(long, value_name = "PARTIES", value_delimiter = ',')]
    consenting: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: String,
}

/// What was done instead.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Instead {
    /// The same, on this day.
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    on: Option<NaiveDate>,
    /// The act in a file, as `export jsonl` has its event: {"InstrumentEstablished": {...}}.
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
    /// Nothing was done.
    #[arg(long)]
    not_done: bool,
}

impl Restate {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, record) = names::record(&session.engine, &self.agreement)?;
        let positions = names::positions(&session.engine, StreamId::Agreement(id))?;
        let mut acts = record.agreement.acts.iter();
        let old = acts.find(|logged| positions.of(logged.event) == Some(self.event));
        let Some(old) = old else {
            return Err(CliError::Usage(format!(
                "--event: event {} is no act beside the text of this agreement: `travaux history {}` lists them",
                self.event, self.agreement
            )));
        };
        let mut acts = record.agreement.acts.iter();
        if let Some(later) = acts.find(|logged| logged.restates == Some(old.event)) {
            let later = positions.of(later.event).unwrap_or(later.event);
            return Err(CliError::Usage(format!(
                "--event: event {} is restated by event {later}: name that one",
                self.event
            )));
        }
        let restated = Restated {
            event: old.event,
            was: None,
            done: self.instead.act(old)?,
            consenting: self
                .consenting
                .iter()
                .map(|id| id.as_str().into())
                .collect(),
            reason: self.reason,
        };
        drop(record);
        let command = AgreementCommand::RestateAct(Box::new(restated));
        super::act_on(
            &session,
            StreamCommand::Agreement(id, command),
            Day::default(),
        )
    }
}

impl Instead {
    /// The act that was done instead of one on record; none, if none was.
    fn act(self, old: &LoggedAct) -> Result<Option<Act>, CliError> {
        if let Some(on) = self.on {
            return dated(old, on).map(Some);
        }
        let Some(file) = self.with else {
            return Ok(None);
        };
        let text = read_text(&file)?;
        let act = read_input(&file.display().to_string(), &text)?;
        Ok(Some(act))
    }
}

/// The same act on another day. What its decision found is found again.
fn dated(old: &LoggedAct, on: NaiveDate) -> Result<Act, CliError> {
    let event = AgreementEvent::Machine(old.act.clone());
    let mut event = serde_json::to_value(event).map_err(|e| CliError::Usage(e.to_string()))?;
    let fields = event.as_object_mut().and_then(|of| of.values_mut().next());
    if let Some(Value::Object(fields)) = fields {
        for found in ["effective_on", "trace", "silence"] {
            fields.remove(found);
        }
        let mut day = ["on", "received_on"].into_iter();
        if let Some(day) = day.find(|day| fields.contains_key(*day)) {
            fields.insert(day.to_owned(), json!(on));
            return serde_json::from_value(event).map_err(|e| CliError::Usage(e.to_string()));
        }
    }
    Err(CliError::Usage(format!(
        "--on: to {} has no day of its own: say the act with `--with FILE`",
        old.act.words()
    )))
}
