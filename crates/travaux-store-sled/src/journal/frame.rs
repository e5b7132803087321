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

use std::{ops::Range, sync::Arc};

use travaux_ledger::{Frontier, Hash, leaf_hash};
use travaux_store::{Digest, Record, StoreError};

use crate::{
    archive::{block::check, pack::Place},
    catalogue::run::Index,
};

pub(crate) const MAGIC: &[u8; 4] = b"TXJ2";
pub(crate) const HEADER: usize = 64;
const PLACE: usize = 48;
const SECTOR: usize = 512;

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

#[cfg(test)]
mod tests {
    use travaux_store::{Commit, Draft, conformance};

    use super::*;
    use crate::any_bytes::checked;

    fn records(first: u64, count: u64) -> Vec<Vec<u8>> {
        let event = |n| {
            conformance::event(
                "a",
                "Noted",
                &format!("\"{}\"", "x".repeat(n as usize * 37 % 200)),
            )
        };
        let commit: Commit = conformance::commit(1, (first..first + count).map(event).collect());
        let prepared = Draft::new(commit)
            .and_then(|draft| draft.place(first - 1, |_| Ok(first - 1), |_| Ok(true)))
            .expect("it is well formed");
        prepared.records
    }

    fn frame(frontier: &mut Frontier, count: u64, attachments: u8) -> Frame {
        let records = records(frontier.size() + 1, count);
        let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        let place = |n: u8| {
            (
                Digest([n; 32]),
                Place {
                    offset: u64::from(n) << 40 | 1,
                    stored: 0x0101_0101_0101_0101,
                },
            )
        };
        Frame::new(
            frontier,
            &records,
            Index::default(),
            (1..=attachments).map(place).collect(),
        )
        .expect("a frame")
    }

    /// A file of frames, and where each begins.
    fn file() -> (Vec<u8>, Vec<usize>) {
        let (mut frontier, mut bytes, mut starts) = (Frontier::default(), Vec::new(), Vec::new());
        for (count, attachments) in [(1, 0), (40, 0), (3, 2), (2, 0)] {
            starts.push(bytes.len());
            bytes.extend_from_slice(&frame(&mut frontier, count, attachments).page);
        }
        (bytes, starts)
    }

    /// What is read: the number of records, and whether the end was torn.
    fn read_all(bytes: &[u8]) -> Result<(u64, bool), StoreError> {
        let (mut frontier, mut at) = (Frontier::default(), 0);
        loop {
            match read(&bytes[at..], at, &mut frontier)? {
                Next::Frame(_, length) => at += length,
                Next::End => return Ok((frontier.size(), false)),
                Next::Torn => return Ok((frontier.size(), true)),
            }
        }
    }

    #[test]
    fn frames_come_back_with_what_belongs_to_them() {
        let (bytes, starts) = file();
        let mut frontier = Frontier::default();
        let mut seen = Vec::new();
        for start in starts {
            let Next::Frame(Some(frame), _) =
                read(&bytes[start..], start, &mut frontier).expect("it is sound")
            else {
                panic!("a frame stands at {start}")
            };
            let record = frame.record(frame.last()).expect("its last record");
            assert_eq!(
                record.envelope().expect("it is an envelope").position,
                frame.last()
            );
            assert!(frame.record(frame.last() + 1).is_none());
            assert_eq!(frame.index.commits.len(), 1);
            assert_eq!(frame.index.streams["a"].1.len(), frame.ranges.len());
            seen.push((frame.first, frame.last(), frame.attachments.len()));
        }
        assert_eq!(seen, [(1, 1, 0), (2, 41, 0), (42, 44, 2), (45, 46, 0)]);
        assert_eq!(read_all(&bytes).expect("it is sound"), (46, false));
        let room = [&bytes[..], &[0; 5_000]].concat();
        assert_eq!(read_all(&room).expect("zeros are room"), (46, false));
    }

    #[test]
    fn a_write_that_was_cut_off_is_the_end() {
        let (bytes, starts) = file();
        for cut in 1..bytes.len() {
            let whole = starts.iter().filter(|start| **start <= cut).count();
            let expected = [0, 1, 41, 44, 46][whole - 1];
            let torn = !starts.contains(&cut);
            assert_eq!(
                read_all(&bytes[..cut]).expect("a cut is no damage"),
                (expected, torn),
                "cut at {cut}"
            );
        }
        // Sectors that did not reach the disk, of the last frame and in any combination.
        let last = starts[3];
        let (from, to) = (last / SECTOR, bytes.len().div_ceil(SECTOR));
        for lost in 1_u32..1 << (to - from) {
            let mut torn = [&bytes[..], &[0; 2_000]].concat();
            for sector in (from..to).filter(|sector| lost >> (sector - from) & 1 == 1) {
                let start = (sector * SECTOR).max(last);
                torn[start..((sector + 1) * SECTOR).max(start)].fill(0);
            }
            let expected = (44, !torn[last..].iter().all(|b| *b == 0));
            assert_eq!(
                read_all(&torn).expect("it was not finished"),
                expected,
                "{lost:b}"
            );
        }
    }

    #[test]
    fn what_was_lost_in_front_of_a_sound_frame_is_damage() {
        let (bytes, starts) = file();
        for sector in 0..starts[3] / SECTOR {
            let mut lost = bytes.clone();
            lost[sector * SECTOR..(sector + 1) * SECTOR].fill(0);
            let read = read_all(&lost);
            assert!(
                matches!(
                    read,
                    Err(StoreError::Damaged {
                        position: Some(_),
                        ..
                    })
                ),
                "sector {sector}: {read:?}"
            );
        }
        // A header that is all there and was changed was not cut off.
        let mut changed = bytes[..starts[3] + HEADER].to_vec();
        assert_eq!(
            read_all(&changed).expect("its body was not written"),
            (44, true)
        );
        changed[starts[3] + 30] ^= 1;
        assert!(matches!(
            read_all(&changed),
            Err(StoreError::Damaged {
                position: Some(45),
                ..
            })
        ));
    }

    #[test]
    fn every_changed_bit_of_a_written_frame_is_damage() {
        let (bytes, _) = file();
        let room = [&bytes[..], &[0; 2_000]].concat();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = room.clone();
                changed[at] ^= 1 << bit;
                let read = read_all(&changed);
                assert!(
                    matches!(
                        read,
                        Err(StoreError::Damaged {
                            position: Some(_),
                            ..
                        })
                    ),
                    "byte {at}, bit {bit}: {read:?}"
                );
            }
        }
        // Bytes that appear where nothing was written take nothing away.
        let mut written = room;
        written[bytes.len() + 100] = 1;
        assert_eq!(read_all(&written).expect("nothing is lost"), (46, true));
    }

    /// A header may be made, with its check: positions begin at 1, and none is as high as 2^48.
    #[test]
    fn a_header_at_a_position_that_cannot_be_is_none() {
        let (bytes, starts) = file();
        for (first, is) in [
            (0, false),
            (1, true),
            (43, true),
            ((1 << 48) - 1, true),
            (1 << 48, false),
            (u64::MAX, false),
        ] {
            let mut made = bytes[..starts[1]].to_vec();
            made[8..16].copy_from_slice(&first.to_be_bytes());
            assert_eq!(
                extent(&checked(&made, *MAGIC)),
                is.then_some((starts[1], first, first)),
                "{first}"
            );
        }
        let mut empty = bytes[..starts[1]].to_vec();
        empty[16..20].fill(0);
        assert_eq!(
            extent(&checked(&empty, *MAGIC)),
            None,
            "a frame has records"
        );
    }

    #[test]
    fn what_stands_in_the_archive_already_is_passed_over() {
        let (bytes, starts) = file();
        let mut frontier = Frontier::default();
        for count in [1, 40] {
            frame(&mut frontier, count, 0);
        }
        assert!(matches!(
            read(&bytes, 0, &mut frontier),
            Ok(Next::Frame(None, _))
        ));
        let third = &bytes[starts[2]..];
        assert!(matches!(
            read(third, starts[2], &mut frontier),
            Ok(Next::Frame(Some(_), _))
        ));
        let mut half_way = Frontier::default();
        frame(&mut half_way, 21, 0);
        let Ok(Next::Frame(Some(second), _)) = read(&bytes[starts[1]..], starts[1], &mut half_way)
        else {
            panic!("a frame that began in the archive goes on")
        };
        assert_eq!((second.first, second.last(), half_way.size()), (2, 41, 41));
        let gap = read(&bytes[starts[1]..], starts[1], &mut Frontier::default());
        assert!(
            matches!(
                gap,
                Err(StoreError::Damaged {
                    position: Some(1),
                    ..
                })
            ),
            "{gap:?}"
        );
    }
}
