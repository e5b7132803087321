//! When a decision applies (BD6, BD8, BD9): what follows from its dates and from what the parties
//! notified. Nothing of it is stored.

use std::fmt;

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{DecisionRecord, Internal, JointBody};
use crate::PartyId;

/// Where a decision stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// It was drafted.
    Drafted,
    /// The parties are asked in writing.
    InWriting {
        /// The last day for answers.
        until: NaiveDate,
    },
    /// A party refused it.
    Refused {
        /// Which.
        by: PartyId,
    },
    /// It was adopted, and applies later.
    Adopted {
        /// From when, where that is settled.
        from: Option<NaiveDate>,
        /// The parties whose notification it waits for.
        waits_for: Vec<PartyId>,
    },
    /// It is applied provisionally.
    Provisional {
        /// Since when.
        since: NaiveDate,
        /// The parties whose notification it waits for.
        waits_for: Vec<PartyId>,
    },
    /// What it touches is suspended, as a party declined or failed.
    Suspended {
        /// Since when.
        since: NaiveDate,
        /// Which party.
        by: PartyId,
    },
    /// It is in effect.
    InEffect {
        /// Since when.
        since: NaiveDate,
    },
}

/// The first day of the n-th month after the month of a day; the end of the calendar where there is
/// none.
fn first_of_month(day: NaiveDate, n: u8) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first
        .checked_add_months(Months::new(n.into()))
        .unwrap_or(NaiveDate::MAX)
}

fn later(day: NaiveDate, months: u8) -> NaiveDate {
    day.checked_add_months(Months::new(months.into()))
        .unwrap_or(NaiveDate::MAX)
}

impl DecisionRecord {
    /// The parties whose notification it waits for on a day.
    pub fn waits_for(&self, on: NaiveDate) -> Vec<PartyId> {
        let waits = self.requirements.iter().filter(|(_, own)| {
            let met = own.met.is_some_and(|met| met.on <= on);
            !met
        });
        waits.map(|(party, _)| party.clone()).collect()
    }

    /// From when what was to apply from a date does: from that date where all notified by then, else
    /// as the instrument says, counted from the last notification (BD9). None before that.
    pub fn applies_from(
        &self,
        date: Option<NaiveDate>,
        internal: Option<Internal>,
        known: NaiveDate,
    ) -> Option<NaiveDate> {
        let adopted = self.adopted.as_ref()?.at.on;
        if self.requirements.is_empty() {
            return Some(date.unwrap_or(adopted));
        }
        let mut last = NaiveDate::MIN;
        for own in self.requirements.values() {
            last = last.max(own.met.filter(|met| met.on <= known)?.on);
        }
        match (date, internal) {
            (Some(date), _) if last <= date => Some(date),
            (_, Some(internal)) => Some(first_of_month(last, internal.month)),
            (date, None) => Some(date.unwrap_or(adopted).max(last)),
        }
    }

    /// The first date from which a part of it is to apply, if it names one.
    pub fn date(&self) -> Option<NaiveDate> {
        let effects = self.draft.effects.iter().map(|effect| effect.from);
        let annexes = self.draft.annexes.iter().map(|change| change.from);
        effects.chain(annexes).min()
    }

    /// Since when a party declined or failed, and which: the first to do so by a day.
    fn declined_by(&self, on: NaiveDate) -> Option<(NaiveDate, &PartyId)> {
        let declined = self.declined.iter().map(|(party, at)| (at.on, party));
        let failed = self.requirements.iter().filter_map(|(party, own)| {
            let (_, at) = own.failed.as_ref()?;
            Some((at.on, party))
        });
        declined.chain(failed).filter(|(at, _)| *at <= on).min()
    }
}

impl JointBody {
    /// Where a decision stands on a day, as its record says (BD9).
    pub fn standing(&self, decision: &DecisionRecord, on: NaiveDate) -> Standing {
        let internal = self.establishment.as_ref().and_then(|own| own.internal);
        if let Some((by, _, at)) = &decision.refused
            && at.on <= on
        {
            return Standing::Refused { by: by.clone() };
        }
        let Some(adopted) = &decision.adopted else {
            let written = decision.written.last().filter(|w| w.opened.on <= on);
            return match written.filter(|w| w.failed.is_none_or(|failed| failed.on > on)) {
                Some(written) => Standing::InWriting {
                    until: written.until,
                },
                None => Standing::Drafted,
            };
        };
        let date = decision.date();
        let from = decision.applies_from(date, internal, on);
        if let Some(since) = from.filter(|from| *from <= on) {
            return Standing::InEffect { since };
        }
        if adopted.at.on > on {
            return Standing::Drafted;
        }
        let waits_for = decision.waits_for(on);
        // What began while it waited goes on until it is in effect.
        let begins = |since: &NaiveDate| *since <= on && !decision.waits_for(*since).is_empty();
        if let Some((at, by)) = decision.declined_by(on) {
            let suspended = internal.and_then(|internal| internal.suspended_after);
            let elsewhere = decision.draft.applies_elsewhere.unwrap_or(NaiveDate::MIN);
            let since = suspended.map(|months| later(at, months).max(elsewhere));
            return match since.filter(begins) {
                Some(since) => Standing::Suspended {
                    since,
                    by: by.clone(),
                },
                None => Standing::Adopted { from, waits_for },
            };
        }
        let after = internal.and_then(|internal| internal.provisional_after);
        let provisional = after.map(|months| later(adopted.at.on, months));
        match provisional.filter(begins) {
            Some(since) => Standing::Provisional { since, waits_for },
            None => Standing::Adopted { from, waits_for },
        }
    }
}

impl Standing {
    /// Its name, as JSON has it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::InWriting { .. } => "in_writing",
            Self::Refused { .. } => "refused",
            Self::Adopted { .. } => "adopted",
            Self::Provisional { .. } => "provisional",
            Self::Suspended { .. } => "suspended",
            Self::InEffect { .. } => "in_effect",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waits = |f: &mut fmt::Formatter<'_>, parties: &[PartyId]| match parties {
            [] => Ok(()),
            some => write!(f, ", waits for {}", crate::words::names(some)),
        };
        match self {
            Self::Drafted => f.write_str("drafted"),
            Self::InWriting { until } => write!(f, "in writing until {until}"),
            Self::Refused { by } => write!(f, "refused by {by}"),
            Self::Adopted { from, waits_for } => {
                f.write_str("adopted")?;
                from.map_or(Ok(()), |from| write!(f, ", in effect from {from}"))?;
                waits(f, waits_for)
            }
            Self::Provisional { since, waits_for } => {
                write!(f, "applied provisionally since {since}")?;
                waits(f, waits_for)
            }
            Self::Suspended { since, by } => write!(f, "suspended since {since}, by {by}"),
            Self::InEffect { since } => write!(f, "in effect since {since}"),
        }
    }
}
