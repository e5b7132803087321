//! `travaux seal`

use clap::Args;

use crate::{args::GlobalArgs, error::CliError, session::store, view::Sealed};

/// Sign the tree of everything that is recorded, and print the checkpoint.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux seal > checkpoint.txt")]
pub(crate) struct Seal;

impl Seal {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let (checkpoint, note) = store(&globals.store)?.seal()?;
        if output.is_json() {
            let root = checkpoint.root.to_string();
            return output.document(&Sealed {
                origin: checkpoint.origin,
                records: checkpoint.size,
                root,
                note,
            });
        }
        output.text(&note)
    }
}
