//! What threads wait with. A name of our own, so that a test can put others in its place (`tests/interleavings.rs`).

pub(crate) use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread::{Thread, current, park},
};
