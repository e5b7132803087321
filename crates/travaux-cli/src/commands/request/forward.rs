//! `travaux request forward`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{Name, PartyId, StreamCommand, StreamId, request::RequestCommand};

use super::content::vault;
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Send a content on to another party, with the consent of its originator or where its marking lets
/// anybody.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA request forward fr-2025-0017 --key question --to ES --on 2025-04-01"
)]
pub(crate) struct Forward {
    /// The request: a handle, an id, or the beginning or end of one.
    request: String,
    /// The content, by its key.
    #[arg(long)]
    key: Name,
    /// To whom.
    #[arg(long, value_name = "PARTY")]
    to: Name,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Forward {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::request(&session.engine, &self.request)?;
        let (actor, to) = (session.actor()?, PartyId(self.to));
        let sent = RequestCommand::OnwardTransmitted {
            on: self.on,
            content: self.key.clone(),
            to: to.clone(),
        };
        let acts = vec![StreamCommand::Request(id, sent)];
        let dossiers = session.engine.dossiers()?;
        let state = dossiers.requests.get(&id).map(|view| &view.state);
        let content = state.and_then(|state| state.contents.get(&self.key));
        // The key goes first: what is on record as sent on can be read. It comes back with a refusal.
        let new = content.filter(|content| content.by != to && !content.held.contains_key(&to));
        let (vault, digest) = (vault(globals), new.map(|content| content.digest));
        if let Some(digest) = digest {
            vault.give(digest, &actor.party.0, &to.0)?;
        }
        let committed = match (session.engine.commit(None, &actor, acts), digest) {
            (Err(refused), Some(digest)) => {
                vault.erase(digest, &to.0)?;
                return Err(refused.into());
            }
            (done, _) => done?,
        };
        view::done(&session, StreamId::Request(id), &committed)
    }
}
