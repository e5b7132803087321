//! How much of the log may be in memory: one limit, of which the recent end, the blocks that were read
//! last and the versions of streams have a part each.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Log, locked};

/// The bytes that the recent end of the log may have; no limit until one is set.
#[derive(Debug)]
pub(crate) struct Limits(AtomicUsize);

impl Default for Limits {
    fn default() -> Self {
        Self(usize::MAX.into())
    }
}

impl Limits {
    /// When the recent end has so many bytes, it is moved to the archive.
    pub(crate) fn move_at(&self) -> usize {
        self.full_at() / 4
    }

    /// When it has so many, writers wait.
    pub(crate) fn full_at(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Log {
    /// Keeps so many bytes at most from now on: half of them of the recent end, which the background
    /// moves to the archive in time, a quarter of blocks, an eighth of versions.
    pub(crate) fn limit_memory(&self, bytes: usize) {
        self.limits.0.store(bytes / 2, Ordering::Relaxed);
        self.blocks.limit_kept(bytes / 4);
        locked(&self.versions).set_limit(bytes / 8);
    }

    /// How many bytes of that are taken, about.
    pub(crate) fn memory_held(&self) -> usize {
        let versions = locked(&self.versions).bytes();
        self.recent().bytes() + self.blocks.bytes_kept() + versions
    }
}
