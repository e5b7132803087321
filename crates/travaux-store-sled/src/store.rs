//! The store: one writer, any number of readers, one sled tree and one pack.

use std::{
    path::Path,
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use event_listener::{Event, EventListener};
use travaux_store::{AppendError, Appended, AttachmentId, Commit, CommitId, EventStore, Page, Read, StoreError};

use crate::{
    block::{Block, take},
    clean::CleanMark,
    files::{Durability, Files},
    group::Group,
    keys,
    pack::{Pack, Place},
    reader::{Reader, failed, positions},
};

/// So many commits may wait to be written, and so many are written together at most.
const WAITING: usize = 1_024;
const TOGETHER: usize = 256;

/// An [`EventStore`] in a folder.
///
/// After a clean shut-down sled is opened by the first call that needs it: the end of the log is known from the mark that the
/// shut-down left, and whoever asks for no record does not wait for sled.
#[derive(Debug)]
pub struct SledStore {
    log: OnceLock<Log>,
    opening: Mutex<()>,
    group: Group<Commit, Result<Appended, AppendError>>,
    writer: Mutex<Writer>,
    head: AtomicU64,
    grown: Event,
    files: Files,
}

#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) tree: sled::Db,
    pack: RwLock<Pack>,
}

#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// Taken up by the first commit.
    pub(crate) durability: Option<Durability>,
    /// Why nothing more may be written.
    pub(crate) poisoned: Option<String>,
}

/// How long sled may take to let go of a folder that this process has just closed.
const LETTING_GO: Duration = Duration::from_secs(10);

/// Opens sled. Threads of sled's own keep its lock for a moment after the last handle was dropped; other processes are kept out by
/// our own lock, which is held by now, so that a lock which is still there is one that is about to go.
fn open_sled(config: &sled::Config) -> Result<sled::Db, StoreError> {
    let began = Instant::now();
    loop {
        match config.open() {
            Err(sled::Error::Io(e)) if e.to_string().contains("could not acquire lock") && began.elapsed() < LETTING_GO => {
                std::thread::sleep(Duration::from_millis(5));
            }
            opened => return opened.map_err(failed("open the log")),
        }
    }
}

impl SledStore {
    /// Opens the store in `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another process has it open, [`StoreError::Format`] if it is of another format,
    /// [`StoreError::Damaged`] or [`StoreError::Io`] if it cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let files = Files::take(path.as_ref())?;
        let mark = CleanMark::read(&files);
        let current = mark.is_some_and(|mark| mark.is_current(&files));
        let store = Self {
            log: OnceLock::new(),
            opening: Mutex::default(),
            group: Group::new(WAITING, TOGETHER),
            writer: Mutex::default(),
            head: AtomicU64::new(mark.map_or(0, |mark| mark.head)),
            grown: Event::new(),
            files,
        };
        if !current {
            store.log()?;
        }
        Ok(store)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.files.path
    }

    pub(crate) fn log(&self) -> Result<&Log, StoreError> {
        if let Some(log) = self.log.get() {
            return Ok(log);
        }
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(log) = self.log.get() {
            return Ok(log);
        }
        let config = sled::Config::new().path(self.files.log_folder());
        let config = config.cache_capacity(64 << 20).segment_size(256 << 10).flush_every_ms(None);
        let tree = open_sled(&config)?;
        let pack = RwLock::new(Pack::open(self.files.pack())?);
        let (marked, found) = (self.head(), last_position(&tree)?);
        if found < marked {
            let what = format!(
                "the log in {} ends at position {found}, and ended at {marked} when it was closed: restore it from a copy, or delete the file CLEAN to go on without what is missing",
                self.files.path.display()
            );
            return Err(StoreError::Damaged { position: Some(found + 1), what });
        }
        CleanMark::remove(&self.files)?;
        self.head.store(found, Ordering::Release);
        Ok(self.log.get_or_init(|| Log { tree, pack }))
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    /// The last position that is durable.
    pub(crate) fn known_head(&self) -> u64 {
        self.head.load(Ordering::Acquire)
    }

    /// The log has grown to `head`, durably.
    pub(crate) fn grows(&self, head: u64) {
        self.head.store(head, Ordering::Release);
        self.grown.notify(usize::MAX);
    }

    pub(crate) fn version_of(&self, stream: &str) -> Result<u64, StoreError> {
        let Some(entry) = self.log()?.tree.scan_prefix(keys::stream(stream)).next_back() else { return Ok(0) };
        let (key, value) = entry.map_err(failed("read the stream index"))?;
        let damaged = || StoreError::Damaged { position: None, what: format!("the index of stream {stream}") };
        let count = positions(&value).ok_or_else(damaged)?.len() as u64;
        Ok(keys::version(&key).ok_or_else(damaged)? + count - 1)
    }

    pub(crate) fn stands(&self, id: CommitId) -> Result<Option<(Appended, Vec<u8>)>, StoreError> {
        let Some(value) = self.log()?.tree.get(keys::commit(id)).map_err(failed("look up a commit"))? else { return Ok(None) };
        let damaged = || StoreError::Damaged { position: None, what: format!("the entry of commit {id}") };
        let mut rest = &value[..];
        let first = take(&mut rest).ok_or_else(damaged)?;
        let count = take(&mut rest).filter(|n| *n > 0).ok_or_else(damaged)?;
        Ok(Some((Appended { first, last: first + count - 1, repeated: true }, rest.to_vec())))
    }

    pub(crate) fn place(&self, id: AttachmentId) -> Result<Option<Place>, StoreError> {
        let value = self.log()?.tree.get(keys::attachment(id)).map_err(failed("look up an attachment"))?;
        let damaged = || StoreError::Damaged { position: None, what: format!("the entry of attachment {id}") };
        value.map(|value| Place::decode(&value).ok_or_else(damaged)).transpose()
    }
}

impl Log {
    pub(crate) fn pack(&self) -> RwLockWriteGuard<'_, Pack> {
        self.pack.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The last position that the log holds.
fn last_position(tree: &sled::Db) -> Result<u64, StoreError> {
    let Some(entry) = tree.range(keys::block(0)..=keys::block(u64::MAX)).next_back() else { return Ok(0) };
    let (key, value) = entry.map_err(failed("read the last block"))?;
    let first = keys::position(&key).unwrap_or(0);
    Ok(first + Block::decode(first, &value)?.len() - 1)
}

impl EventStore for SledStore {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.log()?;
        let answer = self.group.run(commit, |commits| self.append_together(&commits));
        answer.unwrap_or_else(|| Err(StoreError::Poisoned { cause: "a write that did not come to an end".into() }.into()))
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        // The log is opened first: that may move the head.
        let log = self.log()?;
        Reader::new(&log.tree, self.head()).page(read)
    }

    fn head(&self) -> u64 {
        self.known_head()
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        self.version_of(stream)
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        Ok(self.stands(id)?.map(|(appended, _)| appended))
    }

    fn attachment(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(place) = self.place(id)? else { return Ok(None) };
        self.log()?.pack.read().unwrap_or_else(PoisonError::into_inner).read(id, place).map(Some)
    }

    fn listen(&self) -> EventListener {
        self.grown.listen()
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        let Some(log) = self.log.take() else { return };
        // sled writes when it is dropped, so the mark comes after that. No mark is left where the end is in doubt.
        drop(log);
        if self.writer().poisoned.is_none() {
            CleanMark::write(&self.files, self.head());
        }
    }
}
