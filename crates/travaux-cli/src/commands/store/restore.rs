//! `travaux restore`

use std::path::PathBuf;

use clap::Args;
use travaux_store_sled as sled_store;

use super::{
    checkpoint::{key_of, read_checkpoint},
    place::into,
};
use crate::{
    args::GlobalArgs,
    error::CliError,
    session::there_is,
    view::{Restored, counted},
};

/// Put a backup back as the store that --store names, after all of it was read and verified.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --store new-store restore /mnt/backup/travaux-store --checkpoint checkpoint.txt"
)]
pub(crate) struct Restore {
    /// The backup.
    from: PathBuf,
    /// A checkpoint that it has to agree with.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// The log's key, NAME+ID+BASE64, or a file that holds it; the one in the backup if none.
    #[arg(long)]
    key: Option<String>,
}

impl Restore {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let from = self.from.as_path();
        there_is(from)?;
        let checkpoint = match &self.checkpoint {
            Some(file) => Some(read_checkpoint(
                file,
                &key_of(self.key.as_deref(), &from.join("key.pub"))?,
            )?),
            None => None,
        };
        let to = &globals.store;
        let brought = into(to, || {
            Ok(sled_store::restore(from, to, checkpoint.as_ref())?)
        })?;
        let (records, root) = (brought.head, brought.root.to_string());
        let restored = counted(records, "record");
        if output.is_json() {
            return output.document(&Restored {
                records,
                root,
                store: globals.store.clone(),
            });
        }
        let agreed = if checkpoint.is_some() {
            ", as the checkpoint says"
        } else {
            ""
        };
        let (store, ledger) = (globals.store.display(), globals.store.join("ledger"));
        let ledger = ledger.display();
        output.text(&format!(
        "{restored} restored to {store}{agreed}; Merkle root {root}\nthe log's key is not in a backup: put the folder {ledger} back before the store is used, or the log goes on under a new key\n"
    ))
    }
}
