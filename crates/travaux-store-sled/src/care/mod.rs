//! Care: what is done to a store as a whole: copies, verification, repair, migration.

mod backup;
mod migrate;
mod rebuild;
mod repair;
#[cfg(test)]
mod repair_tests;
mod restore;
mod v1;
mod verify;

pub use self::{
    backup::BackedUp,
    migrate::{Migrated, migrate},
    repair::{Repaired, repair},
    restore::restore,
};
pub(crate) use self::{backup::backup, verify::verify};
