//! Group commit: callers that come at the same time have their work done together, by one of them.
//!
//! There is no thread of its own. Who finds nobody at work leads: takes what is waiting, in the order in which it came, does it,
//! hands the lead to the first that came meanwhile, and wakes those whose work it did, each alone. So one writer alone waits for
//! nobody, many share one sync, and nobody is woken in vain.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, Thread},
};

/// A queue of work of type `T`, each with an answer of type `R`.
#[derive(Debug)]
pub(crate) struct Group<T, R> {
    state: Mutex<State<T, R>>,
    /// Told when there is room to wait again.
    room_made: Condvar,
    /// So many may wait; more are held back until there is room.
    room: usize,
    /// So many are done together at most.
    together: usize,
}

#[derive(Debug)]
struct State<T, R> {
    waiting: VecDeque<(T, Arc<Slot<R>>)>,
    led: bool,
}

/// Where a caller's answer comes.
#[derive(Debug)]
struct Slot<R> {
    thread: Thread,
    news: Mutex<Option<News<R>>>,
}

#[derive(Debug)]
enum News<R> {
    /// The caller leads now; its own work is still in the queue, in front.
    Lead,
    /// The answer; `None` where who led did not come to an end.
    Answer(Option<R>),
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R> Slot<R> {
    fn tell(&self, news: News<R>) {
        *locked(&self.news) = Some(news);
        self.thread.unpark();
    }

    fn wait(&self) -> News<R> {
        loop {
            if let Some(news) = locked(&self.news).take() {
                return news;
            }
            thread::park();
        }
    }
}

impl<T, R> Group<T, R> {
    pub(crate) fn new(room: usize, together: usize) -> Self {
        let state = State { waiting: VecDeque::new(), led: false };
        Self { state: Mutex::new(state), room_made: Condvar::new(), room, together }
    }

    /// Has `item` done, by this thread or by another one that leads. `lead` does several items and gives an answer for each, in
    /// their order. `None` if who led did not come to an end: what became of the item is not known then.
    pub(crate) fn run(&self, item: T, lead: impl Fn(Vec<T>) -> Vec<R>) -> Option<R> {
        let slot = Arc::new(Slot { thread: thread::current(), news: Mutex::new(None) });
        let mut state = locked(&self.state);
        while state.waiting.len() >= self.room {
            state = self.room_made.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting.push_back((item, Arc::clone(&slot)));
        let leads = !std::mem::replace(&mut state.led, true);
        drop(state);
        if !leads && let News::Answer(answer) = slot.wait() {
            return answer;
        }
        let (items, slots) = {
            let mut state = locked(&self.state);
            let count = state.waiting.len().min(self.together);
            let full = state.waiting.len() >= self.room;
            let taken = state.waiting.drain(..count).unzip();
            if full {
                self.room_made.notify_all();
            }
            taken
        };
        let mut leading = Leading { group: self, slots, answers: Vec::new() };
        leading.answers = lead(items);
        drop(leading);
        // The leader's own work was among it: whoever leads has waited longest.
        match slot.wait() {
            News::Answer(answer) => answer,
            News::Lead => None,
        }
    }
}

/// Hands the lead on, then the answers out, whether the work came to an end or not.
struct Leading<'a, T, R> {
    group: &'a Group<T, R>,
    slots: Vec<Arc<Slot<R>>>,
    answers: Vec<R>,
}

impl<T, R> Drop for Leading<'_, T, R> {
    fn drop(&mut self) {
        {
            let mut state = locked(&self.group.state);
            match state.waiting.front() {
                Some((_, next)) => next.tell(News::Lead),
                None => state.led = false,
            }
        }
        let mut answers = self.answers.drain(..);
        for slot in &self.slots {
            slot.tell(News::Answer(answers.next()));
        }
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
}
