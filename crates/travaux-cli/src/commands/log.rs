//! `travaux log`

use clap::Args;

use crate::{args::GlobalArgs, error::CliError, names, screen::table, session::Session};

/// List the revisions of an agreement.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux log 0199")]
pub(crate) struct Log {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
}

impl Log {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (_, shared) = names::record(&session.engine, &self.agreement)?;
        let lines = shared.revisions();
        if session.output.is_json() {
            return session.output.lines(lines);
        }
        let mut rows = vec![
            [
                "REVISION", "OUTCOME", "ADOPTED", "APPLIES", "PROPOSER", "ADOPTER", "TITLE",
            ]
            .map(str::to_owned)
            .to_vec(),
        ];
        for l in lines {
            let date = |d: Option<String>| d.unwrap_or_else(|| "-".to_owned());
            rows.push(vec![
                l.revision.to_string(),
                l.adopted_as
                    .map_or(l.outcome.to_string(), |r| format!("{} as {r}", l.outcome)),
                date(l.adopted_at.map(|d| d.date_naive().to_string())),
                date(l.effective_from.map(|d| d.to_string())),
                l.proposer,
                l.adopter.unwrap_or_else(|| "-".to_owned()),
                l.title.or(l.source).unwrap_or_default(),
            ]);
        }
        session.output.text(&table(&rows))
    }
}
