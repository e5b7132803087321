//! Group commit: callers that come at the same time have their work done together, by one of them.
//!
//! There is no thread of its own. Who finds nobody at work leads: takes what is waiting, in the order in which it came, does it,
//! hands out the answers, and leaves. While it works (a sync of the disk takes long), others come and wait; one of them leads next.
//! So one writer alone waits for nobody, and many share one sync.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// A queue of work of type `T`, each with an answer of type `R`.
#[derive(Debug)]
pub(crate) struct Group<T, R> {
    state: Mutex<State<T, R>>,
    changed: Condvar,
    /// So many may wait; more are held back until there is room.
    room: usize,
    /// So many are done together at most.
    together: usize,
}

#[derive(Debug)]
struct State<T, R> {
    waiting: VecDeque<(u64, T)>,
    /// Answers that nobody has fetched yet; `None` where the leader panicked.
    answers: BTreeMap<u64, Option<R>>,
    tickets: u64,
    led: bool,
}

impl<T, R> Group<T, R> {
    pub(crate) fn new(room: usize, together: usize) -> Self {
        let state = State { waiting: VecDeque::new(), answers: BTreeMap::new(), tickets: 0, led: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), room, together }
    }

    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<T, R>>) -> MutexGuard<'a, State<T, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Has `item` done, by this thread or by another one that leads. `lead` does several items and gives an answer for each, in
    /// their order. `None` if who led did not come to an end: what became of the item is not known then.
    pub(crate) fn run(&self, item: T, lead: impl Fn(Vec<T>) -> Vec<R>) -> Option<R> {
        let mut state = self.state();
        while state.waiting.len() >= self.room {
            state = self.wait(state);
        }
        state.tickets += 1;
        let ticket = state.tickets;
        state.waiting.push_back((ticket, item));
        loop {
            if let Some(answer) = state.answers.remove(&ticket) {
                return answer;
            }
            if state.led {
                state = self.wait(state);
                continue;
            }
            let count = state.waiting.len().min(self.together);
            let (tickets, items) = state.waiting.drain(..count).unzip();
            state.led = true;
            drop(state);
            let mut lead_over = Leading { group: self, tickets, answers: Vec::new() };
            lead_over.answers = lead(items);
            drop(lead_over);
            state = self.state();
        }
    }
}

/// Hands out answers and gives up the lead, whether the work came to an end or not.
struct Leading<'a, T, R> {
    group: &'a Group<T, R>,
    tickets: Vec<u64>,
    answers: Vec<R>,
}

impl<T, R> Drop for Leading<'_, T, R> {
    fn drop(&mut self) {
        let mut state = self.group.state();
        let mut answers = self.answers.drain(..);
        for ticket in &self.tickets {
            state.answers.insert(*ticket, answers.next());
        }
        state.led = false;
        drop(state);
        self.group.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        sync::{
            Barrier,
            atomic::{AtomicBool, AtomicUsize, Ordering},
        },
        thread,
    };

    use super::*;

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
            let state = group.state();
            assert!(state.waiting.is_empty() && state.answers.is_empty() && !state.led);
            assert_eq!(state.tickets, 3_200);
        }
    }

    #[test]
    fn who_waits_is_done_together_in_the_order_of_arrival() {
        let group = Group::new(64, 64);
        let (first_leads, seen) = (Barrier::new(2), Mutex::new(Vec::new()));
        let others_wait = || {
            while group.state().waiting.len() < 5 {
                thread::yield_now();
            }
        };
        let lead = |items: Vec<u64>| {
            if items == [0] {
                first_leads.wait();
                others_wait();
            }
            seen.lock().expect("no panic").push(items.clone());
            items
        };
        thread::scope(|scope| {
            scope.spawn(|| group.run(0, lead));
            first_leads.wait();
            for n in 1..=5_u64 {
                let (group, lead) = (&group, &lead);
                scope.spawn(move || assert_eq!(group.run(n, lead), Some(n)));
                while group.state().tickets < n + 1 {
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
        assert!(!group.state().led);
        // Its own answer is left, and nobody asks for it; the next one goes on.
        assert_eq!(group.run(2, |items| items), Some(2));
        assert_eq!(group.run(3, |_| Vec::new()), None, "a leader that answers less");
    }
}
