//! Periods: how long, and in which unit.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The unit in which a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours, of sixty minutes each, whatever the clocks do.
    Hours,
    /// Days of the calendar, with those of rest.
    Days,
    /// Days that are worked on, by the calendar of who must act.
    WorkingDays,
    /// Months: they end on the same date, or on the last one of the month.
    Months,
}

/// A length of time: `8 hours`, `3 working days`; what is negative lies before the day from which
/// it is counted (`15 days before`). Also read as ISO 8601 writes it (`PT8H`, `P7D`, `P6M`), which
/// has no working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    unit: Unit,
    count: i32,
}

/// A text is no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no period: expected a number from 1 to {max} of hours, days, working days, weeks or \
     months, such as `3 working days`, `15 days before` or `PT8H`",
    max = Period::MAX
)]
pub struct InvalidPeriod(pub String);

impl Period {
    /// The most that there are of a unit.
    pub const MAX: i32 = 9_999;

    /// So many of a unit; absent for none, and for more than [`Self::MAX`].
    pub fn new(count: i32, unit: Unit) -> Option<Self> {
        let fits = count != 0 && count.checked_abs().is_some_and(|n| n <= Self::MAX);
        fits.then_some(Self { unit, count })
    }

    /// The unit.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// How many; below zero before the day from which they are counted.
    pub fn count(self) -> i32 {
        self.count
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hours => "hour",
            Self::Days => "day",
            Self::WorkingDays => "working day",
            Self::Months => "month",
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.count.unsigned_abs();
        let plural = if number == 1 { "" } else { "s" };
        let before = if self.count < 0 { " before" } else { "" };
        write!(f, "{number} {}{plural}{before}", self.unit)
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = InvalidPeriod;

    fn try_from(text: String) -> Result<Self, InvalidPeriod> {
        text.parse()
    }
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let found = iso(text).or_else(|| in_words(text));
        found.ok_or_else(|| InvalidPeriod(text.to_owned()))
    }
}

/// A number without a sign.
fn number(digits: &str) -> Option<i32> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// One component of ISO 8601, with a sign or none.
fn iso(text: &str) -> Option<Period> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let rest = rest.strip_prefix('P')?;
    let (times, unit, digits) = if let Some(hours) = rest.strip_prefix('T') {
        (1, Unit::Hours, hours.strip_suffix('H')?)
    } else if let Some(days) = rest.strip_suffix('D') {
        (1, Unit::Days, days)
    } else if let Some(weeks) = rest.strip_suffix('W') {
        (7, Unit::Days, weeks)
    } else if let Some(months) = rest.strip_suffix('M') {
        (1, Unit::Months, months)
    } else {
        (12, Unit::Months, rest.strip_suffix('Y')?)
    };
    Period::new(number(digits)?.checked_mul(sign * times)?, unit)
}

/// As it is displayed.
fn in_words(text: &str) -> Option<Period> {
    let (count, unit) = text.trim().split_once(' ')?;
    let (sign, unit) = match unit.strip_suffix(" before") {
        Some(unit) => (-1, unit),
        None => (1, unit),
    };
    let (times, unit) = match unit.strip_suffix('s').unwrap_or(unit) {
        "hour" => (1, Unit::Hours),
        "day" | "calendar day" => (1, Unit::Days),
        "working day" => (1, Unit::WorkingDays),
        "week" => (7, Unit::Days),
        "month" => (1, Unit::Months),
        _ => return None,
    };
    Period::new(number(count)?.checked_mul(sign * times)?, unit)
}
