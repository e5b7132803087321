//! `travaux procedure propose`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Handle, Name, PartyId, StreamCommand, Version,
    procedure::{ProcedureCommand, StepTable},
};

use crate::{
    args::{GlobalArgs, date},
    commands::begin::{begin, parties},
    error::CliError,
    input::read_json,
    names,
    session::Session,
};

/// Propose a procedure under a framework, with a first draft of its steps.
#[derive(Debug, Args)]
#[command(
    long_about = GRAMMAR,
    after_help = "Example: travaux --as FR procedure propose 0199 steps.json --on 2025-01-10 --handle returns"
)]
pub(crate) struct Propose {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// A step table, a JSON document, as below.
    file: PathBuf,
    /// Whose it is; all parties to the framework, if nobody is named.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    between: Vec<Name>,
    /// The area of the framework, by its key.
    #[arg(long)]
    area: Option<Name>,
    /// The label of the draft.
    #[arg(long, default_value = "1.0.0-draft")]
    version: Version,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// What people call it; made from the title if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

const GRAMMAR: &str = r#"Propose a procedure under a framework, with a first draft of its steps

The document:
  title      {"en": "Consular passes"}: by language, as all words
  body       the body whose steps those of the role body are, by its key in the framework
  counting   {"whole_hours": true, "rolls_over": true, "two_working_days": true}, as Regulation
             1182/71 counts; false, where left out
  annexes    lists: {"proofs": {"agreement": ID, "provision": "1.4", "label": "Annex 1"}}
  steps      in their order; a case begins at the first one
A step:
  key, words
  actor      requesting, requested or body
  limit      none; or a period in hours, days, working days, weeks or months, such as
             3 working days; behind it, if it is so, `, at most 10 working days`, to which it may be
             put off, and `, calendar of requested` (or requesting, or a party); else that of the
             actor
  starts     from when that runs: reached, received or {"event": "arrival"}
  silence    what it means when it passes: nothing, {"deemed_agreed": OUTCOME},
             {"deemed_refused": OUTCOME} or {"escalates": STEP}
  outcomes   {"key": "accepted", "words": {...}, "gives": "obtained", "leads": {"to": "issue"}};
             gives: obtained, refused or other; leads: end, {"to": STEP} further down, or
             {"back_to": STEP} further up
  inputs     {"key": "identity", "words": {...}, "accepts": [{"key": "passport", "words": {...}}],
             "list": "proofs", "optional": true}; accepts, list and optional may be left out
  outputs    {"key": "pass", "words": {...}}
  optional   true, if cases need not go through it"#;

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let table: StepTable = read_json(&self.file)?;
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let parties = match &self.between[..] {
            [] => parties(engine, framework)?,
            some => some.iter().cloned().map(PartyId).collect(),
        };
        let id = engine.new_procedure_id();
        let proposed = ProcedureCommand::ProcedureProposed {
            on: self.on,
            framework,
            area: self.area,
            parties,
            version: self.version,
            table,
        };
        begin(
            &session,
            StreamCommand::Procedure(id, proposed),
            self.handle,
        )
    }
}
