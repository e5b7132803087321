//! The store: a log with one writer and any number of readers, its key, and its background.

use std::{ops::ControlFlow, path::Path, sync::Arc};

use travaux_ledger::{Checkpoint, LogProof, VerifyingKey};
use travaux_store::{
    AppendError, Appended, Commit, CommitId, Digest, Draft, EventStore, Listener, Page, Read,
    StoreError, Verified,
};

use crate::{
    care::{self, BackedUp},
    files::Files,
    log::Log,
    seal::{Published, Seal},
    threads::{Background, Group, Options},
};

/// So many commits may wait to be written, and so many are written as one batch at most.
const WAITING: usize = 1_024;
const MOST_COMMITS: usize = 256;

/// An [`EventStore`] in a folder.
///
/// sled is opened by the first call that needs the catalogue: whoever asks for the end of the log, or for what is in its recent
/// part, does not wait for it.
#[derive(Debug)]
pub struct SledStore {
    pub(crate) log: Arc<Log>,
    /// The log's key and checkpoints; none where the key cannot be read.
    seal: Option<Seal>,
    appends: Group<Draft, Result<Appended, AppendError>>,
    background: Arc<Background>,
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
            let origin = format!("travaux.invalid/{}", uuid::Uuid::new_v4());
            Seal::new_key(&origin).and_then(|key| Seal::create(&files, &key, None))
        };
        let mut log = Log::open(files)?;
        let damage = match &seal {
            Ok(seal) if log.damage().is_none() => seal.differs(&log),
            Ok(_) => None,
            Err(error) => Some(StoreError::Damaged {
                position: None,
                what: format!("the log's key: {error}"),
            }),
        };
        if let Some(damage) = damage {
            log.found(damage);
        }
        Ok(Self::start(log, seal.ok(), options))
    }

    fn start(log: Log, seal: Option<Seal>, options: Options) -> Self {
        let (log, background) = (Arc::new(log), Arc::new(Background::new(options)));
        let (own, behind) = (Arc::clone(&log), Arc::clone(&background));
        let appends = Group::new(WAITING, MOST_COMMITS, move |commits: &[Draft]| {
            behind.wait_for_room(&own);
            let answers = own.append_batch(commits);
            behind.look_after(&own);
            answers
        });
        Self {
            log,
            seal,
            appends,
            background,
        }
    }

    /// Makes a new store in `path` for the log `origin` (a name that nobody else uses, without a scheme, such as
    /// `treaties.example.org/log`), whose last checkpoint is also kept in the folder `kept_in`.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] where there is a store already, or the name cannot be written in a note;
    /// [`StoreError::Io`] where the system fails.
    pub fn create(
        path: impl AsRef<Path>,
        origin: &str,
        kept_in: Option<&Path>,
    ) -> Result<Self, StoreError> {
        // What is no name makes no folder.
        let key = Seal::new_key(origin)?;
        let files = Files::take(path.as_ref())?;
        if Seal::exists(&files) {
            return Err(StoreError::unusable(
                format!("make a store in {}", files.path.display()),
                "there is a store already",
            ));
        }
        Seal::create(&files, &key, kept_in)?;
        drop(files);
        Self::open(path)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.log.files.path
    }

    /// What was found to be wrong when the store was opened. It takes no more writes then.
    pub fn damage(&self) -> Option<StoreError> {
        self.log.damage()
    }

    fn sealed(&self) -> Result<&Seal, StoreError> {
        let none = || StoreError::Damaged {
            position: None,
            what: format!(
                "the log has no key in {}",
                self.log.files.ledger().display()
            ),
        };
        self.seal.as_ref().ok_or_else(none)
    }

    /// The key with which the log's checkpoints are verified, as `NAME+ID+BASE64`.
    ///
    /// # Errors
    /// [`StoreError`] where the log has no key.
    pub fn verifying_key(&self) -> Result<VerifyingKey, StoreError> {
        self.sealed().map(Seal::verifying_key)
    }

    /// What is wrong if the log is not the one that the checkpoint was signed for.
    pub fn disagrees(&self, checkpoint: &Checkpoint) -> Option<StoreError> {
        self.log.differs(
            checkpoint.size,
            checkpoint.root,
            "when the checkpoint was signed",
        )
    }

    /// Signs the tree of everything that is in the log now, and keeps the checkpoint; the tree head and the note.
    ///
    /// # Errors
    /// [`StoreError`] where something was found to be damaged, or the checkpoint cannot be written.
    pub fn seal(&self) -> Result<(Checkpoint, String), StoreError> {
        self.sealed()?.sign_head(&self.log)
    }

    /// The proof that the record at `position` is in the log under a checkpoint of now, with the record's bytes in it, so that it
    /// can be verified without the store.
    ///
    /// # Errors
    /// [`StoreError`] where there is no such record, it cannot be read, or nothing can be signed.
    pub fn prove(&self, position: u64) -> Result<LogProof, StoreError> {
        self.sealed()?.prove(&self.log, position)
    }

    /// Writes checkpoint, tiles and records to the folder `to`, those that are not there yet. The checkpoint comes last, when the
    /// rest is durable, so that who reads meanwhile, or after a loss of power, sees a whole tree.
    ///
    /// # Errors
    /// [`StoreError`] where a record cannot be read, another log is published there, or a file cannot be written.
    pub fn publish(&self, to: &Path) -> Result<Published, StoreError> {
        self.sealed()?.publish(&self.log, to)
    }

    /// Copies everything that is durable now to the folder `to`: all, or what was added since the last time. Others read and write
    /// meanwhile. Until the copy is whole, what was there is not lost: opened, it is a store of then, or between then and now.
    ///
    /// The key is not copied: a backup proves what it holds by the checkpoint beside it, and can sign nothing.
    ///
    /// # Errors
    /// [`StoreError`] where something here is damaged, `to` is the backup of another log, or the system fails.
    pub fn backup(&self, to: &Path) -> Result<BackedUp, StoreError> {
        let key = self.seal.as_ref().map(Seal::verifying_key);
        care::backup(&self.log, key.as_ref(), to)
    }
}

impl EventStore for SledStore {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        let answer = self.appends.run(Draft::new(commit)?);
        answer.unwrap_or_else(|| {
            Err(StoreError::Poisoned {
                cause: "a write that did not come to an end".into(),
            }
            .into())
        })
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        self.log.page(read)
    }

    fn scan(
        &self,
        from: u64,
        each: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.log.scan(from, each)
    }

    fn verify(&self) -> Result<Verified, StoreError> {
        care::verify(&self.log)
    }

    fn head(&self) -> u64 {
        self.log.head()
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        self.log.version_of(stream)
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        Ok(self.log.extent_of(id)?.map(|(first, last)| Appended {
            first,
            last,
            repeated: true,
        }))
    }

    fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.log.attachment(id)
    }

    fn root(&self, size: u64) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.log.root_at(size)?.map(|root| root.0))
    }

    /// The recent end of the log, the blocks that were read last and the versions of streams share it.
    /// Beside it: sled's page cache (32 MiB) and its tables, and what is kept of each block (40 bytes)
    /// and each key of the catalogue (10 bits).
    fn limit_memory(&self, bytes: usize) {
        self.log.limit_memory(bytes);
    }

    fn memory_held(&self) -> usize {
        self.log.memory_held()
    }

    fn listen(&self) -> Listener {
        self.log.listen()
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        self.background.finish(&self.log);
        // A close that cannot sign leaves the checkpoint of before; the mark says where the log ended all the same.
        if let Some(seal) = &self.seal
            && self.log.has_written()
        {
            drop(seal.sign_head(&self.log));
        }
        self.log.close();
    }
}
