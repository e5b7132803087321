//! The previous format, read: `travaux store 1`, in which sled held the records too.
//!
//! One sled tree in the folder `log`: `b` + position of the first record (8 bytes, big-endian) → a block: number of records and
//! their lengths (LEB128), then zstd of the records; `a` + digest → where the attachment stands in the pack, which is as it is now.

use std::path::Path;

use travaux_store::StoreError;

use crate::catalogue::{
    leb::take,
    sled_guard::{guarded, open},
};

/// What the file `FORMAT` said.
pub(crate) const FORMAT: &str = "travaux store 1\n";

/// Gives the records of the log in `folder`, in order, with their positions.
pub(crate) fn records(
    folder: &Path,
    mut each: impl FnMut(u64, &[u8]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let config = sled::Config::new()
        .path(folder)
        .cache_capacity(64 << 20)
        .segment_size(256 << 10)
        .flush_every_ms(None);
    let db = open(&config)?;
    let mut blocks = db.scan_prefix(b"b");
    let mut position = 1;
    while let Some((key, value)) = guarded("read a block", || blocks.next().transpose())? {
        let first = key
            .get(1..)
            .and_then(|key| key.try_into().ok())
            .map(u64::from_be_bytes);
        if first != Some(position) {
            let what = match first {
                Some(first) => format!("a block begins at {first}, expected {position}"),
                None => format!("a block has no position, expected {position}"),
            };
            return Err(StoreError::Damaged {
                position: Some(position),
                what,
            });
        }
        let records = block(&value);
        let records = records.ok_or_else(|| StoreError::Damaged {
            position: Some(position),
            what: "the block is damaged".into(),
        })?;
        for record in records {
            each(position, &record)?;
            position += 1;
        }
    }
    Ok(())
}

fn block(stored: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut rest = stored;
    let count = take(&mut rest).filter(|n| *n <= 1 << 20)?;
    let lengths: Option<Vec<usize>> = (0..count)
        .map(|_| {
            take(&mut rest)
                .filter(|n| *n <= 65_535)
                .and_then(|n| usize::try_from(n).ok())
        })
        .collect();
    let lengths = lengths?;
    let bytes = zstd::bulk::decompress(rest, lengths.iter().sum()).ok()?;
    let mut bytes = bytes.as_slice();
    let records: Option<Vec<Vec<u8>>> = lengths
        .iter()
        .map(|length| {
            let (record, behind) = bytes.split_at_checked(*length)?;
            bytes = behind;
            Some(record.to_vec())
        })
        .collect();
    records.filter(|_| bytes.is_empty())
}
