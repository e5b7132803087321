//! Backups: a copy of the store that is a store itself, taken while others write; only what is new is copied the second time.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    sync::PoisonError,
};

use travaux_ledger::{Hash, VerifyingKey};
use travaux_store::StoreError;

use crate::{
    archive::blocks::Blocks,
    files::{Files, replace, sync_folder},
    journal,
    log::{Log, clean::CleanMark},
};

/// What was copied.
#[derive(Clone, Debug)]
pub struct BackedUp {
    /// The position at which the copy ends.
    pub head: u64,
    /// The root of the tree there.
    pub root: Hash,
    /// How many bytes were written this time.
    pub bytes: u64,
}

fn failed(act: &str, path: &Path) -> impl Fn(io::Error) -> StoreError + use<> {
    let act = format!("{act} {}", path.display());
    move |e| StoreError::io(act.clone(), e)
}

/// Copies everything that is durable now to the folder `to`, with the public part of the key, if there is one.
pub(crate) fn backup(
    log: &Log,
    key: Option<&VerifyingKey>,
    to: &Path,
) -> Result<BackedUp, StoreError> {
    if let Some(damage) = log.damage() {
        return Err(damage);
    }
    let copy = Files::take(to)?;
    let (blocks, left) = Blocks::open(copy.blocks())?;
    if left > 0 {
        blocks.cut()?;
    }
    let (size, root) = {
        let there = blocks.table();
        (there.last(), there.frontier().root())
    };
    if log.root_at(size)? != Some(root) {
        return Err(StoreError::unusable(
            format!("back up to {}", to.display()),
            "it holds another log: name a new folder",
        ));
    }
    drop(blocks);
    CleanMark::remove(&copy);
    // What is moved to the archive meanwhile would be neither here nor there.
    let _nothing_moves = log.hold_still();
    let (head, root, archive, pack) = {
        let writer = log.writer();
        let pack = log
            .pack
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .end();
        (
            writer.frontier.size(),
            writer.frontier.root(),
            log.blocks.table().end(),
            pack,
        )
    };
    let mut bytes = append(&log.files.pack(), &copy.pack(), pack)?;
    bytes += append(&log.files.blocks(), &copy.blocks(), archive)?;
    fs::create_dir_all(copy.journal()).map_err(failed("make", &copy.journal()))?;
    let kept = journal::files(&log.files.journal())?;
    for path in &kept {
        bytes += copy_journal(
            path,
            &copy.journal().join(path.file_name().unwrap_or_default()),
            head,
        )?;
    }
    for path in journal::files(&copy.journal())? {
        if !kept.iter().any(|kept| kept.file_name() == path.file_name()) {
            fs::remove_file(&path).map_err(failed("delete", &path))?;
        }
    }
    sync_folder(&copy.journal())?;
    // The catalogue follows from what was copied; one that was there may not.
    match fs::remove_dir_all(copy.catalogue()) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            return Err(failed("delete", &copy.catalogue())(e));
        }
        _ => {}
    }
    if let Some(key) = key {
        replace(&to.join("key.pub"), format!("{key}\n").as_bytes())?;
    }
    sync_folder(to)?;
    CleanMark::write(&copy, head, root);
    Ok(BackedUp { head, root, bytes })
}

/// Copies the frames of a journal file that are durable, up to `head`, as far as they are not there yet: what stands behind them
/// was not finished then.
fn copy_journal(from: &Path, to: &Path, head: u64) -> Result<u64, StoreError> {
    let bytes = fs::read(from).map_err(failed("read", from))?;
    append(from, to, journal::length_up_to(&bytes, head) as u64)
}

/// Copies what `from` has behind the end of `to`, up to `end`, durably.
fn append(from: &Path, to: &Path, end: u64) -> Result<u64, StoreError> {
    let mut source = File::open(from).map_err(failed("open", from))?;
    let mut target = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(to)
        .map_err(failed("open", to))?;
    let start = target.metadata().map_err(failed("open", to))?.len();
    // Longer than ours was then: what an interrupted backup left.
    let start = if start > end {
        target.set_len(0).map(|()| 0).map_err(failed("cut", to))?
    } else {
        start
    };
    source
        .seek(SeekFrom::Start(start))
        .map_err(failed("read", from))?;
    target
        .seek(SeekFrom::Start(start))
        .map_err(failed("write", to))?;
    let copied =
        io::copy(&mut source.take(end - start), &mut target).map_err(failed("copy", from))?;
    target
        .flush()
        .and_then(|()| target.sync_all())
        .map_err(failed("sync", to))?;
    Ok(copied)
}
