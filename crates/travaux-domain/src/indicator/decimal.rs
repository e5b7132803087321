//! Exact decimals: what figures are counted in. Never a binary fraction.
//!
//! A number is so many billionths. What has more than nine places behind the point, or eighteen
//! digits before it, is refused where it is read, so that nothing is ever rounded: the sums and the
//! comparisons of figures are exact, and have room (10^27 times 10^9 is less than 2^127).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::from_text::from_text;

/// How many places there are behind the point.
const PLACES: usize = 9;
/// How many digits there are before it.
const DIGITS: usize = 18;
/// One.
const ONE: i128 = 1_000_000_000;
/// What no number reaches: 10^18.
const LIMIT: i128 = 1_000_000_000_000_000_000 * ONE;

/// Words are no number of the kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no exact number: expected digits with a point, such as -1680.25, at most {DIGITS} \
     before it and {PLACES} behind"
)]
pub struct InvalidDecimal(pub String);

/// A decimal number, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    fn bounded(billionths: Option<i128>) -> Option<Self> {
        billionths
            .filter(|n| n.unsigned_abs() < LIMIT.unsigned_abs())
            .map(Self)
    }

    /// The sum; none past the largest number.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::bounded(self.0.checked_add(other.0))
    }

    /// The difference; none past the largest number.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::bounded(self.0.checked_sub(other.0))
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is from 0 to 1.
    pub fn is_share(self) -> bool {
        (0..=ONE).contains(&self.0)
    }

    /// How many places it has behind the point.
    pub fn places(self) -> u8 {
        let mut rest = self.0 % ONE;
        let mut places = if rest == 0 { 0 } else { PLACES };
        while places > 0 && rest % 10 == 0 {
            rest /= 10;
            places -= 1;
        }
        u8::try_from(places).unwrap_or(u8::MAX)
    }

    /// Whether it is small enough for a figure: the gap of any two such, and its parts, are numbers.
    pub fn is_figure(self) -> bool {
        self.0.unsigned_abs() < LIMIT.unsigned_abs() / 10
    }

    /// Whether it is more than `absolute`, and more than the share `relative` of a figure: none is
    /// negative, and the share is not above 1. Exact.
    pub fn exceeds(self, of: Self, absolute: Self, relative: Self) -> bool {
        // Below 10^27, times at most 10^9 for a share: no overflow.
        self > absolute && self.0 * ONE > relative.0 * of.0
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self(i128::from(whole) * ONE)
    }
}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        let bad = || InvalidDecimal(text.to_owned());
        let (sign, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, places) = match unsigned.split_once('.') {
            Some((whole, places)) if !places.is_empty() => (whole, places),
            Some(_) => return Err(bad()),
            None => (unsigned, ""),
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(places) {
            return Err(bad());
        }
        // Zeros at the ends say nothing.
        let (whole, places) = (whole.trim_start_matches('0'), places.trim_end_matches('0'));
        if whole.len() > DIGITS || places.len() > PLACES {
            return Err(bad());
        }
        let value: i128 = format!("{whole}{places:0<PLACES$}")
            .parse()
            .map_err(|_| bad())?;
        Ok(Self(sign * value))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let (one, number) = (ONE.unsigned_abs(), self.0.unsigned_abs());
        let places = format!("{:0PLACES$}", number % one);
        let places = places.trim_end_matches('0');
        let point = if places.is_empty() { "" } else { "." };
        f.pad(&format!("{sign}{}{point}{places}", number / one))
    }
}

/// As text: a number of JSON is read as a binary fraction by many.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            to.collect_str(self)
        } else {
            self.0.serialize(to)
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            return from_text(from, "a decimal number as text such as `0.1`");
        }
        let billionths = i128::deserialize(from)?;
        Self::bounded(Some(billionths)).ok_or_else(|| D::Error::custom("a number past all bounds"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn numbers_read_as_they_are_written() {
        for (text, reads) in [
            ("0", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("00012.500", "12.5"),
            ("-1680.25", "-1680.25"),
            ("14206.490766", "14206.490766"),
            ("0.000000001", "0.000000001"),
            (
                "-999999999999999999.999999999",
                "-999999999999999999.999999999",
            ),
            ("1.1000000000000", "1.1"),
        ] {
            assert_eq!(number(text).to_string(), reads);
            assert_eq!(number(reads), number(text));
        }
        assert_eq!(number("12.50").places(), 1);
        assert_eq!(number("-0.000000001").places(), 9);
        assert_eq!(number("100").places(), 0);
    }

    #[test]
    fn what_would_have_to_be_rounded_is_refused() {
        for text in [
            "",
            "-",
            ".",
            ".5",
            "5.",
            "+1",
            "1e3",
            "1,5",
            "1 000",
            "NaN",
            "0.0000000001",
            "1000000000000000000",
            "1.2.3",
            "--1",
            "1.-2",
            "١",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        let largest = number("999999999999999999.999999999");
        assert_eq!(largest.plus(number("0.000000001")), None);
        let negative = Decimal::ZERO.minus(largest).expect("it");
        assert_eq!(negative.minus(number("0.000000001")), None);
        assert_eq!(largest.minus(largest), Some(Decimal::ZERO));
    }

    #[test]
    fn a_gap_is_more_than_both_bounds() {
        let exceeds = |gap: &str, of: &str, absolute: &str, relative: &str| {
            number(gap).exceeds(number(of), number(absolute), number(relative))
        };
        assert!(
            !exceeds("10", "100", "0", "0.1"),
            "ten of a hundred is not more"
        );
        assert!(exceeds("10.000000001", "100", "0", "0.1"));
        assert!(!exceeds("11", "100", "11", "0.1"));
        assert!(exceeds("0.000000001", "0.000000001", "0", "0.999999999"));
        assert!(!exceeds("0", "0", "0", "0"));
        let largest = "99999999999999999.999999999";
        assert!(number(largest).is_figure() && !number("100000000000000000").is_figure());
        let twice = number(largest).plus(number(largest)).expect("a gap");
        assert!(twice.exceeds(number(largest), Decimal::ZERO, number("1")));
        assert!(!exceeds(largest, largest, "0", "1"));
    }
}
