//! The recent end of the log: what is durable in the journal and not yet in the archive, held in memory too.
//!
//! What is to be found in it is kept in segments, so that what has moved to the archive is let go of in one step, and who appends or
//! reads waits for none of it.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use travaux_ledger::Hash;
use travaux_store::{CommitId, Digest, Record};

use crate::{
    archive::{ArchiveBatch, pack::Place},
    catalogue::run::Index,
    journal::frame::Frame,
};

/// A segment is closed when it has so many records.
const SEGMENT: u64 = 4_096;

#[derive(Debug, Default)]
pub(crate) struct RecentLog {
    frames: VecDeque<Arc<Frame>>,
    segments: VecDeque<Segment>,
    bytes: usize,
    /// The last position that is in the archive, and the last one here.
    archived: u64,
    last: u64,
}

/// What is to be found in consecutive frames.
#[derive(Debug, Default)]
struct Segment {
    /// Streams: the version of the first record here, and the positions.
    streams: HashMap<String, (u64, Vec<u64>)>,
    commits: HashMap<CommitId, (u64, u64)>,
    attachments: HashMap<Digest, Place>,
    records: u64,
    last: u64,
}

/// What is in the archive now: to be dropped when nobody waits for it.
#[derive(Debug)]
pub(crate) struct Gone {
    _frames: Vec<Arc<Frame>>,
    _segments: Vec<Segment>,
}

impl Segment {
    fn push(&mut self, frame: &Frame) {
        for (id, first, count) in &frame.index.commits {
            self.commits.insert(*id, (*first, *count));
        }
        for (name, (version, positions)) in &frame.index.streams {
            match self.streams.get_mut(name) {
                Some((_, listed)) => listed.extend_from_slice(positions),
                None => drop(
                    self.streams
                        .insert(name.clone(), (*version, positions.clone())),
                ),
            }
        }
        self.attachments.extend(frame.attachments.iter().copied());
        self.records += frame.ranges.len() as u64;
        self.last = frame.last();
    }
}

impl RecentLog {
    /// The recent end behind an archive that ends at `archived`.
    pub(crate) fn behind(archived: u64) -> Self {
        Self {
            archived,
            last: archived,
            ..Self::default()
        }
    }

    pub(crate) fn archived(&self) -> u64 {
        self.archived
    }

    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// How many bytes its frames take in memory, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Appends a frame.
    pub(crate) fn push(&mut self, frame: Frame) {
        self.last = frame.last();
        self.bytes += frame.heap_size();
        match self
            .segments
            .back_mut()
            .filter(|segment| segment.records < SEGMENT)
        {
            Some(segment) => segment.push(&frame),
            None => {
                let mut segment = Segment::default();
                segment.push(&frame);
                self.segments.push_back(segment);
            }
        }
        self.frames.push_back(Arc::new(frame));
    }

    /// Lets go of what is in the archive now, up to position `archived`.
    #[must_use]
    pub(crate) fn shrink(&mut self, archived: u64) -> Gone {
        self.archived = archived;
        let frames = self
            .frames
            .partition_point(|frame| frame.last() <= archived);
        let frames: Vec<_> = self.frames.drain(..frames).collect();
        self.bytes -= frames.iter().map(|frame| frame.heap_size()).sum::<usize>();
        let segments = self
            .segments
            .partition_point(|segment| segment.last <= archived);
        Gone {
            _frames: frames,
            _segments: self.segments.drain(..segments).collect(),
        }
    }

    /// Its frames, as far as they begin at `position` or before.
    pub(crate) fn frames_up_to(&self, position: u64) -> Vec<Arc<Frame>> {
        self.frames
            .range(..self.frames.partition_point(|frame| frame.first <= position))
            .cloned()
            .collect()
    }

    /// The frame that holds `position`.
    fn holding(&self, position: u64) -> Option<&Arc<Frame>> {
        let at = self.frames.partition_point(|frame| frame.last() < position);
        self.frames.get(at).filter(|_| position > self.archived)
    }

    pub(crate) fn record(&self, position: u64) -> Option<Record> {
        self.holding(position)?.record(position)
    }

    pub(crate) fn leaf(&self, position: u64) -> Option<Hash> {
        self.holding(position)?.leaf(position)
    }

    /// The version of a stream, if it is known here.
    pub(crate) fn version(&self, stream: &str) -> Option<u64> {
        let listed = self
            .segments
            .iter()
            .rev()
            .find_map(|segment| segment.streams.get(stream));
        listed.map(|(version, listed)| version + listed.len() as u64 - 1)
    }

    /// Versions and positions of a stream.
    pub(crate) fn positions(&self, stream: &str) -> impl Iterator<Item = (u64, u64)> + '_ {
        let listed: Vec<_> = self
            .segments
            .iter()
            .filter_map(|segment| segment.streams.get(stream))
            .collect();
        listed.into_iter().flat_map(|(version, listed)| {
            let archived = listed.partition_point(|position| *position <= self.archived);
            (version + archived as u64..).zip(listed[archived..].iter().copied())
        })
    }

    pub(crate) fn commit(&self, id: CommitId) -> Option<(u64, u64)> {
        self.segments
            .iter()
            .rev()
            .find_map(|segment| segment.commits.get(&id))
            .copied()
    }

    pub(crate) fn attachment(&self, id: Digest) -> Option<Place> {
        self.segments
            .iter()
            .rev()
            .find_map(|segment| segment.attachments.get(&id))
            .copied()
    }
}

/// What the archive takes of these frames: what lies between two positions.
pub(crate) fn batch(frames: &[Arc<Frame>], first: u64, last: u64) -> ArchiveBatch {
    let mut batch = ArchiveBatch {
        records: Vec::new(),
        leaves: Vec::new(),
    };
    for frame in frames {
        let within = first.max(frame.first)..=last.min(frame.last());
        batch
            .leaves
            .extend(within.clone().filter_map(|position| frame.leaf(position)));
        batch
            .records
            .extend(within.filter_map(|position| frame.record(position)));
    }
    batch
}

/// What the records between two positions belong to.
pub(crate) fn index(frames: &[Arc<Frame>], from: u64, to: u64) -> Index {
    let mut index = Index::default();
    frames
        .iter()
        .for_each(|frame| index.extend(&frame.index, from, to));
    index
}

#[cfg(test)]
mod tests {
    use travaux_ledger::Frontier;
    use travaux_store::{Draft, conformance};

    use super::*;

    /// The log of these commits, each given by the streams of its events; so many commits are in a frame.
    fn log_of(commits: &[&str], per_frame: usize) -> RecentLog {
        let (mut recent, mut frontier, mut versions) = (
            RecentLog::default(),
            Frontier::default(),
            HashMap::<String, u64>::new(),
        );
        for (n, some) in commits.chunks(per_frame).enumerate() {
            let mut records = Vec::new();
            for (at, streams) in some.iter().enumerate() {
                let events = streams
                    .chars()
                    .map(|name| conformance::event(&name.to_string(), "Noted", "{}"))
                    .collect();
                let draft = Draft::new(conformance::commit((n * per_frame + at) as u128, events))
                    .expect("it is well formed");
                let head = frontier.size() + records.len() as u64;
                let version = |stream: &str| Ok(versions.get(stream).copied().unwrap_or(0));
                let prepared = draft.place(head, version, |_| Ok(true)).expect("it fits");
                for (name, (first, listed)) in prepared.streams {
                    versions.insert(name, first + listed.len() as u64 - 1);
                }
                records.extend(prepared.records);
            }
            let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
            let first = frontier.size() + 1;
            let frame =
                Frame::new(&mut frontier, &records, Index::default(), Vec::new()).expect("a frame");
            let index =
                Index::of((first..=frame.last()).filter_map(|position| frame.record(position)))
                    .expect("sound records");
            recent.push(Frame { index, ..frame });
        }
        recent
    }

    /// Three segments and a bit: every stream and commit is found as far as it is not in the archive.
    #[test]
    fn what_has_moved_is_let_go_of_and_the_rest_is_found() {
        let commits: Vec<&str> = ["ab", "c", "a", "bc"]
            .into_iter()
            .cycle()
            .take(9_000)
            .collect();
        let mut recent = log_of(&commits, 7);
        assert_eq!((recent.last(), recent.segments.len()), (13_500, 4));
        let (all, bytes) = (recent.positions("a").collect::<Vec<_>>(), recent.bytes());
        assert_eq!(
            all.iter().map(|(version, _)| *version).collect::<Vec<_>>(),
            (1..=4_500).collect::<Vec<_>>()
        );
        let mut kept = bytes;
        for archived in [256, 4_096, 4_352, 8_448, 13_312] {
            let gone = recent.shrink(archived);
            kept -= gone
                ._frames
                .iter()
                .map(|frame| frame.heap_size())
                .sum::<usize>();
            assert_eq!(
                (recent.bytes(), recent.archived(), recent.version("a")),
                (kept, archived, Some(4_500))
            );
            let expected: Vec<_> = all
                .iter()
                .copied()
                .filter(|(_, position)| *position > archived)
                .collect();
            assert_eq!(
                recent.positions("a").collect::<Vec<_>>(),
                expected,
                "behind {archived}"
            );
            assert!(recent.record(archived).is_none() && recent.leaf(archived).is_none());
            let record = recent.record(archived + 1).expect("it is here");
            assert_eq!(
                recent.leaf(archived + 1),
                Some(travaux_ledger::leaf_hash(record.bytes()))
            );
        }
        let id = |n| conformance::commit(n, Vec::new()).id;
        assert_eq!(
            (recent.commit(id(1)), recent.commit(id(8_999))),
            (None, Some((13_499, 2)))
        );
        drop(recent.shrink(13_500));
        assert_eq!(
            (
                recent.bytes(),
                recent.version("a"),
                recent.commit(id(8_999))
            ),
            (0, None, None)
        );
        assert_eq!(recent.positions("a").count(), 0);
    }

    #[test]
    fn what_records_belong_to_is_known_without_reading_them() {
        for per_frame in 1..4 {
            let recent = log_of(&["a", "ab", "bbb", "c", "aca", "b"], per_frame);
            for from in 1..=recent.last() {
                for to in from..=recent.last() {
                    let read =
                        Index::of((from..=to).filter_map(|position| recent.record(position)))
                            .expect("sound records");
                    assert_eq!(
                        index(&recent.frames_up_to(to), from, to),
                        read,
                        "{from} to {to}, {per_frame} commits a frame"
                    );
                }
            }
        }
    }
}
