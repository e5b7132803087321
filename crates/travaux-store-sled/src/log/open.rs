//! Opening: what stands in the files, compared with what they say of each other.

use std::sync::{Mutex, OnceLock, RwLock};

use travaux_store::{Notifier, StoreError};

use super::{Log, Writer, limits::Limits};
use crate::{
    archive::{blocks::Blocks, pack::Pack},
    catalogue,
    files::{Files, sync_folder},
    journal::{Journal, recent::RecentLog},
    log::clean::CleanMark,
};

impl Log {
    /// Opens the log in `files`. Where something is not as it was written, it is open all the same, and says so.
    ///
    /// # Errors
    /// [`StoreError::Io`] where it cannot be read.
    pub(crate) fn open(files: Files) -> Result<Self, StoreError> {
        let mark = CleanMark::read(&files);
        let clean = mark.is_some_and(|mark| mark.is_current(&files));
        let pack = Pack::open(files.pack())?;
        let (blocks, left) = Blocks::open(files.blocks())?;
        let mut frontier = blocks.table().frontier();
        let mut recent = RecentLog::behind(blocks.table().last());
        let journal = Journal::open(files.journal(), &mut frontier, |frame| recent.push(frame));
        let (journal, mut damage) = match journal {
            Ok(journal) => (Some(journal), None),
            Err(error @ StoreError::Damaged { .. }) => (None, Some(error)),
            Err(error) => return Err(error),
        };
        // sled was not told to make anything durable: what it has after a kill, or a loss of power, is not asked.
        if !clean {
            catalogue::derive::forget(&files)?;
        }
        if left > 0 && damage.is_none() {
            damage = cut_unfinished(&blocks, &recent)?;
        }
        if !clean && damage.is_none() {
            blocks.verify(|error| {
                damage.get_or_insert(error);
            });
        }
        sync_folder(&files.path)?;
        let writer = Writer {
            journal,
            frontier,
            poisoned: None,
            recorded: None,
            begun: false,
            verified: !clean,
        };
        let mut log = Self::of(files, blocks, pack, recent, writer);
        let differs = |mark: CleanMark| log.differs(mark.head, mark.root, "when it was closed");
        if let Some(damage) = damage.or_else(|| differs(mark?)) {
            log.found(damage);
        }
        Ok(log)
    }

    fn of(files: Files, blocks: Blocks, pack: Pack, recent: RecentLog, writer: Writer) -> Self {
        Self {
            files,
            blocks,
            pack: RwLock::new(pack),
            catalogue: OnceLock::new(),
            opening: Mutex::default(),
            head: recent.last().into(),
            recent: RwLock::new(recent),
            writer: Mutex::new(writer),
            versions: Mutex::default(),
            limits: Limits::default(),
            grown: Notifier::new(),
            moving: Mutex::default(),
            damage: None,
        }
    }
}

/// Cuts off what an interrupted move to the archive left: the journal has it still. Where it does not, that is damage.
fn cut_unfinished(blocks: &Blocks, recent: &RecentLog) -> Result<Option<StoreError>, StoreError> {
    let archived = recent.archived();
    if recent.last() > archived {
        blocks.cut()?;
        return Ok(None);
    }
    let what = format!(
        "{} has no sound block behind position {archived}",
        blocks.path().display()
    );
    Ok(Some(StoreError::Damaged {
        position: Some(archived + 1),
        what,
    }))
}
