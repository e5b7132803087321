//! What is said about two figures of one thing that differ.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Decimal, FigureAt};
use crate::PartyId;

/// The number of a discrepancy: that of the event in its indicator's stream that opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DiscrepancyId(pub u64);

impl fmt::Display for DiscrepancyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why two figures of one thing differ (UN, International Merchandise Trade Statistics, Compilers
/// Manual, annex 9.C).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// One covers more, or counts from a threshold on.
    Coverage,
    /// Another system, or another scope.
    System,
    /// It is counted on another day.
    TimeOfRecording,
    /// It is attributed to another counterpart.
    CounterpartAttribution,
    /// It is valued otherwise, or in another unit.
    Valuation,
    /// It is classified otherwise.
    Classification,
    /// It is defined otherwise, such as from another duration on.
    Definition,
    /// It is a share of something else.
    Denominator,
    /// Something was hidden.
    Confidentiality,
    /// One revises where the other does not.
    RevisionPractice,
    /// It is estimated.
    Estimation,
    /// One made an error.
    ErrorOf(PartyId),
    /// Something was counted twice.
    DoubleCounting,
    /// Nobody knows.
    Unknown,
}

/// The nature of an adjustment (annex 9.C, note b).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// It recurs by the same method each time.
    Systematic,
    /// It is known for this time.
    Known,
    /// It happened once.
    Irregular,
}

/// A cause, and how much of the gap it makes up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// The cause.
    pub cause: Cause,
    /// Its nature.
    pub nature: Nature,
    /// How much, with the sign of the gap: the first figure less the second.
    pub amount: Decimal,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

/// A gap, taken apart: the amounts and the residual sum to it exactly (INV27).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// The causes, with their amounts.
    pub adjustments: Vec<Adjustment>,
    /// What is left.
    #[serde(default)]
    pub residual: Decimal,
}

impl Breakdown {
    /// The sum; none past the largest number.
    pub fn sum(&self) -> Option<Decimal> {
        let mut amounts = self.adjustments.iter().map(|adjustment| adjustment.amount);
        amounts.try_fold(self.residual, Decimal::plus)
    }
}

/// How a discrepancy was reconciled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All agree on what makes up the gap.
    Explained(Breakdown),
    /// The figures were corrected, and do not differ any more.
    Corrected,
    /// A third figure was agreed on. It replaces neither (INV28).
    Agreed {
        /// The value.
        value: Decimal,
        /// On what it rests.
        ground: String,
    },
    /// It cannot be resolved.
    Irreducible {
        /// Why.
        reason: String,
    },
}

/// The two figures that differ: that of the party from which it goes first, else in the order of the
/// parties' names.
pub type Pair = [FigureAt; 2];
