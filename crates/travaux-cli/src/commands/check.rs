//! `travaux check`

use clap::Args;
use travaux::domain::StreamId;

use crate::{
    args::GlobalArgs,
    error::CliError,
    names::{self, language},
    output::one_line,
    session::Session,
};

/// Look for changes without an instrument, instruments without effect, dangling references, changed
/// definitions, records of force or end that are not what follows.
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
        let (id, record) = names::record(&session.engine, &self.agreement)?;
        let lang = language(&record, self.lang.as_deref())?;
        let mut found = record.check(lang);
        drop(record);
        if found.iter().any(|finding| finding.event.is_some()) {
            let positions = names::positions(&session.engine, StreamId::Agreement(id))?;
            for finding in &mut found {
                finding.event = finding.event.and_then(|event| positions.of(event));
            }
        }
        if session.output.is_json() {
            return session.output.lines(found);
        }
        if found.is_empty() {
            return session.output.text("nothing odd was found\n");
        }
        let lines: Vec<_> = found
            .iter()
            .map(|finding| {
                let event = finding.event.map(|event| format!("event {event}: "));
                format!("{}{}\n", event.unwrap_or_default(), one_line(&finding.what))
            })
            .collect();
        session.output.text(&lines.concat())
    }
}
