//! Names that never change meaning: provisions and languages.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An id could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {expected}")]
pub struct ParseIdError {
    /// What was given.
    pub found: String,
    /// What would have been right.
    pub expected: &'static str,
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
            expected: "a provision id such as `1.12` (revision.ordinal)",
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

impl<'de> Deserialize<'de> for ProvisionId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(D::Error::custom)
        } else {
            <(u32, u32)>::deserialize(d).map(|(revision, ordinal)| Self { revision, ordinal })
        }
    }
}

/// A language, as a BCP 47 tag of at most 11 bytes (`fr`, `ar`, `zh-Hant-TW`; `und` where it is not known).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang {
    bytes: [u8; 11],
    len: u8,
}

impl Lang {
    /// The tag for a language that is not known (BCP 47 `und`).
    pub const UNDETERMINED: Self = Self {
        bytes: *b"und\0\0\0\0\0\0\0\0",
        len: 3,
    };

    /// Reads a tag: ASCII letters, digits and hyphens, 2 to 11 bytes, starting with a letter.
    ///
    /// # Errors
    /// [`ParseIdError`] for anything else.
    pub fn parse(tag: &str) -> Result<Self, ParseIdError> {
        let good = (2..=11).contains(&tag.len())
            && tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !good {
            return Err(ParseIdError {
                found: tag.to_owned(),
                expected: "a language tag such as `fr` or `ar` (BCP 47)",
            });
        }
        let mut bytes = [0; 11];
        bytes[..tag.len()].copy_from_slice(tag.as_bytes());
        Ok(Self {
            bytes,
            len: u8::try_from(tag.len()).unwrap_or(11),
        })
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("und")
    }

    /// Whether the language is written from right to left (Arabic, Hebrew, Persian, Urdu and their like).
    pub fn is_right_to_left(&self) -> bool {
        matches!(
            self.as_str().split('-').next(),
            Some("ar" | "he" | "fa" | "ur" | "ps" | "syr" | "dv" | "yi")
        )
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = ParseIdError;

    fn from_str(s: &str) -> Result<Self, ParseIdError> {
        Self::parse(s)
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(d)?;
        Self::parse(&tag).map_err(D::Error::custom)
    }
}
