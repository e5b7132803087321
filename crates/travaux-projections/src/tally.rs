//! The tally: what the log holds, counted, and the digests of all texts bound together.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{Recorded, agreement::AgreementEvent};
use travaux_text::Digest;

use crate::Projection;

/// What an audit compares between the stored views and the rebuilt ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Events.
    pub events: u64,
    /// When the last of them was recorded.
    pub last_recorded_at: Option<DateTime<Utc>>,
    /// Events by type.
    pub by_type: BTreeMap<String, u64>,
    /// Streams.
    pub streams: u64,
    /// Adopted texts, over all languages.
    pub texts: u64,
    /// A chain over the digests of all adopted texts, in order of position: SHA-256 of the chain so far and the next digest.
    pub chain: Option<Digest>,
}

impl Projection for Tally {
    const NAME: &'static str = "tally";
    const VERSION: u32 = 2;

    fn apply(&mut self, recorded: &Recorded) {
        self.events += 1;
        self.last_recorded_at = Some(recorded.recorded_at);
        self.streams += u64::from(recorded.version == 1);
        *self
            .by_type
            .entry(recorded.event.type_name().to_owned())
            .or_default() += 1;
        if let Some(AgreementEvent::TextAdopted(adopted)) = recorded.event.agreement() {
            for digest in adopted.digests.values() {
                self.texts += 1;
                let before = self.chain.map_or([0; 32], |d| d.0);
                self.chain = Some(Digest::of(&[before, digest.0].concat()));
            }
        }
    }
}
