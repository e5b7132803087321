//! `travaux request erase`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{Name, StreamCommand, StreamId, request::RequestCommand};

use super::content::vault;
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Erase the words of a content: one's own for all, those of another for oneself. What is on record
/// of them stays, with their digest.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR request erase fr-2025-0017 --key question --ground wrong-person --on 2025-04-05"
)]
pub(crate) struct Erase {
    /// The request: a handle, an id, or the beginning or end of one.
    request: String,
    /// The content, by its key.
    #[arg(long)]
    key: Name,
    /// On which ground of the terms.
    #[arg(long)]
    ground: Name,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Erase {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::request(&session.engine, &self.request)?;
        let actor = session.actor()?;
        let erased = RequestCommand::ContentErased {
            on: self.on,
            content: self.key.clone(),
            ground: self.ground,
        };
        let acts = vec![StreamCommand::Request(id, erased)];
        let sweep = || -> Result<(), CliError> {
            let dossiers = session.engine.dossiers()?;
            let state = dossiers.requests.get(&id).map(|view| &view.state);
            let content = state.and_then(|state| state.contents.get(&self.key));
            let erased = content.filter(|content| content.erased.contains_key(&actor.party));
            match erased {
                Some(content) if content.by == actor.party => {
                    vault(globals).erase_for_all(content.digest)?;
                }
                Some(content) => vault(globals).erase(content.digest, &actor.party.0)?,
                None => {}
            }
            Ok(())
        };
        // What was recorded before and not done, as power went, is done now.
        sweep()?;
        let committed = session.engine.commit(None, &actor, acts)?;
        sweep()?;
        view::done(&session, StreamId::Request(id), &committed)
    }
}
