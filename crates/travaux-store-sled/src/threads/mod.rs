//! Threads: callers whose appends are done together, and what is done in the background.

mod background;
#[cfg(test)]
mod background_tests;
mod group;
#[cfg(test)]
mod group_tests;
mod sync;

pub use self::background::Options;
pub(crate) use self::{background::Background, group::Group};
