//! `travaux show`

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use travaux::{
    domain::{AgreementId, Revision},
    projections::{AgreementRecord, RevisionLine, TextAnswer, TextQuestion},
};
use travaux_text::{Digest, Lang};

use crate::{error::CliError, names, session::Session};

pub(crate) struct Show {
    pub(crate) agreement: String,
    pub(crate) revision: Option<u32>,
    pub(crate) as_of: Option<NaiveDate>,
    pub(crate) known_at: Option<DateTime<Utc>>,
    pub(crate) lang: Option<Lang>,
    pub(crate) raw: bool,
}

#[derive(Serialize)]
struct Shown {
    id: AgreementId,
    agreement: String,
    lang: Lang,
    #[serde(flatten)]
    revision: Option<RevisionLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<TextAnswer>,
    sha256: Option<Digest>,
    text: Option<String>,
}

/// The language that was asked for, or the default one.
pub(crate) fn language(record: &AgreementRecord, lang: Option<Lang>) -> Result<Lang, CliError> {
    let known = record
        .agreement
        .identity
        .as_ref()
        .map(|i| i.all_languages())
        .unwrap_or_default();
    match lang {
        None => Ok(record.default_language()),
        Some(lang) if known.contains(&lang) => Ok(lang),
        Some(lang) => {
            let known: Vec<_> = known.iter().map(ToString::to_string).collect();
            Err(CliError::Usage(format!(
                "there is no {lang} text: the languages are {}",
                known.join(", ")
            )))
        }
    }
}

pub(crate) fn run(session: &Session, show: &Show) -> Result<(), CliError> {
    let (id, shared) = names::record(&session.engine, &show.agreement)?;
    let record = shared.lock();
    let lang = language(&record, show.lang)?;
    let usage = |e| CliError::Usage(e);
    let (text, answer, revision) = match (show.as_of, show.revision) {
        (Some(on), _) => {
            let answer = record.text_in_force(TextQuestion {
                on,
                known_at: show.known_at,
            });
            (
                record.print_answer(&answer, lang),
                Some(answer.clone()),
                answer.revision,
            )
        }
        (None, revision) => {
            let revision = revision.map_or(record.agreement.current(), Revision);
            (
                Some(record.print(revision, lang).map_err(usage)?),
                None,
                Some(revision),
            )
        }
    };
    if show.raw {
        let missing = || {
            CliError::Usage(answer.as_ref().map_or("there is no text".to_owned(), |a| {
                format!("there is no text: {}", a.reason)
            }))
        };
        return session.output.bytes(text.ok_or_else(missing)?.as_bytes());
    }
    let title = record
        .agreement
        .identity
        .as_ref()
        .map(|i| i.title.clone())
        .unwrap_or_default();
    let line = revision.and_then(|r| record.line(r));
    drop(record);
    if session.output.is_json() {
        let sha256 = text.as_ref().map(|t| Digest::of(t.as_bytes()));
        return session.output.document(&Shown {
            id,
            agreement: title,
            lang,
            revision: line,
            answer,
            sha256,
            text,
        });
    }
    let mut out = format!("{title} [{lang}]\n");
    if let Some(answer) = &answer {
        let known = answer
            .question
            .known_at
            .map(|t| format!(", as known at {}", t.to_rfc3339()))
            .unwrap_or_default();
        out += &format!("on {}{known}: {}\n", answer.question.on, answer.reason);
        for (revision, date) in &answer.pending {
            out += &format!("not yet: revision {revision} applies from {date}\n");
        }
    }
    if let Some(l) = line {
        let adopted = l
            .adopted_at
            .map(|d| format!(", adopted {}", d.date_naive()))
            .unwrap_or_default();
        let by = l.adopter.map(|a| format!(" by {a}")).unwrap_or_default();
        out += &format!(
            "revision {}, proposed by {}{adopted}{by}\n",
            l.revision, l.proposer
        );
    }
    out += "\n";
    out += &text.unwrap_or_else(|| "(no text)\n".to_owned());
    session.output.text(&out)
}
