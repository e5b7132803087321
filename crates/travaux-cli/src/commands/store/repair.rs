//! `travaux repair`

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use travaux_store_sled as sled_store;

use super::place::{into, outside};
use crate::{args::GlobalArgs, error::CliError, session::there_is, view::RepairedStore};

/// Bring everything that can still be read and proved into a new store, and name what cannot.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux --store damaged-store repair --to new-store")]
pub(crate) struct Repair {
    /// The new store.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

impl Repair {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<ExitCode, CliError> {
        let output = globals.output();
        there_is(&globals.store)?;
        let to = self.to.as_path();
        outside(&globals.store, to)?;
        let repaired = into(to, || Ok(sled_store::repair(&globals.store, to)?))?;
        if output.is_json() {
            output.document(&RepairedStore {
                records: repaired.records,
                salvaged: repaired.salvaged,
                file: repaired.file.clone(),
                lost: repaired.lost.clone(),
                attachments: repaired
                    .attachments
                    .iter()
                    .map(|(position, id)| (*position, id.to_string()))
                    .collect(),
                damage: repaired.damage.clone(),
                store: to.to_owned(),
            })?;
        } else {
            let mut out = String::new();
            repaired
                .damage
                .iter()
                .for_each(|damage| out += &format!("{damage}\n"));
            for (first, last) in &repaired.lost {
                out += &format!("lost: positions {first} to {last}\n");
            }
            for (position, id) in &repaired.attachments {
                out += &format!(
                    "lost: attachment {id}, which the record at position {position} names\n"
                );
            }
            out += &format!(
                "{} records are in the new store {}\n",
                repaired.records,
                to.display()
            );
            if let Some(file) = &repaired.file {
                out += &format!(
                    "{} sound records from behind the first loss are in {}, one a line\n",
                    repaired.salvaged,
                    file.display()
                );
            }
            output.text(&out)?;
        }
        Ok(
            if repaired.lost.is_empty() && repaired.attachments.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(3)
            },
        )
    }
}
