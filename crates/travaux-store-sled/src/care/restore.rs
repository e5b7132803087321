//! Restoring: a backup put back as a store, after all of it was verified.

use std::{fs, path::Path};

use travaux_ledger::Checkpoint;
use travaux_store::StoreError;

use super::{
    backup::{BackedUp, backup as copy},
    verify::verify,
};
use crate::{files::Files, log::Log};

/// Puts a backup back as a new store in `to`, after everything in it was read and found to be as it was written, and, where a
/// checkpoint is given, to be the log that it was signed for.
///
/// # Errors
/// [`StoreError::Unusable`] where there is no backup or `to` is not empty,
/// [`StoreError::Damaged`] where the backup is not what it was, or not of this checkpoint; nothing is made then.
pub fn restore(
    backup: &Path,
    to: &Path,
    checkpoint: Option<&Checkpoint>,
) -> Result<BackedUp, StoreError> {
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::unusable(
            format!("restore to {}", to.display()),
            "it holds something already: name a new folder",
        ));
    }
    let files = Files::of_store(backup, "restore")?;
    files.check_format()?;
    let source = Log::open(files)?;
    let verified = verify(&source)?;
    if let Some(damage) = verified.damage.into_iter().next() {
        return Err(damage);
    }
    if let Some(checkpoint) = checkpoint
        && let Some(damage) = source.differs(
            checkpoint.size,
            checkpoint.root,
            "when the checkpoint was signed",
        )
    {
        return Err(damage);
    }
    copy(&source, None, to)
}
