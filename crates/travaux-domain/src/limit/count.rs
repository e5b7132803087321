//! When a period ends, and why then.

use std::fmt;

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{
    Calendar, Moment, Period, Unit,
    calendar::{day_at, start_of},
};

/// What an agreement's rules on periods say beside that the day from which a period runs is not
/// counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// The hour from which a period of hours runs is not counted (1182/71, 3(1)). Else the period
    /// runs from the instant itself.
    #[serde(default)]
    pub whole_hours: bool,
    /// A period that is not in hours and would end on a day of rest or a holiday ends with the next
    /// day that is worked on (1182/71, 3(4)).
    #[serde(default)]
    pub rolls_over: bool,
    /// A period of two days or more has two days that are worked on (1182/71, 3(5)).
    #[serde(default)]
    pub two_working_days: bool,
}

impl Counting {
    /// From the instant, or the day after; nothing else.
    pub const PLAIN: Self = Self {
        whole_hours: false,
        rolls_over: false,
        two_working_days: false,
    };

    /// Article 3 of Regulation (EEC, Euratom) No 1182/71: for acts of the European Union alone.
    pub const REGULATION_1182_71: Self = Self {
        whole_hours: true,
        rolls_over: true,
        two_working_days: true,
    };
}

/// For how long a clock stands still: from when on, and until when; absent while it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Option<Moment>,
}

/// Why a period ends when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// It runs from the instant itself.
    FromTheInstant,
    /// The hour from which it runs is not counted.
    HourNotCounted,
    /// The day from which it runs is not counted.
    DayNotCounted {
        /// Which, in the zone of who must act.
        day: NaiveDate,
    },
    /// The clock stood still.
    StoodStill {
        /// From which day on.
        from: NaiveDate,
        /// Until which day.
        to: NaiveDate,
    },
    /// Its last day would have been one that is not worked on.
    RolledOver {
        /// That day.
        from: NaiveDate,
    },
    /// It would have had less than two days that are worked on.
    TwoWorkingDays {
        /// Its last day without that rule.
        from: NaiveDate,
    },
}

/// When a period ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The instant of its end.
    pub until: DateTime<Utc>,
    /// Its last day where who must act is; none of one in hours.
    pub last_day: Option<NaiveDate>,
    /// Why then, in the order in which it was found.
    pub because: Vec<Because>,
}

impl Due {
    /// Whether an act came in time. One of which only the day is known did by its day; for a period
    /// of hours, by the end of that day.
    pub fn is_kept(&self, act: Moment, calendar: &Calendar) -> bool {
        match (self.last_day, act.at, calendar.tz()) {
            (Some(last), None, _) => act.on <= last,
            (_, Some(at), _) => self.is_running(at.to_utc()),
            (None, None, Some(zone)) => act.latest(zone).is_some_and(|end| end <= self.until),
            (None, None, None) => false,
        }
    }

    /// Whether it runs still at an instant. Hours end with their last instant; a last day, before
    /// the first one of the next.
    pub fn is_running(&self, instant: DateTime<Utc>) -> bool {
        match self.last_day {
            Some(_) => instant < self.until,
            None => instant <= self.until,
        }
    }
}

/// A clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It runs, and comes to its end.
    Runs(Due),
    /// It stands still.
    Stands {
        /// Since when.
        since: Moment,
    },
}

/// When a period ends that runs from `start`, for who must act by `calendar`. Each stop puts the end
/// off by what it lasted: hours by the instant, days by the days between. One that began when the
/// period had ended puts nothing off. Absent where the calendar names no zone, and for dates that no
/// calendar has.
pub fn due(
    period: Period,
    counting: Counting,
    calendar: &Calendar,
    start: Moment,
    stops: &[Stop],
) -> Option<Clock> {
    let zone = calendar.tz()?;
    let count = Count {
        period,
        counting,
        calendar,
        zone,
    };
    match period.unit() {
        Unit::Hours => count.hours(start, stops),
        Unit::Days | Unit::WorkingDays | Unit::Months => count.days(start, stops),
    }
}

struct Count<'a> {
    period: Period,
    counting: Counting,
    calendar: &'a Calendar,
    zone: Tz,
}

impl Count<'_> {
    fn hours(&self, start: Moment, stops: &[Stop]) -> Option<Clock> {
        let start = start.latest(self.zone)?;
        day_at(start, self.zone)?;
        let (from, why) = if self.counting.whole_hours && self.period.count() > 0 {
            (self.next_hour(start), Because::HourNotCounted)
        } else {
            (start, Because::FromTheInstant)
        };
        let length = TimeDelta::try_hours(self.period.count().into())?;
        let mut due = Due {
            until: from.checked_add_signed(length)?,
            last_day: None,
            because: vec![why],
        };
        for stop in stops {
            let from = stop.from.latest(self.zone)?;
            if !due.is_running(from) {
                continue;
            }
            let Some(to) = stop.to else {
                return Some(Clock::Stands { since: stop.from });
            };
            let stood = to.latest(self.zone)? - from;
            due.until = due.until.checked_add_signed(stood)?;
            due.because.push(Because::StoodStill {
                from: stop.from.day_in(self.zone)?,
                to: to.day_in(self.zone)?,
            });
        }
        Some(Clock::Runs(due))
    }

    /// When the hour behind that of an instant begins, by the clocks of who must act.
    fn next_hour(&self, instant: DateTime<Utc>) -> DateTime<Utc> {
        let local = instant.with_timezone(&self.zone);
        let past = TimeDelta::minutes(local.minute().into())
            + TimeDelta::seconds(local.second().into())
            + TimeDelta::nanoseconds(local.nanosecond().into());
        instant - past + TimeDelta::hours(1)
    }

    fn days(&self, start: Moment, stops: &[Stop]) -> Option<Clock> {
        let start = start.day_in(self.zone)?;
        let mut because = vec![Because::DayNotCounted { day: start }];
        let mut last = self.last_day(start)?;
        for stop in stops {
            let from = stop.from.day_in(self.zone)?;
            if from > self.end(start, last)?.0 {
                continue;
            }
            let Some(to) = stop.to else {
                return Some(Clock::Stands { since: stop.from });
            };
            let to = to.day_in(self.zone)?;
            last = self.go_on(last, from, to)?;
            because.push(Because::StoodStill { from, to });
        }
        let (end, why) = self.end(start, last)?;
        because.extend(why);
        Some(Clock::Runs(Due {
            until: start_of(end.succ_opt()?, self.zone)?,
            last_day: Some(end),
            because,
        }))
    }

    /// The last day, before any rule moves it.
    fn last_day(&self, start: NaiveDate) -> Option<NaiveDate> {
        let count = self.period.count();
        let number = count.unsigned_abs();
        let days = Days::new(number.into());
        match (self.period.unit(), count < 0) {
            (Unit::WorkingDays, _) => self.calendar.add_working(start, count),
            (Unit::Months, false) => start.checked_add_months(Months::new(number)),
            (Unit::Months, true) => start.checked_sub_months(Months::new(number)),
            (Unit::Days | Unit::Hours, false) => start.checked_add_days(days),
            (Unit::Days | Unit::Hours, true) => start.checked_sub_days(days),
        }
    }

    /// The last day of a period that stood still from a day until another: what was left of it
    /// begins on the day after. Nothing is left on a day to which it was moved.
    fn go_on(&self, last: NaiveDate, from: NaiveDate, to: NaiveDate) -> Option<NaiveDate> {
        if from >= last {
            return Some(to);
        }
        if self.period.unit() == Unit::WorkingDays {
            let left = self.calendar.working_between(from, last);
            return self.calendar.add_working(to, left);
        }
        last.checked_add_signed(to - from)
    }

    /// The last day by all rules, and those that moved it. They hold for no period that is counted
    /// backwards (1182/71, 3(4)), and a working day is one already.
    fn end(&self, start: NaiveDate, last: NaiveDate) -> Option<(NaiveDate, Vec<Because>)> {
        let (mut end, mut because) = (last, Vec::new());
        if self.period.count() < 0 || self.period.unit() == Unit::WorkingDays {
            return Some((end, because));
        }
        if self.counting.rolls_over {
            end = self.calendar.working_from(last)?;
            if end != last {
                because.push(Because::RolledOver { from: last });
            }
        }
        let long = self.period.unit() == Unit::Months || self.period.count() > 1;
        let missing = 2 - self.calendar.working_between(start, end);
        if self.counting.two_working_days && long && missing > 0 {
            because.push(Because::TwoWorkingDays { from: end });
            end = self.calendar.add_working(end, missing)?;
        }
        Some((end, because))
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FromTheInstant => f.write_str("it runs from the instant itself"),
            Self::HourNotCounted => {
                f.write_str("the hour from which it runs is not counted (1182/71, 3(1))")
            }
            Self::DayNotCounted { day } => {
                write!(f, "the day from which it runs, {day}, is not counted")
            }
            Self::StoodStill { from, to } => write!(f, "the clock stood still from {from} to {to}"),
            Self::RolledOver { from } => {
                write!(f, "{from} is not worked on (1182/71, 3(4))")
            }
            Self::TwoWorkingDays { from } => write!(
                f,
                "until {from} there are less than two working days (1182/71, 3(5))"
            ),
        }
    }
}
