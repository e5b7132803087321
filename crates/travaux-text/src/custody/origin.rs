//! Where words come from.

use serde::{Deserialize, Serialize};

/// Where a word comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The revision that first brought it in.
    pub(super) revision: u32,
    /// The revision that last brought it back, 0 if none did.
    pub(super) returned: u32,
}
