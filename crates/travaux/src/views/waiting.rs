//! Commits that were appended behind one that has not come by yet. That is another thread's, which
//! comes by soon; or another engine's on the same log, which never does.

use std::collections::BTreeMap;

use travaux_domain::Recorded;
use travaux_projections::weight;

/// So many bytes may wait, 1 MiB. Beyond them what is in front is read from the log.
pub(crate) const MOST: usize = 1 << 20;

/// What waits, by the position of its first event.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    commits: BTreeMap<u64, (Vec<Recorded>, usize)>,
    bytes: usize,
}

impl Waiting {
    /// How many bytes they take, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Has the events of a commit wait; whether there is room for all that wait now.
    pub(crate) fn put(&mut self, first: u64, events: &[Recorded]) -> bool {
        let bytes = events.iter().map(weight).sum();
        self.bytes += bytes;
        self.commits.insert(first, (events.to_vec(), bytes));
        self.bytes <= MOST
    }

    /// The commit whose first event is at this position, if it waits.
    pub(crate) fn take(&mut self, first: u64) -> Option<Vec<Recorded>> {
        let (events, bytes) = self.commits.remove(&first)?;
        self.bytes -= bytes;
        Some(events)
    }

    /// Drops them all.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
