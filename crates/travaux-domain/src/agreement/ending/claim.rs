//! A claim: its ground, what it asks for, and what became of it.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use crate::{PartyId, Rule};

/// Why an agreement is to end, be suspended or be left (VCLT part V).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invoked {
    /// A defect of one party's consent (VCLT 46 to 52).
    DefectOfConsent,
    /// A conflict with a peremptory norm (VCLT 53, 64).
    PeremptoryNorm,
    /// A material breach by another (VCLT 60).
    MaterialBreach,
    /// Impossibility of performance (VCLT 61).
    Impossibility,
    /// A fundamental change of circumstances (VCLT 62).
    ChangeOfCircumstances,
    /// Severance of diplomatic or consular relations (VCLT 63).
    SeveranceOfRelations,
    /// Anything else.
    Other,
}

impl fmt::Display for Invoked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DefectOfConsent => "defect of consent",
            Self::PeremptoryNorm => "peremptory norm",
            Self::MaterialBreach => "material breach",
            Self::Impossibility => "impossibility",
            Self::ChangeOfCircumstances => "change of circumstances",
            Self::SeveranceOfRelations => "severance of relations",
            Self::Other => "other",
        })
    }
}

impl Invoked {
    pub(super) fn rule(self) -> Rule {
        match self {
            Self::DefectOfConsent | Self::PeremptoryNorm => Rule::E21,
            Self::MaterialBreach => Rule::E8,
            Self::Impossibility => Rule::E9,
            Self::ChangeOfCircumstances => Rule::E10,
            Self::SeveranceOfRelations => Rule::E11,
            Self::Other => Rule::E20,
        }
    }
}

/// What a claim asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// That the agreement end.
    Terminate,
    /// That its operation be suspended.
    Suspend,
    /// That the claimant leave it.
    Withdraw,
    /// That it be void.
    Invalidate,
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Terminate => "terminate",
            Self::Suspend => "suspend",
            Self::Withdraw => "withdraw",
            Self::Invalidate => "invalidate",
        })
    }
}

/// A claim and what its ground needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimNotice {
    /// The ground.
    pub ground: Invoked,
    /// The measure.
    pub measure: Measure,
    /// The reasons (VCLT 65(1)).
    pub reasons: String,
    /// Who broke the agreement, where a breach is invoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<PartyId>,
    /// Whether the claimant caused it (VCLT 61(2), 62(2)(b)).
    #[serde(default)]
    pub self_caused: bool,
    /// Whether it concerns a boundary (VCLT 62(2)(a)).
    #[serde(default)]
    pub boundary: bool,
    /// Whether the provisions protect persons (VCLT 60(5)).
    #[serde(default)]
    pub humanitarian: bool,
    /// Whether the impossibility is only temporary (VCLT 61(1)).
    #[serde(default)]
    pub temporary: bool,
    /// Whether diplomatic relations are indispensable to the agreement (VCLT 63).
    #[serde(default)]
    pub indispensable: bool,
    /// The provisions that it concerns; all, if none is named (VCLT 44).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<ProvisionId>,
}

/// A claim on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Whose.
    pub by: PartyId,
    /// When it was notified.
    pub on: NaiveDate,
    /// What it says.
    pub notice: ClaimNotice,
    /// Who received it when.
    pub received: BTreeMap<PartyId, NaiveDate>,
    /// Who objected when.
    pub disputed: BTreeMap<PartyId, NaiveDate>,
    /// When it was carried out or revoked.
    pub closed: Option<(NaiveDate, bool)>,
    /// The event.
    pub event: u64,
}
