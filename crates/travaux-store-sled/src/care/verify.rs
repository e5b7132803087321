//! Reading everything again: whether what stands on the disk is what was written.

use std::fs;

use travaux_store::{StoreError, Verified};

use crate::{journal, log::Log};

/// Computes the tree again from the bytes on the disk.
pub(crate) fn verify(log: &Log) -> Result<Verified, StoreError> {
    let mut damage: Vec<StoreError> = Vec::new();
    log.blocks.verify(|error| damage.push(error));
    // Nobody writes or moves meanwhile: the journal is short.
    let _nothing_moves = log.hold_still();
    let writer = log.writer();
    let mut frontier = log.blocks.table().frontier();
    let mut records = frontier.size();
    for path in journal::files(&log.files.journal())? {
        let bytes =
            fs::read(&path).map_err(|e| StoreError::io(format!("read {}", path.display()), e))?;
        if let Err(error) = journal::read_file(&bytes, &mut frontier, &mut |_| {}) {
            damage.push(journal::in_file(error, &path));
            break;
        }
        records = frontier.size();
    }
    // What was found at the start, unless it has just been found again.
    let before = log.damage().filter(|before| {
        damage
            .iter()
            .all(|found| found.to_string() != before.to_string())
    });
    damage.extend(before);
    if damage.is_empty()
        && (frontier.size() != log.head() || frontier.root() != writer.frontier.root())
    {
        let what = format!(
            "the files end at position {records}, and the log at {}",
            log.head()
        );
        damage.push(StoreError::Damaged {
            position: Some(records + 1),
            what,
        });
    }
    Ok(Verified {
        records,
        root: damage.is_empty().then(|| frontier.root().0),
        damage,
    })
}
