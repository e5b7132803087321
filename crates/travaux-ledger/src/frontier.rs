//! What has to be kept of a tree to append to it: the roots of its complete subtrees.

use crate::{Hash, node_hash};

/// A tree of so many leaves, as the roots of the largest complete subtrees that make it up, from left to right: one for each bit
/// that is set in its size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    /// A tree of `size` leaves with these roots of complete subtrees; `None` if there are not as many as the size has bits.
    pub fn new(size: u64, roots: Vec<Hash>) -> Option<Self> {
        (roots.len() == size.count_ones() as usize).then_some(Self { size, roots })
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its complete subtrees, the largest first.
    pub fn roots(&self) -> &[Hash] {
        &self.roots
    }

    /// Appends a leaf. `completed` is told of each node that the leaf completes, the leaf itself first, by its level (0 for
    /// leaves) and its index from the left on that level.
    pub fn push(&mut self, leaf: Hash, mut completed: impl FnMut(u32, u64, Hash)) {
        let (mut hash, mut index) = (leaf, self.size);
        completed(0, index, hash);
        for level in 1..=self.size.trailing_ones() {
            let Some(left) = self.roots.pop() else { break };
            hash = node_hash(&left, &hash);
            index >>= 1;
            completed(level, index, hash);
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// The root of the tree (RFC 9162, section 2.1.1).
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev().copied();
        let Some(last) = roots.next() else {
            return Hash::of_empty_tree();
        };
        roots.fold(last, |right, left| node_hash(&left, &right))
    }

    /// As it is stored: the size in eight bytes, the least significant first, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_le_bytes().to_vec();
        bytes.extend(self.roots.iter().flat_map(|hash| hash.0));
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (size, hashes) = bytes.split_first_chunk::<8>()?;
        let (hashes, rest) = hashes.as_chunks::<32>();
        rest.is_empty().then(|| {
            Self::new(
                u64::from_le_bytes(*size),
                hashes.iter().map(|h| Hash(*h)).collect(),
            )
        })?
    }
}
