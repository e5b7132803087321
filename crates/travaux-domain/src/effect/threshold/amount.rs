//! How much a threshold asks for, and of whom.

use std::fmt;

use super::Share;
use crate::{PartyId, words::names};

/// How much is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many, or more.
    Number(u32, Among),
    /// All of these: named States (Non-Proliferation Treaty IX(3), CTBT XIV).
    Each(Members),
    /// Members that make a share of what all members weigh: emissions, tonnage; of their number, where
    /// nothing is said of weights (Kyoto Protocol 25(1), MARPOL 15(1)).
    Share(Share, Members),
}

/// Among whom is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// All.
    All,
    /// Members of a group only (Convention on Cybercrime 36(3)).
    Of(Members),
    /// All that are no members of it: `forty other States`.
    Outside(Members),
}

/// Members of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Members {
    /// Those that a clause names, or weighs, under this name.
    Named(String),
    /// These.
    Listed(Vec<PartyId>),
}

impl Amount {
    /// Whose members it is about, if it is about some.
    pub fn members(&self) -> Option<&Members> {
        match self {
            Self::Number(_, Among::All) => None,
            Self::Number(_, Among::Of(members) | Among::Outside(members))
            | Self::Each(members)
            | Self::Share(_, members) => Some(members),
        }
    }
}

/// Whether a character ends a word: such a name stands in quotation marks.
pub(in crate::effect) fn ends_a_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']' | '"')
}

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) if name.contains(ends_a_word) => write!(f, "\"{name}\""),
            Self::Named(name) => f.write_str(name),
            Self::Listed(parties) => write!(f, "[{}]", names(parties)),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(n, Among::All) => n.fmt(f),
            Self::Number(n, Among::Of(members)) => write!(f, "{n} of {members}"),
            Self::Number(n, Among::Outside(members)) => write!(f, "{n} outside {members}"),
            Self::Each(members) => write!(f, "each of {members}"),
            Self::Share(share, members) => write!(f, "{share} of {members}"),
        }
    }
}
