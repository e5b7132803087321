//! The store's folder: the format, the lock, and what has to be synced.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use travaux_store::StoreError;

/// What the file `FORMAT` says.
const FORMAT: &str = "travaux store 1\n";

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
        let io = |act: &str| {
            let act = format!("{act} {}", path.display());
            move |e| StoreError::io(act, e)
        };
        fs::create_dir_all(path).map_err(io("make the folder"))?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).read(true).open(path.join("LOCK"));
        let lock = lock.map_err(io("open the lock of"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(e)) => return Err(io("lock")(e)),
        }
        let files = Self { path: path.to_owned(), _lock: lock };
        files.check_format()?;
        Ok(files)
    }

    fn check_format(&self) -> Result<(), StoreError> {
        let path = self.path.join("FORMAT");
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).read(true).open(&path);
        let io = |e| StoreError::io(format!("open {}", path.display()), e);
        let file = file.as_mut().map_err(|e| io(std::io::Error::from(e.kind())))?;
        let mut found = String::new();
        file.read_to_string(&mut found).map_err(io)?;
        if found.is_empty() && !self.log_folder().exists() {
            file.rewind().and_then(|()| file.write_all(FORMAT.as_bytes())).and_then(|()| file.sync_all()).map_err(io)?;
            return sync_folder(&self.path);
        }
        if found != FORMAT {
            let (found, expected) = (format!("`{}`", found.trim()), format!("`{}`", FORMAT.trim()));
            return Err(StoreError::Format { path: self.path.clone(), found, expected });
        }
        Ok(())
    }

    /// Where sled keeps its files.
    pub(crate) fn log_folder(&self) -> PathBuf {
        self.path.join("log")
    }

    /// Where attachments stand.
    pub(crate) fn pack(&self) -> PathBuf {
        self.path.join("attachments.pack")
    }
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| StoreError::io(format!("sync the folder {}", path.display()), e))
}

/// sled's files, synced by us: its `flush` leaves the bytes to the mercy of the next power cut (sled issue 1452).
#[derive(Debug)]
pub(crate) struct Durability {
    log: PathBuf,
    db: File,
    blobs_seen: usize,
}

impl Durability {
    pub(crate) fn new(files: &Files) -> Result<Self, StoreError> {
        let log = files.log_folder();
        let db = OpenOptions::new().read(true).write(true).open(log.join("db"));
        let db = db.map_err(|e| StoreError::io(format!("open sled's file in {}", log.display()), e))?;
        // Names are made durable once: of sled's files, of the pack, and that the mark of the last shut-down is gone.
        sync_folder(&log)?;
        sync_folder(&files.path)?;
        Ok(Self { log, db, blobs_seen: 0 })
    }

    /// Makes all that sled has written durable.
    pub(crate) fn sync(&mut self) -> Result<(), StoreError> {
        let io = |e| StoreError::io("sync sled's file", e);
        self.db.sync_data().map_err(io)?;
        // Values are kept small enough that sled writes no blob; if one appears all the same, it is synced too.
        let blobs = self.log.join("blobs");
        let Ok(entries) = fs::read_dir(&blobs) else { return Ok(()) };
        let names: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        if names.len() != self.blobs_seen {
            for name in &names {
                match File::open(name) {
                    Ok(file) => file.sync_all().map_err(io)?,
                    // sled has thrown it away since: whatever took its place stands in `db`.
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                    Err(e) => return Err(io(e)),
                }
            }
            sync_folder(&blobs)?;
            self.blobs_seen = names.len();
        }
        Ok(())
    }
}
