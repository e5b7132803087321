//! Texts too large for a record: kept by the digest of their bytes, once.

use travaux_digest::Digest;

/// Bytes that travel with a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Their name.
    pub id: Digest,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// An attachment of `bytes`.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            id: Digest::of(&bytes),
            bytes,
        }
    }
}
