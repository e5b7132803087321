//! Blocks: the records of a commit, compressed together.

use std::{ops::Range, sync::Arc};

use travaux_store::StoreError;

/// A block is closed when it holds this many bytes before compression.
const SIZE: usize = 64 * 1024;

/// Records that were decompressed together.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) first: u64,
    bytes: Arc<[u8]>,
    ends: Vec<usize>,
}

/// Divides records into blocks; each is given with its number of records.
pub(crate) fn divide<R: AsRef<[u8]>>(records: &[R]) -> Vec<&[R]> {
    let mut blocks = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, record) in records.iter().enumerate() {
        let record = record.as_ref();
        if at > start && size + record.len() > SIZE {
            blocks.push(&records[start..at]);
            (start, size) = (at, 0);
        }
        size += record.len();
    }
    blocks.push(&records[start..]);
    blocks
}

/// The stored form of a block: number of records and their lengths (LEB128), then zstd of the records.
pub(crate) fn encode<R: AsRef<[u8]>>(records: &[R], level: i32) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    number(&mut out, records.len() as u64);
    for record in records {
        number(&mut out, record.as_ref().len() as u64);
    }
    let bytes: Vec<u8> = records.iter().flat_map(|record| record.as_ref()).copied().collect();
    out.extend(zstd::bulk::compress(&bytes, level)?);
    Ok(out)
}

impl Block {
    /// Reads a stored block whose first record stands at `first`.
    pub(crate) fn decode(first: u64, stored: &[u8]) -> Result<Self, StoreError> {
        let damaged = |what: &str| StoreError::Damaged { position: Some(first), what: format!("the block {what}") };
        let mut rest = stored;
        let count = take(&mut rest).filter(|n| *n <= 1 << 20).ok_or_else(|| damaged("has no count"))?;
        let mut ends = Vec::new();
        let mut total = 0;
        for _ in 0..count {
            let len = take(&mut rest).filter(|n| *n <= 65_535).ok_or_else(|| damaged("has no lengths"))?;
            total += usize::try_from(len).unwrap_or(0);
            ends.push(total);
        }
        let bytes = zstd::bulk::decompress(rest, total).map_err(|e| damaged(&format!("does not decompress: {e}")))?;
        if bytes.len() != total {
            return Err(damaged("has another length than it says"));
        }
        Ok(Self { first, bytes: bytes.into(), ends })
    }

    pub(crate) fn len(&self) -> u64 {
        self.ends.len() as u64
    }

    /// The record at `position`.
    pub(crate) fn record(&self, position: u64) -> Option<(Arc<[u8]>, Range<usize>)> {
        let at = usize::try_from(position.checked_sub(self.first)?).ok()?;
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        Some((Arc::clone(&self.bytes), start..end))
    }
}

/// Appends a number in LEB128.
pub(crate) fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Takes a number in LEB128 off the front.
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut n = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        n |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(n);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_round_trip() {
        let records: Vec<Vec<u8>> = (0..300u32).map(|n| format!("record {n}").repeat(n as usize).into_bytes()).collect();
        let blocks = divide(&records);
        assert!(blocks.len() > 1);
        assert_eq!(blocks.concat(), records);
        let mut first = 1;
        for records in blocks {
            let block = Block::decode(first, &encode(records, 1).expect("it compresses")).expect("it is read");
            assert_eq!(block.len(), records.len() as u64);
            for (position, record) in (first..).zip(records) {
                let (bytes, range) = block.record(position).expect("it is there");
                assert_eq!(&bytes[range], record);
            }
            assert!(block.record(first + block.len()).is_none());
            first += block.len();
        }
    }

    #[test]
    fn damaged_blocks_are_named() {
        let stored = encode(&[b"record".to_vec()], 1).expect("it compresses");
        for cut in 0..stored.len() {
            assert!(Block::decode(5, &stored[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn numbers_round_trip() {
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            number(&mut bytes, n);
            assert_eq!(take(&mut &bytes[..]), Some(n));
        }
        assert_eq!(take(&mut &[0x80u8][..]), None);
    }
}
