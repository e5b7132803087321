//! How an action recurs: a small part of the recurrence rules of RFC 5545, 3.3.10 (RM3).
//!
//! ```
//! use travaux_domain::roadmap::Recurrence;
//!
//! let quarterly: Recurrence = "FREQ=MONTHLY;INTERVAL=3;COUNT=4".parse()?;
//! let first = "2025-03-31".parse()?;
//! let days: Vec<_> = quarterly.from(first).map(|day| day.to_string()).collect();
//! // RFC 5545: what falls on a day that there is not, is left out and not counted.
//! assert_eq!(days, ["2025-03-31", "2025-12-31", "2026-03-31", "2026-12-31"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Read are `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`), `INTERVAL`, one of `COUNT` and `UNTIL`
//! (a date, which counts), and with `MONTHLY` alone `BYMONTHDAY=-1`: the last day of the month. The
//! first day is that on which the action is due. All else is refused by name. The crate `rrule`
//! reads all of it, with times, zones and regular expressions that due days have no use for.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

/// Words are no recurrence rule that is read here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read `{text}` as a recurrence: expected {expected}")]
pub struct ParseRecurrenceError {
    /// All that was to be read.
    pub text: String,
    /// What would have been right.
    pub expected: &'static str,
}

/// The longest interval, and the highest count.
const MOST: u32 = 1_000;

/// How many dates in a row may fall on days that there are not: a 29 February comes within eight
/// years, in steps that meet one at all within some more.
const MISSES: u32 = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    LastOfMonth,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    None,
    Count(u32),
    Until(NaiveDate),
}

/// How an action recurs. It is read from words, and written as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    every: Every,
    interval: u32,
    bound: Bound,
}

impl Recurrence {
    /// The days on which it falls due, from the first one on. Without a bound, there is no end of
    /// them but that of the calendar.
    pub fn from(&self, first: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        let first = match self.every {
            Every::LastOfMonth => last_of_month(first),
            Every::Day | Every::Week | Every::Month | Every::Year => first,
        };
        let mut step = 0_u32;
        let days = std::iter::from_fn(move || {
            for _ in 0..MISSES {
                let day = self.nth(first, step);
                step = step.checked_add(1)?;
                match day {
                    Step::Day(day) => return Some(day),
                    Step::None => {}
                    Step::Over => return None,
                }
            }
            None
        });
        let (count, until) = match self.bound {
            Bound::None => (usize::MAX, NaiveDate::MAX),
            Bound::Count(count) => (count as usize, NaiveDate::MAX),
            Bound::Until(until) => (usize::MAX, until),
        };
        days.take(count).take_while(move |day| *day <= until)
    }

    /// The day after so many steps; none where the month has no such day, which RFC 5545 leaves out.
    fn nth(&self, first: NaiveDate, step: u32) -> Step {
        let Some(steps) = self.interval.checked_mul(step) else {
            return Step::Over;
        };
        let days = |each: u64| first.checked_add_days(Days::new(u64::from(steps) * each));
        let months = |each: u32| {
            let months = steps.checked_mul(each)?;
            first.checked_add_months(Months::new(months))
        };
        let day = match self.every {
            Every::Day => days(1),
            Every::Week => days(7),
            Every::Month => months(1),
            Every::LastOfMonth => months(1).map(last_of_month),
            Every::Year => months(12),
        };
        let exact = matches!(self.every, Every::Month | Every::Year);
        match day {
            None => Step::Over,
            Some(day) if exact && day.day() != first.day() => Step::None,
            Some(day) => Step::Day(day),
        }
    }

    /// Whether it comes to an end.
    pub fn ends(&self) -> bool {
        self.bound != Bound::None
    }
}

enum Step {
    Day(NaiveDate),
    None,
    Over,
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1);
    let next = first.and_then(|first| first.checked_add_months(Months::new(1)));
    next.and_then(|next| next.pred_opt())
        .unwrap_or(NaiveDate::MAX)
}

impl FromStr for Recurrence {
    type Err = ParseRecurrenceError;

    fn from_str(text: &str) -> Result<Self, ParseRecurrenceError> {
        let wrong = |expected| ParseRecurrenceError {
            text: text.to_owned(),
            expected,
        };
        let number = |value: &str| {
            let number = value.parse().ok();
            number.filter(|n| (1..=MOST).contains(n) && !value.starts_with('+'))
        };
        let (mut every, mut interval, mut bound, mut last) = (None, None, None, false);
        for part in text.trim().split(';') {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| wrong("NAME=VALUE, with `;` between"))?;
            let fresh = match name {
                "FREQ" => {
                    let named = match value {
                        "DAILY" => Every::Day,
                        "WEEKLY" => Every::Week,
                        "MONTHLY" => Every::Month,
                        "YEARLY" => Every::Year,
                        _ => return Err(wrong("FREQ of DAILY, WEEKLY, MONTHLY or YEARLY")),
                    };
                    every.replace(named).is_none()
                }
                "INTERVAL" => {
                    let n = number(value).ok_or_else(|| wrong("INTERVAL from 1 to 1000"))?;
                    interval.replace(n).is_none()
                }
                "COUNT" => {
                    let n = number(value).ok_or_else(|| wrong("COUNT from 1 to 1000"))?;
                    bound.replace(Bound::Count(n)).is_none()
                }
                "UNTIL" => {
                    let day = NaiveDate::parse_from_str(value, "%Y%m%d").ok();
                    let day = day.filter(|_| value.len() == 8);
                    let day = day.ok_or_else(|| wrong("UNTIL as a date such as 20271231"))?;
                    bound.replace(Bound::Until(day)).is_none()
                }
                "BYMONTHDAY" if value == "-1" => !std::mem::replace(&mut last, true),
                _ => {
                    return Err(wrong(
                        "FREQ, INTERVAL, COUNT or UNTIL, and BYMONTHDAY=-1 alone",
                    ));
                }
            };
            if !fresh {
                return Err(wrong("each part once, and one of COUNT and UNTIL"));
            }
        }
        let every = match (every, last) {
            (None, _) => return Err(wrong("FREQ")),
            (Some(Every::Month), true) => Every::LastOfMonth,
            (Some(_), true) => return Err(wrong("BYMONTHDAY with FREQ=MONTHLY alone")),
            (Some(every), false) => every,
        };
        Ok(Self {
            every,
            interval: interval.unwrap_or(1),
            bound: bound.unwrap_or(Bound::None),
        })
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.every {
            Every::Day => "FREQ=DAILY",
            Every::Week => "FREQ=WEEKLY",
            Every::Month | Every::LastOfMonth => "FREQ=MONTHLY",
            Every::Year => "FREQ=YEARLY",
        })?;
        if self.every == Every::LastOfMonth {
            f.write_str(";BYMONTHDAY=-1")?;
        }
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.bound {
            Bound::None => Ok(()),
            Bound::Count(count) => write!(f, ";COUNT={count}"),
            Bound::Until(day) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
        }
    }
}

impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Recurrence {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;

        impl Visitor<'_> for Words {
            type Value = Recurrence;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a recurrence such as `FREQ=MONTHLY;INTERVAL=3;COUNT=4`")
            }

            fn visit_str<E: Error>(self, words: &str) -> Result<Recurrence, E> {
                words.parse().map_err(E::custom)
            }
        }

        from.deserialize_str(Words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(rule: &str, first: &str, most: usize) -> Vec<String> {
        let rule: Recurrence = rule.parse().expect("a rule");
        let first = first.parse().expect("a date");
        rule.from(first)
            .take(most)
            .map(|day| day.to_string())
            .collect()
    }

    #[test]
    fn rm3_days_on_which_an_action_recurs() {
        let monthly = days("FREQ=MONTHLY;COUNT=3", "2025-01-31", 9);
        assert_eq!(monthly, ["2025-01-31", "2025-03-31", "2025-05-31"]);
        let last = days("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2024-01-15", 9);
        assert_eq!(last, ["2024-01-31", "2024-02-29", "2024-03-31"]);
        let weekly = days("FREQ=WEEKLY;INTERVAL=2;UNTIL=20250129", "2025-01-01", 9);
        assert_eq!(weekly, ["2025-01-01", "2025-01-15", "2025-01-29"]);
        let leap = days("FREQ=YEARLY", "2024-02-29", 2);
        assert_eq!(leap, ["2024-02-29", "2028-02-29"]);
        assert_eq!(days("FREQ=DAILY", "2025-12-31", 2)[1], "2026-01-01");
        let end = NaiveDate::MAX.to_string();
        let rule: Recurrence = "FREQ=YEARLY;INTERVAL=1000".parse().expect("a rule");
        let all: Vec<_> = rule.from(NaiveDate::MAX).collect();
        assert_eq!(all.len(), 1, "the calendar ends with {end}");
        assert!(rule.from(NaiveDate::MIN).take(2_000).count() < 2_000);
    }

    #[test]
    fn rm3_rules_are_read_and_written_in_the_same_words() {
        for words in [
            "FREQ=DAILY",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=10",
            "FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=3;UNTIL=20271231",
            "FREQ=YEARLY;COUNT=1",
        ] {
            let rule: Recurrence = words.parse().expect("a rule");
            assert_eq!(rule.to_string(), words);
            assert_eq!(rule.ends(), words != "FREQ=DAILY");
            let json = serde_json::to_string(&rule).expect("JSON");
            assert_eq!(serde_json::from_str::<Recurrence>(&json).ok(), Some(rule));
        }
        for (words, says) in [
            ("", "NAME=VALUE"),
            ("COUNT=3", "FREQ"),
            ("FREQ=HOURLY", "FREQ of DAILY"),
            ("FREQ=DAILY;INTERVAL=0", "from 1 to 1000"),
            ("FREQ=DAILY;COUNT=+3", "from 1 to 1000"),
            ("FREQ=DAILY;UNTIL=2025-01-01", "20271231"),
            (
                "FREQ=DAILY;COUNT=3;UNTIL=20250101",
                "one of COUNT and UNTIL",
            ),
            ("FREQ=DAILY;FREQ=DAILY", "each part once"),
            ("FREQ=DAILY;BYDAY=MO", "BYMONTHDAY=-1 alone"),
            ("FREQ=MONTHLY;BYMONTHDAY=15", "BYMONTHDAY=-1 alone"),
            ("FREQ=DAILY;BYMONTHDAY=-1", "with FREQ=MONTHLY"),
        ] {
            let error = words.parse::<Recurrence>().expect_err(words).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
