//! Versions of streams that are in the archive, as far as they are at hand.

use std::collections::HashMap;

/// The most bytes that they take, whatever the limit: some 100,000 streams.
const MOST: usize = 16 << 20;
/// What the map takes for a stream beside its name, about.
const STREAM: usize = 96;

#[derive(Debug)]
pub(crate) struct Versions {
    known: HashMap<String, u64>,
    bytes: usize,
    limit: usize,
}

impl Default for Versions {
    fn default() -> Self {
        Self {
            known: HashMap::new(),
            bytes: 0,
            limit: MOST,
        }
    }
}

impl Versions {
    pub(crate) fn get(&self, stream: &str) -> Option<u64> {
        self.known.get(stream).copied()
    }

    /// Keeps the version of a stream at hand. Where there is no room, those of all others go: they are
    /// found again in the catalogue.
    pub(crate) fn insert(&mut self, stream: &str, version: u64) {
        if let Some(known) = self.known.get_mut(stream) {
            *known = version;
            return;
        }
        let bytes = STREAM + stream.len();
        if self.bytes + bytes > self.limit {
            self.known = HashMap::new();
            self.bytes = 0;
        }
        if bytes <= self.limit {
            self.bytes += bytes;
            self.known.insert(stream.to_owned(), version);
        }
    }

    /// How many bytes they take, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Sets how many they may take.
    pub(crate) fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes.min(MOST);
        if self.bytes > self.limit {
            self.known = HashMap::new();
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_stay_under_their_limit_and_are_those_that_came_last() {
        let mut versions = Versions::default();
        versions.set_limit(10 * (STREAM + 3));
        for n in 0..100_u64 {
            versions.insert(&format!("s{n:02}"), n);
            versions.insert(&format!("s{n:02}"), n + 1);
            assert!(versions.bytes() <= versions.limit);
            assert_eq!(versions.get(&format!("s{n:02}")), Some(n + 1));
        }
        assert_eq!((versions.get("s89"), versions.get("s90")), (None, Some(91)));
        versions.set_limit(STREAM);
        assert_eq!((versions.bytes(), versions.get("s99")), (0, None));
        versions.insert("s99", 100);
        assert_eq!(versions.get("s99"), None, "there is no room");
    }
}
