//! One reader of the log for all subscriptions: an event is read and decoded once, and shared.
//!
//! There is no thread behind it. Whichever subscription is first at the end of what was read takes its turn to read on, for all;
//! the others wait until it has. What was read last is kept, within bounds; who needs something older reads it alone.

use std::{
    cell::Cell,
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use travaux_domain::Recorded;
use travaux_store::{EventStore, Listener, Notifier, Read, Record};

use crate::{Error, decode};

/// How many events are read in one go.
const PAGE: usize = 256;
/// A page ends when its events have so many bytes.
const PAGE_BYTES: usize = 1 << 20;
/// How many events are kept for those who come next, and how many bytes of them.
const KEPT: usize = 4 * PAGE;
const KEPT_BYTES: usize = 4 * PAGE_BYTES;

/// An event, shared, and the bytes that it has in the log.
type Shared = (Arc<Recorded>, usize);

/// What was read last, of consecutive positions.
#[derive(Debug, Default)]
struct Recent {
    events: VecDeque<Shared>,
    bytes: usize,
    /// The position behind the last event.
    end: u64,
    /// Whether somebody is reading on.
    reading: bool,
    /// The position that could not be read for all.
    unreadable: Option<u64>,
}

/// The one reader.
#[derive(Debug)]
pub(crate) struct Feed {
    store: Arc<dyn EventStore>,
    recent: Mutex<Recent>,
    moved: Notifier,
}

/// What a subscription does next.
#[derive(Debug)]
pub(crate) enum Step {
    /// It takes these events: the next one that it needs, and those behind it.
    Take(Vec<Arc<Recorded>>),
    /// It reads on, for all.
    Turn(Turn),
    /// It reads alone: what it needs is no longer kept, or cannot be read for all.
    Alone,
    /// It waits until somebody has read on.
    Busy(Listener),
    /// It waits until there is more.
    End(Listener),
}

impl Recent {
    /// Events from position `from` on, if it is among those that are kept.
    fn take(&self, from: u64) -> Option<Vec<Arc<Recorded>>> {
        let behind = usize::try_from(self.end.checked_sub(from)?).ok()?;
        let first = self.events.len().checked_sub(behind)?;
        let (mut events, mut bytes) = (Vec::new(), 0);
        for (event, size) in self.events.range(first..).take(PAGE) {
            if bytes >= PAGE_BYTES {
                break;
            }
            bytes += size;
            events.push(Arc::clone(event));
        }
        (!events.is_empty()).then_some(events)
    }

    fn keep(&mut self, events: Vec<Shared>) {
        for (event, bytes) in events {
            self.end = event.position + 1;
            self.bytes += bytes;
            self.events.push_back((event, bytes));
        }
        while self.events.len() > KEPT || (self.bytes > KEPT_BYTES && self.events.len() > 1) {
            self.bytes -= self.events.pop_front().map_or(0, |(_, bytes)| bytes);
        }
    }
}

impl Feed {
    pub(crate) fn new(store: Arc<dyn EventStore>) -> Self {
        Self {
            store,
            recent: Mutex::default(),
            moved: Notifier::new(),
        }
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a subscription that needs position `from` does next.
    pub(crate) fn step(self: &Arc<Self>, from: u64) -> Step {
        if let Some(events) = self.recent().take(from) {
            return Step::Take(events);
        }
        // Listen first, then look: what comes in between is not missed.
        let grown = self.store.listen();
        if self.store.head() < from {
            return Step::End(grown);
        }
        let mut recent = self.recent();
        if let Some(events) = recent.take(from) {
            return Step::Take(events);
        }
        if from < recent.end || recent.unreadable == Some(from) {
            return Step::Alone;
        }
        if recent.reading {
            return Step::Busy(self.moved.listen());
        }
        recent.reading = true;
        Step::Turn(Turn {
            feed: Arc::clone(self),
            from,
        })
    }

    fn decode(&self, record: &Record) -> Result<Shared, Error> {
        let bytes = Cell::new(record.bytes().len());
        let event = decode(record.encoded_event()?, |id| {
            let found = self.store.attachment(id)?;
            bytes.set(bytes.get() + found.as_ref().map_or(0, Vec::len));
            Ok(found)
        })?;
        Ok((Arc::new(event), bytes.get()))
    }

    /// Reads a page from `from` on: what can be read of it, and why not more, if so.
    fn page(&self, from: u64) -> (Vec<Shared>, Result<(), Error>) {
        let (mut events, mut bytes) = (Vec::new(), 0);
        let mut read = || -> Result<(), Error> {
            let page = self.store.read(&Read::log(from).limit(PAGE))?;
            for record in &page.records {
                let (event, size) = self.decode(record)?;
                bytes += size;
                events.push((event, size));
                if bytes >= PAGE_BYTES {
                    break;
                }
            }
            Ok(())
        };
        let done = read();
        (events, done)
    }

    /// Reads a page from `from` on for one subscription.
    pub(crate) fn alone(&self, from: u64) -> Result<Vec<Arc<Recorded>>, Error> {
        let (events, done) = self.page(from);
        if events.is_empty() {
            done?;
        }
        Ok(events.into_iter().map(|(event, _)| event).collect())
    }
}

/// The turn to read on for all. It ends when it is dropped, whether or not anything was read, so that the others never wait for nothing.
#[derive(Debug)]
pub(crate) struct Turn {
    feed: Arc<Feed>,
    from: u64,
}

impl Turn {
    /// Is told when the turn has ended.
    pub(crate) fn ended(&self) -> Listener {
        self.feed.moved.listen()
    }

    /// Reads a page.
    pub(crate) fn read(self) {
        let (events, done) = self.feed.page(self.from);
        let mut recent = self.feed.recent();
        if self.from > recent.end {
            // Nobody has followed for a while: what is kept ends before what is wanted.
            (recent.events, recent.bytes) = (VecDeque::new(), 0);
        }
        recent.end = self.from;
        recent.keep(events);
        // Each finds out alone why.
        recent.unreadable = done.is_err().then_some(recent.end);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.feed.recent().reading = false;
        self.feed.moved.notify_all();
    }
}
