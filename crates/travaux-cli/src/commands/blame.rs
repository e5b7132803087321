//! `travaux blame`

use serde::Serialize;
use travaux::{
    domain::Revision,
    projections::{BlameLine, Custodian},
};
use travaux_text::{Lang, ProvisionId};

use crate::{commands::show::language, error::CliError, names, session::Session};

pub(crate) struct Blame {
    pub(crate) agreement: String,
    pub(crate) revision: Option<u32>,
    pub(crate) provision: Option<ProvisionId>,
    pub(crate) lang: Option<Lang>,
}

#[derive(Serialize)]
struct Words<'a> {
    words: String,
    #[serde(flatten)]
    custodian: Custodian<'a>,
    returned: Option<u32>,
}

fn short(custodian: &Custodian<'_>) -> String {
    let date = custodian
        .adopted_at
        .map_or("not adopted".to_owned(), |d| d.date_naive().to_string());
    let by = custodian.adopter.unwrap_or("-");
    let mark = if custodian.inferred { "~" } else { " " };
    format!(
        "{:>4}{mark} {date}  {:<14.14} {:<14.14}",
        custodian.revision.0, custodian.proposer, by
    )
}

pub(crate) fn run(session: &Session, blame: &Blame) -> Result<(), CliError> {
    let (id, _) = names::record(&session.engine, &blame.agreement)?;
    let shared = session.engine.record_with_custody(id)?;
    let record = shared.lock();
    let lang = language(&record, blame.lang)?;
    let revision = blame.revision.map_or(record.agreement.current(), Revision);
    if let Some(provision) = blame.provision {
        let words = record
            .words(revision, provision, lang)
            .map_err(CliError::Usage)?;
        let words: Vec<_> = words
            .into_iter()
            .map(|w| Words {
                words: w.text,
                custodian: record.custodian(Revision(w.revision)),
                returned: w.returned,
            })
            .collect();
        if session.output.is_json() {
            return session.output.lines(words);
        }
        let line = |w: &Words<'_>| format!("{}  {}\n", short(&w.custodian), w.words.trim_end());
        return session
            .output
            .text(&words.iter().map(line).collect::<String>());
    }
    let lines: Vec<BlameLine<'_>> = record.blame(revision, lang).map_err(CliError::Usage)?;
    if session.output.is_json() {
        return session.output.lines(lines);
    }
    let mut out = String::new();
    for line in &lines {
        out += &format!(
            "{}  {:>5}  {}\n",
            short(&line.custodian),
            line.line,
            line.text
        );
    }
    if lines.iter().any(|l| l.custodian.inferred) {
        out += "~ inferred: read off the texts, as no operations were recorded\n";
    }
    session.output.text(&out)
}
