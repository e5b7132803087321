//! `travaux prove`

use std::path::PathBuf;

use clap::Args;

use super::outside;
use crate::{
    args::GlobalArgs,
    error::CliError,
    session::store,
    view::{Proved, counted},
};

/// Write the proof that a record is in the log, with the record in it: a file that is verified without the store.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux prove 17 --out 17.tlog-proof")]
pub(crate) struct Prove {
    /// The position of the record in the log, as `history` shows it.
    #[arg(allow_negative_numbers = true, value_parser = crate::args::number::<u64>)]
    position: u64,
    /// The file; POSITION.tlog-proof if none.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Prove {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let output = globals.output();
        let position = self.position;
        let store = store(&globals.store)?;
        if position == 0 || position > travaux_store::EventStore::head(&store) {
            let head = travaux_store::EventStore::head(&store);
            return Err(CliError::Usage(format!(
                "there is no position {position}: the log has {}, from position 1 on",
                counted(head, "record")
            )));
        }
        let proof = store.prove(position)?;
        let file = self
            .out
            .unwrap_or_else(|| PathBuf::from(format!("{position}.tlog-proof")));
        outside(&globals.store, &file)?;
        std::fs::write(&file, proof.to_string())
            .map_err(CliError::io(format!("write {}", file.display())))?;
        let key = store.verifying_key()?.to_string();
        if output.is_json() {
            return output.document(&Proved {
                position,
                file,
                hashes: proof.hashes.len(),
                key,
            });
        }
        output.text(&format!(
            "the proof of position {position} is in {}; it is verified with the key\n{key}\n",
            file.display()
        ))
    }
}
