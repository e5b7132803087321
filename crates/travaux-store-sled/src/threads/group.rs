//! Group commit: callers that come at the same time have their work done together.
//!
//! Who comes joins the last batch that waits, or begins one. Who finds nobody at work does the work itself, so that one writer alone
//! waits for no other thread; if others came meanwhile, a thread of the group's own goes on with them until nobody waits: it finds the
//! next batch without being woken, where a thread for each would have to be. It wakes one caller of each batch that is done, who wakes
//! the others while the next is written.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::PoisonError,
};

use super::sync::{Arc, Condvar, Gate, JoinHandle, Mutex, MutexGuard, spawn};

/// A queue of work of type `T`, each with an answer of type `R`.
pub(crate) struct Group<T, R> {
    pub(crate) inner: Arc<Inner<T, R>>,
    relief: Mutex<Option<JoinHandle<()>>>,
}

type Job<T, R> = Box<dyn Fn(&[T]) -> Vec<R> + Send + Sync>;

pub(crate) struct Inner<T, R> {
    pub(crate) state: Mutex<State<T, R>>,
    /// Told when there is room to wait again.
    room_made: Condvar,
    /// Told when there is work for the group's own thread, or none any more.
    handed: Condvar,
    /// So many may wait; more are held back until there is room.
    room: usize,
    /// So many are in a batch at most.
    most: usize,
    work: Job<T, R>,
}

pub(crate) struct State<T, R> {
    /// In the order in which they came, each with at most as many items as are done together.
    batches: VecDeque<Batch<T, R>>,
    pub(crate) waiting: usize,
    pub(crate) led: bool,
    /// The group's own thread leads.
    relieved: bool,
    closed: bool,
}

struct Batch<T, R> {
    items: Vec<T>,
    done: Arc<Done<R>>,
}

/// What those of a batch wait for: answers in the order of the items. What nobody came to an end with has none.
struct Done<R> {
    /// The first caller waits here,
    first: Gate<Mutex<Vec<R>>>,
    /// and the others for what it hands on.
    others: Gate<Vec<Mutex<Option<R>>>>,
}

impl<R> Done<R> {
    /// The answer to the item at this place of the batch.
    fn wait(&self, at: usize) -> Option<R> {
        if at == 0 {
            let answers = std::mem::take(&mut *locked(self.first.wait()));
            self.others.open(
                answers
                    .into_iter()
                    .map(|answer| Mutex::new(Some(answer)))
                    .collect(),
            );
        }
        locked(self.others.wait().get(at)?).take()
    }
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T: Send + 'static, R: Send + 'static> Group<T, R> {
    /// A queue with so much room, of which so many are done together at most. `work` does several items and gives an answer for
    /// each, in their order.
    pub(crate) fn new(
        room: usize,
        most: usize,
        work: impl Fn(&[T]) -> Vec<R> + Send + Sync + 'static,
    ) -> Self {
        let state = State {
            batches: VecDeque::new(),
            waiting: 0,
            led: false,
            relieved: false,
            closed: false,
        };
        let (room_made, handed) = (Condvar::new(), Condvar::new());
        let inner = Inner {
            state: Mutex::new(state),
            room_made,
            handed,
            room,
            most,
            work: Box::new(work),
        };
        Self {
            inner: Arc::new(inner),
            relief: Mutex::new(None),
        }
    }

    /// Has `item` done, with others. `None` if the work did not come to an end: what became of the item is not known then.
    pub(crate) fn run(&self, item: T) -> Option<R> {
        let (done, at, leads) = self.inner.join(item);
        if leads && self.inner.do_next() {
            self.relieve();
        }
        done.wait(at)
    }

    /// Has the group's own thread lead; where the system gives none, this one goes on.
    fn relieve(&self) {
        let mut relief = locked(&self.relief);
        if relief.is_none() {
            let inner = Arc::clone(&self.inner);
            *relief = spawn("travaux-write", move || inner.keep_leading()).ok();
        }
        if relief.is_some() {
            locked(&self.inner.state).relieved = true;
            self.inner.handed.notify_one();
        } else {
            while self.inner.do_next() {}
        }
    }
}

impl<T, R> Inner<T, R> {
    /// Joins the last batch, or begins one: what to wait for, the place in the batch, and whether the caller leads.
    fn join(&self, item: T) -> (Arc<Done<R>>, usize, bool) {
        let mut state = locked(&self.state);
        while state.waiting >= self.room {
            state = self
                .room_made
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting += 1;
        let leads = !std::mem::replace(&mut state.led, true);
        if let Some(batch) = state
            .batches
            .back_mut()
            .filter(|batch| batch.items.len() < self.most)
        {
            batch.items.push(item);
            return (Arc::clone(&batch.done), batch.items.len() - 1, leads);
        }
        let done = Arc::new(Done {
            first: Gate::new(),
            others: Gate::new(),
        });
        state.batches.push_back(Batch {
            items: vec![item],
            done: Arc::clone(&done),
        });
        (done, 0, leads)
    }

    /// Does the work of the first batch; whether there is more. If there is none, nobody leads.
    fn do_next(&self) -> bool {
        let batch = {
            let mut state = locked(&self.state);
            let Some(batch) = state.batches.pop_front() else {
                state.led = false;
                return false;
            };
            if state.waiting >= self.room {
                self.room_made.notify_all();
            }
            state.waiting -= batch.items.len();
            batch
        };
        // Work that panics has no answers; whose work it was is told so, and the next is done all the same.
        let answers =
            catch_unwind(AssertUnwindSafe(|| (self.work)(&batch.items))).unwrap_or_default();
        let more = {
            let mut state = locked(&self.state);
            state.led = !state.batches.is_empty();
            state.led
        };
        batch.done.first.open(Mutex::new(answers));
        more
    }

    /// What the group's own thread does.
    fn keep_leading(&self) {
        loop {
            {
                let mut state = locked(&self.state);
                while !state.relieved && !state.closed {
                    state = self
                        .handed
                        .wait(state)
                        .unwrap_or_else(PoisonError::into_inner);
                }
                if !std::mem::take(&mut state.relieved) {
                    return;
                }
            }
            while self.do_next() {}
        }
    }
}

impl<T, R> Drop for Group<T, R> {
    fn drop(&mut self) {
        locked(&self.inner.state).closed = true;
        self.inner.handed.notify_one();
        if let Some(thread) = locked(&self.relief).take() {
            // It has no panic to tell of: the work's are caught.
            drop(thread.join());
        }
    }
}

impl<T, R> std::fmt::Debug for Group<T, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Group")
            .field("waiting", &locked(&self.inner.state).waiting)
            .finish_non_exhaustive()
    }
}
