//! The port, by example: the bytes of a record, which commits are the same, what is refused and in which words, and pages.

mod broken;
mod envelopes;
mod errors;
mod following;
mod guards;
mod model;
mod pages;
mod records;
mod same;
mod snapshots;
