//! The catalogue: where in the archive the records of a stream, a commit, an attachment are. It is sled's part, and follows from
//! the blocks and the pack: whatever happens to it, it can be made again.

pub(crate) mod derive;
#[cfg(test)]
mod derive_tests;
pub(crate) mod filter;
pub(crate) mod keys;
pub(crate) mod leb;
mod lookup;
mod merge;
pub(crate) mod run;
pub(crate) mod sled_guard;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, RwLock, RwLockReadGuard},
};

use travaux_ledger::Hash;
use travaux_store::{Digest, StoreError};

use crate::{
    archive::pack::Place,
    catalogue::{
        filter::Filter,
        leb::{number, take},
        run::{CommitValues, Index, StreamValues, commit_key},
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
