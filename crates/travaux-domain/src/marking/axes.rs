//! The axes of a marking, and their join.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use super::Evaluation;
use crate::{Name, PartyId, words::names};

/// A level of classification in its scheme: where it stands there, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Level {
    /// Its place in the order of its scheme, from 0, the least restrictive.
    pub rank: u8,
    /// How it is written.
    pub code: Name,
}

/// The Traffic Light Protocol, version 2.0; `WHITE`, of version 1, reads as `CLEAR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tlp {
    /// No limit.
    #[serde(alias = "white")]
    Clear,
    /// The community.
    Green,
    /// Those of the recipient and of its clients that need it.
    Amber,
    /// Those of the recipient alone.
    AmberStrict,
    /// Those alone to whom it was sent.
    Red,
}

/// What an originator says of a content. No axis says anything about another: a level says nothing
/// of who it may be released to, and a code of handling nothing of the level. None is clear unless it
/// says so: the Traffic Light Protocol is always told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Marking {
    /// Its classification by its originator: the highest level of each scheme. A whole may bear
    /// those of several, none of which stands for another.
    #[serde(default)]
    pub levels: BTreeMap<Name, Level>,
    /// Who may have it; anybody, where that is absent, and its originator alone, where it is empty.
    #[serde(default)]
    pub releasable_to: Option<BTreeSet<PartyId>>,
    /// How it is to be handled: a set, not a scale (`h1` and `h2` may both apply); mentions such as
    /// `special-france` and `chr`, no attribution, too.
    #[serde(default)]
    pub handling: BTreeSet<Name>,
    /// The Traffic Light Protocol.
    pub tlp: Tlp,
    /// How far it can be relied on: a scheme and a code each, never converted.
    #[serde(default)]
    pub evaluations: BTreeSet<Evaluation>,
}

impl Marking {
    /// A marking that says nothing but this.
    pub fn of(tlp: Tlp) -> Self {
        Self {
            levels: BTreeMap::new(),
            releasable_to: None,
            handling: BTreeSet::new(),
            tlp,
            evaluations: BTreeSet::new(),
        }
    }

    /// The marking of a whole that is made of two parts (IX10): on each axis what either asks for.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let mut levels = self.levels.clone();
        for (scheme, level) in &other.levels {
            let here = levels
                .entry(scheme.clone())
                .or_insert_with(|| level.clone());
            if *here < *level {
                *here = level.clone();
            }
        }
        let releasable_to = match (&self.releasable_to, &other.releasable_to) {
            (Some(one), Some(other)) => Some(one & other),
            (one, other) => one.clone().or_else(|| other.clone()),
        };
        Self {
            levels,
            releasable_to,
            handling: &self.handling | &other.handling,
            tlp: self.tlp.max(other.tlp),
            evaluations: &self.evaluations | &other.evaluations,
        }
    }

    /// Whether it asks, on each axis, for all that another asks for.
    pub fn covers(&self, other: &Self) -> bool {
        self.join(other) == *self
    }

    /// Whether it may be released to a party.
    pub fn is_releasable_to(&self, party: &PartyId) -> bool {
        let named = self.releasable_to.as_ref();
        named.is_none_or(|parties| parties.contains(party))
    }

    /// Whether it lets who has it send it on to a party, without asking its originator (IX12).
    pub fn allows_onward(&self, to: &PartyId) -> bool {
        let bound = self.handling.iter().any(|code| *code == "h2");
        self.is_releasable_to(to) && self.tlp <= Tlp::Green && !bound
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        })
    }
}

/// In one line: `fr:secret, releasable to FR, MA, h1, TLP:AMBER`.
impl fmt::Display for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (scheme, level) in &self.levels {
            write!(f, "{scheme}:{}, ", level.code)?;
        }
        match &self.releasable_to {
            Some(nobody) if nobody.is_empty() => f.write_str("not releasable, ")?,
            Some(parties) => write!(f, "releasable to {}, ", names(parties))?,
            None => {}
        }
        for code in &self.handling {
            write!(f, "{code}, ")?;
        }
        write!(f, "{}", self.tlp)?;
        for evaluation in &self.evaluations {
            write!(f, ", {evaluation}")?;
        }
        Ok(())
    }
}
