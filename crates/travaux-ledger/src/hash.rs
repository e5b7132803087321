//! Hashing: SHA-256 with a prefix that tells leaves from nodes (RFC 6962, section 2.1).

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// A hash of the tree: 32 bytes, written in base64 as notes and proofs write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The root of the tree without leaves: SHA-256 of nothing.
    pub fn of_empty_tree() -> Self {
        Self(Sha256::digest([]).into())
    }
}

/// The hash of a leaf: SHA-256 of 0x00 and the bytes of the record as they are stored.
pub fn leaf_hash(record: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0])
            .chain_update(record)
            .finalize()
            .into(),
    )
}

/// The hash of a node: SHA-256 of 0x01 and its two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// Text that is no hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no hash: expected 32 bytes in base64 (44 characters)")]
pub struct NoHash(String);

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let bytes = STANDARD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok());
        bytes
            .map(Self)
            .ok_or_else(|| NoHash(text.chars().take(64).collect()))
    }
}
