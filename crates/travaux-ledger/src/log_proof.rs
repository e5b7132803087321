//! Proofs as a file (C2SP tlog-proof): a checkpoint, and the proof that a record is in its tree; verified offline.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    Checkpoint, CheckpointError, Hash, ProofError, VerifyingKey, leaf_hash, verify_inclusion,
};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Why a proof is none, or does not show what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogProofError {
    /// It is not in the form of a proof.
    #[error("this is no tlog-proof: {0}")]
    Form(&'static str),
    /// The checkpoint in it is not to be believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The record is not in the tree of the checkpoint, or not at that index.
    #[error("the record is not shown to be in the log: {0}")]
    Inclusion(#[from] ProofError),
}

/// The proof that a record is in a log; its file is called `….tlog-proof`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    /// The index of the record, from 0: one less than its position.
    pub index: u64,
    /// The inclusion proof.
    pub hashes: Vec<Hash>,
    /// The checkpoint as its log signed it: a note.
    pub checkpoint: String,
    /// What an application adds; it proves nothing.
    pub extra: Option<Vec<u8>>,
}

impl LogProof {
    /// Verifies that `record` is in the log with this key, at this index; the checkpoint that says so.
    ///
    /// # Errors
    /// [`LogProofError`] if the checkpoint is not signed by that log, or the record not in its tree.
    pub fn verify(&self, record: &[u8], key: &VerifyingKey) -> Result<Checkpoint, LogProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        verify_inclusion(
            self.index,
            checkpoint.size,
            &leaf_hash(record),
            &self.hashes,
            &checkpoint.root,
        )?;
        Ok(checkpoint)
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for LogProof {
    type Err = LogProofError;

    fn from_str(text: &str) -> Result<Self, LogProofError> {
        let form = LogProofError::Form;
        let (head, checkpoint) = text
            .split_once("\n\n")
            .ok_or(form("no blank line before a checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(form("its first line is not `c2sp.org/tlog-proof@v1`"));
        }
        let extra = lines
            .next_if(|l| l.starts_with("extra "))
            .map(|l| STANDARD.decode(&l["extra ".len()..]));
        let extra = extra
            .transpose()
            .map_err(|_| form("what follows `extra` is not base64"))?;
        let number = lines
            .next()
            .and_then(|l| l.strip_prefix("index "))
            .ok_or(form("no line `index N`"))?;
        let index = number
            .parse::<u64>()
            .ok()
            .filter(|n| n.to_string() == number);
        let index = index.ok_or(form(
            "its index is not a decimal number without leading zeros",
        ))?;
        let hashes: Result<Vec<Hash>, _> = lines.map(str::parse).collect();
        let hashes =
            hashes.map_err(|_| form("a line of the proof is no hash of 32 bytes in base64"))?;
        // No tree has more levels: whatever is longer is not read further.
        if hashes.len() > 64 {
            return Err(form("it has more than 64 hashes"));
        }
        Ok(Self {
            index,
            hashes,
            checkpoint: checkpoint.to_owned(),
            extra,
        })
    }
}
