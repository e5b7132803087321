//! Spans of the calendar: what a clause counts to the first or the last day of.

use std::fmt;

use chrono::{Datelike as _, Months, NaiveDate};

/// A span of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A month.
    Month,
    /// A quarter of a year: it begins with January, April, July or October.
    Quarter,
    /// A half of a year: it begins with January or July.
    HalfYear,
    /// A year.
    Year,
}

impl Span {
    const NAMED: [(Self, &'static str, u32); 4] = [
        (Self::Month, "month", 1),
        (Self::Quarter, "quarter", 3),
        (Self::HalfYear, "half-year", 6),
        (Self::Year, "year", 12),
    ];

    /// The span of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut all = Self::NAMED.iter();
        all.find(|(_, named, _)| *named == name)
            .map(|(span, ..)| *span)
    }

    fn months(self) -> u32 {
        let own = Self::NAMED.iter().find(|(span, ..)| *span == self);
        own.map_or(1, |(_, _, months)| *months)
    }

    /// The first day of the n-th span that follows that of a day; the end of the calendar where there
    /// is none.
    pub(super) fn first_day(self, on: NaiveDate, n: u32) -> NaiveDate {
        let own = on.month0() - on.month0() % self.months();
        let first = on.with_day(1).and_then(|day| day.with_month0(own));
        let later = first
            .and_then(|day| day.checked_add_months(Months::new(n.saturating_mul(self.months()))));
        later.unwrap_or(NaiveDate::MAX)
    }

    /// The last day of the span of a day.
    pub(crate) fn last_day(self, on: NaiveDate) -> NaiveDate {
        let next = self.first_day(on, 1);
        match next {
            NaiveDate::MAX => next,
            next => next.pred_opt().unwrap_or(next),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMED.iter().find(|(span, ..)| span == self);
        f.write_str(named.map_or("", |(_, name, _)| name))
    }
}
