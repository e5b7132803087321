//! Clocks: when a reply is due, whether it is late, and where a request stands, at an instant. None of
//! it is kept: it follows from what was done when, and from the calendar of the requested party.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{PartOutcome, Request};
use crate::limit::{Calendar, Clock, Due, Moment, Stop, due};

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestStatus {
    /// It was not sent.
    Absent,
    /// Information was offered.
    Offered,
    /// It was sent, and not received yet: no clock runs.
    Sent,
    /// It was received.
    Received,
    /// Clarification is awaited: the clock stands.
    Clarifying,
    /// Some of its parts were answered or refused.
    PartlyAnswered,
    /// All of its parts were answered.
    Provided,
    /// Some were answered, the others refused.
    PartlyProvided,
    /// All were refused.
    Refused,
    /// It was withdrawn.
    Withdrawn,
}

/// How long a request took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The time during which its clock ran.
    pub used: TimeDelta,
    /// The time for which it stood still.
    pub stopped: TimeDelta,
}

impl Request {
    /// For how long its clock stands still, as far as that was so at an instant.
    fn stops(&self, instant: DateTime<Utc>, calendar: &Calendar) -> Vec<Stop> {
        let come = |moment: &Moment| moment.had_come(instant, Some(calendar));
        let asked = self
            .clarifications
            .iter()
            .filter(|c| come(&c.asked.moment()));
        let stop = asked.map(|clarification| {
            let given = clarification.given.as_ref();
            Stop {
                from: clarification.asked.moment(),
                to: given.map(|(at, _)| at.moment()).filter(come),
            }
        });
        stop.collect()
    }

    /// Its clock at an instant, by its first limit: that of the terms, or a shorter one that was
    /// agreed; absent before receipt (IX2, IX3, IX5).
    pub fn clock(&self, instant: DateTime<Utc>, calendar: &Calendar) -> Option<Clock> {
        let receipt = self.receipt.as_ref()?;
        let start = receipt.at.moment();
        if !start.had_come(instant, Some(calendar)) {
            return None;
        }
        let limit = &receipt.limit;
        let stops = self.stops(instant, calendar);
        let clock = |period| due(period, limit.counting, calendar, start, &stops);
        let of_terms = clock(limit.period);
        match (of_terms, limit.agreed.and_then(clock)) {
            (Some(Clock::Runs(one)), Some(Clock::Runs(other))) => {
                let earlier = if other.until < one.until { other } else { one };
                Some(Clock::Runs(earlier))
            }
            // What ended before the clock stood still has ended.
            (_, Some(Clock::Runs(ended))) => Some(Clock::Runs(ended)),
            (of_terms, agreed) => of_terms.or(agreed),
        }
    }

    /// When the reply is expected at an instant, by the last deviation that was told before what was
    /// due until then had passed; else by its first limit (IX4).
    fn expected(&self, first: Due, instant: DateTime<Utc>, calendar: &Calendar) -> Due {
        let told = self.deviations.iter().filter(|deviation| {
            let moment = deviation.at.moment();
            moment.had_come(instant, Some(calendar))
        });
        told.fold(first, |due, deviation| {
            let in_time = due.is_kept(deviation.at.moment(), calendar);
            let expected = in_time.then(|| calendar.end_of(deviation.expected));
            expected.flatten().unwrap_or(due)
        })
    }

    /// Whether its reply is late at an instant: a part is open, its limit has passed, and it was not
    /// put off in time. Nothing is late that was not received, and nothing while the clock stands
    /// (IX2, IX4, IX5).
    pub fn is_overdue(&self, instant: DateTime<Utc>, calendar: &Calendar) -> bool {
        let status = self.status(instant, Some(calendar));
        if !matches!(
            status,
            RequestStatus::Received | RequestStatus::Clarifying | RequestStatus::PartlyAnswered
        ) {
            return false;
        }
        match self.clock(instant, calendar) {
            Some(Clock::Runs(first)) => {
                let expected = self.expected(first, instant, calendar);
                !expected.is_running(instant)
            }
            Some(Clock::Stands { .. }) | None => false,
        }
    }

    /// Whether it was answered within its first limit; absent while a part is open that is not late.
    pub fn in_time(&self, instant: DateTime<Utc>, calendar: &Calendar) -> Option<bool> {
        let had_come = |moment: &Moment| moment.had_come(instant, Some(calendar));
        let closed = self.closed().filter(had_come);
        if closed.is_none() && self.withdrawn.is_some() {
            return None;
        }
        match (self.clock(instant, calendar)?, closed) {
            (Clock::Runs(first), Some(closed)) => Some(first.is_kept(closed, calendar)),
            (Clock::Runs(first), None) => (!first.is_running(instant)).then_some(false),
            // It was answered while the clock stood.
            (Clock::Stands { .. }, closed) => closed.map(|_| true),
        }
    }

    /// Where it stands at an instant; days without an instant count from their beginning in the zone
    /// of the calendar, else in UTC.
    pub fn status(&self, instant: DateTime<Utc>, calendar: Option<&Calendar>) -> RequestStatus {
        let come = |moment: Moment| moment.had_come(instant, calendar);
        let ends = self.parts.values().flatten();
        let ended: Vec<_> = ends.filter(|end| come(end.at.moment())).collect();
        let refused = |end: &&&super::PartEnd| matches!(end.outcome, PartOutcome::Refused { .. });
        let refused = ended.iter().filter(refused).count();
        let asked = self.clarifications.iter().any(|clarification| {
            let given = clarification.given.as_ref();
            let given = given.is_some_and(|(at, _)| come(at.moment()));
            come(clarification.asked.moment()) && !given
        });
        match () {
            () if !self.begun.is_some_and(|at| come(at.moment())) => RequestStatus::Absent,
            () if self.offer.is_some() => RequestStatus::Offered,
            () if ended.len() == self.parts.len() => match refused {
                0 => RequestStatus::Provided,
                all if all == ended.len() => RequestStatus::Refused,
                _ => RequestStatus::PartlyProvided,
            },
            () if self.withdrawn.is_some_and(|at| come(at.moment())) => RequestStatus::Withdrawn,
            () if asked => RequestStatus::Clarifying,
            () if !ended.is_empty() => RequestStatus::PartlyAnswered,
            () if self.receipt.as_ref().is_some_and(|r| come(r.at.moment())) => {
                RequestStatus::Received
            }
            () => RequestStatus::Sent,
        }
    }

    /// How long it took from receipt until a moment, running and standing still: both sum up to what
    /// passed (IX5). Absent before receipt.
    pub fn spent(&self, until: Moment) -> Option<Spent> {
        let start = self.receipt.as_ref()?.at.moment();
        let (mut used, mut stopped) = (TimeDelta::zero(), TimeDelta::zero());
        let mut runs_since = start;
        for clarification in &self.clarifications {
            let asked = clarification.asked.moment();
            if until.is_before(asked) {
                break;
            }
            used += runs_since.until(asked);
            let given = clarification.given.as_ref().map(|(at, _)| at.moment());
            let given = given.filter(|given| !until.is_before(*given));
            stopped += asked.until(given.unwrap_or(until));
            runs_since = given.unwrap_or(until);
        }
        used += runs_since.until(until);
        Some(Spent { used, stopped })
    }
}

impl fmt::Display for RequestStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "not there",
            Self::Offered => "offered",
            Self::Sent => "sent, not yet received",
            Self::Received => "received",
            Self::Clarifying => "clarification awaited",
            Self::PartlyAnswered => "answered in part, the rest is open",
            Self::Provided => "provided",
            Self::PartlyProvided => "provided in part, the rest refused",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        })
    }
}
