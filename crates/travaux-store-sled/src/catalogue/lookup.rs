//! What the catalogue is asked: where the records of a stream, a commit, an attachment are.

use std::ops::Bound;

use travaux_store::{CommitId, Digest, Direction, StoreError};

use crate::{
    archive::pack::Place,
    catalogue::{
        Catalogue, Run, broken, keys,
        run::{commit_entries, commit_key, stream_entries},
        sled_guard::guarded,
        stream_key,
    },
};

impl Catalogue {
    /// The version of a stream at the end of the archive.
    pub(crate) fn version(&self, stream: &str) -> Result<u64, StoreError> {
        let key = stream_key(stream);
        for run in self
            .state()
            .runs
            .iter()
            .rev()
            .filter(|run| run.filter.may_have(key))
        {
            let prefix = keys::run(b's', run.number);
            let highest = keys::streams(run.number, stream, u64::MAX);
            let range = &prefix[..]..=&highest[..];
            let Some((_, value)) = guarded("look up a stream", || {
                self.db.range(range).next_back().transpose()
            })?
            else {
                continue;
            };
            let entries =
                stream_entries(&value).ok_or_else(|| broken("a value of streams is damaged"))?;
            if let Some(entry) = entries.iter().rfind(|entry| entry.name == stream) {
                return Ok(entry.version + entry.count - 1);
            }
        }
        Ok(0)
    }

    /// Versions and positions of a stream from a version on, in either direction, at least `limit` of them where there are as
    /// many, up to position `last`.
    pub(crate) fn positions(
        &self,
        stream: &str,
        direction: Direction,
        from: u64,
        limit: usize,
        last: u64,
    ) -> Result<Vec<(u64, u64)>, StoreError> {
        let key = stream_key(stream);
        let state = self.state();
        let runs = state
            .runs
            .iter()
            .filter(|run| run.filter.may_have(key) && run.first <= last);
        let runs: Vec<&Run> = if direction == Direction::Forward {
            runs.collect()
        } else {
            runs.rev().collect()
        };
        let mut found = Vec::new();
        for run in runs {
            if found.len() >= limit {
                break;
            }
            self.positions_in(run, stream, direction, from, limit, &mut found)?;
        }
        found.retain(|(_, position)| *position <= last);
        Ok(found)
    }

    fn positions_in(
        &self,
        run: &Run,
        stream: &str,
        direction: Direction,
        from: u64,
        limit: usize,
        found: &mut Vec<(u64, u64)>,
    ) -> Result<(), StoreError> {
        let prefix = keys::run(b's', run.number);
        let at = keys::streams(run.number, stream, from);
        let end = keys::run(b's', run.number + 1);
        let mut values: Box<dyn Iterator<Item = sled::Result<(sled::IVec, sled::IVec)>>> =
            match direction {
                Direction::Forward => {
                    let first = guarded("look up a stream", || {
                        self.db.range(&prefix[..]..=&at[..]).next_back().transpose()
                    })?;
                    let behind = first
                        .as_ref()
                        .map_or(Bound::Included(prefix.to_vec()), |(key, _)| {
                            Bound::Excluded(key.to_vec())
                        });
                    let others = self.db.range((behind, Bound::Excluded(end.to_vec())));
                    Box::new(first.map(Ok).into_iter().chain(others))
                }
                Direction::Backward => Box::new(self.db.range(prefix.to_vec()..=at).rev()),
            };
        while let Some((_, value)) =
            guarded("read a stream's positions", || values.next().transpose())?
        {
            let mut entries =
                stream_entries(&value).ok_or_else(|| broken("a value of streams is damaged"))?;
            let beyond = match direction {
                Direction::Forward => entries.last().is_some_and(|entry| entry.name > stream),
                Direction::Backward => entries.first().is_some_and(|entry| entry.name < stream),
            };
            if direction == Direction::Backward {
                entries.reverse();
            }
            for entry in entries.iter().filter(|entry| entry.name == stream) {
                let positions = entry
                    .positions()
                    .ok_or_else(|| broken("the positions of a stream are damaged"))?;
                let listed = (entry.version..).zip(positions);
                match direction {
                    Direction::Forward => {
                        found.extend(listed.filter(|(version, _)| *version >= from))
                    }
                    Direction::Backward => {
                        let listed: Vec<_> =
                            listed.filter(|(version, _)| *version <= from).collect();
                        found.extend(listed.into_iter().rev());
                    }
                }
            }
            if beyond || found.len() >= limit {
                break;
            }
        }
        Ok(())
    }

    /// Positions at which the commit may begin; the records tell.
    pub(crate) fn commits(&self, id: CommitId) -> Result<Vec<u64>, StoreError> {
        let key = commit_key(id);
        let mut found = Vec::new();
        for run in self
            .state()
            .runs
            .iter()
            .filter(|run| run.filter.may_have(key))
        {
            let low = keys::run(b'c', run.number);
            let high = keys::commits(run.number, &[&key.to_be_bytes()[..], &[0xff; 6]].concat());
            let mut values = self.db.range(&low[..]..=&high[..]).rev();
            while let Some((_, value)) = guarded("look up a commit", || values.next().transpose())?
            {
                let entries = commit_entries(&value)
                    .ok_or_else(|| broken("a value of commits is damaged"))?;
                let mut before = false;
                for (entry, position) in entries {
                    before |= entry < key;
                    if entry == key {
                        found.push(position);
                    }
                }
                if before {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Where an attachment stands in the pack.
    pub(crate) fn attachment(&self, id: Digest) -> Result<Option<Place>, StoreError> {
        let value = guarded("look up an attachment", || {
            self.db.get(keys::attachment(id))
        })?;
        value
            .map(|value| {
                Place::decode(&value).ok_or_else(|| broken("the entry of an attachment is damaged"))
            })
            .transpose()
    }
}
