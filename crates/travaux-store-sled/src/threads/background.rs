//! Upkeep: what is done in the background while the store is open. One thread moves records from the journal to the archive, one
//! merges runs of the catalogue; both begin when there is something to do.

use std::{
    fs, io,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use travaux_store::StoreError;

use crate::{
    archive::{self, ArchiveBatch, block::WIDTH, ripe},
    journal::{make_spare, recent},
    store::{Options, Shared},
    threads::sync::spawn,
};

/// The background threads.
#[derive(Debug)]
pub(crate) struct Upkeep {
    options: Options,
    threads: Mutex<Vec<JoinHandle<()>>>,
    signals: Arc<Signals>,
}

#[derive(Debug, Default)]
struct Signals {
    /// How often something was said.
    said: Mutex<u64>,
    changed: Condvar,
    stop: AtomicBool,
}

impl Signals {
    fn said(&self) -> MutexGuard<'_, u64> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn say(&self) {
        *self.said() += 1;
        self.changed.notify_all();
    }

    /// Waits until something was said since `heard`, or the store closes.
    fn wait(&self, heard: &mut u64) {
        let mut said = self.said();
        while *said == *heard && !self.stopped() {
            said = self
                .changed
                .wait(said)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *heard = *said;
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }
}

impl Upkeep {
    pub(crate) fn new(options: Options) -> Self {
        // Who waits for room has to be sure that somebody makes it.
        let options = Options {
            archive_at: options.archive_at.min(options.full_at),
            ..options
        };
        Self {
            options,
            threads: Mutex::default(),
            signals: Arc::default(),
        }
    }

    /// Has the background look whether there is something to do.
    pub(crate) fn look_after(&self, shared: &Arc<Shared>) {
        if shared.tail().bytes() < self.options.archive_at {
            return;
        }
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        if threads.is_empty() {
            let (own, signals, at) = (
                Arc::clone(shared),
                Arc::clone(&self.signals),
                self.options.archive_at,
            );
            match spawn("travaux-move", move || keep_moving(&own, &signals, at)) {
                Ok(thread) => threads.push(thread),
                // Where the system gives no thread, who comes with a commit does what there is to do.
                Err(_) => {
                    return while shared.tail().bytes() >= self.options.archive_at
                        && shared.move_ripe(WIDTH)
                    {};
                }
            }
            let (own, signals) = (Arc::clone(shared), Arc::clone(&self.signals));
            threads.extend(spawn("travaux-merge", move || keep_merging(&own, &signals)));
        }
        self.signals.say();
    }

    /// Holds writers back while too much waits to be moved.
    pub(crate) fn wait_for_room(&self, shared: &Shared) {
        let full = || {
            let tail = shared.tail();
            tail.bytes() >= self.options.full_at && ripe(tail.archived(), tail.last()) > 0
        };
        let mut heard = 0;
        while full() && shared.writer().poisoned.is_none() {
            self.signals.wait(&mut heard);
        }
    }

    /// Ends the background, and moves what is ripe.
    pub(crate) fn finish(&self, shared: &Shared) {
        self.signals.stop.store(true, Ordering::Release);
        self.signals.say();
        for thread in self
            .threads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .drain(..)
        {
            drop(thread.join());
        }
        if shared.writer().begun {
            while shared.move_ripe(WIDTH) {}
        }
    }
}

/// Lets writers and readers go first. Where the system does not allow it, the background is as quick as they are.
fn step_back() {
    let _ = rustix::process::nice(10);
}

fn keep_moving(shared: &Shared, signals: &Signals, at: usize) {
    step_back();
    let mut heard = 0;
    while !signals.stopped() {
        let moved = make_spare(&shared.files.journal(), || signals.stopped()).and_then(|()| {
            while shared.tail().bytes() >= at && !signals.stopped() && shared.try_move(WIDTH)? {
                signals.say();
            }
            Ok(())
        });
        match moved {
            Ok(()) => signals.wait(&mut heard),
            Err(error) => return give_up(shared, signals, &error),
        }
    }
}

fn keep_merging(shared: &Shared, signals: &Signals) {
    step_back();
    let mut heard = 0;
    while !signals.stopped() {
        let merged = shared
            .catalogue()
            .and_then(|catalogue| catalogue.merge(&signals.stop));
        match merged {
            Ok(true) => {}
            Ok(false) => signals.wait(&mut heard),
            Err(error) => return give_up(shared, signals, &error),
        }
    }
}

/// Nothing more is written, and who waits for room is told: there will be none.
fn give_up(shared: &Shared, signals: &Signals, error: &StoreError) {
    shared.gives_up(error);
    signals.say();
}

impl Shared {
    /// Moves whole blocks of records to the archive, if there are at least so many records; whether there were.
    fn move_ripe(&self, least: u64) -> bool {
        match self.try_move(least) {
            Ok(moved) => moved,
            Err(error) => {
                self.gives_up(&error);
                false
            }
        }
    }

    /// After a failure in the background nothing more is written.
    fn gives_up(&self, error: &StoreError) {
        self.writer()
            .poisoned
            .get_or_insert_with(|| error.to_string());
    }

    fn try_move(&self, least: u64) -> Result<bool, StoreError> {
        if self.writer().poisoned.is_some() {
            return Ok(false);
        }
        let _one_at_a_time = self.moving.lock().unwrap_or_else(PoisonError::into_inner);
        // What the lock is held for is short, as the background may lose the processor while it holds it.
        let (first, last, frames) = {
            let tail = self.tail();
            let count = ripe(tail.archived(), tail.last());
            if count < least {
                return Ok(false);
            }
            let last = tail.archived() + count;
            (tail.archived() + 1, last, tail.frames_up_to(last))
        };
        let taken = ArchiveBatch::of(&frames, first, last);
        let attachments: Vec<_> = frames
            .iter()
            .flat_map(|frame| frame.attachments.iter().copied())
            .collect();
        let index = recent::index(&frames, first, last);
        // Opened before blocks are there that it would have to catch up with.
        let catalogue = self.catalogue()?;
        archive::write(&self.blocks, &taken)?;
        let versions: Vec<(String, u64)> = index
            .streams
            .iter()
            .map(|(name, (version, listed))| (name.clone(), version + listed.len() as u64 - 1))
            .collect();
        let root = self.blocks.table().frontier_at(last).root();
        catalogue.add((first, last), root, index, &attachments)?;
        self.remember(
            versions
                .iter()
                .map(|(name, version)| (name.as_str(), *version)),
        );
        let gone = self.tail_mut().shrink(last);
        drop(gone);
        // Deleting a file takes longer than a commit: nobody waits for it.
        let forgotten = self
            .writer()
            .journal
            .as_mut()
            .map(|journal| journal.forget(last))
            .unwrap_or_default();
        for path in forgotten {
            match fs::remove_file(&path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(format!("delete {}", path.display()), e));
                }
                _ => {}
            }
        }
        Ok(true)
    }
}
