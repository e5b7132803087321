//! Threads: callers whose appends are done together, and what is done in the background.

pub(crate) mod background;
#[cfg(test)]
mod background_tests;
pub(crate) mod group;
#[cfg(test)]
mod group_tests;
mod sync;
