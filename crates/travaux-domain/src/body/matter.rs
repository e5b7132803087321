//! What a joint body deals with: decisions, what is referred to it, sub-bodies, reports.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BodyId, Competence, Verb};
use crate::{AgreementId, MeetingId, Name, PartyId, Revision, partnership::Words};

/// A revision of an annex that a decision makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AnnexChange {
    /// The agreement.
    pub agreement: AgreementId,
    /// The revision, which holds the words.
    pub revision: Revision,
    /// From when: before the decision, too, where the body so decides.
    pub from: NaiveDate,
}

/// A part of a decision, and from when it applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectPart {
    /// Which part; the whole, if none.
    #[serde(default)]
    pub part: Option<String>,
    /// From when: before the decision, too, where the body so decides.
    pub from: NaiveDate,
}

/// A draft of a decision or of a recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its key.
    pub key: Name,
    /// What the body does by it.
    pub verb: Verb,
    /// What it is about, by key.
    pub subject: Name,
    /// What it says.
    pub text: Words,
    /// From when it applies: from its adoption on, if nothing is said.
    #[serde(default)]
    pub effects: Vec<EffectPart>,
    /// The annexes that it amends.
    #[serde(default)]
    pub annexes: Vec<AnnexChange>,
    /// When the act to which it answers applies on the other side.
    #[serde(default)]
    pub applies_elsewhere: Option<NaiveDate>,
    /// The report on which it acts, by key.
    #[serde(default)]
    pub report: Option<Name>,
}

/// How a decision is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By all, at a session or elsewhere.
    Together {
        /// The session, if it was at one.
        #[serde(default)]
        session: Option<MeetingId>,
        /// All parties, each once.
        consenting: Vec<PartyId>,
    },
    /// In writing: by the answers on record, and by silence where the rules say so.
    InWriting,
}

/// A referral to another body, as the one that it comes from has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReferralRef {
    /// The body.
    pub body: BodyId,
    /// The referral, by key.
    pub referral: Name,
}

/// A challenge that is referred to the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Its key.
    pub key: Name,
    /// The area of the framework, by key.
    pub area: Name,
    /// What it is about, by key.
    pub subject: Name,
    /// The facts.
    pub facts: Words,
    /// Its marking, such as `TLP:AMBER`; not public in any case.
    #[serde(default)]
    pub marking: Option<String>,
    /// The body from which it comes up the ladder, if it does.
    #[serde(default)]
    pub from: Option<ReferralRef>,
}

/// To whom a referral is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allotted {
    /// To a party.
    Party(PartyId),
    /// To a sub-body or a mission, by key.
    SubBody(Name),
    /// To the body itself, at a session.
    Session(MeetingId),
}

/// By what a referral is resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// By a decision of the body, by key.
    Decision(Name),
    /// By a recommendation of the body, by key.
    Recommendation(Name),
    /// By an explanation.
    Explanation(Words),
    /// By an action that the parties are to take.
    Action(Words),
    /// By a change of a procedure that the parties are to make.
    Procedure(Words),
}

/// What kind of sub-body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubKind {
    /// A working group, a sub-committee.
    Group,
    /// A joint mission: it reports.
    Mission,
}

/// A sub-body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubBody {
    /// Its key.
    pub key: Name,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: SubKind,
    /// What it may do: no more than the body itself.
    pub mandate: Vec<Competence>,
    /// Its last day, where that is settled.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// A report to the body. It binds nobody before the body has acted on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its key.
    pub key: Name,
    /// Who reports, by key.
    pub of: Name,
    /// What it says.
    pub text: Words,
    /// What it recommends, by key.
    #[serde(default)]
    pub recommendations: BTreeMap<Name, Words>,
}
