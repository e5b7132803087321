//! The queue of appends under thousands of orders in which threads could run (shuttle): nobody is forgotten, nobody is answered for
//! another, no two lead at once. The module is the store's own, with other primitives below it.

#![allow(dead_code, unreachable_pub, reason = "a module of the crate, compiled here on its own")]

use shuttle::{
    check_random,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

mod sync {
    pub(crate) use shuttle::{
        sync::{Arc, Condvar, Mutex, MutexGuard},
        thread::{Thread, current, park},
    };
}

#[path = "../src/group.rs"]
mod group;

use group::Group;

/// Several writers, each with several commits, in a queue with so much room that takes so many together.
fn writers(writers: u32, commits: u32, room: usize, together: usize) {
    let group = Arc::new(Group::new(room, together));
    let (leading, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let threads: Vec<_> = (0..writers)
        .map(|writer| {
            let (group, leading, done) = (Arc::clone(&group), Arc::clone(&leading), Arc::clone(&done));
            thread::spawn(move || {
                for n in 0..commits {
                    let item = writer * 100 + n;
                    let answer = group.run(item, |items: Vec<u32>| {
                        assert!(!leading.swap(true, Ordering::SeqCst), "two lead at once");
                        assert!(items.len() <= together);
                        thread::yield_now();
                        leading.store(false, Ordering::SeqCst);
                        done.fetch_add(items.len(), Ordering::SeqCst);
                        items.into_iter().map(|item| item + 10_000).collect()
                    });
                    assert_eq!(answer, Some(item + 10_000), "each gets its own answer");
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
    assert_eq!(done.load(Ordering::SeqCst), (writers * commits) as usize, "each is done once");
    let state = group::locked(&group.state);
    assert!(state.waiting.is_empty() && !state.led);
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
