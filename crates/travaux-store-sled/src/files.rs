//! The store's folder: the format, the lock, and where everything stands.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use travaux_store::StoreError;

/// What the file `FORMAT` says.
pub(crate) const FORMAT: &str = "travaux store 2\n";

/// The files of a store.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) path: PathBuf,
    /// Held for as long as the store is open.
    _lock: File,
}

impl Files {
    /// Takes the folder `path`, which is made if it is not there.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let files = Self::lock(path)?;
        files.check_format()?;
        Ok(files)
    }

    /// Takes the store in `path`, which has to be there, for what `act` says.
    pub(crate) fn of_store(path: &Path, act: &str) -> Result<Self, StoreError> {
        if !path.join("FORMAT").is_file() {
            return Err(no_store(path, act));
        }
        Self::lock(path)
    }

    /// Takes the folder of what may be left of a store, which has to be there, for what `act` says.
    pub(crate) fn of_ruin(path: &Path, act: &str) -> Result<Self, StoreError> {
        if !path.is_dir() {
            return Err(no_store(path, act));
        }
        Self::lock(path)
    }

    /// Takes the folder `path`, whatever its format is.
    pub(crate) fn lock(path: &Path) -> Result<Self, StoreError> {
        let io = |act: &str| {
            let act = format!("{act} {}", path.display());
            move |e| StoreError::io(act, e)
        };
        fs::create_dir_all(path).map_err(io("make the folder"))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .read(true)
            .open(path.join("LOCK"));
        let lock = lock.map_err(io("open the lock of"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
                path: path.to_owned(),
            }),
            Err(TryLockError::Error(e)) => Err(io("lock")(e)),
        }
    }

    pub(crate) fn check_format(&self) -> Result<(), StoreError> {
        let path = self.path.join("FORMAT");
        let io = |e| StoreError::io(format!("open {}", path.display()), e);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .read(true)
            .open(&path)
            .map_err(io)?;
        let mut found = String::new();
        file.read_to_string(&mut found).map_err(io)?;
        let empty = || {
            !self.journal().exists() && !self.blocks().exists() && !self.path.join("log").exists()
        };
        if found.is_empty() && empty() {
            file.rewind()
                .and_then(|()| file.write_all(FORMAT.as_bytes()))
                .and_then(|()| file.sync_all())
                .map_err(io)?;
            return sync_folder(&self.path);
        }
        if found != FORMAT {
            let (found, expected) = (
                format!("`{}`", begun(&found)),
                format!("`{}`", FORMAT.trim()),
            );
            return Err(StoreError::Format {
                path: self.path.clone(),
                found,
                expected,
            });
        }
        Ok(())
    }

    /// The folder of the journal's files.
    pub(crate) fn journal(&self) -> PathBuf {
        self.path.join("journal")
    }

    /// The archive.
    pub(crate) fn blocks(&self) -> PathBuf {
        self.path.join("records.blocks")
    }

    /// Where attachments stand.
    pub(crate) fn pack(&self) -> PathBuf {
        self.path.join("attachments.pack")
    }

    /// Where sled keeps the catalogue.
    pub(crate) fn catalogue(&self) -> PathBuf {
        self.path.join("catalogue")
    }

    /// The log's name, key and last checkpoint.
    pub(crate) fn ledger(&self) -> PathBuf {
        self.path.join("ledger")
    }
}

fn no_store(path: &Path, act: &str) -> StoreError {
    StoreError::unusable(
        format!("{act} {}", path.display()),
        "there is no store: name the folder of one",
    )
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| StoreError::io(format!("sync the folder {}", path.display()), e))
}

/// Makes durable what was written to the file system that `folder` is on: one call, however many files those are.
pub(crate) fn sync_all_of(folder: &Path) -> Result<(), StoreError> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    return File::open(folder)
        .and_then(|folder| Ok(rustix::fs::syncfs(folder)?))
        .map_err(|e| StoreError::io(format!("sync what was written to {}", folder.display()), e));
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    {
        rustix::fs::sync();
        sync_folder(folder)
    }
}

/// Writes a file whole: beside its place, synced, and then renamed.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let io = |e| StoreError::io(format!("write {}", path.display()), e);
    let beside = path.with_extension("new");
    let mut file = File::create(&beside).map_err(io)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(io)?;
    fs::rename(&beside, path).map_err(io)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// What a file that should name a format begins with: it may be any file.
pub(crate) fn begun(found: &str) -> String {
    let first = found.lines().next().unwrap_or_default().trim();
    first.chars().take(40).collect()
}
