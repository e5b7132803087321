//! Merging runs, so that there are few of them: eight of one level become one of the next.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::{
        PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use travaux_store::StoreError;

use crate::catalogue::{
    Catalogue, FAN, Run, directory,
    filter::Filter,
    keys,
    run::{CommitValues, StreamEntry, StreamValues, commit_entries, stream_entries},
    sled_guard::{failed, guarded},
    stream_key,
};

/// Values are written in batches of so many.
const BATCH: usize = 64;

/// The entries of one run, one after the other.
struct Cursor<T> {
    values: sled::Iter,
    read: fn(&[u8]) -> Option<Vec<T>>,
    entries: std::vec::IntoIter<T>,
}

impl<T> Cursor<T> {
    fn next(&mut self) -> Result<Option<T>, StoreError> {
        loop {
            if let Some(entry) = self.entries.next() {
                return Ok(Some(entry));
            }
            let Some(value) = guarded("read a run", || self.values.next().transpose())? else {
                return Ok(None);
            };
            let damaged = || StoreError::Damaged {
                position: None,
                what: "a value of a run is damaged".into(),
            };
            self.entries = (self.read)(&value.1).ok_or_else(damaged)?.into_iter();
        }
    }
}

fn read_streams(value: &[u8]) -> Option<Vec<StreamEntry>> {
    let entries = stream_entries(value)?.into_iter();
    entries
        .map(|e| {
            Some(StreamEntry {
                name: e.name.to_owned(),
                version: e.version,
                positions: e.positions()?,
            })
        })
        .collect()
}

fn read_commits(value: &[u8]) -> Option<Vec<(u64, u64)>> {
    Some(commit_entries(value)?.collect())
}

/// Writes values in batches; not visible to anybody until the directory names their run.
struct Writer<'a> {
    catalogue: &'a Catalogue,
    batch: sled::Batch,
    waiting: usize,
    failed: Option<StoreError>,
}

impl Writer<'_> {
    fn insert(&mut self, key: Vec<u8>, value: &[u8]) {
        self.batch.insert(key, value);
        self.waiting += 1;
        if self.waiting == BATCH {
            self.write();
        }
    }

    fn write(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        self.waiting = 0;
        if let Err(error) = guarded("write a run", || self.catalogue.db.apply_batch(batch)) {
            self.failed.get_or_insert(error);
        }
    }

    fn done(mut self) -> Result<(), StoreError> {
        self.write();
        self.failed.map_or(Ok(()), Err)
    }
}

impl Catalogue {
    /// Merges the oldest runs of the lowest level that has enough of them; `false` if no level has, or when told to stop.
    pub(crate) fn merge(&self, stop: &AtomicBool) -> Result<bool, StoreError> {
        let Some(merged) = self.chosen() else {
            return Ok(false);
        };
        let own = self.number();
        let keys = merged.iter().map(|run| run.keys).sum();
        let (first, last) = (merged[0].first, merged[FAN - 1].last);
        let mut run = Run {
            number: own,
            level: merged[0].level + 1,
            first,
            last,
            keys,
            filter: Filter::with_room_for(keys),
        };
        let mut writer = Writer {
            catalogue: self,
            batch: sled::Batch::default(),
            waiting: 0,
            failed: None,
        };

        let mut values = CommitValues::new();
        let mut insert =
            |first: &[u8], value: &[u8]| writer.insert(keys::commits(own, first), value);
        let finished =
            self.each_in_order(&merged, b'c', read_commits, stop, |(key, position)| {
                run.filter.insert(key);
                values.push(key, position, &mut insert);
            })?;
        values.finish(&mut insert);
        let mut values = StreamValues::new();
        let mut insert = |name: &str, version: u64, value: &[u8]| {
            writer.insert(keys::streams(own, name, version), value)
        };
        let finished = finished
            && self.each_in_order(&merged, b's', read_streams, stop, |entry: StreamEntry| {
                run.filter.insert(stream_key(&entry.name));
                values.push(entry, &mut insert);
            })?;
        values.finish(&mut insert);
        for (part, bytes) in (0..).zip(run.filter.to_bytes().chunks(4 << 10)) {
            writer.insert(keys::filter(own, part), bytes);
        }
        writer.done()?;
        if !finished {
            return Ok(false);
        }
        self.replace(&merged, run)?;
        Ok(true)
    }

    /// The runs to be merged.
    fn chosen(&self) -> Option<Vec<Run>> {
        let state = self.state();
        let of = |level: u64| state.runs.iter().filter(move |run| run.level == level);
        let levels = 0..=state.runs.iter().map(|run| run.level).max()?;
        let level = levels.into_iter().find(|level| of(*level).count() >= FAN)?;
        Some(of(level).take(FAN).cloned().collect())
    }

    /// Gives the entries of several runs in one order; `false` when told to stop.
    fn each_in_order<T: Ord>(
        &self,
        runs: &[Run],
        kind: u8,
        read: fn(&[u8]) -> Option<Vec<T>>,
        stop: &AtomicBool,
        mut each: impl FnMut(T),
    ) -> Result<bool, StoreError> {
        let cursor = |run: &Run| Cursor {
            values: self.db.scan_prefix(keys::run(kind, run.number)),
            read,
            entries: Vec::new().into_iter(),
        };
        let mut cursors: Vec<Cursor<T>> = runs.iter().map(cursor).collect();
        let mut heap = BinaryHeap::new();
        for (at, cursor) in cursors.iter_mut().enumerate() {
            heap.extend(cursor.next()?.map(|entry| Reverse((entry, at))));
        }
        while let Some(Reverse((entry, at))) = heap.pop() {
            if stop.load(Ordering::Relaxed) {
                return Ok(false);
            }
            each(entry);
            heap.extend(cursors[at].next()?.map(|entry| Reverse((entry, at))));
        }
        Ok(true)
    }

    /// Puts `run` in the place of those that it was made of.
    fn replace(&self, merged: &[Run], run: Run) -> Result<(), StoreError> {
        let _one_at_a_time = self
            .directory
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut written = Ok(());
        self.change(|state| {
            let Some(at) = state.runs.iter().position(|r| r.number == merged[0].number) else {
                return;
            };
            state.runs.splice(at..at + merged.len(), [run]);
            written = self
                .db
                .insert(keys::DIRECTORY, directory(state.runs.iter(), state.next))
                .map(drop);
        });
        written.map_err(failed("write the directory"))?;
        for run in merged {
            b"scf"
                .iter()
                .try_for_each(|kind| self.delete(*kind, run.number))?;
        }
        Ok(())
    }
}
