//! `travaux package show`

use clap::Args;

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view::ListedPackage};

/// Show a package.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux package show 0199")]
pub(crate) struct Show {
    /// An id, or the beginning of one.
    package: String,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let view = session.engine.frameworks()?;
        let packages = &view.packages;
        let Some(view) = packages.get(&id) else {
            return Ok(());
        };
        if session.output.is_json() {
            return session.output.document(&ListedPackage::new(id, view));
        }
        let Some(proposal) = &view.state.proposal else {
            return Ok(());
        };
        let mut out = format!(
            "{}\npackage {id}: {}\n",
            proposal.title,
            view.state.status()
        );
        for item in &proposal.items {
            out += &format!(
                "  agreement {} revision {}\n",
                item.agreement, item.revision
            );
        }
        for party in &proposal.parties {
            match view.state.answers.get(party) {
                Some(answer) => out += &format!("  {party}: {answer}\n"),
                None => out += &format!("  {party}: no answer yet\n"),
            }
        }
        session.output.text(&out)
    }
}
