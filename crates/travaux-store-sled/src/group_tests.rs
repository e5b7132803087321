//! The queue of appends, with threads as the system runs them; `tests/interleavings.rs` tries other orders.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Barrier, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use crate::group::{Group, locked};

#[test]
fn one_alone_leads_itself() {
    let group = Group::new(8, 4);
    assert_eq!(group.run(1, |items: Vec<u32>| items.iter().map(|i| i * 10).collect()), Some(10));
    assert_eq!(group.run(2, |items| items.iter().map(|i| i * 10).collect()), Some(20));
}

#[test]
fn each_of_many_gets_its_own_answer_and_no_two_lead_at_once() {
    for (room, together) in [(1, 1), (2, 64), (64, 2), (1_024, 256)] {
        let group = Group::new(room, together);
        let (leading, largest) = (AtomicBool::new(false), AtomicUsize::new(0));
        let lead = |items: Vec<u64>| {
            assert!(!leading.swap(true, Ordering::SeqCst), "two lead at once");
            assert!((1..=together).contains(&items.len()));
            largest.fetch_max(items.len(), Ordering::SeqCst);
            thread::yield_now();
            leading.store(false, Ordering::SeqCst);
            items.into_iter().map(|i| i + 1_000_000).collect()
        };
        thread::scope(|scope| {
            for writer in 0..16_u64 {
                let (group, lead) = (&group, &lead);
                scope.spawn(move || {
                    for n in 0..200 {
                        let item = writer * 1_000 + n;
                        assert_eq!(group.run(item, lead), Some(item + 1_000_000));
                    }
                });
            }
        });
        let state = locked(&group.state);
        assert!(state.waiting.is_empty() && !state.led);
    }
}

#[test]
fn who_waits_is_done_together_in_the_order_of_arrival() {
    let group = Group::new(64, 64);
    let (first_leads, seen) = (Barrier::new(2), Mutex::new(Vec::new()));
    let others_wait = || {
        while locked(&group.state).waiting.len() < 5 {
            thread::yield_now();
        }
    };
    let lead = |items: Vec<u64>| {
        if items == [0] {
            first_leads.wait();
            others_wait();
        }
        locked(&seen).push(items.clone());
        items
    };
    thread::scope(|scope| {
        scope.spawn(|| group.run(0, lead));
        first_leads.wait();
        for n in 1..=5_u64 {
            let (group, lead) = (&group, &lead);
            scope.spawn(move || assert_eq!(group.run(n, lead), Some(n)));
            while (locked(&group.state).waiting.len() as u64) < n && locked(&seen).is_empty() {
                thread::yield_now();
            }
        }
    });
    assert_eq!(*seen.lock().expect("no panic"), [vec![0], vec![1, 2, 3, 4, 5]]);
}

#[test]
fn a_leader_that_panics_leaves_nobody_waiting() {
    let group = Group::new(64, 64);
    let fails = |_: Vec<u32>| -> Vec<u32> { panic!("the leader fails") };
    assert!(catch_unwind(AssertUnwindSafe(|| group.run(1, fails))).is_err());
    assert!(!locked(&group.state).led);
    assert_eq!(group.run(2, |items| items), Some(2));
    assert_eq!(group.run(3, |_| Vec::new()), None, "a leader that answers less");
}
