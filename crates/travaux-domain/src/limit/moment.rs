//! Moments: the day of an act, and the instant where it is known.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{
    Calendar,
    calendar::{day_at, start_of},
};

/// When something was done: its day, where who did it is; and the instant, where it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub on: NaiveDate,
    /// The instant.
    pub at: Option<DateTime<FixedOffset>>,
}

impl Moment {
    /// A day of which no instant is known.
    pub fn day(on: NaiveDate) -> Self {
        Self { on, at: None }
    }

    /// Its day in a zone: that of the instant, where it is known.
    pub(super) fn day_in(self, zone: Tz) -> Option<NaiveDate> {
        self.at
            .map_or(Some(self.on), |at| day_at(at.to_utc(), zone))
    }

    /// The last instant at which it can have been: the end of its day where none is known.
    pub(super) fn latest(self, zone: Tz) -> Option<DateTime<Utc>> {
        self.at
            .map(|at| at.to_utc())
            .or_else(|| start_of(self.on.succ_opt()?, zone))
    }

    /// Whether it certainly comes before another of the same party.
    pub fn is_before(self, other: Self) -> bool {
        match (self.at, other.at) {
            (Some(one), Some(other)) => one < other,
            _ => self.on < other.on,
        }
    }

    /// Whether it certainly comes before another of somebody elsewhere, whose day may have begun
    /// earlier or later.
    pub fn is_before_abroad(self, other: Self) -> bool {
        match (self.at, other.at) {
            (Some(one), Some(other)) => one < other,
            _ => self.on.succ_opt().is_some_and(|next| next < other.on),
        }
    }

    /// Whether it had come at an instant: its beginning in the zone of the calendar, where only its
    /// day is known; in UTC where there is none.
    pub fn had_come(self, instant: DateTime<Utc>, calendar: Option<&Calendar>) -> bool {
        let zone = calendar.and_then(Calendar::tz);
        let begun = match (self.at, zone) {
            (Some(at), _) => Some(at.to_utc()),
            (None, Some(zone)) => start_of(self.on, zone),
            (None, None) => Some(self.on.and_time(chrono::NaiveTime::MIN).and_utc()),
        };
        begun.is_some_and(|begun| begun <= instant)
    }

    /// How long it is from here to a later moment: by their instants, else in whole days.
    pub fn until(self, later: Self) -> TimeDelta {
        match (self.at, later.at) {
            (Some(one), Some(other)) => other.signed_duration_since(one),
            _ => later.on.signed_duration_since(self.on),
        }
    }
}
