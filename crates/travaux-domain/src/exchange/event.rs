//! What happens to an exchange. Each event says on which day it was done; a command asks for one,
//! and is worded like it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Outcome, ResultKind, Terms};
use crate::{
    Name, PartyId, StreamId,
    limit::Calendar,
    marking::Equivalence,
    partnership::{Deed as _, deeds},
    words::{Summary, names},
};

/// An event of an exchange's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExchangeEvent {
    /// Its terms were agreed; they take the place of those before for what is sent from then on
    /// (IX3).
    TermsAgreed {
        /// When.
        on: NaiveDate,
        /// The terms.
        terms: Box<Terms>,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// A party said by which calendar it works (IX3).
    CalendarDeclared {
        /// When.
        on: NaiveDate,
        /// The calendar; it takes the place of the party's one before.
        calendar: Calendar,
    },
    /// Two parties agreed which levels protect alike (IX9).
    EquivalenceAgreed {
        /// When.
        on: NaiveDate,
        /// The table; it takes the place of their one before.
        table: Equivalence,
        /// The two.
        consenting: Vec<PartyId>,
    },
    /// A result was recorded (IX13).
    ResultRecorded {
        /// When.
        on: NaiveDate,
        /// Its key.
        key: Name,
        /// The result.
        outcome: Outcome,
    },
    /// A party claims a result that is on record (IX13).
    ResultClaimed {
        /// When.
        on: NaiveDate,
        /// Its key.
        key: Name,
        /// Where the party tells of it.
        source: String,
    },
    /// A result was corrected (IX13).
    ResultCorrected {
        /// When.
        on: NaiveDate,
        /// Its key.
        key: Name,
        /// How many the record says.
        was: u32,
        /// How many there are.
        is: u32,
        /// On what ground.
        ground: String,
    },
}

deeds!(ExchangeEvent {
    TermsAgreed: IX3 "agree on the terms of an exchange",
    CalendarDeclared: IX3 "declare a calendar",
    EquivalenceAgreed: IX9 "agree on levels that protect alike",
    ResultRecorded: IX13 "record a result",
    ResultClaimed: IX13 "claim a result",
    ResultCorrected: IX13 "correct a result",
});

impl ExchangeEvent {
    /// The streams beside its own that have to be known to decide it.
    pub(super) fn reads(&self) -> Vec<StreamId> {
        match self {
            Self::TermsAgreed { terms, .. } => vec![StreamId::Framework(terms.framework)],
            Self::ResultRecorded { outcome, .. } => {
                let requests = outcome.requests.iter().copied();
                requests.map(StreamId::Request).collect()
            }
            Self::CalendarDeclared { .. }
            | Self::EquivalenceAgreed { .. }
            | Self::ResultClaimed { .. }
            | Self::ResultCorrected { .. } => Vec::new(),
        }
    }

    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary {
            done_on: Some(self.on()),
            ..Summary::new(self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::TermsAgreed { terms, .. } => {
                format!(
                    "terms of exchange agreed: {}, by {}",
                    terms.title, terms.instrument
                )
            }
            Self::CalendarDeclared { calendar, .. } => {
                format!("calendar declared: {}", calendar.zone)
            }
            Self::EquivalenceAgreed { table, .. } => {
                let (one, other) = &table.between;
                format!("levels agreed that protect alike for {one} and {other}")
            }
            Self::ResultRecorded { key, outcome, .. } => {
                let by = names(&outcome.claimed_by);
                let (kind, count) = (outcome.kind, outcome.count);
                format!("result {key} recorded: {kind}, {count}, claimed by {by}")
            }
            Self::ResultClaimed { key, .. } => format!("result {key} claimed"),
            Self::ResultCorrected { key, was, is, .. } => {
                format!("result {key} corrected: {was} reads {is}")
            }
        }
    }
}

impl std::fmt::Display for ResultKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Arrest => "arrest",
            Self::NetworkDismantled => "network dismantled",
            Self::Seizure => "seizure",
            Self::ActPrevented => "act prevented",
        })
    }
}
