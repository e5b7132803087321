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
    /// Whether a party loses it by acquiescence (VCLT 45).
    pub(in crate::agreement) fn can_be_lost(self) -> bool {
        match self {
            Self::DefectOfConsent | Self::MaterialBreach | Self::ChangeOfCircumstances => true,
            Self::PeremptoryNorm
            | Self::Impossibility
            | Self::SeveranceOfRelations
            | Self::Other => false,
        }
    }

    pub(in crate::agreement) fn rule(self) -> Rule {
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

/// What entitles one party alone to suspend where another has broken an agreement of several (VCLT
/// 60(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Affected {
    /// The breach affects it specially: between itself and the one that broke it (60(2)(b)).
    Specially,
    /// The breach radically changes the position of every party: for itself (60(2)(c)).
    Radically,
}

/// Between whom a measure operates, or a suspension stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Between all.
    #[default]
    All,
    /// Between one party and each of the others, and not among these.
    With(PartyId),
    /// Among some.
    Among(Vec<PartyId>),
}

impl Scope {
    /// Whether two parties are in it.
    pub fn covers(&self, a: &PartyId, b: &PartyId) -> bool {
        match self {
            Self::All => true,
            Self::With(party) => party == a || party == b,
            Self::Among(some) => some.contains(a) && some.contains(b),
        }
    }

    /// Whether it is between all of these.
    pub(crate) fn is_all(&self, bound: &[&PartyId]) -> bool {
        match self {
            Self::All => true,
            Self::With(party) => bound.len() == 2 && bound.contains(&party),
            Self::Among(some) => !bound.is_empty() && bound.iter().all(|p| some.contains(p)),
        }
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
    /// What entitles the claimant alone to suspend for a breach (VCLT 60(2)(b), (c)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affected: Option<Affected>,
    /// The other parties that agree on the measure, where all of them have to (VCLT 60(2)(a)).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consenting: Vec<PartyId>,
    /// Whether what all others agree on is a measure between all, and not only with the party that broke
    /// the agreement (VCLT 60(2)(a)(ii)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub among_all: bool,
    /// When the peremptory norm emerged, if that was after the agreement (VCLT 64).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emerged_on: Option<NaiveDate>,
    /// Why the measure cannot wait for three months (VCLT 65(2)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
}

/// How a claim came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// Its measure was carried out.
    CarriedOut,
    /// It was taken back.
    Revoked,
    /// The dispute about it was settled.
    Settled,
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CarriedOut => "carried out",
            Self::Revoked => "revoked",
            Self::Settled => "settled",
        })
    }
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
    /// Who objected when, and until when for those that took the objection back.
    pub disputed: BTreeMap<PartyId, (NaiveDate, Option<NaiveDate>)>,
    /// When it was closed, and how.
    pub closed: Option<(NaiveDate, Closed)>,
    /// The event.
    pub event: u64,
}

impl Claim {
    /// Who objects to it on a date.
    pub(crate) fn disputed_by(&self, on: NaiveDate) -> impl Iterator<Item = &PartyId> {
        let objects = move |(at, until): &(NaiveDate, Option<NaiveDate>)| {
            *at <= on && until.is_none_or(|until| on < until)
        };
        let all = self.disputed.iter();
        all.filter(move |(_, objection)| objects(objection))
            .map(|(party, _)| party)
    }
}
