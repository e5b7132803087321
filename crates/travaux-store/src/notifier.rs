//! How whoever waits is told that something has changed, on a thread or as a future. Types of our own, so that no store shows by which
//! crate it does that.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// Tells everybody who listens.
#[derive(Debug, Default)]
pub struct Notifier(event_listener::Event);

impl Notifier {
    /// A notifier to which nobody listens.
    pub const fn new() -> Self {
        Self(event_listener::Event::new())
    }

    /// Tells all who listen now. Change first what they look at.
    pub fn notify_all(&self) {
        self.0.notify(usize::MAX);
    }

    /// A listener, told by the next [`Self::notify_all`]. Listen first, then look, then wait: what changes in between is not missed.
    pub fn listen(&self) -> Listener {
        Listener(self.0.listen())
    }
}

/// Waits until it is told, once: as a future that any executor can run, or by [`Self::wait`].
#[derive(Debug)]
#[must_use = "who does not wait is not told"]
pub struct Listener(event_listener::EventListener);

impl Listener {
    /// Waits on this thread.
    pub fn wait(self) {
        event_listener::Listener::wait(self.0);
    }
}

impl Future for Listener {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_before_is_told_and_who_listens_after_is_not() {
        let notifier = Notifier::new();
        let mut context = Context::from_waker(std::task::Waker::noop());
        let (before, mut future) = (notifier.listen(), notifier.listen());
        assert!(Pin::new(&mut future).poll(&mut context).is_pending());
        notifier.notify_all();
        before.wait();
        assert!(Pin::new(&mut future).poll(&mut context).is_ready());
        let mut after = notifier.listen();
        assert!(Pin::new(&mut after).poll(&mut context).is_pending());
    }
}
