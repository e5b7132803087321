//! The mark of a clean shut-down: where the log ended, under which root, and how long its files were.
//!
//! The file `CLEAN` is there only while nobody has written since. While the files are as long as it says, the next process need
//! not read the whole archive again; and whatever the files are, a log that ends before its mark, or has another root there, has
//! lost something.

use std::fs;

use travaux_ledger::Hash;

use crate::{files::Files, journal::Journal};

const NAME: &str = "CLEAN";

/// What the mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CleanMark {
    /// The last position.
    pub(crate) head: u64,
    /// The root of the tree.
    pub(crate) root: Hash,
    /// The lengths of the journal, the archive and the pack at that time.
    lengths: [u64; 3],
}

impl CleanMark {
    /// The mark of `files`, if there is a readable one.
    pub(crate) fn read(files: &Files) -> Option<Self> {
        let text = fs::read_to_string(files.path.join(NAME)).ok()?;
        let mut words = text.strip_suffix('\n')?.split(' ');
        let mut field = |name: &str| words.next()?.strip_prefix(name)?.strip_prefix('=');
        let head = field("head")?.parse().ok()?;
        let root = field("root")?.parse().ok()?;
        let mut length = |name| field(name)?.parse().ok();
        let lengths = [length("journal")?, length("archive")?, length("pack")?];
        words.next().is_none().then_some(Self {
            head,
            root,
            lengths,
        })
    }

    /// Whether the files are as long as they were.
    pub(crate) fn is_current(&self, files: &Files) -> bool {
        lengths(files) == Some(self.lengths)
    }

    /// Leaves a mark. That there is none costs the next process time, nothing else.
    pub(crate) fn write(files: &Files, head: u64, root: Hash) {
        let Some([journal, archive, pack]) = lengths(files) else {
            return;
        };
        let beside = files.path.join("CLEAN.new");
        let text =
            format!("head={head} root={root} journal={journal} archive={archive} pack={pack}\n");
        drop(fs::write(&beside, text).and_then(|()| fs::rename(&beside, files.path.join(NAME))));
    }

    /// Takes the mark away. Should it come back after a loss of power, it does not fit any more.
    pub(crate) fn remove(files: &Files) {
        drop(fs::remove_file(files.path.join(NAME)));
    }
}

fn lengths(files: &Files) -> Option<[u64; 3]> {
    let length = |path| fs::metadata(path).ok().map(|m| m.len());
    Some([
        Journal::length(&files.journal())?,
        length(files.blocks())?,
        length(files.pack())?,
    ])
}
