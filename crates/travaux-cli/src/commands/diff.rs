//! `travaux diff`

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::Serialize;
use travaux::{
    domain::Revision,
    projections::{AgreementRecord, TextQuestion},
};
use travaux_text::{AnsiRenderer, HtmlRenderer, Lang, Renderer as _, Span};

use crate::{commands::show::language, error::CliError, names, session::Session};

pub(crate) struct Diff {
    pub(crate) agreement: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) lang: Option<Lang>,
    pub(crate) html: Option<PathBuf>,
}

#[derive(Serialize)]
struct Shown<'a> {
    from: Revision,
    to: Revision,
    lang: Lang,
    identical: bool,
    spans: &'a [Span],
}

/// The revision that a number means, or that holds on a date.
fn revision(record: &AgreementRecord, name: &str) -> Result<Revision, CliError> {
    if let Ok(number) = name.parse() {
        return Ok(Revision(number));
    }
    let on: NaiveDate = name.parse().map_err(|_| {
        CliError::Usage(format!(
            "`{name}` is neither a revision number nor a date (2024-10-30)"
        ))
    })?;
    let answer = record.text_in_force(TextQuestion { on, known_at: None });
    answer
        .revision
        .ok_or_else(|| CliError::Usage(format!("there is no text on {on}: {}", answer.reason)))
}

pub(crate) fn run(session: &Session, diff: &Diff) -> Result<(), CliError> {
    let (_, shared) = names::record(&session.engine, &diff.agreement)?;
    let record = shared.lock();
    let lang = language(&record, diff.lang)?;
    let (from, to) = (revision(&record, &diff.from)?, revision(&record, &diff.to)?);
    let redline = record.redline(from, to, lang).map_err(CliError::Usage)?;
    if let Some(path) = &diff.html {
        let line = record.line(to);
        let title = record
            .agreement
            .identity
            .as_ref()
            .map_or("", |i| i.title.as_str());
        let page = HtmlRenderer {
            lang,
            cite: line
                .as_ref()
                .and_then(|l| l.source.clone())
                .unwrap_or_else(|| format!("revision {to}")),
            datetime: line
                .and_then(|l| l.adopted_at)
                .map(|d| d.to_rfc3339())
                .unwrap_or_default(),
        };
        let html = page.page(&format!("{title}: revision {from} to {to}"), &redline);
        std::fs::write(path, html).map_err(CliError::io(format!("write {}", path.display())))?;
        if !session.output.is_json() {
            return session.output.text(&format!("wrote {}\n", path.display()));
        }
    }
    if session.output.is_json() {
        let identical = redline.is_empty();
        return session.output.document(&Shown {
            from,
            to,
            lang,
            identical,
            spans: &redline.spans,
        });
    }
    if redline.is_empty() {
        return session
            .output
            .text(&format!("revisions {from} and {to} say the same\n"));
    }
    session.output.text(&render(&redline))
}

/// Colours on a terminal, marks elsewhere.
fn render(redline: &travaux_text::Redline) -> String {
    use std::io::IsTerminal as _;
    let mut out = if std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        AnsiRenderer.render_changes(redline)
    } else {
        travaux_text::PlainRenderer.render_changes(redline)
    };
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}
