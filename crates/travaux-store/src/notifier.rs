//! How a follower of the log hears that the log has grown. A name of our own, so that a test can put another in its place (`tests/following.rs`).

pub(crate) use event_listener::Listener;
