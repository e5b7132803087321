//! Keys of the catalogue's one sled tree. Numbers are big-endian, so that byte order is their order.

use travaux_store::Digest;

/// The directory: which runs there are, and how far they reach.
pub(crate) const DIRECTORY: &[u8] = b"d";
/// The root of the tree of what they reach.
pub(crate) const ROOT: &[u8] = b"r";

/// `s` or `c` or `f` + number of the run: what the keys of a run begin with.
pub(crate) fn run(kind: u8, number: u64) -> [u8; 9] {
    let mut key = [kind; 9];
    key[1..].copy_from_slice(&number.to_be_bytes());
    key
}

/// The number of the run that a key belongs to.
pub(crate) fn run_number(key: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(key.get(1..9)?.try_into().ok()?))
}

/// `s` + number of the run + stream name + NUL + version of the value's first entry. Names hold no NUL.
pub(crate) fn streams(number: u64, name: &str, version: u64) -> Vec<u8> {
    [
        &run(b's', number)[..],
        name.as_bytes(),
        &[0],
        &version.to_be_bytes(),
    ]
    .concat()
}

/// `c` + number of the run + key and position of the value's first commit.
pub(crate) fn commits(number: u64, first: &[u8]) -> Vec<u8> {
    [&run(b'c', number)[..], first].concat()
}

/// `f` + number of the run + part of its filter.
pub(crate) fn filter(number: u64, part: u32) -> Vec<u8> {
    [&run(b'f', number)[..], &part.to_be_bytes()].concat()
}

/// `a` + digest.
pub(crate) fn attachment(id: Digest) -> [u8; 33] {
    let mut key = [b'a'; 33];
    key[1..].copy_from_slice(&id.0);
    key
}
