//! Keys of signed notes (C2SP signed-note): Ed25519, with a name.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};

/// The signature type of Ed25519 in key ids and in keys.
const ED25519: u8 = 1;

/// Why a key is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Its name cannot be written in a note.
    #[error(
        "`{0}` is no name of a key: it must not be empty, nor have white space, control characters or `+`"
    )]
    Name(String),
    /// It is not in the form of a key.
    #[error("this is no {0}")]
    Form(&'static str),
    /// Its id is not that of its name and bytes.
    #[error(
        "the key of `{name}` says that its id is {said}, and it is {found}: one of the two was changed"
    )]
    Id {
        /// Its name.
        name: String,
        /// The id that it says.
        said: String,
        /// The id that follows from name and bytes.
        found: String,
    },
}

/// A key to verify notes with; written `NAME+ID+BASE64`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifyingKey {
    /// Its name: who signs.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its id: the first four bytes of SHA-256 of the name, a newline, the type and the key.
    pub fn id(&self) -> [u8; 4] {
        let hash = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes());
        let hash: [u8; 32] = hash.finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// Whether `signature` (64 bytes) is this key's over `message`. Strict (RFC 8032, section 5.1.7, without cofactor): no
    /// signature can be written in two ways, and no weak key is taken.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let signature = ed25519_dalek::Signature::from_slice(signature);
        signature.is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }

    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// [`KeyError`] for a name that cannot be written, or bytes that are no point of the curve.
    pub fn from_bytes(name: &str, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes)
            .map_err(|_| KeyError::Form("Ed25519 key"))?;
        Ok(Self {
            name: checked(name)?,
            key,
        })
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}+{}+{}",
            self.name,
            hex(self.id()),
            STANDARD.encode(typed(self.key.as_bytes()))
        )
    }
}

impl FromStr for VerifyingKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, said, bytes) = parts(text).ok_or(KeyError::Form(
            "key to verify with: expected NAME+ID+BASE64",
        ))?;
        let key = Self::from_bytes(name, &bytes)?;
        match hex(key.id()) {
            found if found == said => Ok(key),
            found => Err(KeyError::Id {
                name: name.to_owned(),
                said: said.to_owned(),
                found,
            }),
        }
    }
}

/// A key to sign notes with; written `PRIVATE+KEY+NAME+ID+BASE64`. Its bytes are wiped from memory when it is dropped, and it
/// is not shown by `Debug`.
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// A key from its seed, which has to be 32 bytes of a good source of randomness.
    ///
    /// # Errors
    /// [`KeyError::Name`] for a name that cannot be written.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self {
            name: checked(name)?,
            key: ed25519_dalek::SigningKey::from_bytes(seed),
        })
    }

    /// The key with which its signatures are verified.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey {
            name: self.name.clone(),
            key: self.key.verifying_key(),
        }
    }

    /// The signature over `message`.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// As it is kept: whoever has this can sign.
    pub fn to_secret_text(&self) -> String {
        let id = hex(self.verifying_key().id());
        format!(
            "PRIVATE+KEY+{}+{id}+{}",
            self.name,
            STANDARD.encode(typed(self.key.as_bytes()))
        )
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.name)
    }
}

impl FromStr for SigningKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let form = KeyError::Form("key to sign with: expected PRIVATE+KEY+NAME+ID+BASE64");
        let (name, said, seed) = text
            .strip_prefix("PRIVATE+KEY+")
            .and_then(parts)
            .ok_or(form)?;
        let key = Self::from_seed(name, &seed)?;
        match hex(key.verifying_key().id()) {
            found if found == said => Ok(key),
            found => Err(KeyError::Id {
                name: name.to_owned(),
                said: said.to_owned(),
                found,
            }),
        }
    }
}

/// The name, the id and the bytes behind the type, of `NAME+ID+BASE64`. (Base64 may have `+` in it.)
fn parts(text: &str) -> Option<(&str, &str, [u8; 32])> {
    let mut parts = text.splitn(3, '+');
    let (name, id, bytes) = (
        parts.next()?,
        parts.next()?,
        STANDARD.decode(parts.next()?).ok()?,
    );
    match bytes.split_first() {
        Some((&ED25519, bytes)) => Some((name, id, bytes.try_into().ok()?)),
        _ => None,
    }
}

fn checked(name: &str) -> Result<String, KeyError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(bad) {
        Err(KeyError::Name(name.to_owned()))
    } else {
        Ok(name.to_owned())
    }
}

fn typed(bytes: &[u8; 32]) -> Vec<u8> {
    [&[ED25519], bytes.as_slice()].concat()
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}
