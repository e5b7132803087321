//! Signed notes (C2SP signed-note): a text that a person can read, and lines of signatures over it.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{SigningKey, VerifyingKey};

/// The longest note that is read, in bytes, and the most signatures in it: more than any log or witness writes.
const NOTE_LIMIT: usize = 1_000_000;
const SIGNATURE_LIMIT: usize = 100;

/// Why a note is none, or is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not in the form of a note.
    #[error("this is no signed note: {0}")]
    Form(&'static str),
    /// A signature of a key that we know is wrong.
    #[error("the signature of `{0}` is not over this text: text or signature was changed")]
    Signature(String),
    /// None of its signatures is of a key that was asked for.
    #[error("no signature of {expected}; the note is signed by {found}")]
    Unknown {
        /// Whose signatures were looked for.
        expected: String,
        /// Whose it has.
        found: String,
    },
}

/// A line of a note: somebody's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub id: [u8; 4],
    /// The signature.
    pub bytes: Vec<u8>,
}

/// A text and the signatures over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// A note of `text`, signed by nobody yet.
    ///
    /// # Errors
    /// [`NoteError::Form`] unless the text ends in a newline and has no control characters but newlines.
    pub fn new(text: impl Into<String>) -> Result<Self, NoteError> {
        let text = text.into();
        if !text.ends_with('\n') {
            return Err(NoteError::Form("its text does not end in a newline"));
        }
        if text.bytes().any(|b| b < 0x20 && b != b'\n') {
            return Err(NoteError::Form("it has control characters"));
        }
        Ok(Self {
            text,
            signatures: Vec::new(),
        })
    }

    /// The text, with its last newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, of known and of unknown keys, unverified.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The note with one more signature.
    #[must_use]
    pub fn signed(mut self, key: &SigningKey) -> Self {
        let (verifying, bytes) = (key.verifying_key(), key.sign(self.text.as_bytes()).to_vec());
        self.signatures.push(NoteSignature {
            name: verifying.name().to_owned(),
            id: verifying.id(),
            bytes,
        });
        self
    }

    /// Those of `keys` that have signed. Signatures of other keys are passed over, as the format wants it.
    ///
    /// # Errors
    /// [`NoteError::Signature`] if a signature of one of `keys` is wrong, [`NoteError::Unknown`] if none of them has signed.
    pub fn verify<'k>(&self, keys: &'k [VerifyingKey]) -> Result<Vec<&'k VerifyingKey>, NoteError> {
        let mut verified: Vec<&VerifyingKey> = Vec::new();
        for signature in &self.signatures {
            let of = |key: &&VerifyingKey| key.name() == signature.name && key.id() == signature.id;
            let Some(key) = keys.iter().find(of) else {
                continue;
            };
            if !key.verifies(self.text.as_bytes(), &signature.bytes) {
                return Err(NoteError::Signature(signature.name.clone()));
            }
            if !verified.contains(&key) {
                verified.push(key);
            }
        }
        if verified.is_empty() {
            let names = |names: Vec<String>| {
                if names.is_empty() {
                    "nobody".to_owned()
                } else {
                    names.join(", ")
                }
            };
            let named =
                |name: &str, id: [u8; 4]| format!("{name} ({:08x})", u32::from_be_bytes(id));
            let expected = names(keys.iter().map(|k| named(k.name(), k.id())).collect());
            let found = names(
                self.signatures
                    .iter()
                    .map(|s| named(&s.name, s.id))
                    .collect(),
            );
            return Err(NoteError::Unknown { expected, found });
        }
        Ok(verified)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for NoteSignature { name, id, bytes } in &self.signatures {
            writeln!(
                f,
                "— {name} {}",
                STANDARD.encode([id.as_slice(), bytes].concat())
            )?;
        }
        Ok(())
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_LIMIT {
            return Err(NoteError::Form("it is longer than 1,000,000 bytes"));
        }
        // The text may have blank lines: the signatures follow the last one.
        let Some(at) = note.rfind("\n\n") else {
            return Err(NoteError::Form("no blank line before signatures"));
        };
        let (text, lines) = (&note[..=at], &note[at + 2..]);
        let mut read = Self::new(text)?;
        if !lines.ends_with('\n') {
            return Err(NoteError::Form("it does not end in a signature line"));
        }
        for line in lines.lines() {
            let form = NoteError::Form("a line of a signature is not `— NAME BASE64`");
            let (name, bytes) = line
                .strip_prefix("— ")
                .and_then(|l| l.split_once(' '))
                .ok_or(form.clone())?;
            let bytes = STANDARD.decode(bytes).map_err(|_| form.clone())?;
            let (id, bytes) = bytes
                .split_first_chunk::<4>()
                .filter(|(_, bytes)| !bytes.is_empty())
                .ok_or(form.clone())?;
            if name.is_empty()
                || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
            {
                return Err(form);
            }
            if read.signatures.len() == SIGNATURE_LIMIT {
                return Err(NoteError::Form("it has more than 100 signatures"));
            }
            read.signatures.push(NoteSignature {
                name: name.to_owned(),
                id: *id,
                bytes: bytes.to_vec(),
            });
        }
        Ok(read)
    }
}
