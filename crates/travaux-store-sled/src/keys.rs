//! Keys of the one sled tree. Numbers are big-endian, so that byte order is their order.

use travaux_store::{AttachmentId, CommitId};

/// `b` + position of the block's first record.
pub(crate) fn block(first: u64) -> [u8; 9] {
    let mut key = [b'b'; 9];
    key[1..].copy_from_slice(&first.to_be_bytes());
    key
}

/// The position in a block's key.
pub(crate) fn position(key: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(key.strip_prefix(b"b")?.try_into().ok()?))
}

/// `s` + stream name + NUL: what the entries of a stream start with. Names hold no NUL.
pub(crate) fn stream(name: &str) -> Vec<u8> {
    [b"s", name.as_bytes(), b"\0"].concat()
}

/// A stream's prefix + version of the first record that the entry lists.
pub(crate) fn stream_entry(name: &str, version: u64) -> Vec<u8> {
    let mut key = stream(name);
    key.extend(version.to_be_bytes());
    key
}

/// The version in a stream entry's key.
pub(crate) fn version(key: &[u8]) -> Option<u64> {
    let at = key.len().checked_sub(8)?;
    Some(u64::from_be_bytes(key.get(at..)?.try_into().ok()?))
}

/// `c` + commit id.
pub(crate) fn commit(id: CommitId) -> [u8; 17] {
    let mut key = [b'c'; 17];
    key[1..].copy_from_slice(id.0.as_bytes());
    key
}

/// `a` + digest.
pub(crate) fn attachment(id: AttachmentId) -> [u8; 33] {
    let mut key = [b'a'; 33];
    key[1..].copy_from_slice(&id.0);
    key
}
