//! Contents outside of the log: what was exchanged, each under a key of its own, so that it can be
//! taken away for good.
//!
//! - `words/DIGEST`: a nonce of 24 bytes, then the words as XChaCha20-Poly1305 seals them.
//! - `keys/HOLDER/DIGEST`: the key and the salt, 32 random bytes each.
//!
//! The log has the digest alone: SHA-256 of salt and words. Without the salt nobody can tell whether
//! words that they guess are the content. Who has the words and no key has nothing: a backup that
//! leaves `keys` out can be given away, and a content is erased by its keys.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, aead::Aead as _};
use sha2::{Digest as _, Sha256};
use travaux_store::{Digest, StoreError};

use crate::files::{replace, sync_folder};

const NONCE: usize = 24;
const KEY: usize = 32;

/// Contents in a folder, with the keys of those who hold them.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
}

impl Vault {
    /// The contents in `folder`, which is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Seals words under a new key, which each holder gets, and makes both durable. Gives the digest
    /// of the salt and the words, by which they are found.
    ///
    /// # Errors
    /// [`StoreError`] where no random bytes are to be had, or the files cannot be written.
    pub fn seal(&self, words: &[u8], holders: &[&str]) -> Result<Digest, StoreError> {
        let mut random = [0; NONCE + 2 * KEY];
        getrandom::fill(&mut random)
            .map_err(|e| StoreError::io("get random bytes", io::Error::other(e.to_string())))?;
        let (nonce, secret) = random.split_at(NONCE);
        let (key, salt) = secret.split_at(KEY);
        let digest = digest_of(salt, words);
        let sealed = cipher(key)
            .zip(<[u8; NONCE]>::try_from(nonce).ok())
            .and_then(|(cipher, nonce)| cipher.encrypt(&nonce.into(), words).ok())
            .ok_or_else(|| unusable("seal a content", "it is too large"))?;
        let path = self.words(digest);
        self.write(&path, &[nonce, &sealed].concat())?;
        for holder in holders {
            self.write(&self.key(holder, digest), secret)?;
        }
        Ok(digest)
    }

    /// Gives another holder the key of what one holds; nothing, where the one holds it not.
    ///
    /// # Errors
    /// [`StoreError`] where the files cannot be read or written.
    pub fn give(&self, digest: Digest, from: &str, to: &str) -> Result<(), StoreError> {
        match read(&self.key(from, digest))? {
            Some(secret) => self.write(&self.key(to, digest), &secret),
            None => Ok(()),
        }
    }

    /// The words of a content, for a holder; absent where there is no key, or the words are gone.
    ///
    /// # Errors
    /// [`StoreError`] where the files cannot be read, or the words are not those of the digest.
    pub fn open(&self, digest: Digest, holder: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let secret = read(&self.key(holder, digest))?;
        let (Some(secret), Some(sealed)) = (secret, read(&self.words(digest))?) else {
            return Ok(None);
        };
        let damaged = || {
            let path = self.words(digest);
            let act = format!("open the content {}", path.display());
            unusable(
                act,
                "it is not what the log has the digest of: restore it from a copy",
            )
        };
        let (key, salt) = secret.split_at_checked(KEY).ok_or_else(damaged)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| damaged())?;
        let words = cipher(key).and_then(|cipher| cipher.decrypt(&nonce.into(), sealed).ok());
        match words.filter(|words| digest_of(salt, words) == digest) {
            Some(words) => Ok(Some(words)),
            None => Err(damaged()),
        }
    }

    /// Erases a content for a holder: its key is gone. Nothing is done where it is gone already.
    ///
    /// # Errors
    /// [`StoreError`] where the key cannot be removed.
    pub fn erase(&self, digest: Digest, holder: &str) -> Result<(), StoreError> {
        remove(&self.key(holder, digest))
    }

    /// Erases a content for all: words and keys are gone.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be removed.
    pub fn erase_for_all(&self, digest: Digest) -> Result<(), StoreError> {
        let keys = self.folder.join("keys");
        let holders = match fs::read_dir(&keys) {
            Ok(holders) => holders,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(failed("read", &keys)(e)),
        };
        for holder in holders {
            let holder = holder.map_err(failed("read", &keys))?;
            remove(&holder.path().join(digest.to_string()))?;
        }
        remove(&self.words(digest))
    }

    fn words(&self, digest: Digest) -> PathBuf {
        self.folder.join("words").join(digest.to_string())
    }

    /// Under the holder's name, in which what no file name can have stands by its number.
    fn key(&self, holder: &str, digest: Digest) -> PathBuf {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let name = holder.bytes().map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        });
        let name: String = name.collect();
        self.folder.join("keys").join(name).join(digest.to_string())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
            fs::create_dir_all(folder).map_err(failed("make", folder))?;
            // The names of new folders are durable as well.
            let above = folder.ancestors().skip(1);
            for above in above.take_while(|above| above.starts_with(&self.folder)) {
                sync_folder(above)?;
            }
        }
        replace(path, bytes)
    }
}

fn cipher(key: &[u8]) -> Option<XChaCha20Poly1305> {
    let key = <[u8; KEY]>::try_from(key).ok()?;
    Some(XChaCha20Poly1305::new(&key.into()))
}

fn digest_of(salt: &[u8], words: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(words);
    Digest(hash.finalize().into())
}

fn unusable(act: impl Into<String>, why: &str) -> StoreError {
    StoreError::unusable(act.into(), why)
}

fn failed(act: &'static str, path: &Path) -> impl Fn(io::Error) -> StoreError {
    let path = path.display().to_string();
    move |e| StoreError::io(format!("{act} {path}"), e)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed("read", path)(e)),
    }
}

/// Removes a file, and makes it durable that it is gone.
fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Ok(()) => path.parent().map_or(Ok(()), sync_folder),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(failed("remove", path)(e)),
    }
}
