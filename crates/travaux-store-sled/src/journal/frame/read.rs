//! Frames out of a journal file: which are sound, and what a write left that was cut off.

use std::sync::Arc;

use travaux_ledger::{Frontier, Hash, leaf_hash};
use travaux_store::{Digest, Record, StoreError};

use super::{Frame, HEADER, MAGIC, PLACE};
use crate::{
    archive::{block::check, pack::Place},
    catalogue::run::Index,
};

pub(super) const SECTOR: usize = 512;

/// What stands at a place of the journal.
#[derive(Debug)]
pub(crate) enum Next {
    /// A frame, so many bytes long; `None` if all of it is in the archive already.
    Frame(Option<Frame>, usize),
    /// Nothing.
    End,
    /// A frame that was being written when the process or the machine stopped.
    Torn,
}

/// The frame header at the start of `bytes`: length of the body, first position, records, attachments, root.
fn header(bytes: &[u8]) -> Option<(usize, u64, usize, usize, Hash)> {
    let header = bytes.get(..HEADER)?;
    let sound = header.starts_with(MAGIC) && check(&header[..56]) == header[56..];
    let number =
        |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?) as usize);
    // A header may have been made to be read: what cannot be is none.
    let first = u64::from_be_bytes(header[8..16].try_into().ok()?);
    let sound = sound && first > 0 && first < 1 << 48;
    let root = Hash(header[24..56].try_into().ok()?);
    sound.then_some((number(4)?, first, number(16)?, number(20)?, root))
}

/// How long the frame at the start of `bytes` is, its first and its last position; `None` where none stands.
pub(crate) fn extent(bytes: &[u8]) -> Option<(usize, u64, u64)> {
    let (body, first, count, ..) = header(bytes)?;
    (HEADER + body <= bytes.len() && count > 0)
        .then(|| (HEADER + body, first, first + count as u64 - 1))
}

/// The records of a frame that stands alone: each has to be an envelope of its own position, and no more is proved.
pub(crate) fn unproved(frame: &[u8]) -> Option<Vec<Record>> {
    let (_, first, count, ..) = header(frame)?;
    let page: Arc<Vec<u8>> = frame.to_vec().into();
    let (mut at, mut records) = (HEADER, Vec::new());
    for position in (first..).take(count) {
        let length = usize::from(u16::from_be_bytes(frame.get(at..at + 2)?.try_into().ok()?));
        let record = Record::new(position, Arc::clone(&page), at + 2..at + 2 + length);
        record.envelope().ok()?;
        records.push(record);
        at += 2 + length;
    }
    Some(records)
}

/// Reads the frame that follows `frontier` at the start of `bytes`, which is the rest of a journal file from `offset` on.
///
/// # Errors
/// [`StoreError::Damaged`] for what neither follows nor can be what a write left that was cut off: that ends early or leaves a
/// sector of zeros, and nothing stands behind it.
pub(crate) fn read(
    bytes: &[u8],
    offset: usize,
    frontier: &mut Frontier,
) -> Result<Next, StoreError> {
    if bytes.iter().all(|b| *b == 0) {
        return Ok(Next::End);
    }
    let expected = frontier.size() + 1;
    let damaged = |position, what: String| {
        Err(StoreError::Damaged {
            position: Some(position),
            what,
        })
    };
    let Some((body, first, count, attached, root)) = header(bytes) else {
        let start = &bytes[..bytes.len().min(HEADER)];
        if (bytes.len() < HEADER || lost_sector(start, offset)) && !has_header(&bytes[1..]) {
            return Ok(Next::Torn);
        }
        return damaged(
            expected,
            format!("the journal has no sound frame at byte {offset}"),
        );
    };
    let Some(frame) = bytes.get(..HEADER + body) else {
        return Ok(Next::Torn);
    };
    if first + count as u64 <= expected {
        return Ok(Next::Frame(None, frame.len()));
    }
    if first > expected {
        let what = format!(
            "the journal goes on at position {first}, and the log before it ends at {}",
            expected - 1
        );
        return damaged(expected, what);
    }
    let mut after = frontier.clone();
    match parse(frame, (first, count, attached, root), &mut after) {
        Some(frame) => {
            let index = Index::of(
                (frame.first..=frame.last()).filter_map(|position| frame.record(position)),
            )?;
            *frontier = after;
            let length = frame.page.len();
            Ok(Next::Frame(Some(Frame { index, ..frame }), length))
        }
        None if lost_sector(frame, offset) && !has_header(&bytes[HEADER..]) => Ok(Next::Torn),
        None => {
            let what = format!(
                "the bytes of the journal from {offset} on are not those whose root was written with them"
            );
            damaged(first, what)
        }
    }
}

fn parse(
    frame: &[u8],
    (first, count, attached, root): (u64, usize, usize, Hash),
    frontier: &mut Frontier,
) -> Option<Frame> {
    let mut at = HEADER;
    let (mut ranges, mut leaves) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let length = usize::from(u16::from_be_bytes(frame.get(at..at + 2)?.try_into().ok()?));
        let range = at + 2..at + 2 + length;
        let leaf = leaf_hash(frame.get(range.clone())?);
        // A frame may have begun before the archive ended: what is there already is in the tree already.
        if first + ranges.len() as u64 > frontier.size() {
            frontier.push(leaf, |_, _, _| {});
        }
        leaves.push(leaf);
        at = range.end;
        ranges.push(range);
    }
    let mut attachments = Vec::new();
    if attached > 0 {
        let (places, sum) = frame
            .get(at..)?
            .split_at_checked(attached.checked_mul(PLACE)?)?;
        if check(places) != sum {
            return None;
        }
        for place in places.chunks_exact(PLACE) {
            attachments.push((
                Digest(place[..32].try_into().ok()?),
                Place::decode(&place[32..])?,
            ));
        }
        at = frame.len();
    }
    let sound = at == frame.len() && frontier.root() == root;
    sound.then(|| Frame {
        first,
        page: frame.to_vec().into(),
        ranges,
        leaves,
        index: Index::default(),
        attachments,
    })
}

/// Whether what lies in some sector of the file is empty: what a disk leaves that had not written everything. Neither headers nor
/// records nor what stands behind them are zeros for so long, and no single changed bit makes them so.
fn lost_sector(bytes: &[u8], offset: usize) -> bool {
    let (first, rest) = bytes.split_at(bytes.len().min(SECTOR - offset % SECTOR));
    std::iter::once(first)
        .chain(rest.chunks(SECTOR))
        .any(|piece| !piece.is_empty() && piece.iter().all(|b| *b == 0))
}

/// Whether the header of a frame stands anywhere in `bytes`.
fn has_header(bytes: &[u8]) -> bool {
    bytes.windows(HEADER).any(|window| header(window).is_some())
}
