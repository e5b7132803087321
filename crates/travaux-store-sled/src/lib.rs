//! The embedded event store: a journal in which a commit becomes durable with one write and one sync, an archive of compressed
//! blocks, a pack of attachments, and sled as the catalogue of what is where.
//!
//! Every record is a leaf of a Merkle tree whose root is written with it, so that what was changed on the disk is found.
//! `DESIGN.md` has the layout, the promises and the figures. No sled type leaves this crate.
//!
//! ```
//! use std::sync::Arc;
//! use travaux_store::EventStore as _;
//! use travaux_store_sled::{FileSnapshots, SledStore};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("store");
//! let store = Arc::new(SledStore::open(&path)?);
//! let snapshots = FileSnapshots::new(path.join("projections"));
//! assert_eq!(store.head(), 0);
//! # drop(snapshots);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[doc(hidden)]
pub mod any_bytes;
mod archive;
mod care;
mod catalogue;
mod files;
mod journal;
mod log;
mod seal;
mod snapshots;
mod store;
mod threads;
mod vault;

pub use crate::{
    care::{BackedUp, Migrated, Repaired, migrate, repair, restore},
    seal::Published,
    snapshots::FileSnapshots,
    store::SledStore,
    threads::Options,
    vault::Vault,
};
