//! Following the log under thousands of orders in which threads could run (shuttle): no record is left out, none comes twice, nobody waits
//! for what is there already. The module is the crate's own, on a log and a listener of the test's.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a module of the crate, compiled here on its own"
)]

use std::{
    fmt::Debug,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use shuttle::{
    check_random,
    sync::{Arc, Condvar, Mutex},
    thread,
};
use travaux_store::{Page, Read, Record, StoreError};

#[path = "../src/follower.rs"]
mod follower;

use follower::LogFollower;

/// What a follower asks of a store.
pub trait EventStore: Debug + Send + Sync {
    fn read(&self, read: &Read) -> Result<Page, StoreError>;
    fn listen(&self) -> Told;
}

/// Is told once.
#[derive(Clone, Debug, Default)]
pub struct Told(Arc<Telling>);

#[derive(Debug, Default)]
struct Telling {
    told: Mutex<(bool, Option<Waker>)>,
    changed: Condvar,
}

impl Told {
    fn tell(&self) {
        let mut told = self.0.told.lock().expect("no panic");
        told.0 = true;
        self.0.changed.notify_all();
        if let Some(waker) = told.1.take() {
            waker.wake();
        }
    }
}

impl Told {
    pub(crate) fn wait(self) {
        let told = self.0.told.lock().expect("no panic");
        drop(
            self.0
                .changed
                .wait_while(told, |told| !told.0)
                .expect("no panic"),
        );
    }
}

impl Future for Told {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut told = self.0.told.lock().expect("no panic");
        if told.0 {
            return Poll::Ready(());
        }
        told.1 = Some(context.waker().clone());
        Poll::Pending
    }
}

/// A log that grows as the stores do: first the records can be read, then whoever listens is told.
#[derive(Debug, Default)]
struct Log {
    records: Mutex<u64>,
    listeners: Mutex<Vec<Told>>,
}

impl Log {
    fn append(&self, count: u64) {
        *self.records.lock().expect("no panic") += count;
        let listeners = std::mem::take(&mut *self.listeners.lock().expect("no panic"));
        listeners.iter().for_each(Told::tell);
    }
}

impl EventStore for Log {
    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        let head = *self.records.lock().expect("no panic");
        let records = (read.from..=head)
            .take(2)
            .map(|position| Record::new(position, Vec::new().into(), 0..0))
            .collect();
        Ok(Page {
            records,
            next: None,
        })
    }

    fn listen(&self) -> Told {
        let told = Told::default();
        self.listeners.lock().expect("no panic").push(told.clone());
        told
    }
}

/// How the next page is waited for.
type Wait = fn(&Log, &mut LogFollower) -> Result<Page, StoreError>;

fn on_its_thread(_: &Log, follower: &mut LogFollower) -> Result<Page, StoreError> {
    follower.wait()
}

fn as_a_future(_: &Log, follower: &mut LogFollower) -> Result<Page, StoreError> {
    shuttle::future::block_on(follower.next())
}

/// Who looks first and listens then.
fn too_late(log: &Log, follower: &mut LogFollower) -> Result<Page, StoreError> {
    loop {
        let page = follower.poll()?;
        if !page.records.is_empty() {
            return Ok(page);
        }
        log.listen().wait();
    }
}

/// Two writers, each with two commits, six records in all, and two who follow.
fn follow(waits: [Wait; 2]) {
    let log = Arc::new(Log::default());
    let writers = [1, 2].map(|count| {
        let log = Arc::clone(&log);
        thread::spawn(move || (0..2).for_each(|_| log.append(count)))
    });
    let readers = waits.map(|next| {
        let log = Arc::clone(&log);
        let mut follower = LogFollower::new(Arc::clone(&log) as Arc<dyn EventStore>, 0);
        thread::spawn(move || {
            let mut seen = Vec::new();
            while seen.len() < 6 {
                let page = next(&log, &mut follower).expect("it is read");
                assert!(!page.records.is_empty(), "who waits is given something");
                seen.extend(page.records.iter().map(|record| record.position));
            }
            assert_eq!(seen, [1, 2, 3, 4, 5, 6]);
            assert_eq!(follower.position(), 7);
        })
    });
    writers
        .into_iter()
        .chain(readers)
        .for_each(|thread| thread.join().expect("no panic"));
}

#[test]
fn nothing_is_left_out_in_any_order() {
    check_random(|| follow([on_its_thread, as_a_future]), 10_000);
}

/// What comes between a look and the listening is missed: the orders that are tried show it.
#[test]
#[should_panic(expected = "deadlock")]
fn a_tail_that_listens_too_late_is_seen() {
    check_random(|| follow([on_its_thread, too_late]), 10_000);
}
