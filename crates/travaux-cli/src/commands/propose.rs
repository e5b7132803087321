//! `travaux propose`

use std::path::PathBuf;

use clap::Args;

use travaux::{
    CommitRequest,
    domain::{Handle, StreamCommand, StreamId, agreement::AgreementCommand},
};
use travaux_import::scenario::Manifest;

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    input::{find_at, read_written, reader},
    names,
    session::Session,
    view,
};

/// Propose an agreement.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR propose manifest.json")]
pub(crate) struct Propose {
    /// A manifest: title, kind, profile, parties, languages, and a text file for each (see examples/founding).
    file: PathBuf,
    /// What people call it, such as `sec`: letters a-z, digits and hyphens; made from the title if
    /// nothing is said here or in the manifest. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
    #[command(flatten)]
    day: Day,
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let written = read_written(&self.file)?;
        let manifest: Manifest = written.read()?;
        let read = reader(&self.file);
        let handle = self.handle.or_else(|| manifest.handle.clone());
        let (session, (stream, committed)) = Session::begin(globals, |session| {
            let amends = match manifest.amends.as_deref() {
                Some(name) => {
                    let found = names::agreement(&session.engine, name);
                    Some(find_at(&written, "amends", found)?)
                }
                None => None,
            };
            let proposal = manifest.proposal(&read, None, amends)?;
            let id = session.engine.new_agreement_id();
            let stream = StreamId::Agreement(id);
            let propose = AgreementCommand::Propose(Box::new(proposal));
            let given = handle.clone().map(|handle| handle.give(stream));
            let acts = [StreamCommand::Agreement(id, propose)].into_iter();
            let acts = acts.chain(given).collect();
            let request = CommitRequest::new(session.actor()?, acts)
                .on(self.day.on)
                .with_handles();
            Ok((stream, session.engine.commit_request(&request)?))
        })?;
        view::done(&session, stream, &committed)
    }
}
