//! The log as a whole, over journal, archive and catalogue: what is appended to it and read from it.

mod append;
#[cfg(test)]
mod append_tests;
pub(crate) mod clean;
mod read;
