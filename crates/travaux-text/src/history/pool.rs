//! The words of a history, one body behind the other.

use serde::{Deserialize, Serialize};

/// Bytes that were text when they were put in. A long one is not checked as a whole when it is read from a disk: each body is
/// when it is read from the pool, and one that is no text any more reads as nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(super) struct Pool(pub(super) Vec<u8>);

impl Pool {
    pub(super) fn get(&self, start: u64, end: u64) -> &str {
        let bytes = self.0.get(start as usize..end as usize).unwrap_or_default();
        simdutf8::basic::from_utf8(bytes).unwrap_or_default()
    }
}

impl From<String> for Pool {
    fn from(words: String) -> Self {
        Self(words.into_bytes())
    }
}

impl From<Pool> for String {
    fn from(pool: Pool) -> Self {
        Self::from_utf8_lossy(&pool.0).into_owned()
    }
}
