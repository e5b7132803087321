//! The log's name and its key, in a folder of the store that only its owner can read.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use travaux_ledger::{SigningKey, VerifyingKey};
use travaux_store::StoreError;

use crate::files::{Files, replace, sync_folder};

/// The folder `ledger` of a store: `key` (secret), `key.pub`, `checkpoint`, and `kept-in`, where there is a second place for that.
#[derive(Debug)]
pub(crate) struct Seal {
    pub(super) folder: PathBuf,
    pub(super) key: SigningKey,
    pub(super) kept_in: Option<PathBuf>,
}

pub(super) fn io(act: &str, path: &Path) -> impl Fn(std::io::Error) -> StoreError + use<> {
    let act = format!("{act} {}", path.display());
    move |e| StoreError::io(act.clone(), e)
}

impl Seal {
    /// Whether the folder has been made.
    pub(crate) fn exists(files: &Files) -> bool {
        files.ledger().exists()
    }

    /// A new key for the log `origin`.
    pub(crate) fn new_key(origin: &str) -> Result<SigningKey, StoreError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|e| StoreError::io("ask the system for random bytes", e.to_string()))?;
        let key = SigningKey::from_seed(origin, &seed);
        seed.fill(0);
        key.map_err(|e| StoreError::unusable(format!("name the log `{origin}`"), e.to_string()))
    }

    /// Keeps a new key, with a second place for checkpoints if there is to be one.
    pub(crate) fn create(
        files: &Files,
        key: &SigningKey,
        kept_in: Option<&Path>,
    ) -> Result<Self, StoreError> {
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
}
