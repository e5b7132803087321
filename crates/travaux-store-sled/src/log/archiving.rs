//! Moving whole blocks of records out of the journal to the archive: blocks first, then the catalogue, then the journal may forget.

use std::{fs, io, path::PathBuf};

use travaux_store::StoreError;

use super::{Log, locked};
use crate::{archive, catalogue::run::Index, journal::recent};

impl Log {
    /// The same as [`Self::archive`]; after a failure nothing more is written.
    pub(crate) fn archive_or_poison(&self, least: u64) -> bool {
        self.archive(least).unwrap_or_else(|error| {
            self.poison(&error);
            false
        })
    }

    /// After a failure in the background nothing more is written.
    pub(crate) fn poison(&self, error: &StoreError) {
        self.writer()
            .poisoned
            .get_or_insert_with(|| error.to_string());
    }

    /// How many records make whole blocks, and could be moved.
    pub(crate) fn movable(&self) -> u64 {
        let recent = self.recent();
        archive::whole_blocks(recent.archived(), recent.last())
    }

    /// Moves whole blocks of records to the archive, if they have at least so many records; whether they had.
    pub(crate) fn archive(&self, least: u64) -> Result<bool, StoreError> {
        if self.writer().poisoned.is_some() {
            return Ok(false);
        }
        let _one_at_a_time = locked(&self.moving);
        // What the lock is held for is short, as the background may lose the processor while it holds it.
        let (first, last, frames) = {
            let recent = self.recent();
            let count = archive::whole_blocks(recent.archived(), recent.last());
            if count < least {
                return Ok(false);
            }
            let last = recent.archived() + count;
            (recent.archived() + 1, last, recent.frames_up_to(last))
        };
        let batch = recent::batch(&frames, first, last);
        let attachments: Vec<_> = frames
            .iter()
            .flat_map(|frame| frame.attachments.iter().copied())
            .collect();
        let index = recent::index(&frames, first, last);
        // Opened before blocks are there that it would have to catch up with.
        let catalogue = self.catalogue()?;
        archive::write(&self.blocks, &batch)?;
        let versions = last_versions(&index);
        let root = self.blocks.table().frontier_at(last).root();
        catalogue.add((first, last), root, index, &attachments)?;
        self.remember(
            versions
                .iter()
                .map(|(name, version)| (name.as_str(), *version)),
        );
        let gone = self.recent_mut().shrink(last);
        drop(gone);
        // Deleting a file takes longer than a commit: nobody waits for it.
        let forgotten = self
            .writer()
            .journal
            .as_mut()
            .map(|journal| journal.forget(last))
            .unwrap_or_default();
        delete(&forgotten)?;
        Ok(true)
    }
}

/// The version of each stream after what the index lists.
fn last_versions(index: &Index) -> Vec<(String, u64)> {
    let last = |(version, listed): &(u64, Vec<u64>)| version + listed.len() as u64 - 1;
    let streams = index.streams.iter();
    streams
        .map(|(name, listed)| (name.clone(), last(listed)))
        .collect()
}

/// Deletes files, as far as they are there.
fn delete(files: &[PathBuf]) -> Result<(), StoreError> {
    for path in files {
        match fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::io(format!("delete {}", path.display()), e));
            }
            _ => {}
        }
    }
    Ok(())
}
