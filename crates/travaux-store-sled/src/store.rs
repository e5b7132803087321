//! The store: one writer, any number of readers.

use std::{
    collections::HashMap,
    ops::ControlFlow,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use event_listener::{Event, EventListener};
use travaux_ledger::{Frontier, Hash};
use travaux_store::{
    AppendError, Appended, AttachmentId, Commit, CommitId, Draft, EventStore, Page, Read,
    StoreError, Verified,
};

use crate::{
    archive::{
        self,
        blocks::Blocks,
        pack::{Pack, Place},
    },
    catalogue::Catalogue,
    files::Files,
    journal::{Journal, recent::RecentLog},
    log::clean::CleanMark,
    seal::Seal,
    threads::{background::Upkeep, group::Group},
};

/// So many commits may wait to be written, and so many are written together at most.
const WAITING: usize = 1_024;
const TOGETHER: usize = 256;
/// Versions of streams that are kept at hand.
const HEADS: usize = 100_000;

/// When the background works. What is stored is the same whatever they are.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// When the recent end of the log has so many bytes, it is moved to the archive.
    pub archive_at: usize,
    /// When it has so many, writers wait until some of it was moved.
    pub full_at: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            archive_at: 8 << 20,
            full_at: 64 << 20,
        }
    }
}

/// An [`EventStore`] in a folder.
///
/// sled is opened by the first call that needs the catalogue: whoever asks for the end of the log, or for what is in its recent
/// part, does not wait for it.
#[derive(Debug)]
pub struct SledStore {
    pub(crate) shared: Arc<Shared>,
    group: Group<Draft, Result<Appended, AppendError>>,
    upkeep: Arc<Upkeep>,
}

/// What the callers and the upkeep share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) files: Files,
    pub(crate) blocks: Blocks,
    pub(crate) pack: RwLock<Pack>,
    catalogue: OnceLock<Catalogue>,
    opening: Mutex<()>,
    tail: RwLock<RecentLog>,
    writer: Mutex<Writer>,
    heads: Mutex<HashMap<String, u64>>,
    head: AtomicU64,
    grown: Event,
    /// Held by who moves records to the archive.
    pub(crate) moving: Mutex<()>,
    /// The log's key and checkpoints; a backup that is opened has none.
    pub(crate) seal: Option<Seal>,
    /// What was found to be wrong when the store was opened.
    damage: Option<(Option<u64>, String)>,
}

#[derive(Debug)]
pub(crate) struct Writer {
    /// None where the journal is damaged.
    pub(crate) journal: Option<Journal>,
    pub(crate) frontier: Frontier,
    /// Why nothing more may be written.
    pub(crate) poisoned: Option<String>,
    /// Whether the mark of the last shut-down is gone.
    pub(crate) begun: bool,
    /// Whether it was not current when the store was opened, and all of it was verified instead: the next process need not do that again.
    verified: bool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SledStore {
    /// Opens the store in `path`, which is made if it is not there.
    ///
    /// A store in which something is not as it was written opens too, but takes no more writes: [`Self::damage`] says what is
    /// wrong, and what can still be read is read.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another process has it open, [`StoreError::Format`] if it is of another format,
    /// [`StoreError::Io`] if it cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path, Options::default())
    }

    /// The same, with options.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(path: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        let files = Files::take(path.as_ref())?;
        let seal = if Seal::exists(&files) {
            Seal::load(&files)
        } else {
            Seal::create(
                &files,
                &format!("travaux.invalid/{}", uuid::Uuid::new_v4()),
                None,
            )
        };
        Self::open_files(files, options, Some(seal))
    }

    /// Opens a store as it is: without a key, and without believing that it was sealed.
    pub(crate) fn open_unsealed(path: &Path) -> Result<Self, StoreError> {
        Self::open_files(Files::take(path)?, Options::default(), None)
    }

    fn open_files(
        files: Files,
        options: Options,
        seal: Option<Result<Seal, StoreError>>,
    ) -> Result<Self, StoreError> {
        let mark = CleanMark::read(&files);
        let clean = mark.is_some_and(|mark| mark.is_current(&files));
        let pack = Pack::open(files.pack())?;
        let (blocks, left) = Blocks::open(files.blocks())?;
        let archived = blocks.table().last();
        let mut frontier = blocks.table().frontier();
        let mut tail = RecentLog::behind(archived);
        let mut damage: Option<StoreError> = None;
        let journal = match Journal::open(files.journal(), &mut frontier, |frame| tail.push(frame))
        {
            Ok(journal) => Some(journal),
            Err(error @ StoreError::Damaged { .. }) => {
                damage = Some(error);
                None
            }
            Err(error) => return Err(error),
        };
        // sled was not told to make anything durable: what it has after a kill, or a loss of power, is not asked.
        if !clean {
            archive::forget_catalogue(&files)?;
        }
        // What an interrupted move to the archive left there is in the journal still.
        if left > 0 && damage.is_none() {
            if tail.last() > archived {
                blocks.cut()?;
            } else {
                let what = format!(
                    "{} has no sound block behind position {archived}",
                    blocks.path().display()
                );
                damage = Some(StoreError::Damaged {
                    position: Some(archived + 1),
                    what,
                });
            }
        }
        if !clean && damage.is_none() {
            blocks.verify(|error| {
                damage.get_or_insert(error);
            });
        }
        crate::files::sync_folder(&files.path)?;
        let head = tail.last();
        let mut shared = Shared {
            files,
            blocks,
            pack: RwLock::new(pack),
            catalogue: OnceLock::new(),
            opening: Mutex::default(),
            tail: RwLock::new(tail),
            writer: Mutex::new(Writer {
                journal,
                frontier,
                poisoned: None,
                begun: false,
                verified: !clean && seal.is_some(),
            }),
            heads: Mutex::default(),
            head: AtomicU64::new(head),
            grown: Event::new(),
            moving: Mutex::default(),
            seal: None,
            damage: None,
        };
        if damage.is_none()
            && let Some(mark) = mark
        {
            damage = shared.differs(mark.head, mark.root, "when it was closed");
        }
        match seal {
            Some(Ok(seal)) => {
                shared.seal = Some(seal);
                damage = damage.or_else(|| shared.differs_from_checkpoints());
            }
            Some(Err(error)) => {
                damage.get_or_insert(StoreError::Damaged {
                    position: None,
                    what: format!("the log's key: {error}"),
                });
            }
            None => {}
        }
        let damage = damage.map(|damage| match damage {
            StoreError::Damaged { position, what } => (position, what),
            other => (None, other.to_string()),
        });
        if let Some((position, what)) = damage {
            let cause = StoreError::Damaged {
                position,
                what: what.clone(),
            }
            .to_string();
            locked(&shared.writer).poisoned = Some(cause);
            shared.damage = Some((position, what));
        }
        let (shared, upkeep) = (Arc::new(shared), Arc::new(Upkeep::new(options)));
        let (log, background) = (Arc::clone(&shared), Arc::clone(&upkeep));
        let group = Group::new(WAITING, TOGETHER, move |commits: &[Draft]| {
            background.wait_for_room(&log);
            let answers = log.append_together(commits);
            background.look_after(&log);
            answers
        });
        Ok(Self {
            shared,
            group,
            upkeep,
        })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.shared.files.path
    }

    /// What was found to be wrong when the store was opened. It takes no more writes then.
    pub fn damage(&self) -> Option<StoreError> {
        self.shared.damage()
    }
}

impl Shared {
    /// Why nothing more is written.
    pub(crate) fn refusal(&self, cause: &str) -> StoreError {
        match self.damage() {
            Some(damage) => StoreError::ReadOnly {
                damage: damage.to_string(),
            },
            None => StoreError::Poisoned {
                cause: cause.to_owned(),
            },
        }
    }

    pub(crate) fn damage(&self) -> Option<StoreError> {
        let (position, what) = self.damage.clone()?;
        Some(StoreError::Damaged { position, what })
    }

    /// What is wrong if the log does not have this root at this size.
    pub(crate) fn differs(&self, size: u64, root: Hash, when: &str) -> Option<StoreError> {
        let (position, what) = match self.root_at(size) {
            Err(error) => return Some(error),
            Ok(Some(found)) if found == root => return None,
            Ok(Some(_)) => (
                None,
                format!(
                    "the first {size} records have another root than {when}: something was changed, or put back from a copy"
                ),
            ),
            Ok(None) => {
                let head = self.head();
                (
                    Some(head + 1),
                    format!("the log ends at position {head}, and ended at {size} {when}"),
                )
            }
        };
        let what = format!("{what} ({})", self.files.path.display());
        Some(StoreError::Damaged { position, what })
    }

    /// The root of the tree of the first `size` records; `None` if there are not as many.
    pub(crate) fn root_at(&self, size: u64) -> Result<Option<Hash>, StoreError> {
        {
            // Size and root of one moment: others append meanwhile.
            let frontier = &self.writer().frontier;
            if size >= frontier.size() {
                return Ok((size == frontier.size()).then(|| frontier.root()));
            }
        }
        travaux_ledger::root(self, size).map(Some)
    }

    /// The catalogue; sled is opened by the first call.
    pub(crate) fn catalogue(&self) -> Result<&Catalogue, StoreError> {
        if let Some(catalogue) = self.catalogue.get() {
            return Ok(catalogue);
        }
        let _one_at_a_time = locked(&self.opening);
        if let Some(catalogue) = self.catalogue.get() {
            return Ok(catalogue);
        }
        let pack = self.pack.read().unwrap_or_else(PoisonError::into_inner);
        let catalogue = archive::catalogue(&self.files, &self.blocks, &pack)?;
        Ok(self.catalogue.get_or_init(|| catalogue))
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        locked(&self.writer)
    }

    pub(crate) fn tail(&self) -> RwLockReadGuard<'_, RecentLog> {
        self.tail.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tail_mut(&self) -> RwLockWriteGuard<'_, RecentLog> {
        self.tail.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last position that is durable.
    pub(crate) fn head(&self) -> u64 {
        self.head.load(Ordering::Acquire)
    }

    /// The log has grown to `head`, durably.
    pub(crate) fn grows(&self, head: u64) {
        self.head.store(head, Ordering::Release);
        self.grown.notify(usize::MAX);
    }

    /// Keeps versions of streams that are in the archive at hand.
    pub(crate) fn remember<'a>(&self, versions: impl Iterator<Item = (&'a str, u64)>) {
        let mut heads = locked(&self.heads);
        if heads.len() > HEADS {
            heads.clear();
        }
        for (stream, version) in versions {
            match heads.get_mut(stream) {
                Some(known) => *known = version,
                None => drop(heads.insert(stream.to_owned(), version)),
            }
        }
    }

    pub(crate) fn version_of(&self, stream: &str) -> Result<u64, StoreError> {
        {
            let tail = self.tail();
            if let Some(version) = tail.version(stream) {
                return Ok(version);
            }
            if tail.archived() == 0 {
                return Ok(0);
            }
        }
        if let Some(version) = locked(&self.heads).get(stream) {
            return Ok(*version);
        }
        let version = self.catalogue()?.version(stream)?;
        self.remember(std::iter::once((stream, version)));
        Ok(version)
    }

    /// Where a commit stands: its first and its last position.
    pub(crate) fn stands(&self, id: CommitId) -> Result<Option<(u64, u64)>, StoreError> {
        {
            let tail = self.tail();
            if let Some((first, count)) = tail.commit(id) {
                return Ok(Some((first, first + count - 1)));
            }
            if tail.archived() == 0 {
                return Ok(None);
            }
        }
        for first in self.catalogue()?.commits(id)? {
            let mut last = first;
            while last <= self.head() && self.record(last)?.envelope()?.commit == id {
                last += 1;
            }
            if last > first {
                return Ok(Some((first, last - 1)));
            }
        }
        Ok(None)
    }

    pub(crate) fn has_attachment(&self, id: AttachmentId) -> Result<bool, StoreError> {
        self.place(id).map(|place| place.is_some())
    }

    fn place(&self, id: AttachmentId) -> Result<Option<Place>, StoreError> {
        {
            let tail = self.tail();
            if let Some(place) = tail.attachment(id) {
                return Ok(Some(place));
            }
            if tail.archived() == 0 {
                return Ok(None);
            }
        }
        self.catalogue()?.attachment(id)
    }
}

impl EventStore for SledStore {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        let answer = self.group.run(Draft::new(commit)?);
        answer.unwrap_or_else(|| {
            Err(StoreError::Poisoned {
                cause: "a write that did not come to an end".into(),
            }
            .into())
        })
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        self.shared.page(read)
    }

    fn scan(
        &self,
        from: u64,
        each: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.shared.scan(from, each)
    }

    fn verify(&self) -> Result<Verified, StoreError> {
        self.shared.verify()
    }

    fn head(&self) -> u64 {
        self.shared.head()
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        self.shared.version_of(stream)
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        Ok(self.shared.stands(id)?.map(|(first, last)| Appended {
            first,
            last,
            repeated: true,
        }))
    }

    fn attachment(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(place) = self.shared.place(id)? else {
            return Ok(None);
        };
        self.shared
            .pack
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .read(id, place)
            .map(Some)
    }

    fn root(&self, size: u64) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.shared.root_at(size)?.map(|root| root.0))
    }

    fn listen(&self) -> EventListener {
        self.shared.grown.listen()
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        self.upkeep.finish(&self.shared);
        // A close that cannot sign leaves the checkpoint of before; the mark below says where the log ended all the same.
        if self.shared.seal.is_some() && self.shared.writer().begun {
            drop(self.shared.sign_head());
        }
        let mut writer = self.shared.writer();
        let catalogued = self
            .shared
            .catalogue
            .get()
            .is_none_or(|catalogue| catalogue.sync().is_ok());
        // No mark is left where the end is in doubt, nor where the one that is there says the same.
        if writer.poisoned.is_none() && (writer.begun || writer.verified) && catalogued {
            let root = writer.frontier.root();
            let frames = self.shared.tail().frames_up_to(u64::MAX);
            if let Some(journal) = &mut writer.journal {
                journal.trim();
                // A journal that is longer than it need be is read all the same.
                drop(journal.compact(&frames));
            }
            CleanMark::write(&self.shared.files, self.shared.head(), root);
        }
    }
}
