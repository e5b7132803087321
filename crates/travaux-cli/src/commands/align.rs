//! `travaux align`

use std::path::PathBuf;

use clap::Args;
use travaux::domain::Revision;
use travaux_text::{Gap, TermTable, without_counterpart};

use crate::{
    args::GlobalArgs, error::CliError, input::read_json, names, output::one_line, session::Session,
    view::OpenGap,
};

/// Check whether the languages of a revision say the same.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux align 0199 --revision 2")]
pub(crate) struct Align {
    /// A handle, an id, or the beginning or end of one.
    agreement: String,
    /// The revision; the one adopted last if none.
    #[arg(long, allow_negative_numbers = true, value_parser = crate::args::number::<u32>)]
    revision: Option<u32>,
    /// A table of terms: a JSON list of objects, a term in each language. Paragraphs are paired by it too.
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
}

impl Align {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (_, record) = names::record(&session.engine, &self.agreement)?;
        let revision = self.revision.map_or(record.agreement.current(), Revision);
        let text = record.text_of(revision)?;
        let mut gaps = record.agreement.open_gaps(&text);
        if let Some(terms) = &self.terms {
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
            let line = |gap: Gap| OpenGap {
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
        let lines: Vec<_> = gaps
            .iter()
            .map(|gap| format!("{}\n", one_line(&gap.to_string())))
            .collect();
        session.output.text(&lines.concat())
    }
}
