//! Moving what is in the journal to the archive: blocks first, then the catalogue, then the journal may forget.

use std::{fs, ops::ControlFlow};

use travaux_ledger::Hash;
use travaux_store::{Record, StoreError};

use crate::{
    block::{self, WIDTH},
    blocks::Blocks,
    catalogue::Catalogue,
    files::Files,
    pack::Pack,
    run::Index,
};

/// zstd's level for blocks: they are written in the background.
const LEVEL: i32 = 3;
/// So many blocks are moved at once at most, and indexed as one run.
const TOGETHER: u64 = 64;

/// The records of whole blocks, and their hashes.
#[derive(Debug)]
pub(crate) struct Ripe {
    pub(crate) records: Vec<Record>,
    pub(crate) leaves: Vec<Hash>,
}

/// How many positions behind `archived` make whole blocks, up to `last`.
pub(crate) fn ripe(archived: u64, last: u64) -> u64 {
    ((last - archived) / WIDTH).min(TOGETHER) * WIDTH
}

/// Writes blocks, durably.
pub(crate) fn write(blocks: &Blocks, ripe: &Ripe) -> Result<(), StoreError> {
    let mut compressor = block::compressor(LEVEL)?;
    let encoded: Result<Vec<_>, _> = ripe
        .records
        .chunks(WIDTH as usize)
        .zip(ripe.leaves.chunks(WIDTH as usize))
        .map(|(records, leaves)| block::encode(records.first().map_or(0, |r| r.position), records, leaves, &mut compressor))
        .collect();
    blocks.append(&encoded.map_err(|e| StoreError::io("compress records", e))?)
}

/// Opens the catalogue of an archive, and makes it again as far as it does not reach.
pub(crate) fn catalogue(files: &Files, blocks: &Blocks, pack: &Pack) -> Result<Catalogue, StoreError> {
    let folder = files.catalogue();
    let archived = blocks.table().last();
    if let Ok(catalogue) = Catalogue::open(&folder)
        && catalogue.indexed() <= archived
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

/// Deletes the catalogue: it is made again when it is needed.
pub(crate) fn forget_catalogue(files: &Files) -> Result<(), StoreError> {
    let folder = files.catalogue();
    match fs::remove_dir_all(&folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(format!("delete the catalogue in {}", folder.display()), e))
        }
        _ => Ok(()),
    }
}

fn catch_up(catalogue: &Catalogue, blocks: &Blocks, pack: &Pack) -> Result<(), StoreError> {
    let (indexed, archived) = (catalogue.indexed(), blocks.table().last());
    if indexed == archived {
        return Ok(());
    }
    let mut places = pack.entries()?;
    let (mut index, mut first, mut last) = (Index::default(), indexed + 1, indexed);
    let mut failed = Ok(());
    blocks.scan(indexed + 1, |block| {
        failed = block.records().try_for_each(|record| index.take(&record)).and_then(|()| {
            last = block.first() + WIDTH - 1;
            if last - first + 1 < TOGETHER * WIDTH && last < archived {
                return Ok(());
            }
            let begun = std::mem::replace(&mut first, last + 1);
            catalogue.add(begun, last, std::mem::take(&mut index), &std::mem::take(&mut places))
        });
        if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed
}
