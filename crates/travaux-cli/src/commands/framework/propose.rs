//! `travaux framework propose`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        Handle, StreamCommand, StreamId,
        framework::{FrameworkCommand, Terms},
    },
};

use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    input::{FrameworkFile, find_at, read_written},
    names,
    session::Session,
    view,
};

/// Propose a framework: it stands once every party has accepted it, and it is adopted.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR framework propose framework.json --on 2025-05-01")]
pub(crate) struct Propose {
    /// A JSON document: title, nature, declaration, parties, areas, organs; and a handle, if the
    /// title is not to give it: `travaux topic framework`.
    file: PathBuf,
    /// What people call it, such as `pact`: letters a-z, digits and hyphens; made from the title if
    /// nothing is said here or in the file. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let on = self.on;
        begin(globals, &self.file, self.handle, |terms, _| {
            let terms = terms.into();
            vec![FrameworkCommand::FrameworkProposed { on, terms }]
        })
    }
}

/// Begins a framework of the terms in a file, by the commands that are made of them and of today.
pub(super) fn begin(
    globals: &GlobalArgs,
    file: &std::path::Path,
    handle: Option<Handle>,
    commands: impl Fn(Terms, NaiveDate) -> Vec<FrameworkCommand>,
) -> Result<(), CliError> {
    let written = read_written(file)?;
    let read: FrameworkFile = written.read()?;
    let handle = handle.or_else(|| read.handle.clone());
    let (session, (stream, committed)) = Session::begin(globals, |session| {
        let engine = &session.engine;
        let instrument = read.instrument.as_deref();
        let instrument = instrument
            .map(|name| find_at(&written, "instrument", names::agreement(engine, name)))
            .transpose()?;
        let terms = Terms {
            instrument,
            ..read.terms()
        };
        let id = engine.new_framework_id();
        let stream = StreamId::Framework(id);
        let given = handle.clone().map(|handle| handle.give(stream));
        let acts = commands(terms, session.today()).into_iter();
        let acts = acts.map(|act| StreamCommand::Framework(id, act));
        let acts = acts.chain(given).collect();
        let request = CommitRequest::new(session.actor()?, acts).with_handles();
        Ok((stream, engine.commit_request(&request)?))
    })?;
    view::done(&session, stream, &committed)
}
