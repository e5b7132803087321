//! Runs: what the catalogue knows of a stretch of the log, sorted, in few values: which positions a stream has, and where each
//! commit begins.
//!
//! A value of streams is entries, sorted by name and version: length of the name, name, version of the first record, number of
//! records, length of the positions, and the positions (the first, then steps), all numbers LEB128. A value of commits is entries
//! of 14 bytes, sorted: eight of the commit's key and six of the position of its first record, big-endian.

use std::collections::BTreeMap;

use travaux_store::{CommitId, Record, StoreError};

use crate::catalogue::leb::{number, take};

/// A value is closed when it has this many bytes: sled keeps sixteen values in a page, and writes pages that do not fit a segment
/// as files of their own.
const VALUE: usize = 4 << 10;
/// An entry lists at most so many positions.
const LISTED: usize = 500;
pub(crate) const COMMIT: usize = 14;

/// Positions of a stream, from one version on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StreamEntry {
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) positions: Vec<u64>,
}

/// The key of a commit: its id folded to 64 bits. Two commits may share one; the records tell.
pub(crate) fn commit_key(id: CommitId) -> u64 {
    let (high, low) = id.0.as_u64_pair();
    high ^ low
}

/// What a stretch of the log belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    /// Commits: their first position and their number of records.
    pub(crate) commits: Vec<(CommitId, u64, u64)>,
    /// Streams: the version of the first record here, and the positions.
    pub(crate) streams: BTreeMap<String, (u64, Vec<u64>)>,
}

/// What a map takes for a stream beside its name and positions, about.
const STREAM: usize = 128;

impl Index {
    /// The bytes that it takes in memory, about.
    pub(crate) fn heap_size(&self) -> usize {
        let streams = self.streams.iter();
        let stream = |(name, (_, listed)): (&String, &(u64, Vec<u64>))| {
            STREAM + name.len() + size_of_val(listed.as_slice())
        };
        size_of_val(&*self.commits) + streams.map(stream).sum::<usize>()
    }

    /// What consecutive records belong to.
    pub(crate) fn of(records: impl IntoIterator<Item = Record>) -> Result<Self, StoreError> {
        let mut index = Self::default();
        records
            .into_iter()
            .try_for_each(|record| index.take(&record))?;
        Ok(index)
    }

    /// Takes in what the envelope of the next record says.
    pub(crate) fn take(&mut self, record: &Record) -> Result<(), StoreError> {
        let record_of = record.header()?;
        match self.commits.last_mut() {
            Some((id, _, count)) if *id == record_of.commit => *count += 1,
            _ => self.commits.push((record_of.commit, record.position, 1)),
        }
        let (first, listed) = match self.streams.get_mut(record_of.stream) {
            Some(stream) => stream,
            None => self
                .streams
                .entry(record_of.stream.to_owned())
                .or_insert((record_of.version, Vec::new())),
        };
        if record_of.version != *first + listed.len() as u64 {
            let what = format!(
                "the record says that it is version {} of {}",
                record_of.version, record_of.stream
            );
            return Err(StoreError::Damaged {
                position: Some(record.position),
                what,
            });
        }
        listed.push(record.position);
        Ok(())
    }

    /// Takes in of what comes behind it as much as lies between two positions.
    pub(crate) fn extend(&mut self, more: &Self, from: u64, to: u64) {
        for (id, first, count) in &more.commits {
            let (from, end) = (from.max(*first), (to + 1).min(first + count));
            if from < end {
                self.commits.push((*id, from, end - from));
            }
        }
        for (name, (version, listed)) in &more.streams {
            let skipped = listed.partition_point(|position| *position < from);
            let within = &listed[skipped..listed.partition_point(|position| *position <= to)];
            match self.streams.get_mut(name) {
                _ if within.is_empty() => {}
                Some((_, known)) => known.extend_from_slice(within),
                None => drop(
                    self.streams
                        .insert(name.clone(), (version + skipped as u64, within.to_vec())),
                ),
            }
        }
    }

    /// The entries of its streams.
    pub(crate) fn stream_entries(self) -> impl Iterator<Item = StreamEntry> {
        self.streams
            .into_iter()
            .map(|(name, (version, positions))| StreamEntry {
                name,
                version,
                positions,
            })
    }
}

/// Puts entries of streams, which come sorted, into values; each is given with its first entry's name and version.
pub(crate) struct StreamValues {
    last: Option<StreamEntry>,
    value: Vec<u8>,
    first: Option<(String, u64)>,
}

impl StreamValues {
    pub(crate) fn new() -> Self {
        Self {
            last: None,
            value: Vec::new(),
            first: None,
        }
    }

    /// Takes the next entry; one that goes on where the last one ended is joined to it.
    pub(crate) fn push(&mut self, entry: StreamEntry, each: &mut impl FnMut(&str, u64, &[u8])) {
        match &mut self.last {
            Some(last)
                if last.name == entry.name
                    && last.version + last.positions.len() as u64 == entry.version =>
            {
                last.positions.extend(entry.positions);
            }
            last => {
                if let Some(before) = last.replace(entry) {
                    self.write(&before, each);
                }
            }
        }
    }

    fn write(&mut self, entry: &StreamEntry, each: &mut impl FnMut(&str, u64, &[u8])) {
        let mut version = entry.version;
        for positions in entry.positions.chunks(LISTED) {
            let mut listed = Vec::with_capacity(positions.len() * 2);
            let mut before = 0;
            for position in positions {
                number(&mut listed, position - before);
                before = *position;
            }
            if !self.value.is_empty() && self.value.len() + entry.name.len() + listed.len() > VALUE
            {
                self.close(each);
            }
            self.first
                .get_or_insert_with(|| (entry.name.clone(), version));
            number(&mut self.value, entry.name.len() as u64);
            self.value.extend_from_slice(entry.name.as_bytes());
            number(&mut self.value, version);
            number(&mut self.value, positions.len() as u64);
            number(&mut self.value, listed.len() as u64);
            self.value.extend(listed);
            version += positions.len() as u64;
        }
    }

    fn close(&mut self, each: &mut impl FnMut(&str, u64, &[u8])) {
        if let Some((name, version)) = self.first.take() {
            each(&name, version, &self.value);
            self.value.clear();
        }
    }

    /// Gives what is left.
    pub(crate) fn finish(mut self, each: &mut impl FnMut(&str, u64, &[u8])) {
        if let Some(last) = self.last.take() {
            self.write(&last, each);
        }
        self.close(each);
    }
}

/// An entry of a value of streams, its positions not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawEntry<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: u64,
    pub(crate) count: u64,
    listed: &'a [u8],
}

impl RawEntry<'_> {
    pub(crate) fn positions(&self) -> Option<Vec<u64>> {
        let mut rest = self.listed;
        let mut out: Vec<u64> = Vec::new();
        while !rest.is_empty() {
            let step = take(&mut rest)?;
            out.push(out.last().copied().unwrap_or(0).checked_add(step)?);
        }
        (out.len() as u64 == self.count).then_some(out)
    }
}

/// The entries of a value of streams; `None` where it is not one.
pub(crate) fn stream_entries(value: &[u8]) -> Option<Vec<RawEntry<'_>>> {
    let mut rest = value;
    let mut entries = Vec::with_capacity(value.len() / 32);
    while !rest.is_empty() {
        let (name, behind) = {
            let length = usize::try_from(take(&mut rest)?).ok()?;
            rest.split_at_checked(length)?
        };
        rest = behind;
        let (version, count) = (take(&mut rest)?, take(&mut rest)?);
        let length = usize::try_from(take(&mut rest)?).ok()?;
        let (listed, behind) = rest.split_at_checked(length)?;
        rest = behind;
        entries.push(RawEntry {
            name: std::str::from_utf8(name).ok()?,
            version,
            count,
            listed,
        });
    }
    Some(entries)
}

/// Puts commits, which come sorted, into values; each is given with its first key and position.
pub(crate) struct CommitValues(Vec<u8>);

impl CommitValues {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(VALUE))
    }

    pub(crate) fn push(&mut self, key: u64, position: u64, each: &mut impl FnMut(&[u8], &[u8])) {
        if self.0.len() + COMMIT > VALUE {
            self.close(each);
        }
        self.0.extend(key.to_be_bytes());
        self.0.extend(&position.to_be_bytes()[2..]);
    }

    fn close(&mut self, each: &mut impl FnMut(&[u8], &[u8])) {
        if let Some(first) = self.0.first_chunk::<COMMIT>() {
            each(first, &self.0);
            self.0.clear();
        }
    }

    pub(crate) fn finish(mut self, each: &mut impl FnMut(&[u8], &[u8])) {
        self.close(each);
    }
}

/// The commits of a value, as keys and positions.
pub(crate) fn commit_entries(value: &[u8]) -> Option<impl Iterator<Item = (u64, u64)> + '_> {
    let (entries, rest) = value.as_chunks::<COMMIT>();
    let split = |entry: &[u8; COMMIT]| {
        let both = entry
            .iter()
            .fold(0_u128, |n, byte| n << 8 | u128::from(*byte));
        ((both >> 48) as u64, (both & 0xffff_ffff_ffff) as u64)
    };
    rest.is_empty().then(|| entries.iter().map(split))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, version: u64, positions: impl IntoIterator<Item = u64>) -> StreamEntry {
        StreamEntry {
            name: name.into(),
            version,
            positions: positions.into_iter().collect(),
        }
    }

    #[test]
    fn streams_come_back_joined_and_divided() {
        let given = [
            entry("a", 1, 1..=2_500),
            entry("a", 2_501, [9_000]),
            entry("b", 7, [3]),
            entry("bb", 1, [u64::MAX >> 20]),
        ];
        let mut values = Vec::new();
        let mut writer = StreamValues::new();
        let mut each = |name: &str, version: u64, value: &[u8]| {
            values.push((name.to_owned(), version, value.to_vec()))
        };
        given.iter().for_each(|e| writer.push(e.clone(), &mut each));
        (0..500).for_each(|n| writer.push(entry(&format!("c{n:04}"), 1, [n, n + 9]), &mut each));
        // Joined where one goes on where the one before ended, and only there.
        (0..3).for_each(|n| writer.push(entry("d", n * 10 + 1, n * 10..n * 10 + 10), &mut each));
        [(1, 50), (3, 51), (4, 60)]
            .iter()
            .for_each(|(version, at)| writer.push(entry("e", *version, [*at]), &mut each));
        writer.finish(&mut each);
        let lengths: Vec<usize> = values.iter().map(|(_, _, value)| value.len()).collect();
        assert!(
            lengths.len() > 2 && lengths.iter().all(|length| *length <= VALUE + 32),
            "{lengths:?}"
        );
        assert!(
            lengths[..lengths.len() - 1]
                .iter()
                .all(|length| *length > VALUE / 2),
            "{lengths:?}"
        );
        let mut found: Vec<StreamEntry> = Vec::new();
        for (name, version, value) in &values {
            let entries = stream_entries(value).expect("it is a value");
            assert_eq!(
                (entries[0].name, entries[0].version),
                (name.as_str(), *version)
            );
            found.extend(
                entries
                    .iter()
                    .map(|e| entry(e.name, e.version, e.positions().expect("positions"))),
            );
        }
        assert!(found.is_sorted());
        let of = |name: &str| {
            found
                .iter()
                .filter(|e| e.name == name)
                .flat_map(|e| e.positions.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(of("a"), (1..=2_500).chain([9_000]).collect::<Vec<_>>());
        let versions = |name: &str| {
            found
                .iter()
                .filter(|e| e.name == name)
                .map(|e| e.version)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (versions("d"), of("d"), versions("e")),
            (vec![1], (0..30).collect(), vec![1, 3])
        );
        assert_eq!(versions("a"), [1, 501, 1_001, 1_501, 2_001, 2_501]);
        assert_eq!(
            (of("b"), of("bb"), of("c0499")),
            (vec![3], vec![u64::MAX >> 20], vec![499, 508])
        );
        for cut in 1..values[0].2.len() {
            let entries = stream_entries(&values[0].2[..cut]);
            assert!(
                entries
                    .is_none_or(|e| e.len() < stream_entries(&values[0].2).expect("a value").len()),
                "cut at {cut}"
            );
        }
    }

    /// Names count: sled keeps pages of sixteen values, which have to fit a segment.
    #[test]
    fn values_are_as_full_as_may_be() {
        let mut lengths = Vec::new();
        let mut each = |_: &str, _: u64, value: &[u8]| lengths.push(value.len());
        let mut writer = StreamValues::new();
        (0..200).for_each(|n| {
            writer.push(
                entry(&format!("{n:0200}"), 1, (0..40).map(|at| n + at * 50)),
                &mut each,
            )
        });
        writer.finish(&mut each);
        // Beside the name and forty positions an entry has five numbers.
        let (last, others) = lengths.split_last().expect("there are values");
        assert!(others.len() > 10 && *last <= VALUE + 8);
        assert!(
            others
                .iter()
                .all(|length| (VALUE - 255..=VALUE + 8).contains(length)),
            "{others:?}"
        );
    }

    #[test]
    fn commits_come_back_in_order() {
        let given: Vec<(u64, u64)> = (0..1_000).map(|n| (n * 7, 1_000 - n)).collect();
        let (mut found, mut lengths) = (Vec::new(), Vec::new());
        let mut writer = CommitValues::new();
        let mut each = |first: &[u8], value: &[u8]| {
            assert_eq!(first, &value[..COMMIT]);
            lengths.push(value.len() / COMMIT);
            found.extend(commit_entries(value).expect("it is a value"));
        };
        given
            .iter()
            .for_each(|(key, position)| writer.push(*key, *position, &mut each));
        writer.finish(&mut each);
        assert_eq!(found, given);
        assert_eq!(lengths, [292, 292, 292, 124], "as many as 4 KiB hold");
        assert!(commit_entries(&[0; 13]).is_none());
    }
}
