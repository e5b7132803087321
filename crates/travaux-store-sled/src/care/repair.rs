//! Repair: everything that can still be read and proved, brought into a new store; what cannot, named.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
};

use travaux_ledger::Frontier;
use travaux_store::{Digest, Record, StoreError};

use crate::{
    archive::{
        block::{self, Block, HEADER, Header, WIDTH},
        pack::Pack,
    },
    care::rebuild::Rebuild,
    files::Files,
    journal::{self, frame},
};

/// The most bytes that a block's body has: 256 records of 65,535, and what zstd adds to what it cannot compress.
const LONGEST: usize = 18 << 20;

/// What a repair did.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// How many records the new store has: all from position 1 on, up to the first that is missing.
    pub records: u64,
    /// Records behind that, which agree with the root that was written with them; they stand in `salvaged`, line by line.
    pub salvaged: u64,
    /// The file of those, if there are any.
    pub file: Option<PathBuf>,
    /// Positions that could not be read, as ranges from first to last.
    pub lost: Vec<(u64, u64)>,
    /// Attachments that cannot be read, though records name them: each with the first position that does.
    pub attachments: Vec<(u64, Digest)>,
    /// What was found to be damaged.
    pub damage: Vec<String>,
}

struct Salvage {
    rebuild: Rebuild,
    /// The position that the new store takes next, and the one that is expected next.
    next: u64,
    expected: u64,
    path: PathBuf,
    beyond: Option<BufWriter<File>>,
    /// The attachments that records name, and the first position that does.
    named: BTreeMap<Digest, u64>,
    report: Repaired,
}

impl Salvage {
    fn take(&mut self, record: &Record) -> Result<(), StoreError> {
        let (position, bytes) = (record.position, record.bytes());
        if position < self.expected {
            return Ok(());
        }
        if position > self.expected {
            self.lose_up_to(position - 1);
        }
        self.expected = position + 1;
        for id in record
            .envelope()
            .map(|envelope| envelope.attachments)
            .unwrap_or_default()
        {
            self.named.entry(id).or_insert(position);
        }
        if position == self.next {
            self.next += 1;
            self.report.records += 1;
            return self.rebuild.push(bytes);
        }
        let io = |e| StoreError::io(format!("write {}", self.path.display()), e);
        let out = match &mut self.beyond {
            Some(out) => out,
            none => none.insert(BufWriter::new(File::create(&self.path).map_err(io)?)),
        };
        self.report.salvaged += 1;
        out.write_all(bytes)
            .and_then(|()| out.write_all(b"\n"))
            .map_err(io)
    }

    /// What is expected next is lost, up to position `last`.
    fn lose_up_to(&mut self, last: u64) {
        match self
            .report
            .lost
            .last_mut()
            .filter(|(_, before)| before + 1 == self.expected)
        {
            Some((_, before)) => *before = last,
            None => self.report.lost.push((self.expected, last)),
        }
        self.expected = last + 1;
    }

    fn damaged(&mut self, error: &StoreError) {
        self.report.damage.push(error.to_string());
    }
}

/// Brings what can still be read and proved of the store in `path` into a new one in `to`. A log has no gaps: the new store ends
/// where the first record is missing; sound records behind it go to a file beside it, with their positions, one a line. Of the
/// attachments those come along whose bytes are what their names say. The store in `path` is not touched.
///
/// # Errors
/// [`StoreError`] where there is no such folder, `to` is not empty, or the system fails.
pub fn repair(path: &Path, to: &Path) -> Result<Repaired, StoreError> {
    let old = Files::of_ruin(path, "repair")?;
    let rebuild = Rebuild::start(to)?;
    let sound = match Pack::open_to_read(old.pack())? {
        Some(pack) => pack.copy_sound(&mut Pack::open(rebuild.files.pack())?)?,
        None => BTreeSet::new(),
    };
    let report = Repaired {
        records: 0,
        salvaged: 0,
        file: None,
        lost: Vec::new(),
        attachments: Vec::new(),
        damage: Vec::new(),
    };
    let (path, named) = (to.join("salvaged.jsonl"), BTreeMap::new());
    let mut salvage = Salvage {
        rebuild,
        next: 1,
        expected: 1,
        path,
        beyond: None,
        named,
        report,
    };
    from_blocks(&old.blocks(), &mut salvage)?;
    from_journal(&old.journal(), &mut salvage)?;
    let Salvage {
        rebuild,
        path,
        beyond,
        named,
        mut report,
        ..
    } = salvage;
    report.attachments = named
        .into_iter()
        .filter(|(id, _)| !sound.contains(id))
        .map(|(id, position)| (position, id))
        .collect();
    report.attachments.sort_unstable();
    if let Some(mut beyond) = beyond {
        let io = |e| StoreError::io(format!("write {}", path.display()), e);
        beyond
            .flush()
            .and_then(|()| beyond.get_ref().sync_all())
            .map_err(io)?;
        report.file = Some(path);
    }
    rebuild.finish()?;
    Ok(report)
}

/// Every sound block, wherever it begins.
fn from_blocks(path: &Path, salvage: &mut Salvage) -> Result<(), StoreError> {
    let io = |e| StoreError::io(format!("read {}", path.display()), e);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(io(e)),
    };
    let mut decompressor = block::decompressor()?;
    // A window on the file that always has a whole block, where there is one.
    let (mut window, mut at, mut lost_at) = (Vec::new(), 0_usize, None);
    loop {
        if window.len() - at < HEADER + LONGEST {
            window.drain(..at);
            at = 0;
            let missing = (2 * (HEADER + LONGEST)).saturating_sub(window.len()) as u64;
            (&mut file)
                .take(missing)
                .read_to_end(&mut window)
                .map_err(io)?;
        }
        let rest = &window[at..];
        if rest.is_empty() {
            return Ok(());
        }
        let Some(header) = Header::read(rest).filter(|header| header.stored <= LONGEST) else {
            if lost_at.replace(()).is_none() {
                let position = Some(salvage.expected);
                salvage.damaged(&StoreError::Damaged {
                    position,
                    what: "no sound block begins here in the archive".into(),
                });
            }
            at += 1;
            continue;
        };
        lost_at = None;
        let stored = &rest[..rest.len().min(HEADER + header.stored)];
        match Block::decode(header.first, stored, &mut decompressor) {
            Ok(block) if block::subtree_root(&block.leaves()) == Some(header.root) => {
                block
                    .records()
                    .try_for_each(|record| salvage.take(&record))?;
            }
            Ok(_) => {
                let what =
                    "the records of the block are not those whose root was written with it".into();
                salvage.damaged(&StoreError::Damaged {
                    position: Some(header.first),
                    what,
                });
            }
            Err(error) => salvage.damaged(&error),
        }
        at += stored.len().max(1);
    }
}

/// Every frame of the journal that follows what is there; behind damage, what still agrees with itself.
fn from_journal(folder: &Path, salvage: &mut Salvage) -> Result<(), StoreError> {
    for path in journal::files(folder)? {
        let bytes =
            fs::read(&path).map_err(|e| StoreError::io(format!("read {}", path.display()), e))?;
        let mut at = 0;
        while at < bytes.len() {
            let Some((length, first, last)) = frame::extent(&bytes[at..]) else {
                at += 1;
                continue;
            };
            let stored = &bytes[at..at + length];
            at += length;
            if last < salvage.expected {
                continue;
            }
            if first > salvage.expected {
                let (position, before) = (Some(salvage.expected), first - 1);
                let what = format!(
                    "no sound frame of the journal goes on to position {before} ({})",
                    path.display()
                );
                salvage.damaged(&StoreError::Damaged { position, what });
            }
            // The tree up to here is known as long as nothing was missing.
            let whole = salvage.next == salvage.expected && first <= salvage.expected;
            let records = if whole {
                salvage.rebuild.follows(stored)
            } else {
                frame::unproved(stored)
            };
            match records {
                Some(records) => records.iter().try_for_each(|record| salvage.take(record))?,
                None => {
                    let position = Some(salvage.expected);
                    let what = format!(
                        "a frame of the journal is not as it was written ({})",
                        path.display()
                    );
                    salvage.damaged(&StoreError::Damaged { position, what });
                    // What is in it is lost, though its length is known.
                    salvage.lose_up_to(last);
                }
            }
        }
    }
    Ok(())
}

impl Rebuild {
    /// The records of a frame, if its root follows from the tree so far.
    fn follows(&self, stored: &[u8]) -> Option<Vec<Record>> {
        let mut frontier: Frontier = self.tree();
        match frame::read(stored, 0, &mut frontier) {
            Ok(frame::Next::Frame(Some(frame), _)) => (frame.first..=frame.last())
                .map(|position| frame.record(position))
                .collect(),
            _ => None,
        }
    }
}

/// A block has as many records as a tile has leaves.
const _: () = assert!(WIDTH == travaux_ledger::TILE_WIDTH);
