//! The mark of a clean shut-down: where the log ended, so that the next process knows it without opening sled.
//!
//! The file `CLEAN` is there only while nobody has the log open. It is removed before sled may write, and that is made durable
//! with the first commit; a process that is killed leaves none, and the next one looks for itself.

use std::fs;

use travaux_store::StoreError;

use crate::files::Files;

const NAME: &str = "CLEAN";

/// What the mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CleanMark {
    /// The last position.
    pub(crate) head: u64,
    /// The lengths of sled's file and of the pack at that time.
    lengths: (u64, u64),
}

impl CleanMark {
    /// The mark of `files`, if there is a readable one.
    pub(crate) fn read(files: &Files) -> Option<Self> {
        let text = fs::read_to_string(files.path.join(NAME)).ok()?;
        let mut words = text.strip_suffix('\n')?.split(' ');
        let mut field = |name: &str| words.next()?.strip_prefix(name)?.strip_prefix('=')?.parse().ok();
        let mark = Self { head: field("head")?, lengths: (field("log")?, field("pack")?) };
        words.next().is_none().then_some(mark)
    }

    /// Whether the files are as long as they were.
    pub(crate) fn is_current(&self, files: &Files) -> bool {
        lengths(files) == Some(self.lengths)
    }

    /// Leaves a mark. That there is none costs the next process time, nothing else.
    pub(crate) fn write(files: &Files, head: u64) {
        let Some((log, pack)) = lengths(files) else { return };
        let beside = files.path.join("CLEAN.new");
        let written = fs::write(&beside, format!("head={head} log={log} pack={pack}\n"));
        drop(written.and_then(|()| fs::rename(&beside, files.path.join(NAME))));
    }

    /// Takes the mark away.
    pub(crate) fn remove(files: &Files) -> Result<(), StoreError> {
        let path = files.path.join(NAME);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(format!("delete {}", path.display()), e)),
            _ => Ok(()),
        }
    }
}

fn lengths(files: &Files) -> Option<(u64, u64)> {
    let length = |path| fs::metadata(path).ok().map(|m| m.len());
    Some((length(files.log_folder().join("db"))?, length(files.pack())?))
}
