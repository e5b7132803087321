//! Following the log: what there is, then what comes.

use std::sync::Arc;

use crate::{EventStore, Page, Read, StoreError};

/// Reads a log on and on: first what stands there, then every new record as it is appended; none twice, none left out.
#[derive(Debug)]
pub struct LogFollower {
    store: Arc<dyn EventStore>,
    next: u64,
}

impl LogFollower {
    /// A follower that begins at `position`.
    pub fn new(store: Arc<dyn EventStore>, position: u64) -> Self {
        Self {
            store,
            next: position.max(1),
        }
    }

    /// The position that comes next.
    pub fn position(&self) -> u64 {
        self.next
    }

    /// What has come since the last page; empty if nothing has.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails; it stays where it was.
    pub fn poll(&mut self) -> Result<Page, StoreError> {
        let page = self.store.read(&Read::log(self.next))?;
        if let Some(last) = page.records.last() {
            self.next = last.position + 1;
        }
        Ok(page)
    }

    /// The next page; waits on this thread until there is one.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails; it stays where it was.
    pub fn wait(&mut self) -> Result<Page, StoreError> {
        loop {
            let listener = self.store.listen();
            let page = self.poll()?;
            if !page.records.is_empty() {
                return Ok(page);
            }
            listener.wait();
        }
    }

    /// The next page, as a future that any executor can run.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails; it stays where it was.
    pub async fn next(&mut self) -> Result<Page, StoreError> {
        loop {
            let listener = self.store.listen();
            let page = self.poll()?;
            if !page.records.is_empty() {
                return Ok(page);
            }
            listener.await;
        }
    }
}
