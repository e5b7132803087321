//! `travaux request offer`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Name, PartyId, StreamCommand, StreamId,
    request::{Offer as Offered, RequestCommand},
};

use super::content::{ContentArgs, bytes, commit, terms_of, vault};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Offer information that nobody asked for.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA request offer data warning.txt --reference MA-2025-3 --to FR --area security --clause 'Article 7' --key warning --marking 'to:FR tlp:amber' --on 2025-03-28"
)]
pub(crate) struct Offer {
    /// The exchange: a handle, an id, or the beginning or end of one.
    exchange: String,
    /// The information: a file; `-` is standard input. Its words are sealed outside of the log.
    file: String,
    /// What it is called: a reference that says nothing of it.
    #[arg(long)]
    reference: Name,
    /// To whom.
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    to: Vec<Name>,
    /// The area of the framework, by its key.
    #[arg(long)]
    area: Name,
    /// The clause on which it rests.
    #[arg(long)]
    clause: String,
    /// It had to be offered, as for serious offences.
    #[arg(long)]
    owed: bool,
    #[command(flatten)]
    content: ContentArgs,
    /// When, where one is.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Offer {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let words = bytes(&self.file)?;
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let exchange = names::exchange(engine, &self.exchange)?;
        let (terms, vault) = (terms_of(&session, exchange)?, vault(globals));
        let party = session.actor()?.party;
        let to: Vec<_> = self.to.into_iter().map(PartyId).collect();
        let holders: Vec<_> = [&party].into_iter().chain(&to).collect();
        let content = (self.content).seal(&session, (&vault, &terms), &words, &holders)?;
        let offer = Offered {
            framework: terms.framework,
            exchange,
            reference: self.reference,
            to,
            area: self.area,
            clause: self.clause,
            owed: self.owed,
            content: content.clone(),
        };
        let id = engine.new_request_id();
        let offered = RequestCommand::InformationOffered {
            on: self.on,
            offer: Box::new(offer),
        };
        let acts = vec![StreamCommand::Request(id, offered)];
        let committed = commit(&session, &vault, &content, acts)?;
        view::done(&session, StreamId::Request(id), &committed)
    }
}
