//! The archive: a file of blocks, one behind the other, that is only ever appended to.

use std::{
    fs::{File, OpenOptions},
    ops::ControlFlow,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard},
};

use travaux_ledger::{Frontier, Hash};
use travaux_store::{StoreError, parallel_ordered};

use crate::archive::{
    block::{self, Block, HEADER, Header, WIDTH},
    kept::KeptBlocks,
};

#[derive(Debug)]
pub(crate) struct Blocks {
    path: PathBuf,
    file: File,
    table: RwLock<Table>,
    kept: Mutex<KeptBlocks>,
}

/// Where each block begins, and its root.
#[derive(Debug, Default)]
pub(crate) struct Table {
    blocks: Vec<(u64, Hash)>,
    /// Where the next one will begin.
    end: u64,
    /// Roots over 256 blocks, and over 256 of those, and so on: what a tree has in its tiles of level 2 and above.
    above: Vec<Vec<Hash>>,
}

impl Table {
    pub(crate) fn push(&mut self, root: Hash, length: u64) {
        self.blocks.push((self.end, root));
        self.end += length;
        let mut count = self.blocks.len();
        for level in 0.. {
            if !count.is_multiple_of(WIDTH as usize) {
                return;
            }
            let below: Vec<Hash> = match level {
                0 => self.blocks[count - WIDTH as usize..]
                    .iter()
                    .map(|(_, root)| *root)
                    .collect(),
                _ => self.above[level - 1][count - WIDTH as usize..].to_vec(),
            };
            if self.above.len() == level {
                self.above.push(Vec::new());
            }
            self.above[level].extend(block::subtree_root(&below));
            count /= WIDTH as usize;
        }
    }

    /// The last position.
    pub(crate) fn last(&self) -> u64 {
        self.blocks.len() as u64 * WIDTH
    }

    /// How long the file is, as far as it has blocks.
    pub(crate) fn end(&self) -> u64 {
        self.end
    }

    /// Hashes of tree level 8 × `tile_level`, which is 1 or more.
    pub(crate) fn hash(&self, tile_level: u32, index: u64) -> Option<Hash> {
        let index = usize::try_from(index).ok()?;
        match tile_level.checked_sub(1)? {
            0 => self.blocks.get(index).map(|(_, root)| *root),
            level => self.above.get(level as usize - 1)?.get(index).copied(),
        }
    }

    /// The tree over all blocks, so that it can be appended to.
    pub(crate) fn frontier(&self) -> Frontier {
        self.frontier_at(self.last())
    }

    /// The tree over the blocks up to position `size`, where one ends; an empty one if there are not as many.
    pub(crate) fn frontier_at(&self, size: u64) -> Frontier {
        let mut roots = Vec::new();
        let mut from = 0;
        for bit in (8..64).rev().filter(|bit| size >> bit & 1 == 1) {
            roots.extend(self.node(bit, from >> bit));
            from += 1 << bit;
        }
        Frontier::new(size, roots).unwrap_or_default()
    }

    /// The root of the subtree of 2^`level` records, `level` 8 or more, that begins at record `index` × 2^`level`.
    pub(crate) fn node(&self, level: u32, index: u64) -> Option<Hash> {
        let (tile_level, within) = (level / 8, level % 8);
        let hashes: Option<Vec<Hash>> = (0..1_u64 << within)
            .map(|n| self.hash(tile_level, (index << within) + n))
            .collect();
        block::subtree_root(&hashes?)
    }
}

impl Blocks {
    /// Opens the file in `path`, which is made if it is not there, and reads the headers of its blocks. What stands behind the last
    /// sound one is left: whether it may be cut away, the journal decides.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, u64), StoreError> {
        let io = |e| StoreError::io(format!("open {}", path.display()), e);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let mut table = Table::default();
        let mut header = [0; HEADER];
        while table.end + HEADER as u64 <= length {
            file.read_exact_at(&mut header, table.end)
                .map_err(|e| StoreError::io(format!("read {}", path.display()), e))?;
            let expected = table.last() + 1;
            let Some(found) = Header::read(&header).filter(|h| h.first == expected) else {
                break;
            };
            let whole = (HEADER + found.stored) as u64;
            if table.end + whole > length {
                break;
            }
            table.push(found.root, whole);
        }
        let left = length - table.end;
        Ok((
            Self {
                path,
                file,
                table: RwLock::new(table),
                kept: Mutex::default(),
            },
            left,
        ))
    }

    /// Cuts away what stands behind the last block.
    pub(crate) fn cut(&self) -> Result<(), StoreError> {
        let end = self.table().end;
        self.file
            .set_len(end)
            .and_then(|()| self.file.sync_all())
            .map_err(self.io("cut"))
    }

    fn io(&self, act: &str) -> impl Fn(std::io::Error) -> StoreError + use<> {
        let act = format!("{act} {}", self.path.display());
        move |e| StoreError::io(act.clone(), e)
    }

    pub(crate) fn table(&self) -> RwLockReadGuard<'_, Table> {
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends blocks, durably, and only then lets anybody see them.
    pub(crate) fn append(&self, blocks: &[(Vec<u8>, Hash)]) -> Result<(), StoreError> {
        let mut at = self.table().end;
        for (bytes, _) in blocks {
            self.file
                .write_all_at(bytes, at)
                .map_err(self.io("write to"))?;
            at += bytes.len() as u64;
        }
        self.file.sync_data().map_err(self.io("sync"))?;
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        blocks
            .iter()
            .for_each(|(bytes, root)| table.push(*root, bytes.len() as u64));
        Ok(())
    }

    /// The bytes of a block as they are stored, and the root that they are said to have.
    pub(crate) fn stored(&self, block: u64) -> Result<Vec<u8>, StoreError> {
        let first = block * WIDTH + 1;
        let (from, to) = {
            let table = self.table();
            let at = usize::try_from(block).unwrap_or(usize::MAX);
            let none = || StoreError::Damaged {
                position: Some(first),
                what: "no block holds this position".into(),
            };
            let from = table.blocks.get(at).ok_or_else(none)?.0;
            (
                from,
                table.blocks.get(at + 1).map_or(table.end, |next| next.0),
            )
        };
        let mut bytes = vec![0; usize::try_from(to - from).unwrap_or(usize::MAX)];
        self.file
            .read_exact_at(&mut bytes, from)
            .map_err(|e| match e.kind() {
                std::io::ErrorKind::UnexpectedEof => StoreError::Damaged {
                    position: Some(first),
                    what: format!("{} ends in the middle of a block", self.path.display()),
                },
                _ => self.io("read")(e),
            })?;
        Ok(bytes)
    }

    /// A block, decompressed and checked.
    pub(crate) fn read(&self, block: u64) -> Result<Block, StoreError> {
        let stored = self.stored(block)?;
        let named = |error| match error {
            StoreError::Damaged { position, what } => StoreError::Damaged {
                position,
                what: format!("{what} ({})", self.path.display()),
            },
            error => error,
        };
        thread_local! {
            static DECOMPRESSOR: std::cell::RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { std::cell::RefCell::new(None) };
        }
        DECOMPRESSOR.with_borrow_mut(|kept| {
            let decompressor = match kept {
                Some(decompressor) => decompressor,
                none => none.insert(block::decompressor()?),
            };
            Block::decode(block * WIDTH + 1, &stored, decompressor).map_err(named)
        })
    }

    /// The block that holds `position`: one that was read before, or read now.
    pub(crate) fn holding(&self, position: u64) -> Result<Block, StoreError> {
        let block = (position - 1) / WIDTH;
        let first = block * WIDTH + 1;
        if let Some(found) = self.kept().get(first) {
            return Ok(found);
        }
        let read = self.read(block)?;
        self.kept().insert(read.clone());
        Ok(read)
    }

    fn kept(&self) -> MutexGuard<'_, KeptBlocks> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps so many bytes of blocks at most, but the last one that was asked for.
    pub(crate) fn limit_kept(&self, bytes: usize) {
        self.kept().set_limit(bytes);
    }

    /// How many bytes the blocks take that are kept.
    pub(crate) fn bytes_kept(&self) -> usize {
        self.kept().bytes()
    }

    /// Reads all blocks from the one that holds `from` on, in order, decompressed on as many threads as the machine has.
    pub(crate) fn scan(
        &self,
        from: u64,
        mut each: impl FnMut(Block) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let blocks = self.table().blocks.len() as u64;
        let mut failed = Ok(());
        parallel_ordered(
            (from.max(1) - 1) / WIDTH..blocks,
            |block| self.read(block),
            |read| match read {
                Ok(block) => each(block),
                Err(error) => {
                    failed = Err(error);
                    ControlFlow::Break(())
                }
            },
        );
        failed
    }

    /// Computes the root of every block again from its records, and gives what does not fit, the first first.
    pub(crate) fn verify(&self, mut found: impl FnMut(StoreError)) {
        let blocks = self.table().blocks.len() as u64;
        let check = |block: u64| {
            let read = self.read(block)?;
            let root = self.table().hash(1, block);
            if block::subtree_root(&read.leaves()) == root {
                return Ok(());
            }
            let what = format!(
                "the records of the block are not those whose root was written with it ({})",
                self.path.display()
            );
            Err(StoreError::Damaged {
                position: Some(block * WIDTH + 1),
                what,
            })
        };
        parallel_ordered(0..blocks, check, |checked| {
            checked.err().into_iter().for_each(&mut found);
            ControlFlow::Continue(())
        });
    }
}
