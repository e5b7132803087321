//! `travaux procedure revise`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    StreamCommand, StreamId, Version,
    procedure::{ProcedureCommand, StepTable},
};

use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    input::read_json,
    names,
    session::Session,
    view,
};

/// Put another draft of a procedure forward, on the latest before.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA procedure revise passes more.json --version 1.1.0-draft --base 1.0.0 --on 2025-05-01"
)]
pub(crate) struct Revise {
    /// The procedure: a handle, an id, or the beginning or end of one.
    procedure: String,
    /// A step table, a JSON document, as `procedure propose --help` says.
    file: PathBuf,
    /// The label of the draft: one of its own.
    #[arg(long)]
    version: Version,
    /// The draft, or the adopted version, that it changes.
    #[arg(long)]
    base: Version,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Revise {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let table: StepTable = read_json(&self.file)?;
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::procedure(engine, &self.procedure)?;
        let revised = ProcedureCommand::ProcedureRevised {
            on: self.on,
            version: self.version,
            base: self.base,
            table,
        };
        let acts = vec![StreamCommand::Procedure(id, revised)];
        let committed = engine.commit(None, &session.actor()?, acts)?;
        view::done(&session, StreamId::Procedure(id), &committed)
    }
}
