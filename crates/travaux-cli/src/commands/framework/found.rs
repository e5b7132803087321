//! `travaux framework found`

use std::path::PathBuf;

use clap::Args;
use travaux::domain::{
    Handle, StreamCommand, StreamId,
    framework::{Foundation, FrameworkCommand},
};

use crate::{args::GlobalArgs, error::CliError, input::read_json, session::Session, view};

/// Found a framework.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR framework found framework.json")]
pub(crate) struct Found {
    /// A JSON document: title, declaration, parties, areas.
    file: PathBuf,
    /// What people call it, such as `pact`: letters a-z, digits and hyphens. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
}

impl Found {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let foundation: Foundation = read_json(&self.file)?;
        let (session, (stream, committed)) = Session::begin(globals, |session| {
            let id = session.engine.new_framework_id();
            let stream = StreamId::Framework(id);
            let found = FrameworkCommand::FrameworkFounded(foundation.clone());
            let handle = self.handle.clone().map(|handle| handle.give(stream));
            let acts = [StreamCommand::Framework(id, found)].into_iter();
            let acts = acts.chain(handle).collect();
            let committed = session.engine.commit(None, &session.actor()?, acts)?;
            Ok((stream, committed))
        })?;
        view::done(&session, stream, &committed)
    }
}
