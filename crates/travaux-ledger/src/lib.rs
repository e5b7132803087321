//! The ledger: a Merkle log over the exact bytes of records, provable to people who trust none of us.
//!
//! - [`struct@Hash`], [`leaf_hash`], [`node_hash`]: hashing as in RFC 6962, section 2.1 (RFC 9162, section 2.1.1).
//! - [`Frontier`]: what has to be kept to append: at most 64 hashes.
//! - [`inclusion_proof`], [`consistency_proof`] and their verifiers (RFC 9162, sections 2.1.3 and 2.1.4).
//! - [`Tile`], [`Bundle`]: the tree and the records as static files (C2SP tlog-tiles).
//! - [`SigningKey`], [`VerifyingKey`], [`Note`]: signed notes (C2SP signed-note, Ed25519).
//! - [`Checkpoint`]: a signed tree head (C2SP tlog-checkpoint).
//! - [`LogProof`]: a checkpoint and an inclusion proof in one file (C2SP tlog-proof).
//!
//! ```
//! use std::convert::Infallible;
//! use travaux_ledger::{Frontier, Hash, Nodes, inclusion_proof, leaf_hash, node_hash, verify_inclusion};
//!
//! /// A tree of two leaves, whose nodes are at hand.
//! struct Two([Hash; 2]);
//!
//! impl Nodes for Two {
//!     type Error = Infallible;
//!
//!     fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
//!         let Self([left, right]) = self;
//!         Ok(match (level, index) {
//!             (0, 0) => *left,
//!             (0, _) => *right,
//!             _ => node_hash(left, right),
//!         })
//!     }
//! }
//!
//! let leaves = [leaf_hash(b"proposed"), leaf_hash(b"adopted")];
//! let mut frontier = Frontier::default();
//! leaves.iter().for_each(|leaf| frontier.push(*leaf, |_, _, _| {}));
//!
//! let proof = inclusion_proof(&Two(leaves), 1, 2)??;
//! verify_inclusion(1, 2, &leaves[1], &proof, &frontier.root())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Pure: no I/O, no clock, no randomness. Proofs and appends cost O(log n).

mod bundle;
mod checkpoint;
mod frontier;
mod hash;
mod key;
mod log_proof;
mod note;
mod proof;
mod tile;
mod tree;

pub use bundle::{Bundle, ENTRY_LIMIT, Malformed};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use frontier::Frontier;
pub use hash::{Hash, leaf_hash, node_hash};
pub use key::{KeyError, SigningKey, VerifyingKey};
pub use log_proof::{LogProof, LogProofError};
pub use note::{Note, NoteError, NoteSignature};
pub use proof::{
    ProofError, consistency_proof, inclusion_proof, verify_consistency, verify_inclusion,
};
pub use tile::{TILE_WIDTH, Tile, TileNodes, tiles};
pub use tree::{Nodes, OutOfTree, root};
