//! Frames: what the journal is made of. One frame is what was committed together: records, and where their attachments stand.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `TXJ2` |
//! | 4 | length of the body |
//! | 8 | position of the first record |
//! | 4 | number of records |
//! | 4 | number of attachments |
//! | 32 | root of the tree of all records up to the last one here |
//! | 8 | the beginning of SHA-256 of the 56 bytes before |
//! | body | the records as an entry bundle (C2SP tlog-tiles); then digest (32), offset (8), length (8) of each attachment, and the beginning (8) of SHA-256 of that, if there are any |
//!
//! Numbers are big-endian. The root is the checksum of the records: it follows from them and from all that came before.

mod read;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::Arc};

use travaux_ledger::{Frontier, Hash, leaf_hash};
use travaux_store::{Digest, Record, StoreError};

use crate::{
    archive::{block::check, pack::Place},
    catalogue::run::Index,
};

pub(crate) use self::read::{Next, extent, read, unproved};

pub(crate) const MAGIC: &[u8; 4] = b"TXJ2";
pub(crate) const HEADER: usize = 64;
const PLACE: usize = 48;

/// A frame in memory: its bytes as they stand in the journal, and what is to be found in them.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) first: u64,
    pub(crate) page: Arc<Vec<u8>>,
    pub(crate) ranges: Vec<Range<usize>>,
    pub(crate) leaves: Vec<Hash>,
    pub(crate) index: Index,
    pub(crate) attachments: Vec<(Digest, Place)>,
}

impl Frame {
    /// A frame of `records`, which are appended to the tree.
    pub(crate) fn new(
        frontier: &mut Frontier,
        records: &[&[u8]],
        index: Index,
        attachments: Vec<(Digest, Place)>,
    ) -> Result<Self, StoreError> {
        let first = frontier.size() + 1;
        let total: usize = records.iter().map(|record| record.len() + 2).sum();
        let body = total
            + if attachments.is_empty() {
                0
            } else {
                attachments.len() * PLACE + 8
            };
        let mut page = Vec::with_capacity(HEADER + body);
        page.resize(HEADER, 0);
        let mut ranges = Vec::with_capacity(records.len());
        let mut leaves = Vec::with_capacity(records.len());
        for record in records {
            let length = u16::try_from(record.len())
                .map_err(|e| StoreError::io("write a record this long", e))?;
            page.extend(length.to_be_bytes());
            ranges.push(page.len()..page.len() + record.len());
            page.extend_from_slice(record);
            let leaf = leaf_hash(record);
            frontier.push(leaf, |_, _, _| {});
            leaves.push(leaf);
        }
        let places = page.len();
        for (id, place) in &attachments {
            page.extend(id.0);
            page.extend(place.encode());
        }
        if !attachments.is_empty() {
            let check = check(&page[places..]);
            page.extend(check);
        }
        let root = frontier.root();
        let number = |n: usize| {
            u32::try_from(n)
                .map(u32::to_be_bytes)
                .map_err(|e| StoreError::io("write a commit this large", e))
        };
        let header = [
            &MAGIC[..],
            &number(body)?,
            &first.to_be_bytes(),
            &number(records.len())?,
            &number(attachments.len())?,
            &root.0,
        ]
        .concat();
        page[..56].copy_from_slice(&header);
        page[56..HEADER].copy_from_slice(&check(&header));
        Ok(Self {
            first,
            page: page.into(),
            ranges,
            leaves,
            index,
            attachments,
        })
    }

    /// The bytes that it takes in memory, about. What is to be found in it stands in a segment too.
    pub(crate) fn heap_size(&self) -> usize {
        let record = size_of::<Range<usize>>() + size_of::<Hash>();
        let found = self.index.heap_size() + size_of_val(&*self.attachments);
        size_of::<Self>() + self.page.len() + self.ranges.len() * record + 2 * found
    }

    /// The last position.
    pub(crate) fn last(&self) -> u64 {
        self.first + self.ranges.len() as u64 - 1
    }

    /// The leaf of the record at `position`.
    pub(crate) fn leaf(&self, position: u64) -> Option<Hash> {
        self.leaves
            .get(usize::try_from(position.checked_sub(self.first)?).ok()?)
            .copied()
    }

    /// The record at `position`.
    pub(crate) fn record(&self, position: u64) -> Option<Record> {
        let range = self
            .ranges
            .get(usize::try_from(position.checked_sub(self.first)?).ok()?)?;
        Some(Record::new(position, Arc::clone(&self.page), range.clone()))
    }
}
