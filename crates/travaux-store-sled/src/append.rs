//! Appending: commits that came at the same time are checked one after the other, and written as one sled batch.

use std::collections::{HashMap, HashSet};

use travaux_store::{
    AppendError, Appended, Attachment, AttachmentId, Commit, CommitDigest, CommitId, Prepared, StoreError, digest, prepare,
};

use crate::{
    block::{self, number},
    files::Durability,
    keys,
    reader::failed,
    store::{SledStore, Writer},
};

/// zstd levels: records are written often, attachments once.
const RECORD_LEVEL: i32 = 6;
const ATTACHMENT_LEVEL: i32 = 19;

/// Commits that are written together: what the store will hold when they are durable.
#[derive(Default)]
struct Together<'a> {
    head: u64,
    versions: HashMap<String, u64>,
    commits: HashMap<CommitId, (Appended, CommitDigest)>,
    attachments: Vec<&'a Attachment>,
    brought: HashSet<AttachmentId>,
    written: Vec<(CommitId, CommitDigest, Prepared)>,
}

impl<'a> Together<'a> {
    /// Checks a commit against the store and those before it, and takes it in.
    fn take(&mut self, store: &SledStore, commit: &'a Commit) -> Result<Appended, AppendError> {
        let digest = digest(commit);
        let stands = match self.commits.get(&commit.id) {
            Some((appended, digest)) => Some((Appended { repeated: true, ..*appended }, digest.to_vec())),
            None => store.stands(commit.id)?,
        };
        if let Some((appended, before)) = stands {
            let taken = AppendError::CommitIdTaken { id: commit.id, first: appended.first };
            return if before == digest { Ok(appended) } else { Err(taken) };
        }
        let versions = &self.versions;
        let version = |stream: &str| versions.get(stream).map_or_else(|| Ok(store.version_of(stream)?), |v| Ok(*v));
        let brought = &self.brought;
        let has = |id| Ok(brought.contains(&id) || store.place(id)?.is_some());
        let prepared = prepare(commit, self.head, version, has)?;
        for (stream, (first, listed)) in &prepared.streams {
            self.versions.insert(stream.clone(), first + listed.len() as u64 - 1);
        }
        for attachment in &commit.attachments {
            if store.place(attachment.id)?.is_none() && self.brought.insert(attachment.id) {
                self.attachments.push(attachment);
            }
        }
        let count = prepared.records.len() as u64;
        let appended = Appended { first: self.head + 1, last: self.head + count, repeated: false };
        self.head = appended.last;
        self.commits.insert(commit.id, (appended, digest));
        self.written.push((commit.id, digest, prepared));
        Ok(appended)
    }
}

impl SledStore {
    /// Appends commits in their order, each on its own conditions, with one batch and one sync for all. After a failed write
    /// none of them is acknowledged: whether they are on the disk is not known then.
    pub(crate) fn append_together(&self, commits: &[Commit]) -> Vec<Result<Appended, AppendError>> {
        let mut writer = self.writer();
        let poisoned = |cause: &str| Err(StoreError::Poisoned { cause: cause.to_owned() }.into());
        if let Some(cause) = &writer.poisoned {
            return commits.iter().map(|_| poisoned(cause)).collect();
        }
        let first = self.known_head() + 1;
        let mut together = Together { head: first - 1, ..Together::default() };
        let answers: Vec<_> = commits.iter().map(|commit| together.take(self, commit)).collect();
        if together.written.is_empty() {
            return answers;
        }
        // Should the write not come to an end, not even in an error, nothing more is written either.
        writer.poisoned = Some("a write that did not come to an end".into());
        match self.write(&mut writer, first, &together) {
            Ok(()) => {
                writer.poisoned = None;
                self.grows(together.head);
                answers
            }
            Err(error) => {
                let cause = error.to_string();
                writer.poisoned = Some(cause.clone());
                let mut error = Some(error);
                commits.iter().map(|_| error.take().map_or_else(|| poisoned(&cause), |e| Err(e.into()))).collect()
            }
        }
    }

    /// The pack first, then one sled batch, then both made durable.
    fn write(&self, writer: &mut Writer, first: u64, together: &Together<'_>) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        let log = self.log()?;
        let durability = match &mut writer.durability {
            Some(durability) => durability,
            none => none.insert(Durability::new(self.files())?),
        };
        if !together.attachments.is_empty() {
            let mut pack = log.pack();
            for attachment in &together.attachments {
                let place = pack.write(attachment, ATTACHMENT_LEVEL)?;
                batch.insert(&keys::attachment(attachment.id)[..], &place.encode());
            }
            pack.sync()?;
        }
        let records: Vec<&[u8]> = together.written.iter().flat_map(|(_, _, p)| p.records.iter().map(Vec::as_slice)).collect();
        let mut position = first;
        for records in block::divide(&records) {
            let stored = block::encode(records, RECORD_LEVEL).map_err(|e| StoreError::io("compress records", e))?;
            batch.insert(&keys::block(position), stored);
            position += records.len() as u64;
        }
        let mut position = first;
        for (id, digest, prepared) in &together.written {
            for (stream, (version, listed)) in &prepared.streams {
                let mut value = Vec::new();
                let mut before = 0;
                for position in listed {
                    number(&mut value, position - before);
                    before = *position;
                }
                batch.insert(keys::stream_entry(stream, *version), value);
            }
            let count = prepared.records.len() as u64;
            let mut entry = Vec::new();
            number(&mut entry, position);
            number(&mut entry, count);
            entry.extend_from_slice(digest);
            batch.insert(&keys::commit(*id), entry);
            position += count;
        }
        log.tree.apply_batch(batch).map_err(failed("write a commit"))?;
        log.tree.flush().map_err(failed("flush a commit"))?;
        durability.sync()
    }
}
