//! Relations between agreements (VCLT 30, 31(2)).

mod conclude;
mod decide;
mod rules;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(crate) use self::rules::RULES;
use crate::{AgreementId, Rule, agreement::meta::EventMeta, partnership::ItemRef, words::Summary};

/// How an agreement stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It gives way to the other (K1).
    SubjectTo,
    /// It is later than the other on the same subject (K2, K3).
    LaterThan,
    /// It was made in connection with the conclusion of the other (K4).
    Context,
    /// It completes the other (K5).
    Completes,
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SubjectTo => "subject to",
            Self::LaterThan => "later than",
            Self::Context => "context",
            Self::Completes => "completes",
        })
    }
}

impl Relation {
    pub(super) fn rule(self) -> Rule {
        match self {
            Self::SubjectTo => Rule::K1,
            Self::LaterThan => Rule::K2,
            Self::Context => Rule::K4,
            Self::Completes => Rule::K5,
        }
    }
}

/// An act of relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationAct {
    /// A relation was put on record.
    RelationRecorded {
        /// When.
        on: NaiveDate,
        /// The other agreement.
        to: AgreementId,
        /// How this one stands to it.
        relation: Relation,
    },
    /// The agreement follows up an item that was agreed at a meeting (MT9).
    AgreementFollowsItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
}

impl RelationAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::RelationRecorded { on, .. } | Self::AgreementFollowsItem { on, .. } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::RelationRecorded { to, relation, .. } => format!("related to {to}: {relation}"),
            Self::AgreementFollowsItem { item, .. } => format!("follows up {item}"),
        })
    }
}

/// Relations on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations(pub Vec<(AgreementId, Relation, u64)>);

/// Which of two agreements governs between two parties (VCLT 30): `this` is the one that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Governs {
    /// The other prevails wherever the two do not agree (K1).
    OtherByItsClause,
    /// This one prevails wherever the two do not agree: the other is subject to it (K1).
    ThisByItsClause,
    /// This one, being later, prevails wherever the two do not agree (K2).
    ThisAsLater,
    /// The other, being later, prevails wherever the two do not agree (K2).
    OtherAsLater,
    /// Both parties are bound by this one alone (K3).
    OnlyThis,
    /// Both parties are bound by the other alone (K3).
    OnlyOther,
    /// Nothing on record relates the two between these parties.
    Unrelated,
}

impl Governs {
    /// The row that it rests on.
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::OtherByItsClause | Self::ThisByItsClause => Some(Rule::K1),
            Self::ThisAsLater | Self::OtherAsLater => Some(Rule::K2),
            Self::OnlyThis | Self::OnlyOther => Some(Rule::K3),
            Self::Unrelated => None,
        }
    }
}

impl Relations {
    /// Whether a relation to another agreement is on record.
    pub fn has(&self, to: AgreementId, relation: Relation) -> bool {
        self.0
            .iter()
            .any(|(other, r, _)| *other == to && *r == relation)
    }

    pub(crate) fn evolve(&mut self, act: &RelationAct, meta: &EventMeta) {
        match act {
            RelationAct::RelationRecorded { to, relation, .. } => {
                self.0.push((*to, *relation, meta.event));
            }
            // The meeting holds the link, and says whether it is there already.
            RelationAct::AgreementFollowsItem { .. } => {}
        }
    }
}
