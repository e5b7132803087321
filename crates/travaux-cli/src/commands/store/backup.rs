//! `travaux backup`

use std::path::PathBuf;

use clap::Args;

use super::place::{into, outside};
use crate::{args::GlobalArgs, error::CliError, session::store, view::BackedUp};

/// Copy the store while it is in use: everything, or what is new since the last time.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux backup /mnt/backup/travaux-store")]
pub(crate) struct Backup {
    /// The folder of the copy, which is a store itself.
    to: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let to = self.to.as_path();
        let store = store(&globals.store)?;
        outside(&globals.store, to)?;
        let copied = into(to, || Ok(store.backup(to)?))?;
        let (records, bytes, root) = (copied.head, copied.bytes, copied.root.to_string());
        if output.is_json() {
            return output.document(&BackedUp {
                records,
                root,
                bytes,
                store: to.to_owned(),
            });
        }
        output.text(&format!(
            "{} in {}, {bytes} bytes of them new; Merkle root {root}\n",
            if records == 1 {
                "1 record is".to_owned()
            } else {
                format!("{records} records are")
            },
            to.display()
        ))
    }
}
