//! Inclusion and consistency proofs (RFC 9162, sections 2.1.3 and 2.1.4).

use crate::{
    Hash, Nodes, OutOfTree, node_hash,
    tree::{range, split},
};

/// Why a proof shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Sizes or positions that no proof could be about.
    #[error(transparent)]
    OutOfTree(#[from] OutOfTree),
    /// It has more or fewer hashes than a proof of these sizes.
    #[error("the proof has {found} hashes, which is not what a proof for these sizes has")]
    Length {
        /// How many it has.
        found: usize,
    },
    /// It leads to another root.
    #[error("the proof leads to the root {found}, expected {expected}")]
    Root {
        /// The root that was given.
        expected: Hash,
        /// The root that follows.
        found: Hash,
    },
}

/// The proof that leaf `index` is in the tree of the first `size` leaves, from the leaf upwards.
///
/// # Errors
/// `None` inside if the tree of that size has no such leaf; what `nodes` reports.
pub fn inclusion_proof<N: Nodes>(
    nodes: &N,
    index: u64,
    size: u64,
) -> Result<Result<Vec<Hash>, OutOfTree>, N::Error> {
    if index >= size {
        return Ok(Err(OutOfTree { asked: index, size }));
    }
    let (mut from, mut to) = (0, size);
    let mut proof = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            proof.push(range(nodes, middle, to)?);
            to = middle;
        } else {
            proof.push(range(nodes, from, middle)?);
            from = middle;
        }
    }
    proof.reverse();
    Ok(Ok(proof))
}

/// The proof that the tree of the first `old` leaves is a beginning of that of the first `new` leaves.
///
/// # Errors
/// [`OutOfTree`] inside if `old` is larger than `new`; what `nodes` reports.
pub fn consistency_proof<N: Nodes>(
    nodes: &N,
    old: u64,
    new: u64,
) -> Result<Result<Vec<Hash>, OutOfTree>, N::Error> {
    if old > new {
        return Ok(Err(OutOfTree {
            asked: old,
            size: new,
        }));
    }
    let mut proof = Vec::new();
    if old == 0 || old == new {
        return Ok(Ok(proof));
    }
    let (mut from, mut to) = (0, new);
    while to != old {
        let middle = from + split(to - from);
        if old <= middle {
            proof.push(range(nodes, middle, to)?);
            to = middle;
        } else {
            proof.push(range(nodes, from, middle)?);
            from = middle;
        }
    }
    // The old tree as a whole is known to who holds its root; a part of it is not.
    if from != 0 {
        proof.push(range(nodes, from, to)?);
    }
    proof.reverse();
    Ok(Ok(proof))
}

/// Verifies that a leaf with this hash is leaf `index` of the tree of `size` leaves with this root (RFC 9162, section 2.1.3.2).
///
/// # Errors
/// [`ProofError`] if the proof does not show it.
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(OutOfTree { asked: index, size }.into());
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length { found: proof.len() });
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            let skipped = node.trailing_zeros();
            node >>= skipped;
            last >>= skipped;
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length { found: proof.len() });
    }
    leads_to(hash, root)
}

/// Verifies that the tree of `old` leaves with `old_root` is a beginning of that of `new` leaves with `new_root` (RFC 9162,
/// section 2.1.4.2). The empty tree is the beginning of every tree, and needs no proof; nothing is said about `new_root` then.
///
/// # Errors
/// [`ProofError`] if the proof does not show it.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    let length = ProofError::Length { found: proof.len() };
    if old > new {
        return Err(OutOfTree {
            asked: old,
            size: new,
        }
        .into());
    }
    if old == new {
        return if proof.is_empty() {
            leads_to(*old_root, new_root)
        } else {
            Err(length)
        };
    }
    if old == 0 {
        leads_to(Hash::of_empty_tree(), old_root)?;
        return if proof.is_empty() {
            Ok(())
        } else {
            Err(length)
        };
    }
    // A whole subtree is known by its root; otherwise the proof begins with the part that both trees share.
    let (first, rest) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        let Some((first, rest)) = proof.split_first() else {
            return Err(length);
        };
        (first, rest)
    };
    let shared = (old - 1).trailing_ones();
    let (mut node, mut last) = ((old - 1) >> shared, (new - 1) >> shared);
    let (mut of_old, mut of_new) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(length);
        }
        if node & 1 == 1 || node == last {
            of_old = node_hash(sibling, &of_old);
            of_new = node_hash(sibling, &of_new);
            let skipped = node.trailing_zeros();
            node >>= skipped;
            last >>= skipped;
        } else {
            of_new = node_hash(&of_new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(length);
    }
    leads_to(of_old, old_root)?;
    leads_to(of_new, new_root)
}

fn leads_to(found: Hash, expected: &Hash) -> Result<(), ProofError> {
    if found == *expected {
        Ok(())
    } else {
        Err(ProofError::Root {
            expected: *expected,
            found,
        })
    }
}
