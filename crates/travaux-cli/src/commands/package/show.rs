//! `travaux package show`

use clap::Args;

use super::Line;
use crate::{args::GlobalArgs, error::CliError, names, session::Session};

/// Show a package.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// An id, or the beginning of one.
    package: String,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let packages = session.engine.frameworks()?.packages;
        let Some(view) = packages.get(&id) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&Line { id, view });
        }
        let Some(proposal) = &view.state.proposal else {
            return Ok(());
        };
        let mut out = format!(
            "{}\npackage {id}: {}\n",
            proposal.title,
            if view.state.adopted {
                "adopted"
            } else {
                "open"
            }
        );
        for item in &proposal.items {
            out += &format!(
                "  agreement {} revision {}\n",
                item.agreement, item.revision
            );
        }
        for party in &proposal.parties {
            let answer = view
                .state
                .answers
                .get(party)
                .map_or("no answer yet".to_owned(), |a| {
                    format!("{a:?}").to_lowercase()
                });
            out += &format!("  {party}: {answer}\n");
        }
        session.output.text(&out)
    }
}
