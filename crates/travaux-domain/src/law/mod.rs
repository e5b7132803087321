//! The rules that decisions rest on: rows of the state table, with their law.
//!
//! [`Rule`] names a row. Each subject has the list of its own (`rules.rs` beside its `decide`);
//! `registry.rs` gathers them. A profile says which rows apply to an agreement and which of them
//! its final clauses may set aside; a [`LegalBasis`] says on which row an act was accepted.

mod record;
mod registry;
mod rule;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) use self::rule::{Row, first, rules};
pub use self::{
    registry::UnknownRule,
    rule::{Machine, Rule},
};

/// Whether parties may depart from a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// The agreement or the parties may provide otherwise.
    Residual,
    /// They may not.
    Mandatory,
    /// A rule of this record rather than of the law: without it the record would not be one.
    Record,
    /// A rule of one party's own house: its breach does not undo what was done between the parties
    /// (VCLT 27, 46).
    Internal,
}

impl fmt::Display for RuleKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Residual => "residual",
            Self::Mandatory => "mandatory",
            Self::Record => "of the record",
            Self::Internal => "internal",
        })
    }
}

/// On what an act rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// The row.
    pub rule: Rule,
    /// Whether the parties may depart from it, under the agreement's profile.
    pub kind: RuleKind,
    /// The final clause that filled it in or took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

impl LegalBasis {
    /// The row as it stands in the table.
    pub fn of(rule: Rule) -> Self {
        Self {
            rule,
            kind: rule.kind(),
            clause: None,
        }
    }

    /// Whether an act on this basis may be on record on `recorded`: the same, or the row that it
    /// was split off.
    pub fn may_be_recorded_as(&self, recorded: &Self) -> bool {
        self.rule.may_be_recorded_as(recorded.rule)
            && (self.kind, &self.clause) == (recorded.kind, &recorded.clause)
    }

    /// The same, by a clause.
    pub fn by(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }
}

impl fmt::Display for LegalBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}, {})",
            self.rule.name(),
            self.rule.law(),
            self.kind
        )?;
        self.clause
            .as_ref()
            .map_or(Ok(()), |clause| write!(f, ", by {clause}"))
    }
}

/// What was decided: the event, and the rule on which it rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<E> {
    /// The event.
    pub event: E,
    /// Its legal basis.
    pub legal_basis: LegalBasis,
}

impl<E> Decided<E> {
    /// An event on the basis of a row as it stands in the table.
    pub fn on(rule: Rule, event: E) -> Self {
        Self {
            event,
            legal_basis: LegalBasis::of(rule),
        }
    }

    /// The same decision about a larger event.
    pub fn map<F>(self, larger: impl FnOnce(E) -> F) -> Decided<F> {
        Decided {
            event: larger(self.event),
            legal_basis: self.legal_basis,
        }
    }
}
