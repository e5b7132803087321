//! The embedded event store: records in sled, attachments in a pack file beside it, durable before it answers.
//!
//! sled's own `flush` does not survive a loss of power on Linux (it issues `sync_file_range`), so this adapter syncs sled's
//! file itself before it acknowledges a commit. `DESIGN.md` has the layout and the figures. No sled type leaves this crate.

mod append;
mod block;
mod clean;
mod files;
mod group;
mod keys;
mod pack;
mod reader;
mod snapshots;
mod store;

pub use crate::{snapshots::FileSnapshots, store::SledStore};
