//! `travaux diff`

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    domain::Revision,
    projections::{AgreementRecord, TextQuestion},
};
use travaux_text::{AnsiRenderer, HtmlRenderer, PlainRenderer, Renderer};

use super::store::outside;
use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, language},
    output::visible,
    session::Session,
    view::Comparison,
};

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

/// Show what changed between two revisions, or between two dates.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux diff 0199 1 2 --lang fr")]
pub(crate) struct Diff {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// A revision number, or a date.
    from: String,
    /// A revision number, or a date.
    to: String,
    /// The language.
    #[arg(long)]
    lang: Option<String>,
    /// Write the redline as a page.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl Diff {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (_, record) = names::record(&session.engine, &self.agreement)?;
        let lang = language(&record, self.lang.as_deref())?;
        let (from, to) = (revision(&record, &self.from)?, revision(&record, &self.to)?);
        let redline = record.redline(from, to, lang)?;
        if let Some(path) = &self.html {
            outside(&globals.store, path)?;
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
            std::fs::write(path, html)
                .map_err(CliError::io(format!("write {}", path.display())))?;
            if !session.output.is_json() {
                return session.output.text(&format!("wrote {}\n", path.display()));
            }
        }
        if session.output.is_json() {
            let identical = redline.is_empty();
            return session.output.document(&Comparison {
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
        match coloured() {
            true => session.output.styled(&render(redline, &AnsiRenderer)),
            false => session.output.text(&render(redline, &PlainRenderer)),
        }
    }
}

/// Colours on a terminal, marks elsewhere.
fn coloured() -> bool {
    use std::io::IsTerminal as _;
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn render(mut redline: travaux_text::Redline, renderer: &impl Renderer) -> String {
    for span in &mut redline.spans {
        span.text = visible(&span.text).into_owned();
    }
    let mut out = renderer.render_changes(&redline);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}
