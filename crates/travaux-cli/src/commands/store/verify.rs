//! `travaux verify`

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde_json::Value;
use travaux_ledger::{Bundle, Frontier, Hash, LogProof, Tile, VerifyingKey, leaf_hash, root};
use travaux_store::EventStore as _;

use super::checkpoint::{key_of, read, read_checkpoint, text};
use crate::{
    args::GlobalArgs,
    error::CliError,
    output::Output,
    session::store,
    view::{Verified, VerifiedLog, VerifiedProof, VerifiedStore},
};

/// Verify a proof, a checkpoint, a published log, or a store.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux verify 17.tlog-proof --key 'treaties.example.org/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'"
)]
pub(crate) struct Verify {
    /// A .tlog-proof file, a checkpoint, the folder of a published log, or that of a store.
    what: PathBuf,
    /// The log's key, NAME+ID+BASE64, or a file that holds it; that of the store which --store names if none.
    #[arg(long)]
    key: Option<String>,
    /// A checkpoint that a store has to agree with.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

impl Verify {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<ExitCode, CliError> {
        let output = globals.output();
        let (what, key) = (self.what.as_path(), self.key.as_deref());
        if what.join("FORMAT").is_file() {
            return of_store(output, what, key, self.checkpoint.as_deref());
        }
        let key = key_of(key, &globals.store.join("ledger/key.pub"))?;
        let (said, document) = if what.is_dir() {
            published(what, &key)?
        } else {
            let file = text(what)?;
            if file.starts_with("c2sp.org/tlog-proof@") {
                proof(what, &file, &key)?
            } else {
                head(what, &key)?
            }
        };
        if output.is_json() {
            output.document(&document)?
        } else {
            output.text(&said)?
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn of_store(
    output: Output,
    path: &Path,
    key: Option<&str>,
    checkpoint: Option<&Path>,
) -> Result<ExitCode, CliError> {
    let checkpoint = match checkpoint {
        Some(file) => Some(read_checkpoint(
            file,
            &key_of(key, &path.join("ledger/key.pub"))?,
        )?),
        None => None,
    };
    let store = store(path)?;
    let mut verified = store.verify()?;
    if let Some(checkpoint) = &checkpoint {
        verified.damage.extend(store.disagrees(checkpoint));
    }
    let root = verified.root.map(|root| Hash(root).to_string());
    let damage: Vec<String> = verified.damage.iter().map(ToString::to_string).collect();
    if output.is_json() {
        output.document(&VerifiedStore {
            records: verified.records,
            root,
            damage: damage.clone(),
        })?;
    } else {
        let mut out: String = damage.iter().map(|damage| format!("{damage}\n")).collect();
        if let Some(root) = root.filter(|_| damage.is_empty()) {
            out += &format!(
                "{} records are as they were written; Merkle root {root}\n",
                verified.records
            );
        }
        if let Some(checkpoint) = checkpoint.filter(|_| damage.is_empty()) {
            out += &format!(
                "they agree with the checkpoint at {} records\n",
                checkpoint.size
            );
        }
        output.text(&out)?;
    }
    Ok(if damage.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(3)
    })
}

fn proof(path: &Path, file: &str, key: &VerifyingKey) -> Result<(String, Verified), CliError> {
    let failed = |e: String| CliError::Unverified(format!("{}: {e}", path.display()));
    let proof: LogProof = file
        .parse()
        .map_err(|e: travaux_ledger::LogProofError| failed(e.to_string()))?;
    let record = proof
        .extra
        .as_deref()
        .ok_or_else(|| failed("the record is not in it".into()))?;
    let checkpoint = proof
        .verify(record, key)
        .map_err(|e| failed(e.to_string()))?;
    let (position, size) = (proof.index + 1, checkpoint.size);
    let record = String::from_utf8_lossy(record);
    let said = format!(
        "position {position} of {size} in the log {}, signed by {}:\n{record}\n",
        checkpoint.origin,
        key.name()
    );
    let record: Value = serde_json::from_str(&record).unwrap_or(Value::Null);
    Ok((
        said,
        Verified::Proof(VerifiedProof {
            origin: checkpoint.origin,
            position,
            records: size,
            record,
        }),
    ))
}

fn head(path: &Path, key: &VerifyingKey) -> Result<(String, Verified), CliError> {
    let checkpoint = read_checkpoint(path, key)?;
    let root = checkpoint.root.to_string();
    let said = format!(
        "a checkpoint of the log {} at {} records, signed by it; Merkle root {root}\n",
        checkpoint.origin, checkpoint.size
    );
    Ok((
        said,
        Verified::Log(VerifiedLog {
            origin: checkpoint.origin,
            records: checkpoint.size,
            root,
        }),
    ))
}

/// Reads a published log as a stranger: every record, every tile, and the checkpoint.
fn published(folder: &Path, key: &VerifyingKey) -> Result<(String, Verified), CliError> {
    let checkpoint = read_checkpoint(&folder.join("checkpoint"), key)?;
    let mut frontier = Frontier::default();
    for tile in travaux_ledger::tiles(0, checkpoint.size) {
        let path = folder.join(tile.to_string());
        if read(&path)?.len() != usize::from(tile.width()) * 32 {
            return Err(CliError::Unverified(format!(
                "{} does not have {} hashes",
                path.display(),
                tile.width()
            )));
        }
        if tile.level() == 0 {
            let path = folder.join(tile.entries_path());
            let bundle = read(&path)?;
            let records = Bundle::read(&bundle)
                .map_err(|e| CliError::Unverified(format!("{}: {e}", path.display())))?;
            if records.len() != usize::from(tile.width()) {
                return Err(CliError::Unverified(format!(
                    "{} has {} records, expected {}",
                    path.display(),
                    records.len(),
                    tile.width()
                )));
            }
            records
                .iter()
                .for_each(|record| frontier.push(leaf_hash(record), |_, _, _| {}));
        }
    }
    if frontier.root() != checkpoint.root {
        return Err(CliError::Unverified(format!(
            "the records in {} have the root {}, and the checkpoint says {}",
            folder.display(),
            frontier.root(),
            checkpoint.root
        )));
    }
    let from_tiles = root(
        &travaux_ledger::TileNodes::new(checkpoint.size, |tile| tile_hashes(folder, tile)),
        checkpoint.size,
    );
    if from_tiles.ok() != Some(checkpoint.root) {
        return Err(CliError::Unverified(format!(
            "the tiles in {} have another root than the checkpoint",
            folder.display()
        )));
    }
    let root = checkpoint.root.to_string();
    let said = format!(
        "{} records, their tiles and the checkpoint of the log {} agree; Merkle root {root}\n",
        checkpoint.size, checkpoint.origin
    );
    Ok((
        said,
        Verified::Log(VerifiedLog {
            origin: checkpoint.origin,
            records: checkpoint.size,
            root,
        }),
    ))
}

fn tile_hashes(folder: &Path, tile: Tile) -> Result<Vec<Hash>, travaux_ledger::OutOfTree> {
    let bytes = fs::read(folder.join(tile.to_string())).unwrap_or_default();
    Ok(bytes
        .as_chunks::<32>()
        .0
        .iter()
        .map(|hash| Hash(*hash))
        .collect())
}
