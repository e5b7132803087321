//! The rules that decisions rest on: rows of the state table, with their law.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether parties may depart from a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// The agreement or the parties may provide otherwise.
    Residual,
    /// They may not.
    Mandatory,
    /// A rule of this record rather than of the law: without it the record would not be one.
    Record,
}

/// A rule, by the name of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Rule {
    /// Proposing a text.
    T1,
    /// Proposing a revision.
    T2,
    /// Withdrawing a revision.
    T3,
    /// Adopting a text.
    T4,
    /// Authenticating a text.
    T6,
    /// The text after authentication.
    T8,
    /// Answering a revision.
    Answer,
    /// The languages of a text.
    L0,
    /// Characters of a drafted text.
    Drafting,
    /// Amending.
    A1,
    /// Correcting an error.
    X1,
    /// Entry into force.
    F1,
    /// Ending.
    E2,
    /// Acts on an agreement that ended.
    E18,
    /// Acting as a party.
    Standing,
    /// Founding and extending a framework.
    Framework,
    /// Packages.
    Package,
    /// The record itself.
    Record,
}

impl Rule {
    /// The row's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::T1 => "T1",
            Self::T2 => "T2",
            Self::T3 => "T3",
            Self::T4 => "T4",
            Self::T6 => "T6",
            Self::T8 => "T8",
            Self::Answer => "T4a",
            Self::L0 => "L1",
            Self::Drafting => "DR1",
            Self::A1 => "A1",
            Self::X1 => "X1",
            Self::F1 => "F1",
            Self::E2 => "E2",
            Self::E18 => "E18",
            Self::Standing => "P0",
            Self::Framework => "FW1",
            Self::Package => "PK1",
            Self::Record => "RC1",
        }
    }

    /// The article or practice that the rule rests on.
    pub fn law(self) -> &'static str {
        match self {
            Self::T1 => "VCLT 2(1)(e)",
            Self::T2 | Self::T3 => "negotiating practice",
            Self::T4 | Self::Answer => "VCLT 9(1)",
            Self::T6 => "VCLT 10",
            Self::T8 => "VCLT 10, 39, 79",
            Self::L0 => "VCLT 33(1)",
            Self::Drafting => "UAX #9 and #15; rules for drafted text",
            Self::A1 => "VCLT 39",
            Self::X1 => "VCLT 79(1), 48(3)",
            Self::F1 => "VCLT 24(1)",
            Self::E2 => "VCLT 54(b)",
            Self::E18 => "VCLT 70",
            Self::Standing => "VCLT 7, 8",
            Self::Framework => "the framework's founding declaration",
            Self::Package => "all revisions of a package or none",
            Self::Record => "rules of the record",
        }
    }

    /// Whether parties may depart from it.
    pub fn kind(self) -> RuleKind {
        match self {
            Self::T6 | Self::L0 => RuleKind::Residual,
            Self::T2 | Self::T3 | Self::Drafting | Self::Framework | Self::Package | Self::Record => RuleKind::Record,
            _ => RuleKind::Mandatory,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name(), self.law())
    }
}
