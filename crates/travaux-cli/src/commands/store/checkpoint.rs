//! Checkpoints and the keys that they are believed by, as files.

use std::{fs, path::Path};

use travaux_ledger::{Checkpoint, VerifyingKey};

use crate::error::CliError;

pub(super) fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(path).map_err(CliError::io(format!("read {}", path.display())))
}

pub(super) fn text(path: &Path) -> Result<String, CliError> {
    String::from_utf8(read(path)?)
        .map_err(|_| CliError::Unverified(format!("{} is not text", path.display())))
}

/// The key that was given, itself or as a file, or the one in `or_in`.
pub(super) fn key_of(given: Option<&str>, or_in: &Path) -> Result<VerifyingKey, CliError> {
    let written = match given {
        Some(key) if !Path::new(key).is_file() => key.to_owned(),
        Some(file) => text(Path::new(file))?,
        None if or_in.is_file() => text(or_in)?,
        None => {
            return Err(CliError::Usage(
                "whose log is it? Give its key with --key, or its store with --store".into(),
            ));
        }
    };
    written
        .trim_end()
        .parse()
        .map_err(|e| CliError::Usage(format!("{e}")))
}

/// A checkpoint, believed by its signature.
pub(super) fn read_checkpoint(file: &Path, key: &VerifyingKey) -> Result<Checkpoint, CliError> {
    Checkpoint::open(&text(file)?, key)
        .map_err(|e| CliError::Unverified(format!("{}: {e}", file.display())))
}
