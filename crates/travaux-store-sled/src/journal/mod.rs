//! The journal: where a commit becomes durable. Files of frames, one behind the other, each called after its first position;
//! a file goes when all that it holds is in the archive.

pub(crate) mod frame;
pub(crate) mod recent;
#[cfg(test)]
mod tests;

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use travaux_ledger::Frontier;
use travaux_store::StoreError;

use crate::{
    files::{replace, sync_folder},
    journal::frame::{Frame, Next},
};

/// A file takes no more frames when it is this long.
const LENGTH: u64 = 4 << 20;
/// Zeros are written ahead of the frames, at least and at most so many, so that a sync has no new length to write: 30 % more
/// syncs a second.
const AHEAD: std::ops::RangeInclusive<u64> = 16 << 10..=256 << 10;
/// A file of zeros that the background has ready for when the present one is full.
const SPARE: &str = "spare";

/// Where frames are written.
#[derive(Debug)]
pub(crate) struct Journal {
    folder: PathBuf,
    /// The file that is written.
    open: Option<Written>,
    /// Files that are not written any more, and their last positions.
    closed: Vec<(PathBuf, u64)>,
    last: u64,
}

#[derive(Debug)]
struct Written {
    path: PathBuf,
    file: File,
    /// Where the next frame goes, and how long the file is.
    end: u64,
    length: u64,
}

/// The files of the journal in `folder`, the oldest first.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let io = |e| StoreError::io(format!("list {}", folder.display()), e);
    let mut files: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()
            .map_err(io)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(e) => return Err(io(e)),
    };
    let is_number = |path: &Path| {
        path.file_name()
            .is_some_and(|name| name.as_encoded_bytes().iter().all(u8::is_ascii_digit))
    };
    files.retain(|path| is_number(path));
    files.sort();
    Ok(files)
}

/// Makes a file of zeros ready, unless there is one. Written and synced in small pieces, so that nobody's sync waits for long.
pub(crate) fn make_spare(folder: &Path, stop: impl Fn() -> bool) -> Result<(), StoreError> {
    let (spare, beside) = (folder.join(SPARE), folder.join("spare.new"));
    if spare.exists() {
        return Ok(());
    }
    let io = |e| StoreError::io(format!("write {}", beside.display()), e);
    let file = File::create(&beside).map_err(io)?;
    let zeros = vec![0; *AHEAD.end() as usize];
    for at in (0..LENGTH + AHEAD.end()).step_by(zeros.len()) {
        if stop() {
            return Ok(());
        }
        match file
            .write_all_at(&zeros, at)
            .and_then(|()| file.sync_data())
        {
            // There is no room for what is not needed yet.
            Err(e) if e.kind() == io::ErrorKind::StorageFull => {
                drop(file);
                drop(fs::remove_file(&beside));
                return Ok(());
            }
            done => done.map_err(io)?,
        }
    }
    fs::rename(&beside, &spare).map_err(io)
}

impl Journal {
    /// Reads the journal in `folder`: each frame that follows `frontier` is given to `each`, and the tree grows with it. What a
    /// write left that was cut off is cut away: nobody was told that it is there.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names the first position that is not as it was written; what stands before it has been given.
    pub(crate) fn open(
        folder: PathBuf,
        frontier: &mut Frontier,
        mut each: impl FnMut(Frame),
    ) -> Result<Self, StoreError> {
        fs::create_dir_all(&folder)
            .map_err(|e| StoreError::io(format!("make {}", folder.display()), e))?;
        let files = files(&folder)?;
        let mut closed = Vec::new();
        let mut end = 0;
        for (at, path) in files.iter().enumerate() {
            let bytes = fs::read(path)
                .map_err(|e| StoreError::io(format!("read {}", path.display()), e))?;
            let torn;
            (end, torn) = read_file(&bytes, frontier, &mut each).map_err(|e| in_file(e, path))?;
            if torn && at + 1 < files.len() {
                let what = format!(
                    "{} ends in the middle of a frame, and the journal goes on",
                    path.display()
                );
                return Err(StoreError::Damaged {
                    position: Some(frontier.size() + 1),
                    what,
                });
            }
            if torn {
                let file = OpenOptions::new().write(true).open(path);
                let cut = file.and_then(|file| file.set_len(end).and_then(|()| file.sync_all()));
                cut.map_err(|e| StoreError::io(format!("cut {}", path.display()), e))?;
            }
            closed.push((path.clone(), frontier.size()));
        }
        let mut journal = Self {
            folder,
            open: None,
            closed,
            last: frontier.size(),
        };
        if end < LENGTH {
            journal.go_on_in_last(end)?;
        }
        Ok(journal)
    }

    /// Writes on in the file that was written last.
    fn go_on_in_last(&mut self, end: u64) -> Result<(), StoreError> {
        let Some((path, _)) = self.closed.pop() else {
            return Ok(());
        };
        let io = |e| StoreError::io(format!("open {}", path.display()), e);
        let file = OpenOptions::new().write(true).open(&path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        self.open = Some(Written {
            path,
            file,
            end,
            length,
        });
        Ok(())
    }

    /// Writes a frame and makes it durable.
    pub(crate) fn append(&mut self, frame: &Frame) -> Result<(), StoreError> {
        if self.open.as_ref().is_some_and(|open| open.end >= LENGTH) {
            self.close();
        }
        let open = match &mut self.open {
            Some(open) => open,
            none => {
                let path = self.folder.join(format!("{:020}", frame.first));
                let io = |e| StoreError::io(format!("make {}", path.display()), e);
                let spare = fs::rename(self.folder.join(SPARE), &path).is_ok();
                let file = OpenOptions::new()
                    .create(true)
                    .truncate(false)
                    .write(true)
                    .open(&path)
                    .map_err(io)?;
                let length = if spare {
                    file.metadata().map_err(io)?.len()
                } else {
                    0
                };
                sync_folder(&self.folder)?;
                none.insert(Written {
                    path,
                    file,
                    end: 0,
                    length,
                })
            }
        };
        let io = |act: &str| {
            let act = format!("{act} {}", open.path.display());
            move |e| StoreError::io(act, e)
        };
        open.file
            .write_all_at(&frame.page, open.end)
            .map_err(io("write to"))?;
        open.end += frame.page.len() as u64;
        if open.end > open.length {
            open.length = open.end;
            let ahead = open.end.clamp(*AHEAD.start(), *AHEAD.end());
            match open.file.write_all_at(&vec![0; ahead as usize], open.end) {
                Ok(()) => open.length += ahead,
                // There is room for the frame and no more: that is no failure yet.
                Err(e) if e.kind() == io::ErrorKind::StorageFull => {}
                Err(e) => return Err(io("write to")(e)),
            }
        }
        open.file.sync_data().map_err(io("sync"))?;
        self.last = frame.last();
        Ok(())
    }

    fn close(&mut self) {
        self.closed
            .extend(self.open.take().map(|open| (open.path, self.last)));
    }

    /// Gives back the room ahead: nobody writes for now.
    pub(crate) fn trim(&mut self) {
        for spare in [SPARE, "spare.new"] {
            drop(fs::remove_file(self.folder.join(spare)));
        }
        if let Some(open) = self.open.as_mut().filter(|open| open.length > open.end)
            && open.file.set_len(open.end).is_ok()
        {
            open.length = open.end;
        }
    }

    /// Keeps these frames, which are the last, and gives back what else the files hold: nobody writes for now.
    pub(crate) fn compact(&mut self, frames: &[Arc<Frame>]) -> Result<(), StoreError> {
        let held: u64 = self.open.as_ref().map_or(0, |open| open.end);
        if held <= kept_length(frames) {
            return Ok(());
        }
        self.close();
        if let Some(first) = frames.first() {
            let path = self.folder.join(format!("{:020}", first.first));
            if self.closed.iter().any(|(closed, _)| *closed == path) {
                return self.go_on_in_last(held);
            }
            let bytes: Vec<u8> = frames
                .iter()
                .flat_map(|frame| frame.page.iter().copied())
                .collect();
            replace(&path, &bytes)?;
            self.closed.push((path, self.last));
        }
        let kept = self.closed.pop_if(|_| !frames.is_empty());
        for (path, _) in self.closed.drain(..) {
            fs::remove_file(&path)
                .map_err(|e| StoreError::io(format!("delete {}", path.display()), e))?;
        }
        self.closed.extend(kept);
        self.go_on_in_last(kept_length(frames))
    }

    /// The files of which the archive has everything up to `position`, which may be deleted: nothing is read from them any more.
    /// One that stays does no harm: its frames are passed over.
    #[must_use]
    pub(crate) fn forget(&mut self, position: u64) -> Vec<PathBuf> {
        if self.last <= position {
            self.close();
        }
        let (gone, kept): (Vec<_>, Vec<_>) = self
            .closed
            .drain(..)
            .partition(|(_, last)| *last <= position);
        self.closed = kept;
        gone.into_iter().map(|(path, _)| path).collect()
    }

    /// The length of all its files.
    pub(crate) fn length(folder: &Path) -> Option<u64> {
        files(folder)
            .ok()?
            .iter()
            .map(|path| fs::metadata(path).ok().map(|m| m.len()))
            .sum()
    }
}

fn kept_length(frames: &[Arc<Frame>]) -> u64 {
    frames.iter().map(|frame| frame.page.len() as u64).sum()
}

/// Reads the frames of a file; where they end, and whether in the middle of one.
pub(crate) fn read_file(
    bytes: &[u8],
    frontier: &mut Frontier,
    each: &mut impl FnMut(Frame),
) -> Result<(u64, bool), StoreError> {
    let mut offset = 0;
    loop {
        match frame::read(&bytes[offset..], offset, frontier)? {
            Next::Frame(frame, length) => {
                offset += length;
                frame.into_iter().for_each(&mut *each);
            }
            Next::End => return Ok((offset as u64, false)),
            Next::Torn => return Ok((offset as u64, true)),
        }
    }
}

/// How long the frames are that end at position `head` or before.
pub(crate) fn length_up_to(bytes: &[u8], head: u64) -> usize {
    let mut at = 0;
    while let Some((length, ..)) = frame::extent(&bytes[at..]).filter(|(.., last)| *last <= head) {
        at += length;
    }
    at
}

/// Names the file that an error is about.
pub(crate) fn in_file(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Damaged { position, what } => StoreError::Damaged {
            position,
            what: format!("{what} ({})", path.display()),
        },
        error => error,
    }
}
