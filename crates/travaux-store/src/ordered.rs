//! Work on many threads whose results are wanted in order.

use std::{
    ops::{ControlFlow, Range},
    sync::mpsc::{channel, sync_channel},
    thread,
};

/// Results that a thread may be ahead of whoever takes them.
const AHEAD: usize = 2;

/// Does `work` on each number of `range`, on as many threads as the machine has, and gives the results to `each` in their order,
/// until it has enough. A few results are ahead at most, so that memory is bounded. What `each` leaves of a result is dropped by the
/// thread that made it: allocators are slow, and hold the others up, where one thread frees what another has asked for.
pub fn parallel_ordered<T: Send, R: Send>(
    range: Range<u64>,
    work: impl Fn(u64) -> T + Sync,
    mut each: impl FnMut(T) -> ControlFlow<(), R>,
) {
    let threads = thread::available_parallelism()
        .map_or(1, |n| n.get() as u64)
        .min(range.end.saturating_sub(range.start));
    if threads < 2 {
        for n in range {
            if each(work(n)).is_break() {
                return;
            }
        }
        return;
    }
    thread::scope(|scope| {
        let work = &work;
        let mut results = Vec::new();
        for own in 0..threads {
            let (sender, receiver) = sync_channel(AHEAD);
            let (leave, left) = channel();
            results.push((receiver, leave));
            let numbers = range.clone().skip(own as usize).step_by(threads as usize);
            scope.spawn(move || {
                for n in numbers {
                    left.try_iter().for_each(drop);
                    // Whoever has enough hangs up.
                    if sender.send(work(n)).is_err() {
                        return;
                    }
                }
            });
        }
        for (receiver, leave) in results.iter().cycle() {
            let Ok(result) = receiver.recv() else { return };
            match each(result) {
                // One that has finished takes nothing back.
                ControlFlow::Continue(rest) => drop(leave.send(rest)),
                ControlFlow::Break(()) => return,
            }
        }
    });
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
        // A thread that has made all its own leaves without those that are still ahead.
        let ahead = (AHEAD + 1) * thread::available_parallelism().map_or(1, usize::from);
        assert!(
            elsewhere <= ahead,
            "{elsewhere} of 1,000 were dropped elsewhere"
        );
    }
}
