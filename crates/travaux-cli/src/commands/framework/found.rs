//! `travaux framework found`

use std::path::PathBuf;

use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        Handle, StreamCommand, StreamId,
        framework::{Foundation, FrameworkCommand},
    },
};

use crate::{
    args::GlobalArgs,
    error::CliError,
    input::{FrameworkFile, read_json},
    session::Session,
    view,
};

/// Found a framework.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR framework found framework.json")]
pub(crate) struct Found {
    /// A JSON document: title, declaration, parties, areas; and a handle, if the title is not to
    /// give it: `travaux topic framework`.
    file: PathBuf,
    /// What people call it, such as `pact`: letters a-z, digits and hyphens; made from the title if
    /// nothing is said here or in the file. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
}

impl Found {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let FrameworkFile {
            title,
            handle,
            declaration,
            parties,
            areas,
        } = read_json(&self.file)?;
        let foundation = Foundation {
            title,
            declaration,
            parties,
            areas,
        };
        let handle = self.handle.or(handle);
        let (session, (stream, committed)) = Session::begin(globals, |session| {
            let id = session.engine.new_framework_id();
            let stream = StreamId::Framework(id);
            let found = FrameworkCommand::FrameworkFounded(foundation.clone().into());
            let given = handle.clone().map(|handle| handle.give(stream));
            let acts = [StreamCommand::Framework(id, found)].into_iter();
            let acts = acts.chain(given).collect();
            let request = CommitRequest::new(session.actor()?, acts).with_handles();
            Ok((stream, session.engine.commit_request(&request)?))
        })?;
        view::done(&session, stream, &committed)
    }
}
