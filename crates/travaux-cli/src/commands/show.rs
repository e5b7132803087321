//! `travaux show`

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use travaux::{
    domain::{Revision, StreamId, partnership::FollowUp},
    projections::{Asked, TextQuestion},
};
use travaux_text::Digest;

use super::meeting;
use crate::{
    args::{GlobalArgs, time},
    error::CliError,
    names::{self, language},
    output::one_line,
    session::Session,
    view::{self, Shown, in_brackets},
};

/// Show the text of an agreement: now, at a revision, or on a date as known at a time.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux show terms.md --as-of 2020-01-01 --known-at 2021-06-30T12:00:00Z"
)]
pub(crate) struct Show {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The revision whose text is wanted.
    #[arg(long, conflicts_with = "as_of", allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: Option<u32>,
    /// The date for which the text is wanted; today, where only --known-at is given.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    as_of: Option<NaiveDate>,
    /// Only what was known at this time (RFC 3339, or a date: its end).
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with = "revision")]
    known_at: Option<DateTime<Utc>>,
    /// The language.
    #[arg(long)]
    lang: Option<String>,
    /// Print exactly the bytes of the text, and nothing else.
    #[arg(long)]
    raw: bool,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, record) = names::record(&session.engine, &self.agreement)?;
        names::was_known(&record, self.known_at)?;
        let handle = names::handle_of(&session.engine, StreamId::Agreement(id))?;
        let lang = language(&record, self.lang.as_deref())?;
        // What was known at a time is asked of a date: of today, if none is named.
        let on = self.as_of.or(self.known_at.map(|_| session.today()));
        let (text, answer, revision) = match (on, self.revision) {
            (Some(on), _) => {
                let answer = record.text_in_force(TextQuestion {
                    on,
                    known_at: self.known_at,
                });
                (
                    record.print_answer(&answer, lang),
                    Some(answer.clone()),
                    answer.revision,
                )
            }
            (None, revision) => {
                let revision = revision.map_or(record.agreement.current(), Revision);
                (Some(record.print(revision, lang)?), None, Some(revision))
            }
        };
        if self.raw {
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
        let status = match &answer {
            Some(answer) => answer.status.clone(),
            None => record.agreement.status(session.today(), None),
        };
        drop(record);
        let dossiers = session.engine.dossiers()?;
        let asked = Asked {
            on,
            known_at: self.known_at,
        };
        let follows = dossiers.followed_by(&FollowUp::Agreement(id), asked);
        if session.output.is_json() {
            let sha256 = text.as_ref().map(|t| Digest::of(t.as_bytes()));
            return session.output.document(&Shown {
                id,
                handle,
                agreement: title,
                lang,
                revision: line,
                status,
                answer: answer.map(Into::into),
                follows: follows.into_iter().cloned().collect(),
                sha256,
                text,
            });
        }
        let title = one_line(&title);
        let mut out = format!("{title}{} [{lang}]\n", in_brackets(handle.as_ref()));
        if answer.is_none() {
            out += &format!("on {}: {status}\n", status.on);
        }
        if let Some(answer) = &answer {
            let known = answer
                .question
                .known_at
                .map(|t| format!(", as known at {}", view::instant(t)))
                .unwrap_or_default();
            out += &format!("on {}{known}: {}\n", answer.question.on, answer.status);
            out += &format!("text: {}\n", answer.reason);
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
        out += &meeting::follows(&names::by_stream(&session.engine)?, "", &follows);
        out += "\n";
        out += &text.unwrap_or_else(|| "(no text)\n".to_owned());
        session.output.text(&out)
    }
}
