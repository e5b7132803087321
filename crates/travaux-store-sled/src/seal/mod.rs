//! The seal: the log's key, the checkpoints that it signs, and what is published under them.

mod checkpoints;
mod key;
mod publish;

pub(crate) use self::key::Seal;
pub use self::publish::Published;
