//! The archive: blocks of records, which are moved there out of the journal, and attachments.

pub(crate) mod block;
pub(crate) mod blocks;
#[cfg(test)]
mod blocks_tests;
mod kept;
pub(crate) mod pack;

use travaux_ledger::Hash;
use travaux_store::{Record, StoreError};

use self::{block::WIDTH, blocks::Blocks};

/// zstd's level for blocks: they are written in the background.
const LEVEL: i32 = 3;
/// So many blocks are moved at once at most, and indexed as one run.
pub(crate) const MOST_BLOCKS: u64 = 64;

/// The records of whole blocks, and their hashes.
#[derive(Debug)]
pub(crate) struct ArchiveBatch {
    pub(crate) records: Vec<Record>,
    pub(crate) leaves: Vec<Hash>,
}

/// How many positions behind `archived` make whole blocks, up to `last`.
pub(crate) fn whole_blocks(archived: u64, last: u64) -> u64 {
    ((last - archived) / WIDTH).min(MOST_BLOCKS) * WIDTH
}

/// Writes blocks, durably.
pub(crate) fn write(blocks: &Blocks, batch: &ArchiveBatch) -> Result<(), StoreError> {
    let mut compressor = block::compressor(LEVEL)?;
    let encoded: Result<Vec<_>, _> = batch
        .records
        .chunks(WIDTH as usize)
        .zip(batch.leaves.chunks(WIDTH as usize))
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
