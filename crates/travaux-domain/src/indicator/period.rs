//! The periods of figures: years, parts of years, weeks and days, as SDMX writes them; of years that
//! begin on 1 January or on another day.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::from_text::from_text;

/// How often there is a figure (CL_FREQ 1.0, but for minutes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Frequency {
    /// Each year.
    A,
    /// Each half of a year.
    S,
    /// Each quarter.
    Q,
    /// Each month.
    M,
    /// Each week.
    W,
    /// Each day.
    D,
    /// Each business day, Monday to Friday.
    B,
}

/// The day on which a reporting year begins, such as `07-01`; not the 29th of February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearStart {
    month: u32,
    day: u32,
}

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2023`: a year from 1 January on.
    Year(i32),
    /// `2023-A1`: a reporting year, of which the definition says when it begins.
    ReportingYear(i32),
    /// `2023-S1`, `2023-S2`: a half of a reporting year.
    Half(i32, u8),
    /// `2023-Q1` to `2023-Q4`: a quarter of one.
    Quarter(i32, u8),
    /// `2023-01` to `2023-12`: a month of the calendar.
    Month(i32, u8),
    /// `2023-W01` to `2023-W53`: a week of a reporting year, as ISO 8601 numbers them.
    Week(i32, u8),
    /// `2023-06-25`: a day.
    Day(NaiveDate),
}

/// Words are no period, or no day on which a year begins.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no period: expected one such as 2023, 2023-A1, 2023-S1, 2023-Q1, 2023-01, 2023-W01, \
     2023-06-25; a year begins on a day such as 07-01"
)]
pub struct InvalidPeriod(pub String);

impl YearStart {
    /// The first of January.
    pub const JANUARY: Self = Self { month: 1, day: 1 };

    fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

impl Frequency {
    /// Its letter.
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::S => "S",
            Self::Q => "Q",
            Self::M => "M",
            Self::W => "W",
            Self::D => "D",
            Self::B => "B",
        }
    }

    /// A period of it, as an example.
    pub fn example(self, start: YearStart) -> &'static str {
        match self {
            Self::A if start == YearStart::JANUARY => "2023",
            Self::A => "2023-A1",
            Self::S => "2023-S1",
            Self::Q => "2023-Q1",
            Self::M => "2023-01",
            Self::W => "2023-W01",
            Self::D | Self::B => "2023-06-23",
        }
    }
}

impl Period {
    /// Whether figures of that frequency have such a period, in a year that begins then: the
    /// calendar's year and the reporting year are not to be taken for one another.
    pub fn fits(self, frequency: Frequency, start: YearStart) -> bool {
        let of_frequency = match self {
            Self::Year(_) => frequency == Frequency::A && start == YearStart::JANUARY,
            Self::ReportingYear(_) => frequency == Frequency::A && start != YearStart::JANUARY,
            Self::Half(..) => frequency == Frequency::S,
            Self::Quarter(..) => frequency == Frequency::Q,
            Self::Month(..) => frequency == Frequency::M,
            Self::Week(..) => frequency == Frequency::W,
            Self::Day(day) => match frequency {
                Frequency::D => true,
                Frequency::B => day.weekday().number_from_monday() < 6,
                Frequency::A | Frequency::S | Frequency::Q | Frequency::M | Frequency::W => false,
            },
        };
        of_frequency && self.days(start).is_some()
    }

    /// Its first day and its last; none where there is no such period: a 53rd week of a year of 52.
    pub fn days(self, start: YearStart) -> Option<(NaiveDate, NaiveDate)> {
        let months = |from: NaiveDate, months: u32| {
            let end = from.checked_add_months(Months::new(months))?.pred_opt()?;
            Some((from, end))
        };
        let part = |year, nth: u8, of: u32| {
            let before = (u32::from(nth) - 1) * of;
            let first = start.of(year)?;
            // From the beginning of the year each: no day is lost at the end of a short month.
            let from = first.checked_add_months(Months::new(before))?;
            let next = first.checked_add_months(Months::new(before + of))?;
            Some((from, next.pred_opt()?))
        };
        match self {
            Self::Year(year) => months(NaiveDate::from_ymd_opt(year, 1, 1)?, 12),
            Self::ReportingYear(year) => part(year, 1, 12),
            Self::Half(year, nth) => part(year, nth, 6),
            Self::Quarter(year, nth) => part(year, nth, 3),
            Self::Month(year, month) => {
                months(NaiveDate::from_ymd_opt(year, u32::from(month), 1)?, 1)
            }
            Self::Week(year, nth) => {
                let before = Days::new(7 * (u64::from(nth) - 1));
                let from = first_week(start.of(year)?)?.checked_add_days(before)?;
                let next = first_week(start.of(year.checked_add(1)?)?)?;
                let last = from.checked_add_days(Days::new(6))?;
                (from < next).then_some((from, last))
            }
            Self::Day(day) => Some((day, day)),
        }
    }
}

/// The Monday of the first week of a year: the one with four days or more in it.
fn first_week(start: NaiveDate) -> Option<NaiveDate> {
    let fourth = start.checked_add_days(Days::new(3))?;
    let back = fourth.weekday().days_since(Weekday::Mon);
    fourth.checked_sub_days(Days::new(u64::from(back)))
}

/// A number of that many digits.
fn digits<T: FromStr>(text: &str, many: usize) -> Option<T> {
    let plain = text.len() == many && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A number of one digit or two, from 1 to the last.
fn nth(text: &str, many: usize, last: u8) -> Option<u8> {
    digits(text, many).filter(|n| (1..=last).contains(n))
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let bad = || InvalidPeriod(text.to_owned());
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year: i32 = digits(year, 4).ok_or_else(bad)?;
        let Some(rest) = rest else {
            return Ok(Self::Year(year));
        };
        let mut letters = rest.chars();
        let period = match (letters.next(), letters.as_str()) {
            (Some('A'), "1") => Some(Self::ReportingYear(year)),
            (Some('S'), part) => nth(part, 1, 2).map(|n| Self::Half(year, n)),
            (Some('Q'), part) => nth(part, 1, 4).map(|n| Self::Quarter(year, n)),
            (Some('W'), part) => nth(part, 2, 53).map(|n| Self::Week(year, n)),
            _ => match rest.split_once('-') {
                None => nth(rest, 2, 12).map(|n| Self::Month(year, n)),
                Some((month, day)) => nth(month, 2, 12).zip(nth(day, 2, 31)).and_then(|(m, d)| {
                    NaiveDate::from_ymd_opt(year, m.into(), d.into()).map(Self::Day)
                }),
            },
        };
        period.ok_or_else(bad)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Year(year) => format!("{year:04}"),
            Self::ReportingYear(year) => format!("{year:04}-A1"),
            Self::Half(year, nth) => format!("{year:04}-S{nth}"),
            Self::Quarter(year, nth) => format!("{year:04}-Q{nth}"),
            Self::Month(year, nth) => format!("{year:04}-{nth:02}"),
            Self::Week(year, nth) => format!("{year:04}-W{nth:02}"),
            Self::Day(day) => day.to_string(),
        };
        f.pad(&text)
    }
}

impl FromStr for YearStart {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let parts = text.split_once('-');
        let parts = parts.and_then(|(m, d)| Some((digits(m, 2)?, digits(d, 2)?)));
        // In a year of 365 days.
        let found = parts.filter(|(m, d)| NaiveDate::from_ymd_opt(2023, *m, *d).is_some());
        let found = found.map(|(month, day)| Self { month, day });
        found.ok_or_else(|| InvalidPeriod(text.to_owned()))
    }
}

impl fmt::Display for YearStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// Each as it is written.
macro_rules! as_text {
    ($($name:ty, $what:literal;)*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from_text(from, $what)
            }
        }
    )*};
}

as_text! {
    Period, "a period such as `2023-Q1`";
    YearStart, "the first day of the year such as `07-01`";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(period: &str, start: &str) -> Option<(String, String)> {
        let period: Period = period.parse().expect("a period");
        let days = period.days(start.parse().expect("a day"))?;
        Some((days.0.to_string(), days.1.to_string()))
    }

    #[test]
    fn st5_a_period_has_the_days_of_its_year() {
        for (period, start, first, last) in [
            ("2023", "01-01", "2023-01-01", "2023-12-31"),
            ("2023-A1", "07-01", "2023-07-01", "2024-06-30"),
            ("2023-S2", "01-01", "2023-07-01", "2023-12-31"),
            ("2023-S2", "07-01", "2024-01-01", "2024-06-30"),
            ("2023-Q1", "10-01", "2023-10-01", "2023-12-31"),
            ("2023-Q2", "11-30", "2024-02-29", "2024-05-29"),
            ("2023-Q3", "11-30", "2024-05-30", "2024-08-29"),
            ("2024-02", "07-01", "2024-02-01", "2024-02-29"),
            ("2020-W53", "01-01", "2020-12-28", "2021-01-03"),
            ("2023-W01", "01-01", "2023-01-02", "2023-01-08"),
            ("2026-W01", "01-01", "2025-12-29", "2026-01-04"),
            ("2023-W01", "07-01", "2023-07-03", "2023-07-09"),
            ("2023-06-25", "01-01", "2023-06-25", "2023-06-25"),
            ("0000", "01-01", "0000-01-01", "0000-12-31"),
            ("9999-A1", "12-31", "9999-12-31", "+10000-12-30"),
        ] {
            let expected = Some((first.to_owned(), last.to_owned()));
            assert_eq!(days(period, start), expected, "{period} from {start}");
        }
        assert_eq!(days("2023-W53", "01-01"), None, "2023 has 52 weeks");
    }

    #[test]
    fn st5_what_is_no_period_is_refused() {
        for text in [
            "",
            "23",
            "20233",
            "2023-",
            "2023-S3",
            "2023-Q0",
            "2023-Q5",
            "2023-W1",
            "2023-W54",
            "2023-W00",
            "2023-13",
            "2023-1",
            "2023-02-29",
            "2023-06-31",
            "2023-A2",
            "2023-A",
            "2023Q1",
            "2023-q1",
            "2023-06-25T10",
            "-2023",
            "２０２３",
            "2023-M01",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        for text in ["02-29", "13-01", "7-1", "07", "00-10", ""] {
            assert!(text.parse::<YearStart>().is_err(), "{text}");
        }
    }

    #[test]
    fn st5_a_frequency_has_its_own_periods() {
        let (january, july) = (YearStart::JANUARY, "07-01".parse().expect("a day"));
        let all = [
            "2023",
            "2023-A1",
            "2023-S1",
            "2023-Q1",
            "2023-01",
            "2023-W01",
            "2023-06-23",
            "2023-06-24",
        ];
        for (frequency, start, fit) in [
            (Frequency::A, january, &all[0..1]),
            (Frequency::A, july, &all[1..2]),
            (Frequency::S, july, &all[2..3]),
            (Frequency::Q, january, &all[3..4]),
            (Frequency::M, july, &all[4..5]),
            (Frequency::W, january, &all[5..6]),
            (Frequency::D, january, &all[6..8]),
            (Frequency::B, january, &all[6..7]),
        ] {
            for text in all {
                let period: Period = text.parse().expect("a period");
                assert_eq!(period.to_string(), text);
                assert_eq!(period.fits(frequency, start), fit.contains(&text), "{text}");
            }
            assert!(fit.contains(&frequency.example(start)));
        }
        let week: Period = "2023-W53".parse().expect("a period");
        assert!(!week.fits(Frequency::W, january), "there was none in 2023");
    }
}
