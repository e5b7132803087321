//! The background: what is done while the store is open. One thread moves records from the journal to the archive, one merges runs of
//! the catalogue; both begin when there is something to do.

use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use travaux_store::StoreError;

use super::sync::spawn;
use crate::{archive::block::WIDTH, journal::make_spare, log::Log};

/// When the background works. What is stored is the same whatever they are.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// When the recent end of the log takes so many bytes in memory, it is moved to the archive; sooner
    /// where a limit says so ([`limit_memory`](travaux_store::EventStore::limit_memory)).
    pub archive_at: usize,
    /// When it has so many, writers wait until some of it was moved.
    pub full_at: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            archive_at: 8 << 20,
            full_at: 64 << 20,
        }
    }
}

/// The background threads.
#[derive(Debug)]
pub(crate) struct Background {
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

impl Background {
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
    pub(crate) fn look_after(&self, log: &Arc<Log>) {
        let at = self.options.archive_at;
        if !is_long(log, at) {
            return;
        }
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        if threads.is_empty() {
            let (own, signals) = (Arc::clone(log), Arc::clone(&self.signals));
            match spawn("travaux-move", move || keep_moving(&own, &signals, at)) {
                Ok(thread) => threads.push(thread),
                // Where the system gives no thread, who comes with a commit does what there is to do.
                Err(_) => {
                    return while is_long(log, at) && log.archive_or_poison(WIDTH) {};
                }
            }
            let (own, signals) = (Arc::clone(log), Arc::clone(&self.signals));
            threads.extend(spawn("travaux-merge", move || keep_merging(&own, &signals)));
        }
        self.signals.say();
    }

    /// Holds writers back while too much waits to be moved.
    pub(crate) fn wait_for_room(&self, log: &Arc<Log>) {
        let full = || {
            let at = self.options.full_at.min(log.limits.full_at());
            log.recent().bytes() >= at && log.movable() > 0
        };
        if full() {
            // A limit that was lowered may be what makes it full: nobody has been told yet.
            self.look_after(log);
        }
        let mut heard = 0;
        while full() && log.writer().poisoned.is_none() {
            self.signals.wait(&mut heard);
        }
    }

    /// Ends the background, and moves what makes whole blocks.
    pub(crate) fn finish(&self, log: &Log) {
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
        if log.has_written() {
            while log.archive_or_poison(WIDTH) {}
        }
    }
}

/// Lets writers and readers go first. Where the system does not allow it, the background is as quick as they are.
fn step_back() {
    let _ = rustix::process::nice(10);
}

/// Whether the recent end is to be moved, at so many bytes or what the limit of the log says.
fn is_long(log: &Log, at: usize) -> bool {
    log.recent().bytes() >= at.min(log.limits.move_at())
}

fn keep_moving(log: &Log, signals: &Signals, at: usize) {
    step_back();
    let mut heard = 0;
    while !signals.stopped() {
        let moved = make_spare(&log.files.journal(), || signals.stopped()).and_then(|()| {
            while is_long(log, at) && !signals.stopped() && log.archive(WIDTH)? {
                signals.say();
            }
            Ok(())
        });
        match moved {
            Ok(()) => signals.wait(&mut heard),
            Err(error) => return give_up(log, signals, &error),
        }
    }
}

fn keep_merging(log: &Log, signals: &Signals) {
    step_back();
    let mut heard = 0;
    while !signals.stopped() {
        let merged = log
            .catalogue()
            .and_then(|catalogue| catalogue.merge(&signals.stop));
        match merged {
            Ok(true) => {}
            Ok(false) => signals.wait(&mut heard),
            Err(error) => return give_up(log, signals, &error),
        }
    }
}

/// Nothing more is written, and who waits for room is told: there will be none.
fn give_up(log: &Log, signals: &Signals, error: &StoreError) {
    log.poison(error);
    signals.say();
}
