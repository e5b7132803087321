//! Names that never change meaning: provisions.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

/// An id could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {expected}")]
pub struct ParseIdError {
    /// What was given.
    pub found: String,
    /// What would have been right.
    pub expected: Cow<'static, str>,
}

/// The identity of a provision within its agreement: the revision that created it and its place in that revision.
///
/// It says nothing about the provision's number or position, no renumbering or move changes it, and it is never used
/// again, because a revision number is never used again. Written `12.40`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvisionId {
    /// The number of the revision that created the provision.
    pub revision: u32,
    /// The place among the provisions which that revision created, from 1.
    pub ordinal: u32,
}

impl ProvisionId {
    /// What is expected where one is read.
    pub const EXPECTED: &str = "a provision id such as `1.12` (revision.ordinal)";

    /// The provision that `revision` created as its `ordinal`-th.
    pub const fn new(revision: u32, ordinal: u32) -> Self {
        Self { revision, ordinal }
    }
}

impl fmt::Display for ProvisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.revision, self.ordinal)
    }
}

impl fmt::Debug for ProvisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "§{self}")
    }
}

impl FromStr for ProvisionId {
    type Err = ParseIdError;

    fn from_str(s: &str) -> Result<Self, ParseIdError> {
        let bad = || ParseIdError {
            found: s.to_owned(),
            expected: Cow::Borrowed(Self::EXPECTED),
        };
        let (revision, ordinal) = s.split_once('.').ok_or_else(bad)?;
        Ok(Self::new(
            revision.parse().map_err(|_| bad())?,
            ordinal.parse().map_err(|_| bad())?,
        ))
    }
}

impl Serialize for ProvisionId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            (self.revision, self.ordinal).serialize(s)
        }
    }
}

/// Reads an id in words.
struct Words;

impl Visitor<'_> for Words {
    type Value = ProvisionId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ProvisionId::EXPECTED)
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<ProvisionId, E> {
        id.parse().map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for ProvisionId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            d.deserialize_str(Words)
        } else {
            <(u32, u32)>::deserialize(d).map(|(revision, ordinal)| Self { revision, ordinal })
        }
    }
}
