//! How a tail hears that the log has grown. A name of our own, so that a test can put another in its place (`tests/live_tail.rs`).

pub(crate) use event_listener::Listener;
