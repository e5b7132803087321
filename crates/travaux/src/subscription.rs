//! Subscriptions: what there is, then what comes.

use std::sync::Arc;

use travaux_domain::Recorded;
use travaux_store::{EventStore, LogFollower};

use crate::{Error, reader::recorded};

/// Events from a position on and on: none twice, none left out.
#[derive(Debug)]
pub struct Subscription {
    store: Arc<dyn EventStore>,
    tail: LogFollower,
    ready: std::vec::IntoIter<Recorded>,
}

impl Subscription {
    pub(crate) fn new(store: Arc<dyn EventStore>, from: u64) -> Self {
        Self {
            tail: LogFollower::new(Arc::clone(&store), from),
            store,
            ready: Vec::new().into_iter(),
        }
    }

    fn take(&mut self, page: &travaux_store::Page) -> Result<(), Error> {
        let events: Result<Vec<_>, _> = page
            .records
            .iter()
            .map(|record| recorded(&*self.store, record))
            .collect();
        self.ready = events?.into_iter();
        Ok(())
    }

    /// The next event; waits on this thread until there is one.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn wait(&mut self) -> Result<Recorded, Error> {
        loop {
            if let Some(event) = self.ready.next() {
                return Ok(event);
            }
            let page = self.tail.wait()?;
            self.take(&page)?;
        }
    }

    /// The next event, as a future that any executor can run.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn next(&mut self) -> Result<Recorded, Error> {
        loop {
            if let Some(event) = self.ready.next() {
                return Ok(event);
            }
            let page = self.tail.next().await?;
            self.take(&page)?;
        }
    }

    /// The next event if there is one now.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn poll(&mut self) -> Result<Option<Recorded>, Error> {
        if self.ready.as_slice().is_empty() {
            let page = self.tail.poll()?;
            self.take(&page)?;
        }
        Ok(self.ready.next())
    }
}
