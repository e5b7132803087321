//! Trees whose nodes can be looked up.

use crate::{Hash, node_hash};

/// A tree that is asked for the roots of its complete subtrees.
pub trait Nodes {
    /// Why a node could not be read.
    type Error;

    /// The root of the complete subtree of 2^`level` leaves that begins at leaf `index` × 2^`level`.
    ///
    /// # Errors
    /// If it cannot be read.
    fn node(&self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// A leaf or a size that the tree does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("position {asked} was asked for in a tree of {size} leaves")]
pub struct OutOfTree {
    /// What was asked for.
    pub asked: u64,
    /// The size of the tree.
    pub size: u64,
}

/// The root of the tree of the first `size` leaves.
///
/// # Errors
/// If a node cannot be read.
pub fn root<N: Nodes>(nodes: &N, size: u64) -> Result<Hash, N::Error> {
    if size == 0 {
        Ok(Hash::of_empty_tree())
    } else {
        range(nodes, 0, size)
    }
}

/// The root over leaves `from..to`, where `from` is where RFC 9162 splits a tree, so that complete subtrees begin there.
pub(crate) fn range<N: Nodes>(nodes: &N, from: u64, to: u64) -> Result<Hash, N::Error> {
    let length = to - from;
    if length.is_power_of_two() {
        let level = length.trailing_zeros();
        return nodes.node(level, from >> level);
    }
    let middle = from + split(length);
    Ok(node_hash(
        &range(nodes, from, middle)?,
        &range(nodes, middle, to)?,
    ))
}

/// The largest power of two below `length`, which is 2 or more.
pub(crate) fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}
