//! Moving what is in the journal to the archive: blocks first, then the catalogue, then the journal may forget.

pub(crate) mod block;
pub(crate) mod blocks;
#[cfg(test)]
mod blocks_tests;
pub(crate) mod pack;
#[cfg(test)]
mod tests;

use std::{fs, ops::ControlFlow, sync::Arc};

use travaux_ledger::Hash;
use travaux_store::{Record, StoreError, parallel_ordered};

use crate::{
    archive::{block::WIDTH, blocks::Blocks, pack::Pack},
    catalogue::{Catalogue, run::Index},
    files::Files,
    journal::frame::Frame,
};

/// zstd's level for blocks: they are written in the background.
const LEVEL: i32 = 3;
/// So many blocks are moved at once at most, and indexed as one run.
const TOGETHER: u64 = 64;

/// The records of whole blocks, and their hashes.
#[derive(Debug)]
pub(crate) struct ArchiveBatch {
    pub(crate) records: Vec<Record>,
    pub(crate) leaves: Vec<Hash>,
}

impl ArchiveBatch {
    /// What of these frames lies between two positions.
    pub(crate) fn of(frames: &[Arc<Frame>], first: u64, last: u64) -> Self {
        let mut ripe = Self {
            records: Vec::new(),
            leaves: Vec::new(),
        };
        for frame in frames {
            let within = first.max(frame.first)..=last.min(frame.last());
            ripe.leaves
                .extend(within.clone().filter_map(|position| frame.leaf(position)));
            ripe.records
                .extend(within.filter_map(|position| frame.record(position)));
        }
        ripe
    }
}

/// How many positions behind `archived` make whole blocks, up to `last`.
pub(crate) fn ripe(archived: u64, last: u64) -> u64 {
    ((last - archived) / WIDTH).min(TOGETHER) * WIDTH
}

/// Writes blocks, durably.
pub(crate) fn write(blocks: &Blocks, ripe: &ArchiveBatch) -> Result<(), StoreError> {
    let mut compressor = block::compressor(LEVEL)?;
    let encoded: Result<Vec<_>, _> = ripe
        .records
        .chunks(WIDTH as usize)
        .zip(ripe.leaves.chunks(WIDTH as usize))
        .map(|(records, leaves)| {
            block::encode(
                records.first().map_or(0, |r| r.position),
                records,
                leaves,
                &mut compressor,
            )
        })
        .collect();
    blocks.append(&encoded.map_err(|e| StoreError::io("compress records", e))?)
}

/// Opens the catalogue of an archive, and makes it again as far as it does not reach.
pub(crate) fn catalogue(
    files: &Files,
    blocks: &Blocks,
    pack: &Pack,
) -> Result<Catalogue, StoreError> {
    let folder = files.catalogue();
    let archived = blocks.table().last();
    if let Ok(catalogue) = Catalogue::open(&folder)
        && catalogue.indexed() <= archived
        && catalogue.indexed().is_multiple_of(WIDTH)
        && is_of(&catalogue, blocks)
        && catch_up(&catalogue, blocks, pack).is_ok()
    {
        return Ok(catalogue);
    }
    // It cannot be read, or is of another log: it follows from the blocks.
    forget_catalogue(files)?;
    let catalogue = Catalogue::open(&folder)?;
    catch_up(&catalogue, blocks, pack)?;
    Ok(catalogue)
}

/// Whether it is the catalogue of this log, and not one that was put in its place.
fn is_of(catalogue: &Catalogue, blocks: &Blocks) -> bool {
    let indexed = catalogue.indexed();
    indexed == 0
        || matches!(catalogue.root(), Ok(Some(root)) if root == blocks.table().frontier_at(indexed).root())
}

/// Deletes the catalogue: it is made again when it is needed.
pub(crate) fn forget_catalogue(files: &Files) -> Result<(), StoreError> {
    let folder = files.catalogue();
    match fs::remove_dir_all(&folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(
            format!("delete the catalogue in {}", folder.display()),
            e,
        )),
        _ => Ok(()),
    }
}

/// Indexes what the catalogue does not reach, on as many threads as the machine has.
pub(crate) fn catch_up(
    catalogue: &Catalogue,
    blocks: &Blocks,
    pack: &Pack,
) -> Result<(), StoreError> {
    let (indexed, archived) = (catalogue.indexed() / WIDTH, blocks.table().last() / WIDTH);
    if indexed == archived {
        return Ok(());
    }
    let mut places = pack.entries()?;
    let part = |n: u64| indexed + n * TOGETHER..archived.min(indexed + (n + 1) * TOGETHER);
    let index = |n: u64| {
        let mut index = Index::default();
        part(n)
            .try_for_each(|block| {
                blocks
                    .read(block)?
                    .records()
                    .try_for_each(|record| index.take(&record))
            })
            .map(|()| index)
    };
    let mut caught_up = Ok(());
    let mut next = 0;
    parallel_ordered(0..(archived - indexed).div_ceil(TOGETHER), index, |index| {
        let positions = part(next).start * WIDTH + 1..part(next).end * WIDTH + 1;
        next += 1;
        caught_up = index.and_then(|index| {
            let (first, last) = (positions.start, positions.end - 1);
            let root = blocks.table().frontier_at(last).root();
            catalogue.add((first, last), root, index, &std::mem::take(&mut places))
        });
        if caught_up.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    caught_up
}
