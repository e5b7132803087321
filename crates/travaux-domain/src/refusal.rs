//! A refusal: an answer that says which rule stands against an act, and what would have been right.

use std::fmt;

use serde::{Deserialize, Serialize};
use travaux_text::Collision;

use crate::{Rule, RuleKind};

/// Why an act was refused, as a kind that a program can act on. A small closed set: the words of a
/// refusal say the rest, and its rule says the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// What the act names is not on record, or is not of that kind. Look it up, and name another.
    Unknown,
    /// It was done already, or the id, the key or the number is taken. Nothing is left to do, or
    /// choose another.
    Already,
    /// Who acts, or is named, is no party. Act for a party.
    NotAParty,
    /// The act is another's: of the proposer, of the depositary, of one who has the powers. Leave it
    /// to whom `expected` names.
    NotEntitled,
    /// The agreement, or the thing that the act is about, has not come so far, or is past it. Read
    /// where it stands; do first what `expected` says, or the act that fits where it stands.
    WrongState,
    /// Some whose consent it needs have not given it. Ask those in `missing`.
    ConsentMissing,
    /// Something else is asked for first: a notice, a receipt, a condition of a clause. Do it, then
    /// ask again; `missing` lists what, where it is a list.
    ConditionUnmet,
    /// The date is another than the one that follows from the record. Take the one in `expected`.
    WrongDate,
    /// The date is before the first on which the act may be done. Wait, or take a later one.
    TooEarly,
    /// The time for it has passed. Nothing mends it, unless the date was given wrongly.
    TooLate,
    /// The profile or the practice leaves the rule out. The act is not to be had under it.
    RuleLeftOut,
    /// The law or a clause does not let it be done, or not in this way. Another act may do.
    Forbidden,
    /// The operations do not fit the text. Rebase the revision; `collisions` says where.
    Collision,
    /// The languages do not say the same, or one has no words. Supply those in `missing`.
    LanguageGap,
    /// The words break a rule of drafting. Mend them.
    Drafting,
    /// What is asked is incomplete, or contradicts itself or what it refers to. Ask otherwise.
    Malformed,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Self; 16] = [
        Self::Unknown,
        Self::Already,
        Self::NotAParty,
        Self::NotEntitled,
        Self::WrongState,
        Self::ConsentMissing,
        Self::ConditionUnmet,
        Self::WrongDate,
        Self::TooEarly,
        Self::TooLate,
        Self::RuleLeftOut,
        Self::Forbidden,
        Self::Collision,
        Self::LanguageGap,
        Self::Drafting,
        Self::Malformed,
    ];

    /// Its name, as JSON has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Already => "already",
            Self::NotAParty => "not_a_party",
            Self::NotEntitled => "not_entitled",
            Self::WrongState => "wrong_state",
            Self::ConsentMissing => "consent_missing",
            Self::ConditionUnmet => "condition_unmet",
            Self::WrongDate => "wrong_date",
            Self::TooEarly => "too_early",
            Self::TooLate => "too_late",
            Self::RuleLeftOut => "rule_left_out",
            Self::Forbidden => "forbidden",
            Self::Collision => "collision",
            Self::LanguageGap => "language_gap",
            Self::Drafting => "drafting",
            Self::Malformed => "malformed",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why an act was refused. Data, so that a caller can act on it and a test can compare it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The kind of reason, for programs.
    pub reason: Reason,
    /// The rule.
    pub rule: Rule,
    /// Whether the parties may depart from it, under the agreement's profile.
    pub kind: RuleKind,
    /// The final clause that fills the rule in, or took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What was asked.
    pub act: String,
    /// What the rule expects.
    pub expected: String,
    /// What was found instead.
    pub found: String,
    /// Who or what is missing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The operations that do not fit the text of the day.
    #[serde(default)]
    pub collisions: Vec<Collision>,
}

impl Refusal {
    /// A refusal of `act` under `rule`, for a `reason`.
    pub fn new(
        reason: Reason,
        rule: Rule,
        act: &str,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            reason,
            rule,
            kind: rule.kind(),
            clause: None,
            act: act.to_owned(),
            expected: expected.into(),
            found: found.into(),
            missing: Vec::new(),
            collisions: Vec::new(),
        }
    }

    /// The same, with what is missing.
    pub fn missing(mut self, missing: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.missing = missing.into_iter().map(Into::into).collect();
        self
    }

    /// The same, with the clause that decided it.
    pub fn by(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }

    /// The same, with the operations that collide.
    pub fn collisions(mut self, collisions: Vec<Collision>) -> Self {
        self.collisions = collisions;
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = (self.rule.name(), self.rule.law(), self.kind);
        write!(
            f,
            "cannot {}: expected {}, found {} [rule {} ({}), {}",
            self.act, self.expected, self.found, rule.0, rule.1, rule.2
        )?;
        self.clause
            .as_ref()
            .map_or(Ok(()), |clause| write!(f, ", by {clause}"))?;
        f.write_str("]")?;
        if !self.missing.is_empty() {
            write!(f, "; missing: {}", self.missing.join(", "))?;
        }
        self.collisions
            .iter()
            .try_for_each(|collision| write!(f, "\n  {collision}"))
    }
}

impl std::error::Error for Refusal {}
