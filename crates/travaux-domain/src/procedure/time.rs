//! The limit of a step, as it is written: `none`, `30 days`, `3 working days, calendar of requested`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Role;
use crate::{PartyId, limit::Period};

/// By whose calendar a limit runs, where it is not that of who must act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of the party in this role.
    Role(Role),
    /// Of this party, in whatever role.
    Party(PartyId),
}

/// A limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// How long it is.
    pub period: Period,
    /// To how long it may be put off by who must act, once, before it has passed.
    pub at_most: Option<Period>,
    /// Whose calendar, where it is not that of who must act.
    pub calendar: Option<Whose>,
}

/// Within which a step is to be done. That there is no limit is said: `none`.
///
/// It is written as words: a period, then `, at most` a longer one of the same unit, then `, calendar
/// of` `requesting`, `requested` or a party; both may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TimeLimit {
    /// There is none.
    None,
    /// This one.
    Within(Within),
}

/// A text is no limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no limit: expected `none` or a period such as `3 working days`, which may be followed \
     by `, at most 10 working days` and `, calendar of requested` (or requesting, or a party)"
)]
pub struct InvalidLimit(pub String);

impl TimeLimit {
    /// The limit, if there is one.
    pub fn within(&self) -> Option<&Within> {
        match self {
            Self::None => None,
            Self::Within(within) => Some(within),
        }
    }
}

impl FromStr for TimeLimit {
    type Err = InvalidLimit;

    fn from_str(text: &str) -> Result<Self, InvalidLimit> {
        if text.trim() == "none" {
            return Ok(Self::None);
        }
        within(text)
            .map(Self::Within)
            .ok_or_else(|| InvalidLimit(text.to_owned()))
    }
}

fn within(text: &str) -> Option<Within> {
    let mut parts = text.split(',').map(str::trim);
    let mut within = Within {
        period: period(parts.next()?)?,
        at_most: None,
        calendar: None,
    };
    for part in parts {
        if let Some(longest) = part.strip_prefix("at most ") {
            let first = within.at_most.is_none() && within.calendar.is_none();
            let longest = period(longest).filter(|longest| {
                longest.unit() == within.period.unit() && longest.count() > within.period.count()
            });
            within.at_most = Some(longest.filter(|_| first)?);
        } else {
            let whose = part.strip_prefix("calendar of ").map(str::trim)?;
            let whose = match whose {
                "requesting" => Whose::Role(Role::Requesting),
                "requested" => Whose::Role(Role::Requested),
                "" | "body" => return None,
                party => Whose::Party(party.into()),
            };
            if within.calendar.replace(whose).is_some() {
                return None;
            }
        }
    }
    Some(within)
}

/// A period that runs forwards.
fn period(text: &str) -> Option<Period> {
    let period: Period = text.parse().ok()?;
    (period.count() > 0).then_some(period)
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Within(within) = self else {
            return f.write_str("none");
        };
        write!(f, "{}", within.period)?;
        if let Some(longest) = within.at_most {
            write!(f, ", at most {longest}")?;
        }
        match &within.calendar {
            None => Ok(()),
            Some(whose) => write!(f, ", calendar of {whose}"),
        }
    }
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => role.fmt(f),
            Self::Party(party) => party.fmt(f),
        }
    }
}

impl From<TimeLimit> for String {
    fn from(limit: TimeLimit) -> Self {
        limit.to_string()
    }
}

impl TryFrom<String> for TimeLimit {
    type Error = InvalidLimit;

    fn try_from(text: String) -> Result<Self, InvalidLimit> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pr8_a_limit_reads_as_it_is_written() {
        for (text, written) in [
            ("none", "none"),
            ("30 days", "30 days"),
            ("P30D", "30 days"),
            ("30 calendar days", "30 days"),
            ("14 days, at most 28 days", "14 days, at most 28 days"),
            (
                "3 working days, calendar of MA",
                "3 working days, calendar of MA",
            ),
            (
                "8 hours,at most PT24H , calendar of requesting",
                "8 hours, at most 24 hours, calendar of requesting",
            ),
        ] {
            let limit: TimeLimit = text.parse().expect("a limit");
            assert_eq!(limit.to_string(), written, "{text}");
            let json = serde_json::to_string(&limit).expect("JSON");
            assert_eq!(serde_json::from_str(&json).ok(), Some(limit), "{json}");
        }
    }

    #[test]
    fn pr8_what_is_no_limit_is_refused() {
        for text in [
            "",
            "soon",
            "0 days",
            "15 days before",
            "14 days, at most 14 days",
            "14 days, at most 7 days",
            "14 days, at most 2 months",
            "14 days, at most 28 days, at most 30 days",
            "14 days, calendar of",
            "14 days, calendar of body",
            "14 days, calendar of MA, calendar of FR",
            "14 days, calendar of MA, at most 28 days",
            "14 days, or so",
            "none, calendar of MA",
        ] {
            let refused = text.parse::<TimeLimit>().expect_err(text).to_string();
            assert!(
                refused.starts_with(&format!("`{text}` is no limit")),
                "{refused}"
            );
        }
    }
}
