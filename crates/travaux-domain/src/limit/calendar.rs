//! Calendars: zone, days of rest, holidays.

use std::collections::BTreeSet;

use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc, Weekday,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Due, Period};
use crate::Name;

/// When a party works, and by which clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The zone, by its name in the IANA time zone database, such as `Africa/Casablanca`.
    pub zone: Name,
    /// The days of each week that are not worked on: `Sat` and `Sun`, if nothing is said.
    #[serde(default = "weekend")]
    pub rest: Vec<Weekday>,
    /// The other days that are not.
    #[serde(default)]
    pub holidays: BTreeSet<NaiveDate>,
}

fn weekend() -> Vec<Weekday> {
    vec![Weekday::Sat, Weekday::Sun]
}

impl Calendar {
    /// The calendar of a zone, with Saturdays and Sundays off and no holidays.
    pub fn of(zone: &str) -> Self {
        Self {
            zone: zone.into(),
            rest: weekend(),
            holidays: BTreeSet::new(),
        }
    }

    /// The zone; absent where the name is not that of one.
    pub(crate) fn tz(&self) -> Option<Tz> {
        self.zone.parse().ok()
    }

    /// The end of a day: 24:00 in the zone.
    pub fn end_of(&self, day: NaiveDate) -> Option<Due> {
        Some(Due {
            until: start_of(day.succ_opt()?, self.tz()?)?,
            last_day: Some(day),
            because: Vec::new(),
        })
    }

    /// Whether a day is worked on.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        !self.rest.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The day, or the first one after it that is worked on.
    pub(super) fn working_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut days = day.iter_days().take(FAR);
        days.find(|day| self.is_working(*day))
    }

    /// So many days that are worked on after a day; before it, if they are below zero.
    pub(super) fn add_working(&self, day: NaiveDate, count: i32) -> Option<NaiveDate> {
        let (mut at, mut left) = (day, count.unsigned_abs());
        for _ in 0..FAR {
            if left == 0 {
                return Some(at);
            }
            at = if count < 0 {
                at.pred_opt()?
            } else {
                at.succ_opt()?
            };
            left -= u32::from(self.is_working(at));
        }
        None
    }

    /// How many days are worked on after a day, up to another and with it.
    pub(super) fn working_between(&self, after: NaiveDate, to: NaiveDate) -> i32 {
        let days = after.iter_days().skip(1).take(FAR);
        let worked = days.take_while(|day| *day <= to);
        let count = worked.filter(|day| self.is_working(*day)).count();
        i32::try_from(count).unwrap_or(i32::MAX)
    }
}

/// How many days are looked through: more than the longest period has, of one day worked on a week.
const FAR: usize = 8 * Period::MAX as usize;

/// Within these years every instant of every zone can be told.
fn usable(day: NaiveDate) -> Option<NaiveDate> {
    (1..=9_998).contains(&day.year()).then_some(day)
}

/// The day on which an instant falls in a zone.
pub(super) fn day_at(instant: DateTime<Utc>, zone: Tz) -> Option<NaiveDate> {
    usable(instant.date_naive())?;
    Some(instant.with_timezone(&zone).date_naive())
}

/// The first instant of a day in a zone: 24:00 of the day before. Where the clocks skip midnight, or
/// the whole day, it is the instant of the skip.
pub(super) fn start_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = usable(day)?.and_time(NaiveTime::MIN);
    let told = zone.from_local_datetime(&midnight).earliest();
    if let Some(told) = told {
        return Some(told.to_utc());
    }
    // The skip: before it clocks show less than that midnight, from it on more.
    let is_past = |instant: DateTime<Utc>| instant.with_timezone(&zone).naive_local() >= midnight;
    let (mut before, mut past) = (
        midnight.and_utc() - TimeDelta::hours(30),
        midnight.and_utc() + TimeDelta::hours(30),
    );
    while past - before > TimeDelta::seconds(1) {
        let middle = before + (past - before) / 2;
        if is_past(middle) {
            past = middle;
        } else {
            before = middle;
        }
    }
    // Clocks change at whole seconds.
    DateTime::from_timestamp(past.timestamp(), 0)
}
