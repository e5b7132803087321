//! Work on many threads whose results are wanted in order.

use std::{
    collections::VecDeque,
    ops::{ControlFlow, Range},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// Results for each thread that are begun and not yet taken, at most.
const AHEAD: usize = 2;

/// Does `work` on each number of `range`, on as many threads as the machine has, and gives the
/// results to `each` in their order, until it has enough. The calling thread is one of them: it
/// works while what comes next is not there, so that no core waits for another. A few results are
/// ahead at most, so that memory is bounded. What `each` leaves of a result is dropped by the thread
/// that made it: allocators are slow, and hold the others up, where one thread frees what another
/// has asked for.
pub fn parallel_ordered<T: Send, R: Send>(
    range: Range<u64>,
    work: impl Fn(u64) -> T + Sync,
    each: impl FnMut(T) -> ControlFlow<(), R>,
) {
    parallel_reusing(range, |n, _| work(n), each);
}

/// The same, but `work` is given what was left of an earlier result of its thread, if there is any: to use its
/// room again.
pub fn parallel_reusing<T: Send, R: Send>(
    range: Range<u64>,
    work: impl Fn(u64, Option<R>) -> T + Sync,
    mut each: impl FnMut(T) -> ControlFlow<(), R>,
) {
    let count = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(count);
    let mut left = Vec::new();
    if threads < 2 {
        for n in range {
            match each(work(n, left.pop())) {
                ControlFlow::Continue(rest) => left.push(rest),
                ControlFlow::Break(()) => return,
            }
        }
        return;
    }
    let queue = Queue::new(range, threads);
    thread::scope(|scope| {
        // Whoever has enough, or panics, lets nobody begin anything more.
        let _close = Close {
            queue: &queue,
            when: || true,
        };
        let (queue, work) = (&queue, &work);
        for helper in 1..threads {
            scope.spawn(move || {
                // One that panics leaves a result out: nobody waits for it.
                let _close = Close {
                    queue,
                    when: thread::panicking,
                };
                let mut left = Vec::new();
                while let Some(n) = queue.begin(helper, &mut left) {
                    queue.put(n, helper, work(n, left.pop()));
                }
            });
        }
        loop {
            match queue.next() {
                Next::Work(n) => queue.put(n, 0, work(n, left.pop())),
                Next::Result(maker, result) => match each(result) {
                    ControlFlow::Continue(rest) if maker == 0 => left.push(rest),
                    ControlFlow::Continue(rest) => queue.give_back(maker, rest),
                    ControlFlow::Break(()) => return,
                },
                Next::Nothing => return,
            }
        }
    });
}

/// What the calling thread does next.
enum Next<T> {
    /// A piece of work.
    Work(u64),
    /// Takes a result, which this thread has made.
    Result(usize, T),
    /// Nothing is left.
    Nothing,
}

/// What is to be done, and what was.
struct Queue<T, R> {
    state: Mutex<State<T, R>>,
    changed: Condvar,
    /// So many results may be begun and not yet taken.
    room: usize,
}

struct State<T, R> {
    /// What nobody has begun.
    todo: Range<u64>,
    /// What was begun and not yet taken, in order: who made it, and the result once it is there.
    begun: VecDeque<Option<(usize, T)>>,
    /// The number of the first of them.
    first: u64,
    /// What is left of results, by the thread that made them.
    left: Vec<Vec<R>>,
    /// Whether nothing more may begin.
    closed: bool,
}

impl<T, R> State<T, R> {
    /// The next number, if there is room ahead for its result.
    fn begin(&mut self, room: usize) -> Option<u64> {
        if self.begun.len() >= room {
            return None;
        }
        let n = self.todo.next()?;
        self.begun.push_back(None);
        Some(n)
    }
}

impl<T, R> Queue<T, R> {
    fn new(range: Range<u64>, threads: usize) -> Self {
        let state = State {
            begun: VecDeque::new(),
            first: range.start,
            todo: range,
            left: (0..threads).map(|_| Vec::new()).collect(),
            closed: false,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            room: threads * AHEAD,
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<T, R>>) -> MutexGuard<'a, State<T, R>> {
        let woken = self.changed.wait(state);
        woken.unwrap_or_else(PoisonError::into_inner)
    }

    /// What `helper` begins, as soon as there is room for it; and what is `left` of its results.
    fn begin(&self, helper: usize, left: &mut Vec<R>) -> Option<u64> {
        let mut state = self.state();
        loop {
            let over = state.closed || state.todo.is_empty();
            let begun = if over { None } else { state.begin(self.room) };
            if over || begun.is_some() {
                left.append(&mut state.left[helper]);
                return begun;
            }
            state = self.wait(state);
        }
    }

    /// Puts the result of `n`, which `maker` has made, in its place.
    fn put(&self, n: u64, maker: usize, result: T) {
        let mut state = self.state();
        let place = usize::try_from(n - state.first).unwrap_or(usize::MAX);
        if let Some(place) = state.begun.get_mut(place) {
            *place = Some((maker, result));
        }
        drop(state);
        self.changed.notify_all();
    }

    /// The next result if it is there, or work meanwhile.
    fn next(&self) -> Next<T> {
        let mut state = self.state();
        loop {
            if let Some((maker, result)) = state.begun.front_mut().and_then(Option::take) {
                state.begun.pop_front();
                state.first += 1;
                drop(state);
                self.changed.notify_all();
                return Next::Result(maker, result);
            }
            if state.closed || (state.begun.is_empty() && state.todo.is_empty()) {
                return Next::Nothing;
            }
            if let Some(n) = state.begin(self.room) {
                return Next::Work(n);
            }
            state = self.wait(state);
        }
    }

    /// Gives what is left of a result to the helper that made it.
    fn give_back(&self, maker: usize, rest: R) {
        self.state().left[maker].push(rest);
    }
}

/// Closes the queue when it is dropped, if `when` says so.
struct Close<'a, T, R> {
    queue: &'a Queue<T, R>,
    when: fn() -> bool,
}

impl<T, R> Drop for Close<'_, T, R> {
    fn drop(&mut self) {
        if (self.when)() {
            self.queue.state().closed = true;
            self.queue.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_until_there_are_enough() {
        for end in [0, 1, 2, 3, 100] {
            let mut seen = Vec::new();
            parallel_ordered(
                5..5 + end,
                |n| n * 2,
                |n| {
                    seen.push(n);
                    if seen.len() == 50 {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                },
            );
            assert_eq!(
                seen,
                (5..5 + end.min(50)).map(|n| n * 2).collect::<Vec<_>>()
            );
        }
    }

    /// Counts where it is dropped.
    struct Made<'a> {
        by: thread::ThreadId,
        here: &'a AtomicUsize,
        elsewhere: &'a AtomicUsize,
    }

    impl Drop for Made<'_> {
        fn drop(&mut self) {
            let count = if thread::current().id() == self.by {
                self.here
            } else {
                self.elsewhere
            };
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn what_is_left_is_dropped_where_it_was_made() {
        let (here, elsewhere) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let make = |_| Made {
            by: thread::current().id(),
            here: &here,
            elsewhere: &elsewhere,
        };
        parallel_ordered(0..1_000, make, ControlFlow::Continue);
        let (here, elsewhere) = (here.into_inner(), elsewhere.into_inner());
        assert_eq!(here + elsewhere, 1_000);
        // A thread that finds nothing more to do leaves without those that are still ahead, and the
        // one that is looked at just then.
        let ahead = AHEAD * thread::available_parallelism().map_or(1, usize::from) + 1;
        assert!(
            elsewhere <= ahead,
            "{elsewhere} of 1,000 were dropped elsewhere"
        );
    }

    #[test]
    fn what_is_left_is_used_again_where_it_was_made() {
        let (room, made) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |n, left: Option<(thread::ThreadId, Vec<u64>)>| {
            let here = thread::current().id();
            let mut results = left.map_or_else(
                || {
                    room.fetch_add(1, Ordering::Relaxed);
                    Vec::with_capacity(8)
                },
                |(maker, results)| {
                    assert_eq!(maker, here);
                    results
                },
            );
            results.clear();
            results.push(n);
            made.fetch_add(1, Ordering::Relaxed);
            (here, results)
        };
        let mut next = 0;
        parallel_reusing(0..1_000, work, |result| {
            assert_eq!(result.1, [next]);
            next += 1;
            ControlFlow::Continue(result)
        });
        assert_eq!((next, made.into_inner()), (1_000, 1_000));
        // Each thread needs room for what is ahead, for what is looked at, and for what it works on.
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let most = threads * (AHEAD * threads + 2);
        assert!(room.load(Ordering::Relaxed) <= most, "of {most} at most");
    }

    #[test]
    fn so_many_are_begun_and_not_taken_at_most() {
        let room = AHEAD * thread::available_parallelism().map_or(1, usize::from);
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_| {
            let begun = begun.fetch_add(1, Ordering::SeqCst) + 1;
            // One may have been taken that `each` has not counted yet.
            assert!(begun <= taken.load(Ordering::SeqCst) + room + 1);
        };
        parallel_ordered(0..1_000, work, |()| {
            taken.fetch_add(1, Ordering::SeqCst);
            ControlFlow::Continue(())
        });
        assert_eq!((begun.into_inner(), taken.into_inner()), (1_000, 1_000));
    }

    #[test]
    fn a_panic_reaches_the_caller_whoever_was_at_work() {
        for at in 0..8 {
            let panicked = std::panic::catch_unwind(|| {
                parallel_ordered(0..8, |n| assert_ne!(n, at), ControlFlow::Continue);
            });
            assert!(panicked.is_err(), "at {at}");
            let panicked = std::panic::catch_unwind(|| {
                parallel_ordered(
                    0..8,
                    |n| n,
                    |n| -> ControlFlow<()> {
                        assert_ne!(n, at);
                        ControlFlow::Continue(())
                    },
                );
            });
            assert!(panicked.is_err(), "taken at {at}");
        }
    }
}
