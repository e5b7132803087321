//! Publishing: the log as static files that any web server can serve (C2SP tlog-tiles).

use std::{
    fs,
    path::{Path, PathBuf},
};

use travaux_ledger::{Bundle, Checkpoint, Nodes as _, TILE_WIDTH, Tile, tiles};
use travaux_store::StoreError;

use super::Seal;
use crate::{
    files::{replace, sync_all_of},
    log::Log,
};

/// What was published.
#[derive(Clone, Debug)]
pub struct Published {
    /// The tree head.
    pub checkpoint: Checkpoint,
    /// How many records had been published before.
    pub before: u64,
    /// How many files were written, without the checkpoint.
    pub files: u64,
}

impl Seal {
    /// Writes checkpoint, tiles and records to the folder `to`, those that are not there yet. The checkpoint comes last, when the
    /// rest is durable, so that who reads meanwhile, or after a loss of power, sees a whole tree.
    pub(crate) fn publish(&self, log: &Log, to: &Path) -> Result<Published, StoreError> {
        if to.join("FORMAT").exists() {
            return Err(StoreError::unusable(
                format!("publish in {}", to.display()),
                "it is a store, and not all of it is for everybody: name another folder",
            ));
        }
        let before = self.published(log, to)?;
        let (checkpoint, note) = self.sign_head(log)?;
        let mut files = 0;
        for tile in tiles(before, checkpoint.size) {
            let mut put = |path: &str, bytes: &[u8]| {
                files += 1;
                let path = to.join(path);
                write(&path, bytes)?;
                drop_parts(&path, tile);
                Ok(())
            };
            put(&tile.to_string(), &tile_hashes(log, tile)?)?;
            if tile.level() == 0 {
                put(&tile.entries_path(), &entries(log, tile)?)?;
            }
        }
        fs::create_dir_all(to).map_err(|e| StoreError::io(format!("make {}", to.display()), e))?;
        // What the checkpoint promises is not written again: it has to be there after a loss of power, too.
        sync_all_of(to)?;
        replace(&to.join("checkpoint"), note.as_bytes())?;
        Ok(Published {
            checkpoint,
            before,
            files,
        })
    }

    /// How many records the folder has already.
    fn published(&self, log: &Log, to: &Path) -> Result<u64, StoreError> {
        let path = to.join("checkpoint");
        let note = match fs::read_to_string(&path) {
            Ok(note) => note,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(e) => return Err(StoreError::io(format!("read {}", path.display()), e)),
        };
        let checkpoint = Checkpoint::open(&note, &self.verifying_key()).map_err(|e| {
            StoreError::io(
                format!("go on with what is published in {}", to.display()),
                e,
            )
        })?;
        match log.differs(checkpoint.size, checkpoint.root, "when it was published") {
            Some(damage) => Err(damage),
            None => Ok(checkpoint.size),
        }
    }
}

/// The hashes of a tile, one behind the other.
fn tile_hashes(log: &Log, tile: Tile) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::with_capacity(usize::from(tile.width()) * 32);
    for n in 0..u64::from(tile.width()) {
        bytes.extend(log.node(tile.level() * 8, tile.index() * TILE_WIDTH + n)?.0);
    }
    Ok(bytes)
}

/// The records of a tile, as an entry bundle.
fn entries(log: &Log, tile: Tile) -> Result<Vec<u8>, StoreError> {
    let mut bundle = Bundle::default();
    for n in 0..u64::from(tile.width()) {
        let position = tile.index() * TILE_WIDTH + n + 1;
        if !bundle.push(log.record(position)?.bytes()) {
            return Err(StoreError::Damaged {
                position: Some(position),
                what: "the record is longer than a record may be".into(),
            });
        }
    }
    Ok(bundle.as_bytes().to_vec())
}

/// Writes a file whole; a tile that is there already has the same bytes.
fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let io = |e| StoreError::io(format!("write {}", path.display()), e);
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .map_err(io)?;
    let beside = PathBuf::from(format!("{}.new", path.display()));
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(io)
}

/// A full tile takes the place of its parts.
fn drop_parts(path: &Path, tile: Tile) {
    if tile.is_full() {
        drop(fs::remove_dir_all(PathBuf::from(format!(
            "{}.p",
            path.display()
        ))));
    }
}
