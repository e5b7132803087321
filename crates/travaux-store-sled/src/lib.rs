//! The embedded event store: a journal in which a commit becomes durable with one write and one sync, an archive of compressed
//! blocks, a pack of attachments, and sled as the catalogue of what is where.
//!
//! Every record is a leaf of a Merkle tree whose root is written with it, so that what was changed on the disk is found.
//! `DESIGN.md` has the layout, the promises and the figures. No sled type leaves this crate.

#[doc(hidden)]
pub mod any_bytes;
mod append;
#[cfg(test)]
mod append_tests;
mod archive;
#[cfg(test)]
mod archive_tests;
mod backup;
mod block;
mod blocks;
#[cfg(test)]
mod blocks_tests;
mod catalogue;
#[cfg(test)]
mod catalogue_tests;
mod clean;
mod files;
mod filter;
mod frame;
mod group;
#[cfg(test)]
mod group_tests;
mod journal;
#[cfg(test)]
mod journal_tests;
mod keys;
mod leb;
mod merge;
mod pack;
mod publish;
mod reader;
mod rebuild;
mod repair;
#[cfg(test)]
mod repair_tests;
mod run;
mod seal;
mod sled_guard;
mod snapshots;
mod store;
mod sync;
mod tail;
mod upkeep;
#[cfg(test)]
mod upkeep_tests;
mod v1;
mod verify;

pub use crate::{
    backup::{BackedUp, restore},
    publish::Published,
    rebuild::{Migrated, migrate},
    repair::{Repaired, repair},
    snapshots::FileSnapshots,
    store::{Options, SledStore},
};
