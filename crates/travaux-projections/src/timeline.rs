//! The timeline: what happened, in words, in the order of the log.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{Recorded, Summary};

use crate::Projection;

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// The position in the log.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was done, where a source says so.
    pub done_at: Option<DateTime<Utc>>,
    /// The date of the act, where it has one; else that of `done_at`.
    #[serde(default)]
    pub done_on: Option<NaiveDate>,
    /// From when it has effect, where that is settled.
    pub effective_from: Option<NaiveDate>,
    /// Who acted.
    pub actor: String,
    /// What happened.
    pub what: String,
}

/// What happened, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// The lines.
    pub entries: Vec<TimelineEntry>,
}

impl Projection for Timeline {
    const NAME: &'static str = "timeline";
    const VERSION: u32 = 2;

    fn apply(&mut self, recorded: &Recorded) {
        let Summary {
            what,
            actor,
            done_at,
            done_on,
            effective_from,
        } = recorded.describe();
        self.entries.push(TimelineEntry {
            position: recorded.position,
            stream: recorded.stream.to_string(),
            recorded_at: recorded.recorded_at,
            done_at,
            done_on: done_on.or(done_at.map(|at| at.date_naive())),
            effective_from,
            actor: actor.unwrap_or_else(|| recorded.actor.to_string()),
            what,
        });
    }
}
