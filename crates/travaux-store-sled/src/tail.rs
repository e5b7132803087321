//! The recent end of the log: what is durable in the journal and not yet in the archive, held in memory too.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use travaux_ledger::Hash;
use travaux_store::{AttachmentId, CommitId, Record};

use crate::{frame::Frame, pack::Place, run::Index};

#[derive(Debug, Default)]
pub(crate) struct Tail {
    frames: VecDeque<Arc<Frame>>,
    /// Streams: the version of the first record here, and the positions.
    streams: HashMap<String, (u64, VecDeque<u64>)>,
    commits: HashMap<CommitId, (u64, u64)>,
    attachments: HashMap<AttachmentId, Place>,
    bytes: usize,
    /// The last position that is in the archive, and the last one here.
    archived: u64,
    last: u64,
}

impl Tail {
    /// A tail behind an archive that ends at `archived`.
    pub(crate) fn behind(archived: u64) -> Self {
        Self { archived, last: archived, ..Self::default() }
    }

    pub(crate) fn archived(&self) -> u64 {
        self.archived
    }

    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// How many bytes its frames have.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Appends a frame.
    pub(crate) fn push(&mut self, frame: Frame) {
        self.last = frame.last();
        self.bytes += frame.page.len();
        for (id, first, count) in &frame.index.commits {
            self.commits.insert(*id, (*first, *count));
        }
        for (name, (version, positions)) in &frame.index.streams {
            let known = positions.iter().filter(|position| **position > self.archived);
            match self.streams.get_mut(name) {
                Some((_, listed)) => listed.extend(known),
                None => {
                    let skipped = positions.iter().filter(|position| **position <= self.archived).count() as u64;
                    self.streams.insert(name.clone(), (version + skipped, known.copied().collect()));
                }
            }
        }
        self.attachments.extend(frame.attachments.iter().copied());
        self.frames.push_back(Arc::new(frame));
    }

    /// Drops what is in the archive now, up to position `archived`.
    pub(crate) fn shrink(&mut self, archived: u64) {
        self.archived = archived;
        while let Some(frame) = self.frames.front() {
            for (name, (_, positions)) in &frame.index.streams {
                let Some((version, listed)) = self.streams.get_mut(name) else { continue };
                for _ in positions.iter().filter(|position| **position <= archived) {
                    if listed.front().is_some_and(|position| *position <= archived) {
                        listed.pop_front();
                        *version += 1;
                    }
                }
                if listed.is_empty() {
                    self.streams.remove(name);
                }
            }
            if frame.last() > archived {
                break;
            }
            for (id, ..) in &frame.index.commits {
                self.commits.remove(id);
            }
            for (id, _) in &frame.attachments {
                self.attachments.remove(id);
            }
            self.bytes -= frame.page.len();
            self.frames.pop_front();
        }
    }

    /// Its frames.
    pub(crate) fn frames(&self) -> Vec<Arc<Frame>> {
        self.frames.iter().cloned().collect()
    }

    /// The frame that holds `position`.
    pub(crate) fn holding(&self, position: u64) -> Option<&Arc<Frame>> {
        let at = self.frames.partition_point(|frame| frame.last() < position);
        self.frames.get(at).filter(|frame| frame.first <= position)
    }

    pub(crate) fn record(&self, position: u64) -> Option<Record> {
        self.holding(position)?.record(position)
    }

    pub(crate) fn leaf(&self, position: u64) -> Option<Hash> {
        let frame = self.holding(position)?;
        frame.leaves.get(usize::try_from(position - frame.first).ok()?).copied()
    }

    /// What the records between two positions belong to.
    pub(crate) fn index(&self, from: u64, to: u64) -> Index {
        let mut index = Index::default();
        let begins = self.frames.partition_point(|frame| frame.last() < from);
        for frame in self.frames.range(begins..).take_while(|frame| frame.first <= to) {
            index.extend(&frame.index, from, to);
        }
        index
    }

    /// The version of a stream, if it has a record here.
    pub(crate) fn version(&self, stream: &str) -> Option<u64> {
        self.streams.get(stream).map(|(version, listed)| version + listed.len() as u64 - 1)
    }

    /// Versions and positions of a stream.
    pub(crate) fn positions(&self, stream: &str) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        let listed = self.streams.get(stream);
        listed
            .into_iter()
            .flat_map(|(version, listed)| listed.iter().enumerate().map(move |(at, position)| (version + at as u64, *position)))
    }

    pub(crate) fn commit(&self, id: CommitId) -> Option<(u64, u64)> {
        self.commits.get(&id).copied()
    }

    pub(crate) fn attachment(&self, id: AttachmentId) -> Option<Place> {
        self.attachments.get(&id).copied()
    }

    /// The attachments of the frames that begin at `position` or before.
    pub(crate) fn attachments_up_to(&self, position: u64) -> Vec<(AttachmentId, Place)> {
        let frames = self.frames.iter().take_while(|frame| frame.first <= position);
        frames.flat_map(|frame| frame.attachments.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use travaux_ledger::Frontier;
    use travaux_store::{Draft, conformance};

    use super::*;

    /// A tail of commits, each given by the streams of its events; so many commits are in a frame.
    fn tail(commits: &[&str], together: usize) -> Tail {
        let (mut tail, mut frontier, mut versions) = (Tail::default(), Frontier::default(), HashMap::<String, u64>::new());
        for (n, some) in commits.chunks(together).enumerate() {
            let mut records = Vec::new();
            for (at, streams) in some.iter().enumerate() {
                let events = streams.chars().map(|name| conformance::event(&name.to_string(), "Noted", "{}")).collect();
                let draft = Draft::new(conformance::commit((n * together + at) as u128, events)).expect("it is well formed");
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
            let frame = Frame::new(&mut frontier, &records, Index::default(), Vec::new()).expect("a frame");
            let index = Index::of((first..=frame.last()).filter_map(|position| frame.record(position))).expect("sound records");
            tail.push(Frame { index, ..frame });
        }
        tail
    }

    #[test]
    fn what_records_belong_to_is_known_without_reading_them() {
        for together in 1..4 {
            let tail = tail(&["a", "ab", "bbb", "c", "aca", "b"], together);
            for from in 1..=tail.last() {
                for to in from..=tail.last() {
                    let read = Index::of((from..=to).filter_map(|position| tail.record(position))).expect("sound records");
                    assert_eq!(tail.index(from, to), read, "{from} to {to}, {together} commits a frame");
                }
            }
        }
    }
}
