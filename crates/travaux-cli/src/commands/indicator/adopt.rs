//! `travaux indicator adopt`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    FrameworkId, Handle, Name, PartyId, StreamCommand, Version,
    indicator::{Definition, IndicatorCommand},
};

use crate::{
    args::{GlobalArgs, date},
    commands::begin::begin,
    error::CliError,
    input::read_json,
    names,
    session::Session,
};

/// Begin an indicator: adopt the first version of its definition, or put a draft of it forward.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR indicator adopt 0199 passes.json --version 1.0.0 --from 2023-01-01 --consenting FR,MA --on 2024-10-01"
)]
pub(crate) struct Adopt {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// The definition: a JSON document, see `travaux topic indicator`.
    file: PathBuf,
    /// The version.
    #[command(flatten)]
    adopted: Adopted,
    /// What people call it; made from its name if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

/// Which version is adopted, and by whom.
#[derive(Debug, Args)]
pub(super) struct Adopted {
    /// The version: X.Y.Z; with an extension such as 1.1.0-draft it is a draft, which nobody adopts.
    #[arg(long)]
    pub(super) version: Version,
    /// Periods that begin from this day on are counted by it; from the day of the act if left out.
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<NaiveDate>,
    /// All parties to the framework.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Adopted {
    /// The command that adopts the version, or puts a draft forward.
    pub(super) fn command(
        self,
        framework: FrameworkId,
        definition: Definition,
    ) -> IndicatorCommand {
        let Self {
            version,
            from,
            consenting,
            on,
        } = self;
        if version.is_draft() {
            return IndicatorCommand::IndicatorDrafted {
                on,
                framework,
                version,
                definition: definition.into(),
            };
        }
        IndicatorCommand::IndicatorAdopted {
            on,
            framework,
            version,
            from: from.unwrap_or(on),
            definition: definition.into(),
            consenting: consenting.into_iter().map(PartyId).collect(),
        }
    }
}

impl Adopt {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let definition = read_json(&self.file)?;
        let id = engine.new_indicator_id();
        let command = self.adopted.command(framework, definition);
        begin(&session, StreamCommand::Indicator(id, command), self.handle)
    }
}
