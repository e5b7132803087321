//! The queue of appends, with threads as the system runs them; `tests/interleavings.rs` tries other orders.

use std::{
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use crate::threads::group::{Group, locked};

#[test]
fn one_alone_does_its_work_itself() {
    let own = thread::current().id();
    let group = Group::new(8, 4, move |items: &[u32]| {
        assert_eq!(thread::current().id(), own);
        items.iter().map(|i| i * 10).collect()
    });
    assert_eq!(group.run(1), Some(10));
    assert_eq!(group.run(2), Some(20));
    assert_eq!(format!("{group:?}"), "Group { waiting: 0, .. }");
}

#[test]
fn each_of_many_gets_its_own_answer_and_no_two_lead_at_once() {
    for (room, most) in [(1, 1), (2, 64), (64, 2), (1_024, 256)] {
        let leading = AtomicBool::new(false);
        let group = Group::new(room, most, move |items: &[u64]| {
            assert!(!leading.swap(true, Ordering::SeqCst), "two lead at once");
            assert!((1..=most).contains(&items.len()));
            thread::yield_now();
            leading.store(false, Ordering::SeqCst);
            items.iter().map(|i| i + 1_000_000).collect()
        });
        thread::scope(|scope| {
            for writer in 0..16_u64 {
                let group = &group;
                scope.spawn(move || {
                    for n in 0..200 {
                        let item = writer * 1_000 + n;
                        assert_eq!(group.run(item), Some(item + 1_000_000));
                    }
                });
            }
        });
        // The group's own thread may still be looking whether somebody came.
        let inner = Arc::clone(&group.inner);
        drop(group);
        assert_eq!(Arc::strong_count(&inner), 1, "its thread has ended");
        let state = locked(&inner.state);
        assert!(state.waiting == 0 && !state.led);
    }
}

#[test]
fn who_waits_is_done_together_in_the_order_of_arrival() {
    let (first_leads, go_on, seen) = (
        Arc::new(Barrier::new(2)),
        Arc::new(Barrier::new(2)),
        Arc::new(Mutex::new(Vec::new())),
    );
    let group = {
        let (first_leads, go_on, seen) = (
            Arc::clone(&first_leads),
            Arc::clone(&go_on),
            Arc::clone(&seen),
        );
        Group::new(64, 64, move |items: &[u64]| {
            if items == [0] {
                first_leads.wait();
                go_on.wait();
            }
            locked(&seen).push(items.to_vec());
            items.to_vec()
        })
    };
    thread::scope(|scope| {
        let group = &group;
        scope.spawn(|| group.run(0));
        first_leads.wait();
        for n in 1..=5 {
            scope.spawn(move || assert_eq!(group.run(n), Some(n)));
            while (locked(&group.inner.state).waiting as u64) < n {
                thread::yield_now();
            }
        }
        go_on.wait();
    });
    assert_eq!(*locked(&seen), [vec![0], vec![1, 2, 3, 4, 5]]);
}

#[test]
fn work_that_panics_or_answers_less_leaves_nobody_waiting() {
    let group = Group::new(64, 64, |items: &[u32]| match items {
        [1] => panic!("the work fails"),
        [3] => Vec::new(),
        items => items.to_vec(),
    });
    let answers = [1, 2, 3, 4].map(|item| group.run(item));
    assert_eq!(answers, [None, Some(2), None, Some(4)]);
    assert!(!locked(&group.inner.state).led);
}

#[test]
fn what_waits_when_the_group_goes_is_done() {
    let done = Arc::new(AtomicUsize::new(0));
    for _ in 0..50 {
        let count = Arc::clone(&done);
        let group = Arc::new(Group::new(64, 2, move |items: &[u32]| {
            count.fetch_add(items.len(), Ordering::SeqCst);
            items.to_vec()
        }));
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let group = Arc::clone(&group);
                thread::spawn(move || assert_eq!(group.run(n), Some(n)))
            })
            .collect();
        drop(group);
        threads
            .into_iter()
            .for_each(|thread| thread.join().expect("it was answered"));
    }
    assert_eq!(done.load(Ordering::SeqCst), 50 * 8);
}
