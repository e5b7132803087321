//! What the commands say that look after a store and its log.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use super::wire::documents;

documents! {
    /// A store was made.
    pub(crate) struct Initialised {
        /// Its folder.
        store: PathBuf,
        /// The log's name.
        origin: String,
        /// The log's key: NAME+ID+BASE64.
        key: String,
    }

    /// A signed checkpoint.
    pub(crate) struct Sealed {
        /// The log's name.
        origin: String,
        /// How many records it covers.
        records: u64,
        /// The root of the Merkle tree over them.
        root: String,
        /// The signed note.
        note: String,
    }

    /// A proof was written.
    pub(crate) struct Proved {
        /// The record's position.
        position: u64,
        /// The file.
        file: PathBuf,
        /// How many hashes the proof has.
        hashes: usize,
        /// The key by which it is verified.
        key: String,
    }

    /// A proof holds.
    pub(crate) struct VerifiedProof {
        /// The log's name.
        origin: String,
        /// The record's position.
        position: u64,
        /// How many records the log had.
        records: u64,
        /// The record.
        record: Value,
    }

    /// A checkpoint or a published log holds.
    pub(crate) struct VerifiedLog {
        /// The log's name.
        origin: String,
        /// How many records it has.
        records: u64,
        /// The root of the Merkle tree over them.
        root: String,
    }

    /// A store was verified.
    pub(crate) struct VerifiedStore {
        /// How many records were read.
        records: u64,
        /// The root of the Merkle tree over them.
        root: Option<String>,
        /// What is not as it was written.
        damage: Vec<String>,
    }

    /// A log was published.
    pub(crate) struct Published {
        /// How many records are published.
        records: u64,
        /// How many were before.
        before: u64,
        /// How many files were written.
        files: u64,
        /// The root of the Merkle tree.
        root: String,
        /// The folder that holds it.
        folder: PathBuf,
    }

    /// A store was copied.
    pub(crate) struct BackedUp {
        /// How many records the copy has.
        records: u64,
        /// The root of the Merkle tree.
        root: String,
        /// How many bytes were new.
        bytes: u64,
        /// The copy, which is a store itself.
        store: PathBuf,
    }

    /// A backup was put back.
    pub(crate) struct Restored {
        /// How many records the store has.
        records: u64,
        /// The root of the Merkle tree.
        root: String,
        /// The store.
        store: PathBuf,
    }

    /// What could be read was brought into a new store.
    pub(crate) struct RepairedStore {
        /// How many records the new store has.
        records: u64,
        /// How many sound ones stand behind the first loss.
        salvaged: u64,
        /// The file that holds those.
        file: Option<PathBuf>,
        /// Positions that are lost: the first and the last of each gap.
        lost: Vec<(u64, u64)>,
        /// Attachments that are lost: the first position that names each, and its id.
        attachments: Vec<(u64, String)>,
        /// What was found to be damaged.
        damage: Vec<String>,
        /// The new store.
        store: PathBuf,
    }

    /// A store was brought to the present format.
    pub(crate) struct Migrated {
        /// How many records it has.
        records: u64,
        /// The store as it was.
        before: PathBuf,
        /// The store.
        store: PathBuf,
    }

    /// The log was written for others.
    pub(crate) struct Exported {
        /// How many records were written.
        records: u64,
        /// The file.
        file: PathBuf,
    }

    /// The projections were rebuilt.
    pub(crate) struct Replayed {
        /// How many events were replayed.
        events: u64,
        /// How many agreements there are.
        agreements: usize,
        /// How long it took.
        seconds: f64,
        /// How many events a second.
        events_per_second: u64,
    }
}

/// What was verified, unless it is a store.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Verified {
    Proof(VerifiedProof),
    Log(VerifiedLog),
}
