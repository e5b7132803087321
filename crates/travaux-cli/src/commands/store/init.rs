//! `travaux init`

use std::path::PathBuf;

use clap::Args;
use travaux_store_sled::SledStore;

use super::place::into;
use crate::{args::GlobalArgs, error::CliError, view::Initialised};

/// Make a store under a name of its own; other commands make one under a name that is drawn.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux init --origin treaties.example.org/log --keep-in /mnt/other-disk/checkpoints"
)]
pub(crate) struct Init {
    /// The log's name in its checkpoints: one that nobody else uses, without a scheme. It never changes.
    #[arg(long)]
    origin: String,
    /// A folder outside of the store where the last checkpoint is kept too, so that an older copy of the store is told.
    #[arg(long, value_name = "DIR")]
    keep_in: Option<PathBuf>,
}

impl Init {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let (origin, keep_in) = (self.origin.as_str(), self.keep_in.as_deref());
        if origin.contains("://") {
            return Err(CliError::Usage(format!(
                "--origin: write the name without a scheme, such as treaties.example.org/log, found `{origin}`"
            )));
        }
        // Before there is a folder: a name that no key may have makes none.
        travaux_ledger::SigningKey::from_seed(origin, &[0; 32])
            .map_err(|error| CliError::Usage(format!("--origin: {error}")))?;
        let place = &globals.store;
        let key = into(place, || {
            Ok(SledStore::create(place, origin, keep_in)?.verifying_key()?)
        })?;
        if output.is_json() {
            return output.document(&Initialised {
                store: globals.store.clone(),
                origin: origin.to_owned(),
                key: key.to_string(),
            });
        }
        let mut out = format!(
            "a store for the log {origin} in {}\n",
            globals.store.display()
        );
        if let Some(place) = keep_in {
            out += &format!("the last checkpoint is also kept in {}\n", place.display());
        }
        out += &format!("its checkpoints are verified with the key\n{key}\n");
        output.text(&out)
    }
}
