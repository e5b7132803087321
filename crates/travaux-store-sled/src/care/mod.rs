//! Care: what is done to a store as a whole: copies, verification, repair, migration.

pub(crate) mod backup;
pub(crate) mod rebuild;
pub(crate) mod repair;
#[cfg(test)]
mod repair_tests;
mod v1;
mod verify;
