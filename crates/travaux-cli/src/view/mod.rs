//! What commands say: what was done, what happened, what an audit found.

mod audit;
mod committed;
mod timeline;

pub(crate) use audit::Audited;
pub(crate) use committed::{done, done_to};
pub(crate) use timeline::timeline;
