//! `travaux terms agree`

use std::{collections::BTreeMap, path::PathBuf};

use chrono::NaiveDate;
use clap::Args;
use serde::Deserialize;
use travaux::domain::{
    Handle, Name, PartyId, StreamCommand,
    exchange::{ExchangeCommand, LimitCase, Publishing, Terms},
    limit::Counting,
    marking::{Marking, Schemes},
};
use travaux_text::Lang;

use crate::{
    args::{GlobalArgs, date},
    commands::begin::begin,
    error::CliError,
    input::read_json,
    names,
    session::Session,
};

/// Agree on the terms on which information is exchanged under a framework.
#[derive(Debug, Args)]
#[command(
    long_about = GRAMMAR,
    after_help = "Example: travaux --as FR terms agree partnership terms.json --consenting ES,FR,MA --on 2025-01-02"
)]
pub(crate) struct Agree {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// A JSON document, as below.
    file: PathBuf,
    /// The exchange whose terms these take the place of; a new one, if none is named.
    #[arg(long)]
    instead: Option<String>,
    /// All parties that exchange.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// What people call it; made from the title if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

const GRAMMAR: &str = r#"Agree on the terms on which information is exchanged under a framework

The document:
  title, instrument    in words
  contacts             {"FR": "spoc-fr", ...}: the single point of contact of each party
  languages            in which requests are made; any, if left out
  limits               the first that fits is a request's; the last one is for all:
                       {"key": "urgent-direct", "urgent": true, "direct": true, "listed": false,
                       "period": "8 hours"}; periods in hours, days, working days, weeks or
                       months, or as PT8H, P7D, P6M; conditions that are left out hold for all
  counting             {"whole_hours": true, "rolls_over": true, "two_working_days": true}, as
                       Regulation 1182/71 counts; false, where left out
  refusal_grounds, deviation_grounds, erasure_grounds    lists of keys
  schemes              {"ma": ["open", "ma-secret"]}: levels of one's own, the lowest first
  unmarked             what is not marked bears: "fr:tres-secret h1 h2 tlp:red"
  publishing           {"rows": "area", "columns": "quarter", "minimum": 5}; rows and columns:
                       area, quarter, urgency or party"#;

/// The file of terms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsFile {
    title: String,
    instrument: String,
    contacts: BTreeMap<PartyId, Name>,
    #[serde(default)]
    languages: Vec<Lang>,
    limits: Vec<LimitCase>,
    #[serde(default)]
    counting: Counting,
    #[serde(default)]
    refusal_grounds: Vec<Name>,
    #[serde(default)]
    deviation_grounds: Vec<Name>,
    #[serde(default)]
    erasure_grounds: Vec<Name>,
    #[serde(default)]
    schemes: Schemes,
    unmarked: String,
    publishing: Publishing,
}

impl Agree {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let file: TermsFile = read_json(&self.file)?;
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let unmarked = Marking::parse(&file.unmarked, &file.schemes)
            .map_err(|error| CliError::Usage(format!("{}: {error}", self.file.display())))?;
        let terms = Terms {
            framework,
            title: file.title,
            agreement: None,
            instrument: file.instrument,
            contacts: file.contacts,
            languages: file.languages,
            limits: file.limits,
            counting: file.counting,
            refusal_grounds: file.refusal_grounds,
            deviation_grounds: file.deviation_grounds,
            erasure_grounds: file.erasure_grounds,
            schemes: file.schemes,
            unmarked,
            publishing: file.publishing,
        };
        let id = match self.instead {
            Some(name) => names::exchange(engine, &name)?,
            None => engine.new_exchange_id(),
        };
        let agreed = ExchangeCommand::TermsAgreed {
            on: self.on,
            terms: Box::new(terms),
            consenting: self.consenting.into_iter().map(PartyId).collect(),
        };
        begin(&session, StreamCommand::Exchange(id, agreed), self.handle)
    }
}
