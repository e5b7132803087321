//! Following the log.

use std::{sync::Arc, thread};

use super::{Opened, commit, event};
use crate::LogFollower;

/// Readers that start at different times while writers write see every position once, in order.
pub fn the_tail_has_no_gap_and_no_duplicate(opened: Opened) {
    const TOTAL: u64 = 200;
    let store = opened.store;
    let readers: Vec<_> = [1, 1, 50]
        .into_iter()
        .map(|from| {
            let store = Arc::clone(&store);
            thread::spawn(move || {
                let mut follower = LogFollower::new(store, from);
                let mut seen = Vec::new();
                while seen.last() != Some(&TOTAL) {
                    seen.extend(
                        follower
                            .wait()
                            .expect("it is read")
                            .records
                            .iter()
                            .map(|r| r.position),
                    );
                }
                (from, seen)
            })
        })
        .collect();
    let writers: Vec<_> = (0..2u128)
        .map(|writer| {
            let store = Arc::clone(&store);
            thread::spawn(move || {
                for n in 0..u128::from(TOTAL) / 4 {
                    let id = 1 + writer * 1_000 + n;
                    store
                        .append(commit(
                            id,
                            vec![event("a", "x", "{}"), event("b", "x", "{}")],
                        ))
                        .expect("it is appended");
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|w| w.join().expect("it ends"));
    for reader in readers {
        let (from, seen) = reader.join().expect("it ends");
        assert_eq!(seen, (from..=TOTAL).collect::<Vec<_>>());
    }
}
