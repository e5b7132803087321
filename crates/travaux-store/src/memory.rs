//! The store in memory: the reference for the others, and the one for tests. It promises no durability.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};

use crate::{
    AppendError, Appended, Commit, CommitId, Digest, Direction, EventStore, Listener, Notifier,
    Page, Read, Record, Scope, StoreError,
    prepare::{CommitDigest, Draft},
};

#[derive(Debug, Default)]
struct Inner {
    records: Vec<Arc<Vec<u8>>>,
    streams: BTreeMap<String, Vec<u64>>,
    commits: HashMap<CommitId, (Appended, CommitDigest)>,
    attachments: HashMap<Digest, Arc<[u8]>>,
    /// When the last record was recorded.
    last: Option<DateTime<Utc>>,
}

/// An [`EventStore`] in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: RwLock<Inner>,
    grown: Notifier,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn inner(&self) -> std::sync::RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn version(&self, stream: &str) -> u64 {
        self.streams
            .get(stream)
            .map_or(0, |positions| positions.len() as u64)
    }

    fn record(&self, position: u64) -> Option<Record> {
        let bytes = self
            .records
            .get(usize::try_from(position.checked_sub(1)?).ok()?)?;
        Some(Record::new(position, Arc::clone(bytes), 0..bytes.len()))
    }
}

impl EventStore for MemoryStore {
    fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        let draft = Draft::new(commit)?;
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        if let Some((appended, before)) = inner.commits.get(&draft.id) {
            return if *before == draft.digest {
                Ok(Appended {
                    repeated: true,
                    ..*appended
                })
            } else {
                Err(AppendError::CommitIdTaken {
                    id: draft.id,
                    first: appended.first,
                })
            };
        }
        let head = inner.records.len() as u64;
        let prepared = draft.place(
            head,
            |s| Ok(inner.version(s)),
            |id| Ok(inner.attachments.contains_key(&id)),
        )?;
        draft.check_time(inner.last)?;
        let appended = Appended {
            first: head + 1,
            last: head + prepared.records.len() as u64,
            repeated: false,
        };
        inner
            .records
            .extend(prepared.records.into_iter().map(Arc::from));
        for (stream, (_, positions)) in prepared.streams {
            inner.streams.entry(stream).or_default().extend(positions);
        }
        inner.commits.insert(draft.id, (appended, draft.digest));
        inner.last = Some(draft.recorded_at);
        inner.attachments.extend(
            draft
                .attachments
                .into_iter()
                .map(|a| (a.id, a.bytes.into())),
        );
        drop(inner);
        self.grown.notify_all();
        Ok(appended)
    }

    fn read(&self, read: &Read) -> Result<Page, StoreError> {
        let inner = self.inner();
        let positions = match &read.scope {
            Scope::Log => None,
            Scope::Stream(name) => Some(
                inner
                    .streams
                    .get(name)
                    .map(Vec::as_slice)
                    .unwrap_or_default(),
            ),
        };
        let len = positions.map_or(inner.records.len(), <[u64]>::len) as u64;
        let mut page = Page::default();
        let mut at = match read.direction {
            Direction::Forward => read.from.max(1),
            Direction::Backward => read.from.min(len),
        };
        for _ in 0..read.limit {
            if at == 0 || at > len {
                break;
            }
            let position = positions.map_or(Some(at), |all| {
                all.get(usize::try_from(at - 1).ok()?).copied()
            });
            if let Some(record) = position.and_then(|p| inner.record(p))
                && (read.kinds.is_empty() || read.wants(record.envelope()?.kind))
            {
                page.records.push(record);
            }
            match read.direction {
                Direction::Forward => at += 1,
                Direction::Backward => at -= 1,
            }
        }
        page.next = (1..=len).contains(&at).then_some(at);
        Ok(page)
    }

    fn head(&self) -> u64 {
        self.inner().records.len() as u64
    }

    fn version(&self, stream: &str) -> Result<u64, StoreError> {
        Ok(self.inner().version(stream))
    }

    fn find_commit(&self, id: CommitId) -> Result<Option<Appended>, StoreError> {
        Ok(self.inner().commits.get(&id).map(|(appended, _)| Appended {
            repeated: true,
            ..*appended
        }))
    }

    fn attachment(&self, id: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .inner()
            .attachments
            .get(&id)
            .map(|bytes| bytes.to_vec()))
    }

    fn listen(&self) -> Listener {
        self.grown.listen()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::conformance_suite!(|| crate::conformance::Opened {
        store: Arc::new(MemoryStore::new()),
        reopen: None
    });
}
