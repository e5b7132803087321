//! `travaux framework found`

use std::path::PathBuf;

use clap::Args;
use travaux::domain::framework::{Foundation, FrameworkCommand};

use super::act;
use crate::{args::GlobalArgs, error::CliError, input::read_json, session::Session};

/// Found a framework.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR framework found framework.json")]
pub(crate) struct Found {
    /// A JSON document: title, declaration, parties, areas.
    file: PathBuf,
}

impl Found {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let foundation: Foundation = read_json(&self.file)?;
        let session = Session::open_or_make(globals)?;
        let id = session.engine.new_framework_id();
        act(&session, id, FrameworkCommand::FrameworkFounded(foundation))
    }
}
