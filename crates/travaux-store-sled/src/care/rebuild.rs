//! A store made of records that exist already, byte for byte: what migration, repair and restoring have in common.

use std::{fs, path::Path};

use travaux_ledger::{Frontier, Hash, leaf_hash};
use travaux_store::{Record, StoreError};

use crate::{
    archive::{self, ArchiveBatch, block::WIDTH, blocks::Blocks, pack::Pack},
    catalogue::run::Index,
    files::{Files, sync_folder},
    journal::{Journal, frame::Frame},
    log::clean::CleanMark,
};

/// A new store, being filled.
#[derive(Debug)]
pub(crate) struct Rebuild {
    pub(crate) files: Files,
    blocks: Blocks,
    frontier: Frontier,
    waiting: ArchiveBatch,
}

impl Rebuild {
    /// A new store in `path`.
    pub(crate) fn start(path: &Path) -> Result<Self, StoreError> {
        if fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some()) {
            let what = "it holds something already: name a new folder";
            return Err(StoreError::unusable(
                format!("fill {}", path.display()),
                what,
            ));
        }
        let files = Files::take(path)?;
        let (blocks, _) = Blocks::open(files.blocks())?;
        let waiting = ArchiveBatch {
            records: Vec::new(),
            leaves: Vec::new(),
        };
        Ok(Self {
            files,
            blocks,
            frontier: Frontier::default(),
            waiting,
        })
    }

    /// Takes over the pack in `path`, if there is one, as it is.
    pub(super) fn copy_pack(&self, path: &Path) -> Result<(), StoreError> {
        match fs::copy(path, self.files.pack()) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                Err(StoreError::io(format!("copy {}", path.display()), e))
            }
            _ => Ok(()),
        }
    }

    /// Appends the next record.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let position = self.frontier.size() + self.waiting.records.len() as u64 + 1;
        self.waiting
            .records
            .push(Record::new(position, bytes.to_vec().into(), 0..bytes.len()));
        self.waiting.leaves.push(leaf_hash(bytes));
        if self.waiting.records.len() as u64 == 16 * WIDTH {
            self.write_blocks()?;
        }
        Ok(())
    }

    /// The tree over all records so far.
    pub(crate) fn tree(&self) -> Frontier {
        let mut tree = self.frontier.clone();
        self.waiting
            .leaves
            .iter()
            .for_each(|leaf| tree.push(*leaf, |_, _, _| {}));
        tree
    }

    fn write_blocks(&mut self) -> Result<(), StoreError> {
        let whole = self.waiting.records.len() / WIDTH as usize * WIDTH as usize;
        let rest = ArchiveBatch {
            records: self.waiting.records.split_off(whole),
            leaves: self.waiting.leaves.split_off(whole),
        };
        let batch = std::mem::replace(&mut self.waiting, rest);
        if !batch.records.is_empty() {
            archive::write(&self.blocks, &batch)?;
            batch
                .leaves
                .iter()
                .for_each(|leaf| self.frontier.push(*leaf, |_, _, _| {}));
        }
        Ok(())
    }

    /// Writes what is left, and the mark of a clean shut-down; how many records there are, and their root.
    pub(crate) fn finish(mut self) -> Result<(u64, Hash), StoreError> {
        self.write_blocks()?;
        let pack = Pack::open(self.files.pack())?;
        pack.sync()?;
        let mut journal = Journal::open(self.files.journal(), &mut self.frontier, |_| {})?;
        if !self.waiting.records.is_empty() {
            let index = Index::of(self.waiting.records.iter().cloned())?;
            // The catalogue finds the attachments by itself; where there is none yet, the journal has to say where they are.
            let places = if self.frontier.size() == 0 {
                pack.entries()?
            } else {
                Vec::new()
            };
            let records: Vec<&[u8]> = self.waiting.records.iter().map(Record::bytes).collect();
            let frame = Frame::new(&mut self.frontier, &records, index, places)?;
            journal.append(&frame)?;
            journal.trim();
        }
        sync_folder(&self.files.path)?;
        CleanMark::write(&self.files, self.frontier.size(), self.frontier.root());
        Ok((self.frontier.size(), self.frontier.root()))
    }
}
