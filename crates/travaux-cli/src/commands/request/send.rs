//! `travaux request send`

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::Args;
use serde::Deserialize;
use travaux::domain::{
    Name, PartyId, StreamCommand, StreamId,
    limit::Period,
    request::{RequestCall, RequestCommand, Says},
};
use travaux_import::input::read_input;
use travaux_text::Lang;

use super::content::{ContentArgs, bytes, commit, instant, terms_of, vault};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Send a request for information.
#[derive(Debug, Args)]
#[command(
    long_about = GRAMMAR,
    after_help = "Example: travaux --as FR request send data question.json --reference FR-2025-0018 --from spoc-fr --to MA --at-contact spoc-ma --area security --clause 'Article 4' --parts identity,travel --lang fr --key question --marking 'to:MA tlp:amber' --on 2025-03-28"
)]
pub(crate) struct Send {
    /// The exchange: a handle, an id, or the beginning or end of one.
    exchange: String,
    /// What is asked: a JSON document, as below; `-` is standard input. Its words are sealed outside
    /// of the log.
    file: String,
    /// What it is called: a reference that says nothing of what is asked.
    #[arg(long)]
    reference: Name,
    /// The contact point, or authority, that sends it.
    #[arg(long, value_name = "CONTACT")]
    from: Name,
    /// The requested party.
    #[arg(long, value_name = "PARTY")]
    to: Name,
    /// Its contact point.
    #[arg(long, value_name = "CONTACT")]
    at_contact: Name,
    /// One's own contact point, where another authority sends it.
    #[arg(long, value_name = "CONTACT")]
    copy_to: Option<Name>,
    /// The area of the framework, by its key.
    #[arg(long)]
    area: Name,
    /// The clause on which it rests.
    #[arg(long)]
    clause: String,
    /// It is urgent; the document says why.
    #[arg(long)]
    urgent: bool,
    /// It is for an offence of the agreement's list.
    #[arg(long)]
    listed: bool,
    /// What is asked, by keys that say nothing of it: each is answered for itself.
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    parts: Vec<Name>,
    /// The languages in which it is made.
    #[arg(long, value_name = "LANG", value_delimiter = ',', required = true, value_parser = lang)]
    lang: Vec<Lang>,
    /// A shorter limit, that both agreed, such as '4 hours'.
    #[arg(long, value_name = "PERIOD", requires = "consenting")]
    limit: Option<Period>,
    /// Both parties, where a shorter limit was agreed.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    #[command(flatten)]
    content: ContentArgs,
    /// When, where one is.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// The instant, with its offset.
    #[arg(long, value_parser = instant)]
    at: Option<DateTime<FixedOffset>>,
}

const GRAMMAR: &str = "Send a request for information

The document:
  purpose              for what purpose the information is asked for
  objective            what it is to bring
  link                 how the persons named are linked with the purpose
  urgency_reasons      why it is urgent, if it is
  text                 what is asked";

/// What is asked, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    objective: String,
    #[serde(default)]
    link: String,
    #[serde(default)]
    urgency_reasons: String,
    #[serde(default)]
    text: String,
}

impl Question {
    fn says(&self) -> BTreeSet<Says> {
        let each = [
            (Says::Purpose, &self.purpose),
            (Says::Objective, &self.objective),
            (Says::Link, &self.link),
            (Says::UrgencyReasons, &self.urgency_reasons),
        ];
        let said = each
            .into_iter()
            .filter(|(_, words)| !words.trim().is_empty());
        said.map(|(says, _)| says).collect()
    }
}

pub(super) fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).map_err(|error| error.to_string())
}

impl Send {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let words = bytes(&self.file)?;
        let text = String::from_utf8_lossy(&words);
        let question: Question =
            read_input(&self.file, &text).map_err(travaux_import::InputError::from)?;
        if question.text.trim().is_empty() {
            let text = format!("{}: expected `text`, what is asked, found none", self.file);
            return Err(CliError::Usage(text));
        }
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let exchange = names::exchange(engine, &self.exchange)?;
        let (terms, vault) = (terms_of(&session, exchange)?, vault(globals));
        let (party, to) = (session.actor()?.party, PartyId(self.to));
        let content = (self.content).seal(&session, (&vault, &terms), &words, &[&party, &to])?;
        let request = RequestCall {
            framework: terms.framework,
            exchange,
            reference: self.reference,
            from: self.from,
            to,
            at: self.at_contact,
            copy_to: self.copy_to,
            area: self.area,
            clause: self.clause,
            urgent: self.urgent,
            listed: self.listed,
            parts: self.parts,
            languages: self.lang,
            agreed_limit: self.limit,
            consenting: self.consenting.into_iter().map(PartyId).collect(),
            says: question.says(),
            content: content.clone(),
        };
        let id = engine.new_request_id();
        let sent = RequestCommand::RequestSent {
            on: self.on,
            at: self.at,
            request: Box::new(request),
        };
        let acts = vec![StreamCommand::Request(id, sent)];
        let committed = commit(&session, &vault, &content, acts)?;
        view::done(&session, StreamId::Request(id), &committed)
    }
}
