//! The queue of appends under thousands of orders in which threads could run (shuttle): nobody is forgotten, nobody is answered for
//! another, no two lead at once. The module is the store's own, with other primitives below it.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a module of the crate, compiled here on its own"
)]

use shuttle::{
    check_random,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

mod sync {
    use std::sync::OnceLock;

    pub(crate) use shuttle::{
        sync::{Arc, Condvar, Mutex, MutexGuard},
        thread::JoinHandle,
    };

    pub(crate) fn spawn(
        _: &str,
        run: impl FnOnce() + Send + 'static,
    ) -> std::io::Result<JoinHandle<()>> {
        shuttle::thread::Builder::new().spawn(run)
    }

    /// The store's gate, of what shuttle has.
    #[derive(Debug)]
    pub(crate) struct Gate<T>(OnceLock<T>, Mutex<bool>, Condvar);

    impl<T> Gate<T> {
        pub(crate) fn new() -> Self {
            Self(OnceLock::new(), Mutex::new(false), Condvar::new())
        }

        pub(crate) fn open(&self, value: T) {
            drop(self.0.set(value));
            *self.1.lock().expect("no panic") = true;
            self.2.notify_all();
        }

        pub(crate) fn wait(&self) -> &T {
            let open = self.1.lock().expect("no panic");
            drop(self.2.wait_while(open, |open| !*open).expect("no panic"));
            self.0.get().expect("it is open")
        }
    }
}

#[path = "../src/threads/group.rs"]
mod group;

use group::Group;

/// Several writers, each with several commits, in a queue with so much room whose batches have so many at most.
fn writers(writers: u32, commits: u32, room: usize, most: usize) {
    let (leading, done) = (AtomicBool::new(false), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&done);
    let group = Arc::new(Group::new(room, most, move |items: &[u32]| {
        assert!(!leading.swap(true, Ordering::SeqCst), "two lead at once");
        assert!((1..=most).contains(&items.len()));
        thread::yield_now();
        leading.store(false, Ordering::SeqCst);
        count.fetch_add(items.len(), Ordering::SeqCst);
        items.iter().map(|item| item + 10_000).collect()
    }));
    let threads: Vec<_> = (0..writers)
        .map(|writer| {
            let group = Arc::clone(&group);
            thread::spawn(move || {
                for n in 0..commits {
                    let item = writer * 100 + n;
                    assert_eq!(
                        group.run(item),
                        Some(item + 10_000),
                        "each gets its own answer"
                    );
                }
            })
        })
        .collect();
    threads
        .into_iter()
        .for_each(|thread| thread.join().expect("no panic"));
    assert_eq!(
        done.load(Ordering::SeqCst),
        (writers * commits) as usize,
        "each is done once"
    );
    let inner = Arc::clone(&group.inner);
    // The group's own thread ends with it.
    drop(group);
    let state = group::locked(&inner.state);
    assert!(state.waiting == 0 && !state.led);
}

#[test]
fn nobody_is_forgotten_in_any_order() {
    check_random(|| writers(3, 2, 1_024, 256), 20_000);
}

#[test]
fn nobody_is_forgotten_where_there_is_little_room() {
    check_random(|| writers(4, 2, 1, 1), 10_000);
    check_random(|| writers(4, 2, 2, 2), 10_000);
}

/// Who waits with a lock in its hand, and is woken before it waits: a queue that loses wake-ups is caught.
#[test]
#[should_panic(expected = "deadlock")]
fn a_lost_wake_up_is_seen() {
    check_random(
        || {
            let waits = Arc::new((shuttle::sync::Mutex::new(()), shuttle::sync::Condvar::new()));
            let other = Arc::clone(&waits);
            let thread = thread::spawn(move || other.1.notify_one());
            let held = waits.0.lock().expect("no panic");
            drop(waits.1.wait(held));
            thread.join().expect("no panic");
        },
        1_000,
    );
}
