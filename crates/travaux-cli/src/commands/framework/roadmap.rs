//! `travaux framework roadmap`

use std::path::PathBuf;

use clap::Args;
use travaux::domain::framework::FrameworkCommand;

use super::act;
use crate::{args::GlobalArgs, error::CliError, input::read_json, names, session::Session};

/// Adopt a roadmap.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR framework roadmap 0199 roadmap.json")]
pub(crate) struct Roadmap {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// A JSON document: title, adopted_on, steps: `travaux topic roadmap`.
    file: PathBuf,
}

impl Roadmap {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let roadmap = read_json(&self.file)?;
        let framework = names::framework(&session.engine, &self.framework)?;
        act(
            &session,
            framework,
            FrameworkCommand::RoadmapAdopted(roadmap),
        )
    }
}
