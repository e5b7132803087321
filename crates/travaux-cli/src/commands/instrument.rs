//! `travaux instrument` and `check`

use serde::Serialize;
use travaux::domain::Revision;
use travaux_text::{Lang, instrument};

use crate::{commands::show::language, error::CliError, names, session::Session};

#[derive(Serialize)]
struct Sentence {
    number: usize,
    text: String,
}

/// The sentences by which a revision would be ordered.
pub(crate) fn run(
    session: &Session,
    agreement: &str,
    revision: u32,
    lang: Option<Lang>,
) -> Result<(), CliError> {
    let (_, shared) = names::record(&session.engine, agreement)?;
    let record = shared.lock();
    let lang = language(&record, lang)?;
    let revision = Revision(revision);
    let known = record.agreement.revision(revision);
    let found = known.ok_or_else(|| {
        CliError::Usage(format!(
            "there is no revision {revision}: they run from 1 to {}",
            record.agreement.revisions.len()
        ))
    })?;
    if found.operations.is_empty() && found.operation_count > 0 {
        let what = format!(
            "revision {revision} was a draft: its operations are part of the text, and no instrument orders them"
        );
        return Err(CliError::Usage(what));
    }
    let base = record.text_of(found.base).map_err(CliError::Usage)?;
    let sentences = instrument(&base, &found.operations, revision.0, lang)
        .map_err(|e| CliError::Usage(e.to_string()))?;
    drop(record);
    if session.output.is_json() {
        return session.output.lines(
            (1..)
                .zip(sentences)
                .map(|(number, text)| Sentence { number, text }),
        );
    }
    let lines: Vec<_> = (1..)
        .zip(sentences)
        .map(|(number, text): (usize, _)| format!("{number}. {text}\n"))
        .collect();
    session.output.text(&lines.concat())
}

/// What is odd about an agreement's changes and its text.
pub(crate) fn check(
    session: &Session,
    agreement: &str,
    lang: Option<Lang>,
) -> Result<(), CliError> {
    let (_, shared) = names::record(&session.engine, agreement)?;
    let record = shared.lock();
    let lang = language(&record, lang)?;
    let found = record.check(lang);
    drop(record);
    if session.output.is_json() {
        return session.output.lines(found);
    }
    if found.is_empty() {
        return session.output.text("nothing odd was found\n");
    }
    let lines: Vec<_> = found
        .iter()
        .map(|finding| format!("{}\n", finding.what))
        .collect();
    session.output.text(&lines.concat())
}
