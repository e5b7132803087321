//! `travaux check`

use clap::Args;

use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, language},
    output::one_line,
    session::Session,
};

/// Look for changes without an instrument, instruments without effect, dangling references, changed definitions.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux check 0199 --lang fr")]
pub(crate) struct Check {
    /// A handle, an id, the beginning or end of one, or an imported path.
    agreement: String,
    /// The language.
    #[arg(long)]
    lang: Option<String>,
}

impl Check {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (_, record) = names::record(&session.engine, &self.agreement)?;
        let lang = language(&record, self.lang.as_deref())?;
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
            .map(|finding| format!("{}\n", one_line(&finding.what)))
            .collect();
        session.output.text(&lines.concat())
    }
}
