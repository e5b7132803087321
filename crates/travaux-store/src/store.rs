//! The port.

use std::{fmt::Debug, ops::ControlFlow};

use crate::{
    AppendError, Appended, Commit, CommitId, Digest, Listener, Page, Read, Record, StoreError,
};

/// A log of records. One writer at a time, any number of readers.
///
/// - **Atomic**: a commit is appended whole or not at all, under the guards that it names.
/// - **Ordered**: positions are gapless from 1, and so are the versions of each stream. Readers never see a gap, nor a
///   position that may still change. Recorded times never go back, whoever commits: what comes too late is refused
///   ([`AppendError::Overtaken`]). Logs of before may hold times that do.
/// - **Durable**: when [`Self::append`] returns, the commit and its attachments survive a loss of power (a store may say that
///   it does not promise this, as the in-memory one does).
/// - **Idempotent**: the same commit under the same id again is answered as the first time; another commit under that id is
///   refused.
///
/// ```
/// use travaux_store::{
///     Commit, CommitId, EnvelopeActor, EventStore, Expected, Guard, MemoryStore, NewEvent, Nonce,
///     Read,
/// };
/// use uuid::Uuid;
///
/// let store = MemoryStore::new();
/// let stream = "agreement-1".to_owned();
/// let id = CommitId(Uuid::from_u128(1));
/// let commit = Commit {
///     id,
///     recorded_at: "2024-10-29T10:00:00Z".parse()?,
///     actor: EnvelopeActor { party: "FR".into(), person: None },
///     correlation: id.0,
///     causation: None,
///     guards: vec![Guard { stream: stream.clone(), expected: Expected::NoStream }],
///     events: vec![NewEvent {
///         stream: stream.clone(),
///         id: Uuid::from_u128(2),
///         nonce: Nonce([0; 16]),
///         kind: "AgreementProposed".into(),
///         schema: 1,
///         payload: "{}".into(),
///         attachments: Vec::new(),
///     }],
///     attachments: Vec::new(),
/// };
/// assert_eq!(store.append(commit.clone())?.last, 1);
/// assert!(store.append(commit)?.repeated, "the same commit again is done once");
///
/// let page = store.read(&Read::stream(stream, 1))?;
/// assert_eq!(page.records[0].envelope()?.kind, "AgreementProposed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait EventStore: Debug + Send + Sync {
    /// Appends `commit`.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was appended.
    fn append(&self, commit: Commit) -> Result<Appended, AppendError>;

    /// Reads one page.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails or what it holds is damaged.
    fn read(&self, read: &Read) -> Result<Page, StoreError>;

    /// The last position, 0 for an empty log.
    fn head(&self) -> u64;

    /// The version of a stream, 0 if it does not exist.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    fn version(&self, stream: &str) -> Result<u64, StoreError>;

    /// Where the commit `id` stands, if it does.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails.
    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError>;

    /// The bytes of an attachment, checked against its name.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails, or the bytes are not those that the name says.
    fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// Gives everything from position `from` on to `each`, page by page, until it has enough: for replays, where a store may read
    /// ahead.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails or what it holds is damaged; `each` has been given what stands before.
    fn scan(
        &self,
        from: u64,
        each: &mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut next = Some(from);
        while let Some(from) = next {
            let page = self.read(&Read::log(from))?;
            next = page.next;
            if each(page).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Reads all that is stored again, and compares it with what was written with it to tell changes. A store that keeps nothing of
    /// the kind finds nothing.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read at all; what is damaged is in the answer.
    fn verify(&self) -> Result<Verified, StoreError> {
        Ok(Verified {
            records: self.head(),
            root: None,
            damage: Vec::new(),
        })
    }

    /// The root of the Merkle tree over the first `size` records (RFC 9162); none where the store keeps no tree, or holds fewer.
    ///
    /// # Errors
    /// [`StoreError`] where the store fails or what it holds is damaged.
    fn root(&self, size: u64) -> Result<Option<[u8; 32]>, StoreError> {
        let _ = size;
        Ok(None)
    }

    /// May keep so many bytes at most in memory from now on, beside what it cannot be without. Of
    /// several engines on one store the last one to say so is heard. A store that keeps nothing in
    /// memory, or nothing but the log itself, does nothing.
    fn limit_memory(&self, bytes: usize) {
        let _ = bytes;
    }

    /// How many bytes of that limit are taken, about.
    fn memory_held(&self) -> usize {
        0
    }

    /// A listener that is told when the log has grown. Listen first, then look at [`Self::head`], then wait.
    fn listen(&self) -> Listener;
}

/// What a store has found of its own bytes.
#[derive(Debug)]
pub struct Verified {
    /// The records that were read.
    pub records: u64,
    /// The root of the Merkle tree over them (RFC 9162), where the store has one.
    pub root: Option<[u8; 32]>,
    /// What is not as it was written, the first position first.
    pub damage: Vec<StoreError>,
}

/// All records that `read` asks for, page by page.
pub fn read_all(
    store: &dyn EventStore,
    read: Read,
) -> impl Iterator<Item = Result<Record, StoreError>> + '_ {
    let mut next = Some(read);
    let mut page = Vec::new().into_iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(record) = page.next() {
                return Some(Ok(record));
            }
            let read = next.take()?;
            match store.read(&read) {
                Ok(found) => {
                    page = found.records.into_iter();
                    next = found.next.map(|from| Read { from, ..read });
                }
                Err(error) => return Some(Err(error)),
            }
        }
    })
}
