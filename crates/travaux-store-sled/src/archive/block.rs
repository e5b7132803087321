//! Blocks: 256 records of the log compressed together, as many as a tile of the tree has leaves.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `TXB2` |
//! | 4 | length of the body |
//! | 8 | position of the first record |
//! | 4 | number of records: 256 |
//! | 4 | length of the body before compression |
//! | 32 | root of the subtree over the records |
//! | 8 | the beginning of SHA-256 of the 56 bytes before |
//! | body | zstd, with its checksum (XXH64), of the records as an entry bundle (C2SP tlog-tiles) |
//!
//! Numbers are big-endian. The checksum guards every read; the root follows from the records, and an audit computes it again.

use std::{io, ops::Range, sync::Arc};

use sha2::{Digest as _, Sha256};
use travaux_ledger::{Hash, leaf_hash, node_hash};
use travaux_store::{Record, StoreError};

/// Records in a block.
pub(crate) const WIDTH: u64 = 256;
pub(crate) const HEADER: usize = 64;
pub(crate) const MAGIC: &[u8; 4] = b"TXB2";

/// What stands in front of a block's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) first: u64,
    /// Length of the body as it is stored, and before it was compressed.
    pub(crate) stored: usize,
    raw: usize,
    pub(crate) root: Hash,
}

/// The first eight bytes of SHA-256: what guards headers against accidents. The tree guards against intent.
pub(crate) fn check(bytes: &[u8]) -> [u8; 8] {
    Sha256::digest(bytes)
        .first_chunk()
        .copied()
        .unwrap_or_default()
}

/// The root over the leaves of a complete subtree.
pub(crate) fn subtree_root(leaves: &[Hash]) -> Option<Hash> {
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| {
                pair.get(1)
                    .map_or(pair[0], |right| node_hash(&pair[0], right))
            })
            .collect();
    }
    level.first().copied()
}

/// The stored form of a block, and its root.
pub(crate) fn encode(
    first: u64,
    records: &[Record],
    leaves: &[Hash],
    compressor: &mut zstd::bulk::Compressor<'_>,
) -> io::Result<(Vec<u8>, Hash)> {
    let mut bundle = Vec::with_capacity(records.iter().map(|r| r.bytes().len() + 2).sum());
    for record in records {
        let length = u16::try_from(record.bytes().len()).map_err(io::Error::other)?;
        bundle.extend(length.to_be_bytes());
        bundle.extend_from_slice(record.bytes());
    }
    let body = compressor.compress(&bundle)?;
    let root = subtree_root(leaves).ok_or_else(|| io::Error::other("a block without records"))?;
    let number = |n: usize| {
        u32::try_from(n)
            .map(u32::to_be_bytes)
            .map_err(io::Error::other)
    };
    let mut out = Vec::with_capacity(HEADER + body.len());
    out.extend(MAGIC);
    out.extend(number(body.len())?);
    out.extend(first.to_be_bytes());
    out.extend(number(records.len())?);
    out.extend(number(bundle.len())?);
    out.extend(root.0);
    out.extend(check(&out));
    out.extend(body);
    Ok((out, root))
}

impl Header {
    /// The header at the start of `bytes`.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let header = bytes.first_chunk::<HEADER>()?;
        let number = |at: usize| {
            u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
                as usize
        };
        let sound = header.starts_with(MAGIC)
            && check(&header[..56]) == header[56..]
            && number(16) as u64 == WIDTH;
        let first = u64::from_be_bytes(header[8..16].try_into().ok()?);
        let root = Hash(header[24..56].try_into().ok()?);
        // A header may have been made to be read: what cannot be is none.
        let sound = sound && first < 1 << 48 && first % WIDTH == 1;
        sound.then_some(Self {
            first,
            stored: number(4),
            raw: number(20),
            root,
        })
    }
}

/// A block in memory.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    first: u64,
    page: Arc<Vec<u8>>,
    ranges: Arc<[Range<usize>]>,
}

impl Block {
    /// The bytes that it takes in memory.
    pub(crate) fn heap_size(&self) -> usize {
        self.page.capacity() + size_of_val(&*self.ranges)
    }

    /// Reads a stored block, which has to begin at position `first`.
    pub(crate) fn decode(
        first: u64,
        stored: &[u8],
        decompressor: &mut zstd::bulk::Decompressor<'_>,
    ) -> Result<Self, StoreError> {
        let damaged = |what: String| StoreError::Damaged {
            position: Some(first),
            what: format!("the block {what}"),
        };
        let header = Header::read(stored).ok_or_else(|| damaged("has no sound header".into()))?;
        if header.first != first {
            return Err(damaged(format!(
                "says that it begins at position {}",
                header.first
            )));
        }
        let body = stored
            .get(HEADER..HEADER + header.stored)
            .ok_or_else(|| damaged("is cut off".into()))?;
        if header.raw > WIDTH as usize * (2 + travaux_store::RECORD_LIMIT) {
            return Err(damaged("says that it is larger than a block can be".into()));
        }
        let page = decompressor
            .decompress(body, header.raw)
            .map_err(|e| damaged(format!("does not decompress: {e}")))?;
        let ranges = if page.len() == header.raw {
            ranges(&page, WIDTH as usize)
        } else {
            None
        };
        let ranges = ranges.ok_or_else(|| damaged("has other lengths than it says".into()))?;
        Ok(Self {
            first,
            page: page.into(),
            ranges: ranges.into(),
        })
    }

    /// Its first position.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    /// The record at `position`.
    pub(crate) fn record(&self, position: u64) -> Option<Record> {
        let range = self
            .ranges
            .get(usize::try_from(position.checked_sub(self.first)?).ok()?)?;
        Some(Record::new(position, Arc::clone(&self.page), range.clone()))
    }

    /// Its records.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record> + '_ {
        (self.first..)
            .zip(self.ranges.iter())
            .map(|(position, range)| Record::new(position, Arc::clone(&self.page), range.clone()))
    }

    /// The hashes of its records.
    pub(crate) fn leaves(&self) -> Vec<Hash> {
        self.ranges
            .iter()
            .map(|range| leaf_hash(&self.page[range.clone()]))
            .collect()
    }
}

/// Where the entries of a bundle stand, if there are `count` of them and nothing else.
fn ranges(bundle: &[u8], count: usize) -> Option<Vec<Range<usize>>> {
    let mut ranges = Vec::with_capacity(count);
    let mut at = 0;
    for _ in 0..count {
        let length = usize::from(u16::from_be_bytes([*bundle.get(at)?, *bundle.get(at + 1)?]));
        ranges.push(at + 2..at + 2 + length);
        at += 2 + length;
    }
    (at == bundle.len()).then_some(ranges)
}

/// A compressor that adds a checksum to what it compresses.
pub(crate) fn compressor(level: i32) -> Result<zstd::bulk::Compressor<'static>, StoreError> {
    let failed = |e| StoreError::io("start the compressor", e);
    let mut compressor = zstd::bulk::Compressor::new(level).map_err(failed)?;
    compressor.include_checksum(true).map_err(failed)?;
    Ok(compressor)
}

/// What decompresses blocks.
pub(crate) fn decompressor() -> Result<zstd::bulk::Decompressor<'static>, StoreError> {
    zstd::bulk::Decompressor::new().map_err(|e| StoreError::io("start the decompressor", e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::any_bytes::checked;

    fn records() -> Vec<Record> {
        let record = |n: u64| {
            format!("record {n}")
                .repeat(1 + n as usize % 40)
                .into_bytes()
        };
        (0..WIDTH)
            .map(record)
            .zip(257..)
            .map(|(r, position)| Record::new(position, r.clone().into(), 0..r.len()))
            .collect()
    }

    fn stored(records: &[Record]) -> (Vec<u8>, Hash) {
        let leaves: Vec<Hash> = records.iter().map(|r| leaf_hash(r.bytes())).collect();
        encode(
            257,
            records,
            &leaves,
            &mut compressor(3).expect("it starts"),
        )
        .expect("it is encoded")
    }

    fn decode(first: u64, bytes: &[u8]) -> Result<Block, StoreError> {
        Block::decode(first, bytes, &mut decompressor().expect("it starts"))
    }

    #[test]
    fn blocks_round_trip() {
        let records = records();
        let (bytes, root) = stored(&records);
        let header = Header::read(&bytes).expect("it is a header");
        assert_eq!(
            (header.first, header.root, HEADER + header.stored),
            (257, root, bytes.len())
        );
        let block = decode(257, &bytes).expect("it is read");
        assert_eq!(subtree_root(&block.leaves()), Some(root));
        for (found, record) in block.records().zip(&records) {
            assert_eq!(
                (found.position, found.bytes()),
                (record.position, record.bytes())
            );
        }
        assert_eq!(
            block.record(300).expect("it is there").bytes(),
            records[43].bytes()
        );
        assert!(block.record(256).is_none() && block.record(513).is_none());
        // The same root as the tree's own (RFC 9162): a frontier of 256 leaves is one hash.
        let mut frontier = travaux_ledger::Frontier::default();
        records
            .iter()
            .for_each(|r| frontier.push(leaf_hash(r.bytes()), |_, _, _| {}));
        assert_eq!(frontier.root(), root);
    }

    #[test]
    fn a_block_of_the_longest_records_is_read() {
        let record = |n: u64| {
            Record::new(
                257 + n,
                vec![n as u8; travaux_store::RECORD_LIMIT].into(),
                0..travaux_store::RECORD_LIMIT,
            )
        };
        let records: Vec<Record> = (0..WIDTH).map(record).collect();
        let (bytes, _) = stored(&records);
        assert!(
            decode(257, &bytes)
                .expect("it is read")
                .records()
                .zip(&records)
                .all(|(a, b)| a.bytes() == b.bytes())
        );
    }

    #[test]
    fn a_block_that_says_it_is_larger_than_any_is_not_given_room() {
        let (bytes, _) = stored(&records());
        let longest = WIDTH as u32 * (2 + travaux_store::RECORD_LIMIT as u32);
        for (said, what) in [
            (longest, "other lengths than it says"),
            (longest + 1, "larger than a block can be"),
        ] {
            let mut made = bytes.clone();
            made[20..24].copy_from_slice(&said.to_be_bytes());
            let error = decode(257, &checked(&made, *MAGIC))
                .expect_err("it is not what it says")
                .to_string();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn every_changed_bit_of_a_header_is_noticed() {
        let (bytes, _) = stored(&records());
        for bit in 0..HEADER * 8 {
            let mut changed = bytes[..HEADER].to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(Header::read(&changed).is_none(), "bit {bit}");
        }
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_noticed() {
        let records = records();
        let (bytes, _) = stored(&records);
        assert!(
            decode(1, &bytes).is_err(),
            "it is not the block of another position"
        );
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            // A bit may mean nothing to zstd; then what comes out is what went in.
            if let Ok(block) = decode(257, &changed) {
                assert!(
                    block
                        .records()
                        .zip(&records)
                        .all(|(a, b)| a.bytes() == b.bytes()),
                    "byte {at}"
                );
            }
            assert!(decode(257, &bytes[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_bundle_has_as_many_entries_as_it_should() {
        assert_eq!(ranges(&[0, 1, b'a', 0, 0], 2), Some(vec![2..3, 5..5]));
        for wrong in [
            &[0, 1, b'a'][..],
            &[0, 1, b'a', 0, 0, 0, 0],
            &[0, 1, b'a', 0],
            &[0, 9, b'a', 0, 0],
        ] {
            assert_eq!(ranges(wrong, 2), None, "{wrong:?}");
        }
    }
}
