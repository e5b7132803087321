//! Handles: what people type and say instead of an id.

mod making;
mod naming;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};
use uuid::Uuid;

pub use self::naming::{Naming, NamingEvent};
use crate::{Name, StreamCommand, StreamId};

/// A short name of an agreement, a framework or a package, such as `sec` or `agreement-3`.
///
/// Lower-case letters and digits in words with single hyphens between them, 2 to 23 characters. It begins with a letter, and holds
/// one after `f`, so that it is no part of an id. Capitals are read as small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Handle(Name);

/// A text is no handle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no handle: expected 2 to 23 letters a-z, digits and single hyphens between them, the \
     first a letter, and one of the letters g to z, which no id has; such as `sec` or `migration-2`"
)]
pub struct InvalidHandle(pub String);

impl Handle {
    /// How many characters it has at most: so many fit into the id of its stream.
    pub const MAX: usize = 23;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the stream that holds whom it names: the handle itself, as a number in base 37, in the bits that a UUID of version 8
    /// leaves free (RFC 9562). So no two handles have one, and no handle has two.
    pub fn stream_id(&self) -> Uuid {
        let digit = |byte: u8| match byte {
            b'a'..=b'z' => u128::from(byte - b'a') + 1,
            b'0'..=b'9' => u128::from(byte - b'0') + 27,
            _ => 0,
        };
        // No handle ends in a hyphen, the digit 0: so none is another with more digits.
        let number = self
            .as_str()
            .bytes()
            .rev()
            .fold(0, |number, byte| number * 37 + digit(byte));
        let bits = |from: u32, count: u32| (number >> from) & ((1 << count) - 1);
        Uuid::from_u128(
            (bits(74, 48) << 80) | (8 << 76) | (bits(62, 12) << 64) | (2 << 62) | bits(0, 62),
        )
    }

    /// The act that gives it to an agreement, a framework or a package. In the commit that begins one, behind it.
    pub fn give(self, to: StreamId) -> StreamCommand {
        StreamCommand::Naming(
            self.stream_id(),
            NamingEvent::HandleGiven { handle: self, to },
        )
    }
}

impl FromStr for Handle {
    type Err = InvalidHandle;

    fn from_str(text: &str) -> Result<Self, InvalidHandle> {
        let small = text.to_ascii_lowercase();
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let is_one = (2..=Self::MAX).contains(&small.len())
            && small.starts_with(|c: char| c.is_ascii_lowercase())
            && small.split('-').all(is_word)
            && small.contains(|c| ('g'..='z').contains(&c));
        if is_one {
            Ok(Self(small.into()))
        } else {
            Err(InvalidHandle(text.to_owned()))
        }
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Handle {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Name::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_a_handle_and_what_is_none() {
        let longest = "z".repeat(Handle::MAX);
        for text in [
            "sec",
            "sec-7k2",
            "a2-in-force",
            "agreement-3",
            "xy",
            &longest,
        ] {
            assert_eq!(
                text.parse::<Handle>().map(|h| h.to_string()),
                Ok(text.into())
            );
        }
        assert_eq!(
            "SEC".parse::<Handle>().map(|h| h.to_string()),
            Ok("sec".into())
        );
        let too_long = "z".repeat(Handle::MAX + 1);
        for text in [
            "",
            "s",
            "decade",
            "01a2-sec",
            "fade-2",
            "sec-",
            "-sec",
            "sec--two",
            "sécurité",
            "two words",
            "a/path",
            &too_long,
        ] {
            assert_eq!(text.parse::<Handle>(), Err(InvalidHandle(text.into())));
        }
    }

    #[test]
    fn it_reads_and_writes_as_its_text() {
        let handle: Handle = "sec".parse().expect("a handle");
        assert_eq!(serde_json::to_string(&handle).ok(), Some("\"sec\"".into()));
        assert_eq!(serde_json::from_str::<Handle>("\"sec\"").ok(), Some(handle));
        let error = serde_json::from_str::<Handle>("\"decade\"").expect_err("it may be an id's");
        assert!(
            error.to_string().contains("`decade` is no handle"),
            "{error}"
        );
    }

    #[test]
    fn each_handle_has_a_stream_of_its_own() {
        let longest = "z9".repeat(11);
        let handles = [
            "sec",
            "sec2",
            "sec-2",
            "secx",
            "xsec",
            "ys",
            "sy",
            "y0s",
            &longest,
            &format!("{longest}9"),
            &format!("{longest}8"),
        ];
        let ids: BTreeSet<_> = handles
            .iter()
            .map(|h| h.parse::<Handle>().expect("a handle").stream_id())
            .collect();
        assert_eq!(ids.len(), handles.len());
        for id in ids {
            assert_eq!(id.get_version_num(), 8);
            assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
        }
    }
}
