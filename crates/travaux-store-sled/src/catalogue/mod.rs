//! The catalogue: where in the archive the records of a stream, a commit, an attachment are. It is sled's part, and follows from
//! the blocks and the pack: whatever happens to it, it can be made again.

pub(crate) mod derive;
#[cfg(test)]
mod derive_tests;
pub(crate) mod filter;
pub(crate) mod keys;
pub(crate) mod leb;
mod merge;
pub(crate) mod run;
pub(crate) mod sled_guard;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    ops::Bound,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, RwLock, RwLockReadGuard},
};

use travaux_ledger::Hash;
use travaux_store::{CommitId, Digest, Direction, StoreError};

use crate::{
    archive::pack::Place,
    catalogue::{
        filter::Filter,
        leb::{number, take},
        run::{CommitValues, Index, StreamValues, commit_entries, commit_key, stream_entries},
        sled_guard::{failed, guarded, open},
    },
};

/// So many runs of one level are merged into one of the next.
pub(crate) const FAN: usize = 8;

#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) db: sled::Db,
    folder: PathBuf,
    file: File,
    state: RwLock<State>,
    /// Held by who writes the directory.
    pub(crate) directory: Mutex<()>,
}

/// The runs, from the oldest to the newest; each begins where the one before ends.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) runs: Vec<Run>,
    /// The number that the next run gets.
    pub(crate) next: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) number: u64,
    pub(crate) level: u64,
    /// The first and the last position.
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// How many keys its filter has room for.
    pub(crate) keys: u64,
    pub(crate) filter: Filter,
}

/// The key of a stream in a filter (FNV-1a).
pub(crate) fn stream_key(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn broken(what: &str) -> StoreError {
    StoreError::Damaged {
        position: None,
        what: format!("{what} in the catalogue: it is made again from the log at the next start"),
    }
}

/// How sled is opened. Pages of sixteen values of 4 KiB have to fit a segment: it writes larger ones as files that it does not sync.
pub(crate) fn config(folder: &Path) -> sled::Config {
    sled::Config::new()
        .path(folder)
        .cache_capacity(32 << 20)
        .segment_size(256 << 10)
        .flush_every_ms(None)
}

impl Catalogue {
    /// Opens the catalogue in `folder`, which is made if it is not there.
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        let db = open(&config(folder))?;
        let path = folder.join("db");
        let file = File::options().read(true).write(true).open(&path);
        let file = file.map_err(|e| StoreError::io(format!("open {}", path.display()), e))?;
        let catalogue = Self {
            db,
            folder: folder.to_owned(),
            file,
            state: RwLock::default(),
            directory: Mutex::default(),
        };
        let state = guarded("read the directory", || catalogue.db.get(keys::DIRECTORY))?;
        if let Some(directory) = state {
            let state = catalogue.read_directory(&directory)?;
            catalogue.sweep(&state)?;
            *catalogue
                .state
                .write()
                .unwrap_or_else(PoisonError::into_inner) = state;
        }
        crate::files::sync_folder(folder)?;
        Ok(catalogue)
    }

    fn read_directory(&self, directory: &[u8]) -> Result<State, StoreError> {
        let mut rest = directory;
        let mut next = || take(&mut rest).ok_or_else(|| broken("the directory is cut off"));
        let mut state = State {
            runs: Vec::new(),
            next: next()?,
        };
        for _ in 0..next()? {
            let (number, level, first, last, keys) = (next()?, next()?, next()?, next()?, next()?);
            let mut bytes = Vec::new();
            for part in self.db.scan_prefix(keys::run(b'f', number)) {
                bytes.extend_from_slice(&part.map_err(failed("read a filter"))?.1);
            }
            let expected = Filter::with_room_for(keys).to_bytes().len();
            let filter = Filter::from_bytes(&bytes).filter(|_| bytes.len() == expected);
            let filter = filter.ok_or_else(|| broken("a filter is not as long as it was"))?;
            if first != state.runs.last().map_or(1, |run: &Run| run.last + 1) || last < first {
                return Err(broken("a run does not follow the one before it"));
            }
            state.runs.push(Run {
                number,
                level,
                first,
                last,
                keys,
                filter,
            });
        }
        Ok(state)
    }

    /// Deletes what belongs to no run: what a merge left that was not finished.
    fn sweep(&self, state: &State) -> Result<(), StoreError> {
        for kind in *b"scf" {
            let mut from = keys::run(kind, 0);
            while let Some(entry) = self.db.range(&from[..]..&[kind + 1][..]).next() {
                let (key, _) = entry.map_err(failed("look for left-overs"))?;
                let number = keys::run_number(&key).ok_or_else(|| broken("a key of no run"))?;
                if !state.runs.iter().any(|run| run.number == number) {
                    self.delete(kind, number)?;
                }
                let Some(next) = number.checked_add(1) else {
                    break;
                };
                from = keys::run(kind, next);
            }
        }
        Ok(())
    }

    /// Deletes the values of one kind of a run.
    pub(crate) fn delete(&self, kind: u8, number: u64) -> Result<(), StoreError> {
        for entry in self.db.scan_prefix(keys::run(kind, number)) {
            let (key, _) = entry.map_err(failed("list a run"))?;
            guarded("delete a run", || self.db.remove(key))?;
        }
        Ok(())
    }

    pub(crate) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes which runs there are.
    pub(crate) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The last position that the runs reach.
    pub(crate) fn indexed(&self) -> u64 {
        self.state().runs.last().map_or(0, |run| run.last)
    }

    /// The root of the tree of the positions that the runs reach.
    pub(crate) fn root(&self) -> Result<Option<Hash>, StoreError> {
        let root = guarded("read the root", || self.db.get(keys::ROOT))?;
        Ok(root.and_then(|root| Some(Hash(root.as_ref().try_into().ok()?))))
    }

    /// Adds what positions `first` to `last` belong to. `root` is that of the tree up to `last`: it tells of which log this is the
    /// catalogue.
    pub(crate) fn add(
        &self,
        (first, last): (u64, u64),
        root: Hash,
        index: Index,
        attachments: &[(Digest, Place)],
    ) -> Result<(), StoreError> {
        let _one_at_a_time = self
            .directory
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut batch = sled::Batch::default();
        for (id, place) in attachments {
            batch.insert(&keys::attachment(*id)[..], &place.encode());
        }
        let own = self.number();
        let mut commits: Vec<(u64, u64)> = index
            .commits
            .iter()
            .map(|(id, first, _)| (commit_key(*id), *first))
            .collect();
        commits.sort_unstable();
        let keys = (commits.len() + index.streams.len()) as u64;
        let mut filter = Filter::with_room_for(keys);
        let mut values = CommitValues::new();
        let mut each = |first: &[u8], value: &[u8]| batch.insert(keys::commits(own, first), value);
        for (key, position) in commits {
            filter.insert(key);
            values.push(key, position, &mut each);
        }
        values.finish(&mut each);
        let mut values = StreamValues::new();
        let mut each = |name: &str, version: u64, value: &[u8]| {
            batch.insert(keys::streams(own, name, version), value)
        };
        for entry in index.stream_entries() {
            filter.insert(stream_key(&entry.name));
            values.push(entry, &mut each);
        }
        values.finish(&mut each);
        for (part, bytes) in (0..).zip(filter.to_bytes().chunks(4 << 10)) {
            batch.insert(keys::filter(own, part), bytes);
        }
        let run = Run {
            number: own,
            level: 0,
            first,
            last,
            keys,
            filter,
        };
        let directory = {
            let state = self.state();
            directory(state.runs.iter().chain([&run]), state.next)
        };
        batch.insert(keys::DIRECTORY, directory);
        batch.insert(keys::ROOT, &root.0);
        guarded("add to the catalogue", || self.db.apply_batch(batch))?;
        self.change(|state| state.runs.push(run));
        Ok(())
    }

    /// A number for a new run.
    pub(crate) fn number(&self) -> u64 {
        let mut own = 0;
        self.change(|state| {
            own = state.next;
            state.next += 1;
        });
        own
    }

    /// Makes all that sled has written durable: its own `flush` issues `sync_file_range` only (sled issue 1452). Done when the store
    /// closes; after any other end the catalogue is made again.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        guarded("flush the catalogue", || self.db.flush())?;
        self.file.sync_data().map_err(|e| {
            StoreError::io(
                format!("sync the catalogue in {}", self.folder.display()),
                e,
            )
        })
    }

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

/// The directory's value: the next number, how many runs, and each run's number, level, first and last position, keys.
pub(crate) fn directory<'a>(runs: impl Iterator<Item = &'a Run> + Clone, next: u64) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, next);
    number(&mut out, runs.clone().count() as u64);
    for run in runs {
        for n in [run.number, run.level, run.first, run.last, run.keys] {
            number(&mut out, n);
        }
    }
    out
}
