//! The SHA-256 of some bytes (FIPS 180-4): how a text says what it expects to find, and how an attachment is called.
//!
//! One type for the pure crates and for the store, so that the digest of a text and the name under which its bytes are kept
//! are the same thing. The hashes of the Merkle tree are another: they say "leaf" or "node" in what is hashed
//! (`travaux-ledger`), and none of them names bytes that somebody has.
//!
//! ```
//! use travaux_digest::Digest;
//!
//! let name = Digest::of(b"Article 1");
//! assert_eq!(name.to_string().parse(), Ok(name));
//! ```

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// A text is no digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a SHA-256 digest (64 hexadecimal digits)")]
pub struct ParseDigestError(pub String);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(s: &str) -> Result<Self, ParseDigestError> {
        parse(s.as_bytes()).ok_or_else(|| ParseDigestError(s.to_owned()))
    }
}

fn parse(digits: &[u8]) -> Option<Digest> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    let bytes: Option<Vec<u8>> = pairs
        .iter()
        .map(|[high, low]| u8::try_from(value(*high)? << 4 | value(*low)?).ok())
        .collect();
    bytes?.try_into().ok().map(Digest)
}

/// Hexadecimal digits in a format for people, the bytes in others.
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            self.0.serialize(s)
        }
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            d.deserialize_str(Digits)
        } else {
            <[u8; 32]>::deserialize(d).map(Self)
        }
    }
}

/// Reads digits without keeping them.
struct Digits;

impl de::Visitor<'_> for Digits {
    type Value = Digest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a SHA-256 digest (64 hexadecimal digits)")
    }

    fn visit_str<E: de::Error>(self, digits: &str) -> Result<Digest, E> {
        digits.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4, the example of one block.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn it_is_sha_256_and_is_written_as_such() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.to_string(), ABC);
        assert_eq!(format!("{digest:?}"), ABC);
        assert_eq!(ABC.parse(), Ok(digest));
        assert_eq!(ABC.to_uppercase().parse(), Ok(digest));
    }

    #[test]
    fn its_stored_forms_are_digits_in_json_and_bytes_in_a_snapshot() {
        let digest = Digest::of(b"abc");
        let json = serde_json::to_string(&digest).expect("it serialises");
        assert_eq!(json, format!("\"{ABC}\""));
        assert_eq!(serde_json::from_str::<Digest>(&json).ok(), Some(digest));
        // Digits may be written with escapes.
        let escaped = json.replace("ba", "\\u0062a");
        assert_eq!(serde_json::from_str::<Digest>(&escaped).ok(), Some(digest));
        let bytes = postcard::to_stdvec(&digest).expect("it serialises");
        assert_eq!(bytes, digest.0);
        assert_eq!(postcard::from_bytes(&bytes), Ok(digest));
    }

    #[test]
    fn nothing_else_is_a_digest() {
        let (long, short) = (format!("{ABC}00"), &ABC[2..]);
        let (odd, signed) = (&ABC[1..], format!("+{}", &ABC[1..]));
        let (other, wide) = (format!("g{}", &ABC[1..]), format!("é{}", &ABC[2..]));
        for text in ["", &long, short, odd, &signed, &other, &wide] {
            let error = text.parse::<Digest>().expect_err(text);
            assert_eq!(
                error.to_string(),
                format!("`{text}` is not a SHA-256 digest (64 hexadecimal digits)")
            );
        }
        let error = serde_json::from_str::<Digest>("7").expect_err("no text");
        let expected = "invalid type: integer `7`, expected a SHA-256 digest (64 hexadecimal digits) at line 1 column 1";
        assert_eq!(error.to_string(), expected);
    }
}
