//! What the log says about an event, for the machines that it changes.

use chrono::{DateTime, Utc};

use crate::PartyId;

/// Which event changes a state, and what the log says about it.
#[derive(Clone, Debug)]
pub(crate) struct EventMeta {
    /// The event's version in the agreement's stream.
    pub(crate) event: u64,
    /// When the log learns of it.
    pub(crate) recorded_at: DateTime<Utc>,
    /// Who acted.
    pub(crate) party: PartyId,
    /// All parties that were there.
    pub(crate) all: Vec<PartyId>,
}
