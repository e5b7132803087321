//! Subscriptions: what there is, then what comes.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use travaux_domain::Recorded;
use travaux_store::Listener;

use crate::{
    Error,
    feed::{Feed, Step},
};

/// Events from a position on and on: none twice, none left out, in the order of the log.
///
/// Any number of subscriptions of one engine share its reading: an event is decoded once, and all get the same [`Arc`]. One that is
/// slower than what the engine keeps reads by itself until it has caught up. A subscription holds no more than a page of events,
/// whatever comes meanwhile, and no thread.
///
/// It is a [`Stream`] that never ends, on any executor; [`Self::wait`] is for threads. Where an event cannot be read it gives the error
/// and stays there: the next call tries again.
///
/// ```
/// # use std::sync::Arc;
/// # use travaux::{Ports, blocking::Engine, domain::{Actor, Profile, agreement::AgreementCommand}};
/// # use travaux_store::{MemorySnapshots, MemoryStore};
/// # let engine = Engine::open(Arc::new(MemoryStore::new()), Arc::new(MemorySnapshots::default()), Ports::system())?;
/// # let proposal = travaux::proposal("Arrangement", Profile::arrangement())
/// #     .party("FR", "France").party("MA", "Maroc").text("fr", "## Article 1\n")?.build();
/// # engine.act(engine.new_agreement_id(), &Actor::party("FR"), [AgreementCommand::Propose(Box::new(proposal))])?;
/// use futures_lite::StreamExt as _;
///
/// let types = engine.subscribe(1).take(1).map(|event| Ok(event?.event.type_name()));
/// let types: Vec<Result<_, travaux::Error>> = futures_lite::future::block_on(types.collect());
/// assert!(matches!(types[..], [Ok("AgreementProposed")]));
/// # Ok::<(), travaux::Error>(())
/// ```
#[derive(Debug)]
pub struct Subscription {
    feed: Arc<Feed>,
    next: u64,
    ready: std::vec::IntoIter<Arc<Recorded>>,
    waiting: Waiting,
}

/// What a subscription that is asked as a future waits for.
#[derive(Debug)]
enum Waiting {
    Nothing,
    Told(Listener),
    Alone(blocking::Task<Result<Vec<Arc<Recorded>>, Error>>),
}

impl Subscription {
    pub(crate) fn new(feed: Arc<Feed>, from: u64) -> Self {
        Self {
            feed,
            next: from.max(1),
            ready: Vec::new().into_iter(),
            waiting: Waiting::Nothing,
        }
    }

    /// The position of the event that comes next.
    pub fn next_position(&self) -> u64 {
        self.next
    }

    fn take(&mut self) -> Option<Arc<Recorded>> {
        let event = self.ready.next()?;
        self.next = event.position + 1;
        Some(event)
    }

    /// The next event; waits on this thread until there is one.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn wait(&mut self) -> Result<Arc<Recorded>, Error> {
        loop {
            match self.advance()? {
                Ok(event) => return Ok(event),
                Err(listener) => listener.wait(),
            }
        }
    }

    /// The next event if there is one now.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn try_next(&mut self) -> Result<Option<Arc<Recorded>>, Error> {
        Ok(self.advance()?.ok())
    }

    /// The next event, or who tells when there is more; reads on this thread.
    fn advance(&mut self) -> Result<Result<Arc<Recorded>, Listener>, Error> {
        // What was begun as a future is begun anew.
        self.waiting = Waiting::Nothing;
        loop {
            if let Some(event) = self.take() {
                return Ok(Ok(event));
            }
            match self.feed.step(self.next) {
                Step::Take(events) => self.ready = events.into_iter(),
                Step::Turn(turn) => turn.read(),
                Step::Alone => self.ready = self.feed.alone(self.next)?.into_iter(),
                Step::Busy(listener) => listener.wait(),
                Step::End(listener) => return Ok(Err(listener)),
            }
        }
    }

    /// The next event, as a future that any executor can run. Nothing is lost where it is dropped.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn next(&mut self) -> Result<Arc<Recorded>, Error> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// As [`Self::advance`], but the store is read on a thread of the pool.
    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Result<Arc<Recorded>, Error>> {
        loop {
            if let Some(event) = self.take() {
                return Poll::Ready(Ok(event));
            }
            match &mut self.waiting {
                Waiting::Nothing => {}
                Waiting::Told(listener) => ready!(Pin::new(listener).poll(context)),
                Waiting::Alone(task) => {
                    let read = ready!(Pin::new(task).poll(context));
                    self.waiting = Waiting::Nothing;
                    self.ready = read?.into_iter();
                    continue;
                }
            }
            self.waiting = match self.feed.step(self.next) {
                Step::Take(events) => {
                    self.ready = events.into_iter();
                    Waiting::Nothing
                }
                Step::Turn(turn) => {
                    let ended = turn.ended();
                    // It is done for all, so it goes on if this subscription is dropped.
                    blocking::unblock(move || turn.read()).detach();
                    Waiting::Told(ended)
                }
                Step::Alone => {
                    let (feed, from) = (Arc::clone(&self.feed), self.next);
                    Waiting::Alone(blocking::unblock(move || feed.alone(from)))
                }
                Step::Busy(listener) | Step::End(listener) => Waiting::Told(listener),
            };
        }
    }
}

impl Stream for Subscription {
    type Item = Result<Arc<Recorded>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context).map(Some)
    }
}
