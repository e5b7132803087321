//! Reading what is shared.

use std::sync::Arc;

use serde::{Deserialize, Deserializer};

/// Reads a value straight into the room in which it is shared: serde puts it in a box first, and copies it from there, which is a
/// tenth of what reading a proposal costs.
pub(crate) fn shared<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Arc<T>, D::Error> {
    T::deserialize(from).map(Arc::new)
}
