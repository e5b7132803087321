//! When snapshots are taken.

/// When the engine saves snapshots by itself, beside those that are asked for. One that cannot be written is left for the next time:
/// losing it costs time, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapshotPolicy {
    /// The views, when they have seen so many events since they were last saved; 0 for never.
    pub views_every: u64,
    /// The state of a stream that is acted on or asked for, when so many events were added to it; 0 for never.
    pub records_every: u64,
}

impl Default for SnapshotPolicy {
    fn default() -> Self {
        Self {
            views_every: 10_000,
            records_every: 1_000,
        }
    }
}
