//! When something takes effect: a small language, as final clauses speak it.
//!
//! ```
//! use travaux_domain::effect::Effect;
//!
//! let clause: Effect = "first day of the 2nd month after 2nd notification".parse().expect("a readable clause");
//! assert_eq!(clause.to_string(), "first day of the 2nd month after 2nd notification");
//! ```
//!
//! The grammar (`ORDINAL` is `1st`, `2nd`, … or `first` to `tenth`; white space separates words):
//!
//! ```text
//! effect  = DATE | trigger | threshold | period "after" effect | "first day of the" ORDINAL span "after" effect
//!         | ("earliest" | "latest") "of (" effect { "," effect } ")" | "undetermined" ["\"" words "\""]
//! trigger = "adoption" | "authentication" | ["own"] "entry into force" | "own notice"
//!         | (ORDINAL | "last" | "own") ("signature" | "notification" | "instrument" | "consent")
//! span    = "month" | "quarter" | "half-year" | "year"
//! period  = N ("day" | "week" | "month" | "year") ["s"]
//! ```
//!
//! `last` waits for every negotiating party, `own` for the party for which the question is asked. For
//! `threshold` see [`threshold`].

mod evaluate;
mod parse;
mod span;
pub mod threshold;

use std::fmt;

use chrono::{Days, Months, NaiveDate};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

pub use self::{
    evaluate::{Evaluation, Fact, Facts, Step},
    parse::ParseEffectError,
    span::Span,
    threshold::Threshold,
};

/// What a clause may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// The adoption of the text.
    Adoption,
    /// Its authentication.
    Authentication,
    /// A party's signature, of whatever kind.
    Signature,
    /// A party's notification that its procedures are complete: by its receipt (VCLT 78).
    Notification,
    /// A party's instrument of ratification, acceptance, approval or accession: when it is established (VCLT 16).
    Instrument,
    /// A party's consent to be bound, however expressed.
    Consent,
    /// The entry into force of the agreement; with [`Which::Own`], for the party.
    Force,
    /// A party's notice that it leaves: by its receipt (VCLT 78). Only what follows on it waits for it.
    Notice,
}

impl FactKind {
    const NAMED: [(Self, &'static str); 8] = [
        (Self::Adoption, "adoption"),
        (Self::Authentication, "authentication"),
        (Self::Signature, "signature"),
        (Self::Notification, "notification"),
        (Self::Instrument, "instrument"),
        (Self::Consent, "consent"),
        (Self::Force, "entry into force"),
        (Self::Notice, "notice"),
    ];

    /// Whether each party does it for itself.
    pub fn is_of_a_party(self) -> bool {
        !matches!(self, Self::Adoption | Self::Authentication | Self::Force)
    }
}

impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            Self::NAMED
                .iter()
                .find(|(kind, _)| kind == self)
                .map_or("", |(_, name)| name),
        )
    }
}

/// Which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The n-th in order of date, from 1.
    Nth(u32),
    /// The last, when every negotiating party has done it.
    Last,
    /// That of the party for which the question is asked.
    Own,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Days.
    Days(u32),
    /// Months of the calendar; the last day where the month is too short.
    Months(u32),
    /// Years.
    Years(u32),
}

impl Period {
    /// The date that lies this much later; the end of the calendar where there is none.
    pub fn after(self, date: NaiveDate) -> NaiveDate {
        let later = match self {
            Self::Days(n) => date.checked_add_days(Days::new(n.into())),
            Self::Months(n) => date.checked_add_months(Months::new(n)),
            Self::Years(n) => date.checked_add_months(Months::new(n.saturating_mul(12))),
        };
        later.unwrap_or(NaiveDate::MAX)
    }

    /// The last day of a time limit that a day sets off: that day is not counted, the last one is, to its
    /// end (European Convention on the Calculation of Time-Limits, CETS 76, articles 3 and 4(2), by
    /// analogy). What the limit is for can be done on it still.
    pub fn last_day(self, from: NaiveDate) -> NaiveDate {
        self.after(from)
    }

    /// The day on which such a limit is over: the one after its last.
    pub fn is_over_on(self, from: NaiveDate) -> NaiveDate {
        let last = self.last_day(from);
        last.succ_opt().unwrap_or(last)
    }

    /// The date that lies this much earlier; the beginning of the calendar where there is none.
    pub fn before(self, date: NaiveDate) -> NaiveDate {
        let earlier = match self {
            Self::Days(n) => date.checked_sub_days(Days::new(n.into())),
            Self::Months(n) => date.checked_sub_months(Months::new(n)),
            Self::Years(n) => date.checked_sub_months(Months::new(n.saturating_mul(12))),
        };
        earlier.unwrap_or(NaiveDate::MIN)
    }

    /// So many times as long.
    #[must_use]
    pub fn times(self, n: u32) -> Self {
        match self {
            Self::Days(days) => Self::Days(days.saturating_mul(n)),
            Self::Months(months) => Self::Months(months.saturating_mul(n)),
            Self::Years(years) => Self::Years(years.saturating_mul(n)),
        }
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Days(0) | Self::Months(0) | Self::Years(0))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, unit) = match self {
            Self::Days(n) => (n, "day"),
            Self::Months(n) => (n, "month"),
            Self::Years(n) => (n, "year"),
        };
        write!(f, "{n} {unit}{}", if *n == 1 { "" } else { "s" })
    }
}

/// When something takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// On a date.
    At(NaiveDate),
    /// When something happens.
    On(Which, FactKind),
    /// When so much of what parties do has come together.
    Reached(Threshold),
    /// Some time after another moment.
    After(Period, Box<Self>),
    /// On the first day of the n-th month, quarter or year that follows that of another moment.
    FirstDayOf(u32, Span, Box<Self>),
    /// At the earliest of several moments.
    Earliest(Vec<Self>),
    /// At the latest of several moments: when all have come.
    Latest(Vec<Self>),
    /// As the parties will agree: the text leaves it open.
    Undetermined(String),
}

impl Effect {
    /// Whether it waits for something of which that is so.
    pub(crate) fn waits(&self, is: &dyn Fn(Which, FactKind) -> bool) -> bool {
        match self {
            Self::On(which, kind) => is(*which, *kind),
            // On one of several acts, as the n-th is.
            Self::Reached(threshold) => is(Which::Nth(1), threshold.kind()),
            Self::After(_, effect) | Self::FirstDayOf(_, _, effect) => effect.waits(is),
            Self::Earliest(effects) | Self::Latest(effects) => {
                effects.iter().any(|effect| effect.waits(is))
            }
            Self::At(_) | Self::Undetermined(_) => false,
        }
    }

    /// The thresholds that it waits for.
    pub fn thresholds(&self) -> Vec<&Threshold> {
        match self {
            Self::Reached(threshold) => vec![threshold],
            Self::After(_, effect) | Self::FirstDayOf(_, _, effect) => effect.thresholds(),
            Self::Earliest(effects) | Self::Latest(effects) => {
                effects.iter().flat_map(Self::thresholds).collect()
            }
            Self::At(_) | Self::On(..) | Self::Undetermined(_) => Vec::new(),
        }
    }

    /// Whether it waits for a kind of act.
    pub fn waits_for(&self, kind: FactKind) -> bool {
        self.waits(&|_, waits| waits == kind)
    }
}

/// A number as an ordinal: `1st`, `22nd`.
pub(crate) fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, word: &str, effects: &[Self]| {
            let effects: Vec<_> = effects.iter().map(ToString::to_string).collect();
            write!(f, "{word} of ({})", effects.join(", "))
        };
        match self {
            Self::At(date) => date.fmt(f),
            Self::On(Which::Nth(_) | Which::Last, kind) if !kind.is_of_a_party() => kind.fmt(f),
            Self::On(Which::Nth(n), kind) => write!(f, "{} {kind}", ordinal(*n)),
            Self::On(Which::Last, kind) => write!(f, "last {kind}"),
            Self::On(Which::Own, kind) => write!(f, "own {kind}"),
            Self::Reached(threshold) => threshold.fmt(f),
            Self::After(period, effect) => write!(f, "{period} after {effect}"),
            Self::FirstDayOf(n, span, effect) => {
                write!(f, "first day of the {} {span} after {effect}", ordinal(*n))
            }
            Self::Earliest(effects) => list(f, "earliest", effects),
            Self::Latest(effects) => list(f, "latest", effects),
            Self::Undetermined(label) if label.is_empty() => f.write_str("undetermined"),
            Self::Undetermined(label) => write!(f, "undetermined \"{label}\""),
        }
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// Reads an effect in words.
struct Words;

impl Visitor<'_> for Words {
    type Value = Effect;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an effect such as `30 days after 2nd notification`")
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Effect, E> {
        words.parse().map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(Words)
    }
}
