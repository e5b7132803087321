//! A figure: which one it is, and what its reporter says of it.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidentiality, Decimal, ObsStatus, Period, Status};
use crate::{Name, PartyId, Version};

/// The number of a figure: that of the event in its indicator's stream that reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FigureId(pub u64);

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which way it goes, seen from who reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Out of the reporter, into its counterpart.
    Out,
    /// Into the reporter, out of its counterpart.
    In,
}

/// Which figure it is, of its reporter's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureKey {
    /// Of which period.
    pub period: Period,
    /// With whom: a party, or an area by its ISO 3166-1 or M49 code; the world, if nothing is said.
    #[serde(default)]
    pub counterpart: Option<Name>,
    /// Which way.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// In which category.
    #[serde(default)]
    pub category: Option<Name>,
}

/// What a reporter says of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The value; none where the status says why there is none. Zero is a value.
    #[serde(default)]
    pub value: Option<Decimal>,
    /// Its status.
    pub status: Status,
    /// Who may see it.
    #[serde(default)]
    pub confidentiality: Confidentiality,
    /// Where it comes from.
    pub source: String,
    /// The day of the data that it was taken from.
    pub as_of: NaiveDate,
    /// What else is told of it, by the keys of its definition.
    #[serde(default)]
    pub attributes: BTreeMap<Name, String>,
    /// The other categories or areas that it includes (status W).
    #[serde(default)]
    pub includes: Vec<Name>,
    /// The category or area in which it is included (status K).
    #[serde(default)]
    pub included_in: Option<Name>,
}

impl Observation {
    /// Whether it has a status.
    pub fn has(&self, code: ObsStatus) -> bool {
        self.status.has(code)
    }
}

/// Why a figure was revised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionKind {
    /// Data came in late.
    LateData,
    /// An error was corrected.
    Correction,
    /// It is counted by a new version of the definition.
    NewMethod,
}

/// A figure at one of its revisions: the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureAt {
    /// The figure.
    pub figure: FigureId,
    /// The revision.
    pub revision: u32,
}

impl fmt::Display for FigureAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "figure {} at revision {}", self.figure, self.revision)
    }
}

/// What goes from one party to another, or is between two: the mirror of a figure has the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Out of the first, into the second.
    From(PartyId, PartyId),
    /// Of both, in the order of their names.
    Between(PartyId, PartyId),
}

impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::From(from, to) => write!(f, "{from} to {to}"),
            Self::Between(one, other) => write!(f, "{one} and {other}"),
        }
    }
}

/// What two figures that mirror each other have in common: the major version, the period, the flow
/// with its direction turned, the category (ST10).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MirrorKey {
    /// The period.
    pub period: Period,
    /// What goes from whom to whom.
    pub flow: Flow,
    /// The category.
    pub category: Option<Name>,
    /// The major version of the definition.
    pub major: u32,
}

impl FigureKey {
    /// What its mirror has in common with it, for its reporter; none where nobody mirrors it.
    pub fn mirror(&self, reporter: &PartyId, version: &Version) -> Option<MirrorKey> {
        let counterpart = PartyId(self.counterpart.clone()?);
        let reporter = reporter.clone();
        let flow = match self.direction {
            Some(Direction::Out) => Flow::From(reporter, counterpart),
            Some(Direction::In) => Flow::From(counterpart, reporter),
            None if reporter <= counterpart => Flow::Between(reporter, counterpart),
            None => Flow::Between(counterpart, reporter),
        };
        Some(MirrorKey {
            period: self.period,
            flow,
            category: self.category.clone(),
            major: version.major,
        })
    }
}
