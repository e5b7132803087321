//! What threads wait with. A name of our own, so that a test can put others in its place (`tests/interleavings.rs`).

use std::{io, sync::OnceLock, thread};
pub(crate) use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread::JoinHandle,
};

/// Begins a thread, if the system has one to give; tools show its name.
pub(crate) fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(run)
}

/// A gate that is opened once, with a value. However many wait, opening it is one call to the system.
#[derive(Debug)]
pub(crate) struct Gate<T>(OnceLock<T>);

impl<T> Gate<T> {
    pub(crate) fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Opens it; what it was opened with before stays.
    pub(crate) fn open(&self, value: T) {
        drop(self.0.set(value));
    }

    /// Waits until it is open.
    pub(crate) fn wait(&self) -> &T {
        self.0.wait()
    }
}
