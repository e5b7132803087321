//! Checkpoints: signed tree heads, of which the last one is kept, also outside of the store's folder where a place was named.

use std::{
    fs,
    path::{Path, PathBuf},
};

use travaux_ledger::{Checkpoint, LogProof, inclusion_proof};
use travaux_store::StoreError;

use super::key::{Seal, io};
use crate::{files::replace, log::Log};

impl Seal {
    fn path(&self) -> PathBuf {
        self.folder.join("checkpoint")
    }

    /// Where the second copy is.
    fn kept(&self) -> Option<PathBuf> {
        let name = self.verifying_key().name().replace('/', "_");
        self.kept_in
            .as_ref()
            .map(|place| place.join(format!("{name}.checkpoint")))
    }

    /// The last checkpoint in each place that has one, believed by its signature.
    fn last(&self) -> Result<Vec<(PathBuf, Checkpoint)>, StoreError> {
        let mut found = Vec::new();
        for path in [Some(self.path()), self.kept()].into_iter().flatten() {
            let note = match fs::read_to_string(&path) {
                Ok(note) => note,
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
                Err(e) => return Err(io("read", &path)(e)),
            };
            let checkpoint = Checkpoint::open(&note, &self.verifying_key());
            let damaged = |e| StoreError::Damaged {
                position: None,
                what: format!("the checkpoint in {}: {e}", path.display()),
            };
            found.push((path.clone(), checkpoint.map_err(damaged)?));
        }
        // Who has sealed once with a second place has a checkpoint there.
        if let Some(kept) = self
            .kept()
            .filter(|kept| found.iter().any(|(path, _)| *path == self.path()) && !kept.exists())
        {
            let what = format!(
                "the checkpoint that is kept in {} is not there: make the place available, or put it back",
                kept.display()
            );
            return Err(StoreError::Damaged {
                position: None,
                what,
            });
        }
        Ok(found)
    }

    /// Signs a tree head, and keeps it.
    fn sign(&self, checkpoint: &Checkpoint) -> Result<String, StoreError> {
        let note = checkpoint
            .sign(&self.key)
            .map_err(|e| StoreError::io("sign a checkpoint", e))?
            .to_string();
        // The place outside first: what it has must never be behind what the store believes.
        if let Some(kept) = self.kept() {
            replace(&kept, note.as_bytes())?;
        }
        replace(&self.path(), note.as_bytes())?;
        Ok(note)
    }

    /// What is wrong if the log is not what its checkpoints say.
    pub(crate) fn differs(&self, log: &Log) -> Option<StoreError> {
        let checkpoints = match self.last() {
            Ok(checkpoints) => checkpoints,
            Err(error) => return Some(error),
        };
        let when = |path: &Path| format!("when the checkpoint in {} was signed", path.display());
        checkpoints.iter().find_map(|(path, checkpoint)| {
            log.differs(checkpoint.size, checkpoint.root, &when(path))
        })
    }

    /// Signs the tree of all that is durable, and keeps the checkpoint; the tree head and the note.
    pub(crate) fn sign_head(&self, log: &Log) -> Result<(Checkpoint, String), StoreError> {
        let checkpoint = {
            let writer = log.writer();
            if let Some(cause) = &writer.poisoned {
                return Err(log.refusal(cause));
            }
            Checkpoint {
                origin: self.verifying_key().name().to_owned(),
                size: writer.frontier.size(),
                root: writer.frontier.root(),
            }
        };
        let note = self.sign(&checkpoint)?;
        Ok((checkpoint, note))
    }

    /// The proof that the record at `position` is in the log under a checkpoint of now.
    pub(crate) fn prove(&self, log: &Log, position: u64) -> Result<LogProof, StoreError> {
        let (checkpoint, note) = self.sign_head(log)?;
        let none = || {
            let what = format!(
                "the log has {} records, from position 1 on",
                checkpoint.size
            );
            StoreError::io(
                format!("prove position {position}"),
                std::io::Error::new(std::io::ErrorKind::InvalidInput, what),
            )
        };
        let index = position.checked_sub(1).ok_or_else(none)?;
        let hashes = inclusion_proof(log, index, checkpoint.size)?.map_err(|_| none())?;
        let record = log.record(position)?;
        Ok(LogProof {
            index,
            hashes,
            checkpoint: note,
            extra: Some(record.bytes().to_vec()),
        })
    }
}
