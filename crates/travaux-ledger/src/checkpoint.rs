//! Checkpoints: signed tree heads (C2SP tlog-checkpoint).

use std::{fmt, str::FromStr};

use crate::{Hash, KeyError, Note, NoteError, SigningKey, VerifyingKey};

/// Why a checkpoint is none, or is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It is not in the form of a checkpoint.
    #[error("this is no checkpoint: {0}")]
    Form(&'static str),
    /// It is of another log.
    #[error("the checkpoint is of the log `{found}`, expected `{expected}`")]
    Origin {
        /// The log that was asked for.
        expected: String,
        /// The log that it is of.
        found: String,
    },
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The head of a log's tree: which log, how many leaves, which root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log: a name that nobody else uses, without a scheme, such as `treaties.example.org/log`.
    pub origin: String,
    /// How many leaves its tree has.
    pub size: u64,
    /// The root of the tree.
    pub root: Hash,
}

impl Checkpoint {
    /// The checkpoint as a note that its log has signed.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`] if the key has another name than the log, [`CheckpointError::Note`] if the name cannot be
    /// written.
    pub fn sign(&self, key: &SigningKey) -> Result<Note, CheckpointError> {
        self.is_of(key.verifying_key().name())?;
        Ok(Note::new(self.to_string())?.signed(key))
    }

    /// Reads a note, and believes it if the log's key has signed it.
    ///
    /// # Errors
    /// [`CheckpointError`] if it is no checkpoint, of another log, or not signed by that key.
    pub fn open(note: &str, key: &VerifyingKey) -> Result<Self, CheckpointError> {
        let note: Note = note.parse()?;
        note.verify(std::slice::from_ref(key))?;
        let checkpoint: Self = note.text().parse()?;
        checkpoint.is_of(key.name())?;
        Ok(checkpoint)
    }

    fn is_of(&self, expected: &str) -> Result<(), CheckpointError> {
        if self.origin == expected {
            return Ok(());
        }
        Err(CheckpointError::Origin {
            expected: expected.to_owned(),
            found: self.origin.clone(),
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let form = |what| CheckpointError::Form(what);
        let text = text
            .strip_suffix('\n')
            .ok_or(form("it does not end in a newline"))?;
        let mut lines = text.split('\n');
        let origin = lines
            .next()
            .filter(|l| !l.is_empty())
            .ok_or(form("its first line, the origin, is empty"))?;
        let size = lines
            .next()
            .ok_or(form("it has no second line, the size of the tree"))?;
        let number = size.parse::<u64>().ok().filter(|n| n.to_string() == size);
        let size = number.ok_or(form(
            "its second line is no size: expected a decimal number without leading zeros",
        ))?;
        let root = lines.next().ok_or(form("it has no third line, the root"))?;
        let root = root
            .parse()
            .map_err(|_| form("its third line is no root: expected 32 bytes in base64"))?;
        // Lines behind the third are extensions, which are passed over; an empty one is none.
        if lines.any(str::is_empty) {
            return Err(form("it has an empty line"));
        }
        if size == 0 && root != Hash::of_empty_tree() {
            return Err(form("a tree without leaves has another root"));
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
        })
    }
}
