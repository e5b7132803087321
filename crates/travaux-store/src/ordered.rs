//! Work on many threads whose results are wanted in order.

use std::{ops::ControlFlow, ops::Range, sync::mpsc::sync_channel, thread};

/// Results that a thread may be ahead of whoever takes them.
const AHEAD: usize = 2;

/// Does `work` on each number of `range`, on as many threads as the machine has, and gives the results to `each` in their order,
/// until it has enough. A few results are ahead at most, so that memory is bounded.
pub fn in_order<T: Send>(range: Range<u64>, work: impl Fn(u64) -> T + Sync, mut each: impl FnMut(T) -> ControlFlow<()>) {
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64).min(range.end.saturating_sub(range.start));
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
            results.push(receiver);
            let numbers = range.clone().skip(own as usize).step_by(threads as usize);
            scope.spawn(move || {
                for n in numbers {
                    // Whoever has enough hangs up.
                    if sender.send(work(n)).is_err() {
                        return;
                    }
                }
            });
        }
        for receiver in (0..results.len()).cycle() {
            let Ok(result) = results[receiver].recv() else { return };
            if each(result).is_break() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_until_there_are_enough() {
        for end in [0, 1, 2, 3, 100] {
            let mut seen = Vec::new();
            in_order(
                5..5 + end,
                |n| n * 2,
                |n| {
                    seen.push(n);
                    if seen.len() == 50 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(seen, (5..5 + end.min(50)).map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
