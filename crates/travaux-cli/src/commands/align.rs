//! `travaux align`

use std::path::Path;

use serde::Serialize;
use travaux::domain::Revision;
use travaux_text::{Gap, TermTable, without_counterpart};

use crate::{commands::propose::read_json, error::CliError, names, session::Session};

#[derive(Serialize)]
struct Line {
    key: String,
    #[serde(flatten)]
    gap: Gap,
    can_be_settled: bool,
}

pub(crate) fn run(
    session: &Session,
    agreement: &str,
    revision: Option<u32>,
    terms: Option<&Path>,
) -> Result<(), CliError> {
    let (_, shared) = names::record(&session.engine, agreement)?;
    let record = shared.lock();
    let revision = revision.map_or(record.agreement.current(), Revision);
    let text = record.text_of(revision).map_err(CliError::Usage)?;
    let mut gaps = record.agreement.open_gaps(&text);
    if let Some(terms) = terms {
        let table: TermTable = read_json(terms)?;
        let languages = record
            .agreement
            .identity
            .as_ref()
            .map(|i| i.languages.clone())
            .unwrap_or_default();
        if let Some((base, others)) = languages.split_first() {
            gaps.extend(
                others
                    .iter()
                    .flat_map(|other| without_counterpart(&text, *base, *other, &table)),
            );
        }
    }
    drop(record);
    if session.output.is_json() {
        let line = |gap: Gap| Line {
            key: gap.key(),
            can_be_settled: gap.can_be_settled(),
            gap,
        };
        return session.output.lines(gaps.into_iter().map(line));
    }
    if gaps.is_empty() {
        return session.output.text(&format!(
            "revision {revision}: no difference between its languages was found\n"
        ));
    }
    let lines: Vec<_> = gaps.iter().map(|gap| format!("{gap}\n")).collect();
    session.output.text(&lines.concat())
}
