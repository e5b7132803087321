//! `travaux instrument`

use clap::Args;
use travaux::domain::Revision;
use travaux_text::instrument;

use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, language},
    session::Session,
    view::Sentence,
};

/// Word a revision as the sentences of an amending instrument.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux instrument 0199 --revision 4 --lang fr")]
pub(crate) struct Instrument {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// The revision.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: u32,
    /// The language.
    #[arg(long)]
    lang: Option<String>,
}

impl Instrument {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (_, record) = names::record(&session.engine, &self.agreement)?;
        let lang = language(&record, self.lang.as_deref())?;
        let revision = Revision(self.revision);
        let known = record.agreement.revision(revision);
        let found = known.ok_or_else(|| {
            CliError::Usage(format!(
                "there is no revision {revision}: they run from 1 to {}",
                record.agreement.revisions.len()
            ))
        })?;
        if found.draft.operations.is_empty() && found.operation_count > 0 {
            let what = format!(
                "revision {revision} was a draft: its operations are part of the text, and no instrument orders them"
            );
            return Err(CliError::Usage(what));
        }
        let base = record.text_of(found.draft.base)?;
        let sentences = instrument(&base, &found.draft.operations, revision.0, lang)
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
}
