//! `travaux propose`

use std::path::PathBuf;

use clap::Args;

use travaux::domain::{Handle, StreamCommand, StreamId, agreement::AgreementCommand};
use travaux_import::scenario::Manifest;

use crate::{
    args::GlobalArgs,
    error::CliError,
    input::{read_json, reader},
    session::Session,
    view,
};

/// Propose an agreement.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --as FR propose manifest.json")]
pub(crate) struct Propose {
    /// A manifest: title, kind, profile, parties, languages, and a text file for each (see examples/founding).
    file: PathBuf,
    /// What people call it, such as `sec`: letters a-z, digits and hyphens. It never names anything else in this store.
    #[arg(long)]
    handle: Option<Handle>,
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let manifest: Manifest = read_json(&self.file)?;
        let proposal = manifest.proposal(&reader(&self.file), None)?;
        let (session, (stream, committed)) = Session::begin(globals, |session| {
            let id = session.engine.new_agreement_id();
            let stream = StreamId::Agreement(id);
            let propose = AgreementCommand::Propose(Box::new(proposal.clone()));
            let handle = self.handle.clone().map(|handle| handle.give(stream));
            let acts = [StreamCommand::Agreement(id, propose)].into_iter();
            let acts = acts.chain(handle).collect();
            let committed = session.engine.commit(None, &session.actor()?, acts)?;
            Ok((stream, committed))
        })?;
        view::done(&session, stream, &committed)
    }
}
