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
