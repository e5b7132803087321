//! Group commit: callers that come at the same time have their work done together, by one of them.
//!
//! There is no thread of its own. Who finds nobody at work leads: takes what is waiting, in the order in which it came, does it,
//! hands the lead to the first that came meanwhile, and wakes those whose work it did, each alone. So one writer alone waits for
//! nobody, many share one sync, and nobody is woken in vain.

use std::{collections::VecDeque, sync::PoisonError};

use crate::sync::{Arc, Condvar, Mutex, MutexGuard, Thread, current, park};

/// A queue of work of type `T`, each with an answer of type `R`.
#[derive(Debug)]
pub(crate) struct Group<T, R> {
    pub(crate) state: Mutex<State<T, R>>,
    /// Told when there is room to wait again.
    room_made: Condvar,
    /// So many may wait; more are held back until there is room.
    room: usize,
    /// So many are done together at most.
    together: usize,
}

#[derive(Debug)]
pub(crate) struct State<T, R> {
    pub(crate) waiting: VecDeque<(T, Arc<Slot<R>>)>,
    pub(crate) led: bool,
}

/// Where a caller's answer comes.
#[derive(Debug)]
pub(crate) struct Slot<R> {
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

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
            park();
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
        let slot = Arc::new(Slot { thread: current(), news: Mutex::new(None) });
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
