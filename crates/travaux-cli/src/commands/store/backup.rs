//! `travaux backup`

use std::path::PathBuf;

use clap::Args;

use super::place::{into, outside};
use crate::{args::GlobalArgs, error::CliError, session::store, view::BackedUp};

/// Copy the log of the store while it is in use: all of it, or what is new since the last time.
///
/// The key that seals it is not in the copy, nor are the contents of requests (`vault/`): what is
/// erased in the store would live on there. Copy `vault/words` as it is, and `vault/keys` apart.
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
        let vault = globals.store.join("vault");
        let left = match vault.exists() {
            true => format!(
                "The contents of requests are not in it: copy {} by itself\n",
                vault.display()
            ),
            false => String::new(),
        };
        output.text(&format!(
            "{} in {}, {bytes} bytes of them new; Merkle root {root}\n{left}",
            if records == 1 {
                "1 record is".to_owned()
            } else {
                format!("{records} records are")
            },
            to.display()
        ))
    }
}
