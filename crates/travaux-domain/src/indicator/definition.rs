//! What an indicator counts: its definition.

use serde::{Deserialize, Serialize};

use super::{Decimal, Frequency, IndicatorId, YearStart};
use crate::{
    Name, PartyId, VersionRef,
    partnership::{ClauseRef, Words},
};

/// Something that a definition means: the key says what is meant, the words how it is called. Other
/// words under the same key mean the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Its key.
    pub key: Name,
    /// How it is called, by language.
    pub words: Words,
}

/// One of the categories by which figures are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its code.
    pub key: Name,
    /// How it is called, by language.
    pub words: Words,
    /// It is on its way out.
    #[serde(default)]
    pub deprecated: bool,
}

/// What is told of each figure beside its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its key: in capitals, as that of a column.
    pub key: Name,
    /// How it is called, by language.
    pub words: Words,
    /// Each figure has it.
    #[serde(default)]
    pub mandatory: bool,
}

/// Another indicator, of which a share is the numerator or the denominator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorRef {
    /// Which.
    pub indicator: IndicatorId,
    /// At which version: `1.2.0`, or the latest of some, `1.2+`.
    pub version: VersionRef,
}

/// What a share is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// What is above.
    pub numerator: IndicatorRef,
    /// What is below.
    pub denominator: IndicatorRef,
}

/// Whether what is counted goes from one party to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// It goes out of one and into the other: each figure says which.
    Directed,
    /// It is one matter of both.
    Mutual,
}

/// How far two figures of one thing may lie apart: a gap is a discrepancy if it is more than both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// In the unit.
    #[serde(default)]
    pub absolute: Decimal,
    /// As a share of the larger figure, from 0 to 1.
    #[serde(default)]
    pub relative: Decimal,
}

/// What an indicator counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// What it is called, by language.
    pub names: Words,
    /// What it is, in more words.
    #[serde(default)]
    pub description: Words,
    /// In what is counted.
    pub unit: Concept,
    /// The unit is multiplied by ten to this power (CL_UNIT_MULT): 3 for thousands.
    #[serde(default)]
    pub multiplier: u8,
    /// How many places figures have behind the point, at most.
    #[serde(default)]
    pub decimals: u8,
    /// How often.
    pub frequency: Frequency,
    /// When the reporting year begins; on 1 January, if nothing is said.
    #[serde(default)]
    pub year_start: Option<YearStart>,
    /// Who or what is counted.
    pub population: Concept,
    /// Which date of a case decides in which period it counts.
    pub reference_event: Concept,
    /// How it is counted.
    pub method: Concept,
    /// Of what it is a share, if it is one.
    #[serde(default)]
    pub ratio: Option<Ratio>,
    /// Where figures come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Who reports.
    pub reporters: Vec<PartyId>,
    /// Whether it goes from one party to another.
    pub course: Course,
    /// The categories, if it is told by category.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// What is told beside each value.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// How far mirror figures may lie apart.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// The clauses of which it tells how far they are carried out.
    #[serde(default)]
    pub clauses: Vec<ClauseRef>,
}

impl Definition {
    /// When its reporting year begins.
    pub fn year_start(&self) -> YearStart {
        self.year_start.unwrap_or(YearStart::JANUARY)
    }
}
