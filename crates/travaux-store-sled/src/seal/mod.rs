//! The log's name, its key, and its checkpoints: signed tree heads, of which the last one is kept, also outside of the store's
//! folder where a place was named.

pub(crate) mod publish;

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use travaux_ledger::{Checkpoint, LogProof, SigningKey, VerifyingKey, inclusion_proof};
use travaux_store::StoreError;

use crate::{
    files::{Files, replace, sync_folder},
    store::{Shared, SledStore},
};

/// The folder `ledger` of a store: `key` (secret), `key.pub`, `checkpoint`, and `kept-in`, where there is a second place for that.
#[derive(Debug)]
pub(crate) struct Seal {
    folder: PathBuf,
    key: SigningKey,
    kept_in: Option<PathBuf>,
}

fn io(act: &str, path: &Path) -> impl Fn(std::io::Error) -> StoreError + use<> {
    let act = format!("{act} {}", path.display());
    move |e| StoreError::io(act.clone(), e)
}

impl Seal {
    /// Whether the folder has been made.
    pub(crate) fn exists(files: &Files) -> bool {
        files.ledger().exists()
    }

    /// Makes a new key for the log `origin`, with a second place for checkpoints if there is to be one.
    pub(crate) fn create(
        files: &Files,
        origin: &str,
        kept_in: Option<&Path>,
    ) -> Result<Self, StoreError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|e| StoreError::io("ask the system for random bytes", e.to_string()))?;
        let key = SigningKey::from_seed(origin, &seed);
        seed.fill(0);
        let key = key.map_err(|e| StoreError::io(format!("name the log `{origin}`"), e))?;
        let folder = files.ledger();
        let beside = folder.with_extension("new");
        drop(fs::remove_dir_all(&beside));
        fs::create_dir_all(&beside).map_err(io("make", &beside))?;
        let secret = beside.join("key");
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&secret);
        let written = file.and_then(|mut file| {
            writeln!(file, "{}", key.to_secret_text()).and_then(|()| file.sync_all())
        });
        written.map_err(io("write", &secret))?;
        replace(
            &beside.join("key.pub"),
            format!("{}\n", key.verifying_key()).as_bytes(),
        )?;
        if let Some(place) = kept_in {
            fs::create_dir_all(place).map_err(io("make", place))?;
            let place = fs::canonicalize(place).map_err(io("find", place))?;
            replace(
                &beside.join("kept-in"),
                format!("{}\n", place.display()).as_bytes(),
            )?;
        }
        fs::rename(&beside, &folder).map_err(io("make", &folder))?;
        sync_folder(&files.path)?;
        Self::load(files)
    }

    /// Reads the folder.
    pub(crate) fn load(files: &Files) -> Result<Self, StoreError> {
        let folder = files.ledger();
        let path = folder.join("key");
        let text = fs::read_to_string(&path).map_err(io("read", &path))?;
        let key: SigningKey = text
            .trim_end()
            .parse()
            .map_err(|e| StoreError::io(format!("read {}", path.display()), e))?;
        let kept_in = fs::read_to_string(folder.join("kept-in"))
            .ok()
            .map(|place| PathBuf::from(place.trim_end()));
        Ok(Self {
            folder,
            key,
            kept_in,
        })
    }

    pub(crate) fn verifying_key(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    fn path(&self) -> PathBuf {
        self.folder.join("checkpoint")
    }

    /// Where the second copy is.
    fn kept(&self) -> Option<PathBuf> {
        let name = self.verifying_key().name().replace('/', "_");
        self.kept_in
            .as_ref()
            .map(|place| place.join(format!("{name}.checkpoint")))
    }

    /// The last checkpoint in each place that has one, believed by its signature.
    pub(crate) fn last(&self) -> Result<Vec<(PathBuf, Checkpoint)>, StoreError> {
        let mut found = Vec::new();
        for path in [Some(self.path()), self.kept()].into_iter().flatten() {
            let note = match fs::read_to_string(&path) {
                Ok(note) => note,
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
                Err(e) => return Err(io("read", &path)(e)),
            };
            let checkpoint = Checkpoint::open(&note, &self.verifying_key());
            let damaged = |e| StoreError::Damaged {
                position: None,
                what: format!("the checkpoint in {}: {e}", path.display()),
            };
            found.push((path.clone(), checkpoint.map_err(damaged)?));
        }
        // Who has sealed once with a second place has a checkpoint there.
        if let Some(kept) = self
            .kept()
            .filter(|kept| found.iter().any(|(path, _)| *path == self.path()) && !kept.exists())
        {
            let what = format!(
                "the checkpoint that is kept in {} is not there: make the place available, or put it back",
                kept.display()
            );
            return Err(StoreError::Damaged {
                position: None,
                what,
            });
        }
        Ok(found)
    }

    /// Signs a tree head, and keeps it.
    pub(crate) fn sign(&self, checkpoint: &Checkpoint) -> Result<String, StoreError> {
        let note = checkpoint
            .sign(&self.key)
            .map_err(|e| StoreError::io("sign a checkpoint", e))?
            .to_string();
        // The place outside first: what it has must never be behind what the store believes.
        if let Some(kept) = self.kept() {
            replace(&kept, note.as_bytes())?;
        }
        replace(&self.path(), note.as_bytes())?;
        Ok(note)
    }
}

impl Shared {
    /// What is wrong if the log is not what its checkpoints say.
    pub(crate) fn differs_from_checkpoints(&self) -> Option<StoreError> {
        let checkpoints = match self.seal.as_ref()?.last() {
            Ok(checkpoints) => checkpoints,
            Err(error) => return Some(error),
        };
        let when = |path: &Path| format!("when the checkpoint in {} was signed", path.display());
        checkpoints.iter().find_map(|(path, checkpoint)| {
            self.differs(checkpoint.size, checkpoint.root, &when(path))
        })
    }

    fn seal(&self) -> Result<&Seal, StoreError> {
        let none = || StoreError::Damaged {
            position: None,
            what: format!("the log has no key in {}", self.files.ledger().display()),
        };
        self.seal.as_ref().ok_or_else(none)
    }

    /// Signs the tree of all that is durable; the note.
    pub(crate) fn sign_head(&self) -> Result<(Checkpoint, String), StoreError> {
        let seal = self.seal()?;
        let checkpoint = {
            let writer = self.writer();
            if let Some(cause) = &writer.poisoned {
                return Err(self.refusal(cause));
            }
            let origin = seal.verifying_key().name().to_owned();
            Checkpoint {
                origin,
                size: writer.frontier.size(),
                root: writer.frontier.root(),
            }
        };
        let note = seal.sign(&checkpoint)?;
        Ok((checkpoint, note))
    }
}

impl SledStore {
    /// Makes a new store in `path` for the log `origin` (a name that nobody else uses, without a scheme, such as
    /// `treaties.example.org/log`), whose last checkpoint is also kept in the folder `kept_in`.
    ///
    /// # Errors
    /// [`StoreError::Io`] where there is a store already, the name cannot be written in a note, or the system fails.
    pub fn create(
        path: impl AsRef<Path>,
        origin: &str,
        kept_in: Option<&Path>,
    ) -> Result<Self, StoreError> {
        let files = Files::take(path.as_ref())?;
        if Seal::exists(&files) {
            let there = std::io::Error::new(
                std::io::ErrorKind::AlreadyExists,
                "there is a store already",
            );
            return Err(StoreError::io(
                format!("make a store in {}", files.path.display()),
                there,
            ));
        }
        Seal::create(&files, origin, kept_in)?;
        drop(files);
        Self::open(path)
    }

    /// The key with which the log's checkpoints are verified, as `NAME+ID+BASE64`.
    ///
    /// # Errors
    /// [`StoreError`] where the log has no key.
    pub fn verifying_key(&self) -> Result<VerifyingKey, StoreError> {
        self.shared.seal().map(Seal::verifying_key)
    }

    /// What is wrong if the log is not the one that the checkpoint was signed for.
    pub fn disagrees(&self, checkpoint: &Checkpoint) -> Option<StoreError> {
        self.shared.differs(
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
        self.shared.sign_head()
    }

    /// The proof that the record at `position` is in the log under a checkpoint of now, with the record's bytes in it, so that it
    /// can be verified without the store.
    ///
    /// # Errors
    /// [`StoreError`] where there is no such record, it cannot be read, or nothing can be signed.
    pub fn prove(&self, position: u64) -> Result<LogProof, StoreError> {
        let (checkpoint, note) = self.seal()?;
        let none = || {
            let what = format!(
                "the log has {} records, from position 1 on",
                checkpoint.size
            );
            StoreError::io(
                format!("prove position {position}"),
                std::io::Error::new(std::io::ErrorKind::InvalidInput, what),
            )
        };
        let index = position.checked_sub(1).ok_or_else(none)?;
        let hashes = inclusion_proof(&*self.shared, index, checkpoint.size)?.map_err(|_| none())?;
        let record = self.shared.record(position)?;
        Ok(LogProof {
            index,
            hashes,
            checkpoint: note,
            extra: Some(record.bytes().to_vec()),
        })
    }
}
