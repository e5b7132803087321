//! `travaux request mark`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{Name, StreamCommand, StreamId, request::RequestCommand};

use super::content::{marked, terms_of};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Change the marking of one's own content; holders go by it when they have acknowledged it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR request mark fr-2025-0017 --key question --marking 'to:FR,MA tlp:green' --on 2025-04-02"
)]
pub(crate) struct Mark {
    /// The request: a handle, an id, or the beginning or end of one.
    request: String,
    /// The content, by its key.
    #[arg(long)]
    key: Name,
    /// Its marking from then on, such as 'fr:secret to:FR,MA h1 tlp:amber'.
    #[arg(long)]
    marking: String,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Mark {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::request(&session.engine, &self.request)?;
        let dossiers = session.engine.dossiers()?;
        let state = dossiers.requests.get(&id).map(|view| &view.state);
        let known = state.and_then(|state| {
            let content = state.contents.get(&self.key)?;
            Some((state.exchange()?, content.marking()?.clone()))
        });
        let Some((exchange, from)) = known else {
            let text = format!("there is no content `{}` of request {id}", self.key);
            return Err(CliError::Usage(text));
        };
        let to = marked(&self.marking, &terms_of(&session, exchange)?)?;
        let changed = RequestCommand::MarkingChanged {
            on: self.on,
            content: self.key,
            from,
            to,
        };
        let acts = vec![StreamCommand::Request(id, changed)];
        let committed = session.engine.commit(None, &session.actor()?, acts)?;
        view::done(&session, StreamId::Request(id), &committed)
    }
}
