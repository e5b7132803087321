//! Appending: commits that came at the same time are checked one after the other, and written as one frame with one sync.

use std::{
    collections::{HashMap, HashSet},
    sync::PoisonError,
};

use chrono::{DateTime, Utc};
use travaux_store::{
    AppendError, Appended, Attachment, CommitDigest, CommitId, Digest, Draft, StoreError,
    digest_of_records,
};

use super::{Log, Writer};
use crate::{catalogue::run::Index, journal::frame::Frame, log::clean::CleanMark};

/// zstd's level for attachments: they are written once.
const ATTACHMENT_LEVEL: i32 = 19;

/// Commits that are written together: what the store will hold when they are durable.
#[derive(Default)]
struct CommitBatch<'a> {
    head: u64,
    /// When the last record was recorded.
    recorded: Option<DateTime<Utc>>,
    versions: HashMap<String, u64>,
    commits: HashMap<CommitId, (Appended, CommitDigest)>,
    attachments: Vec<&'a Attachment>,
    brought: HashSet<Digest>,
    records: Vec<Vec<u8>>,
    index: Index,
}

impl<'a> CommitBatch<'a> {
    /// Checks a commit against the store and those before it, and takes it in.
    fn take(&mut self, log: &Log, commit: &'a Draft) -> Result<Appended, AppendError> {
        let stands = match self.commits.get(&commit.id) {
            Some((appended, digest)) => Some((
                Appended {
                    repeated: true,
                    ..*appended
                },
                *digest,
            )),
            None => log.repeated(commit.id)?,
        };
        let digest = commit.digest;
        if let Some((appended, before)) = stands {
            let taken = AppendError::CommitIdTaken {
                id: commit.id,
                first: appended.first,
            };
            return if before == digest {
                Ok(appended)
            } else {
                Err(taken)
            };
        }
        let versions = &self.versions;
        let version = |stream: &str| {
            versions
                .get(stream)
                .map_or_else(|| Ok(log.version_of(stream)?), |v| Ok(*v))
        };
        let brought = &self.brought;
        let has = |id| Ok(brought.contains(&id) || log.has_attachment(id)?);
        let prepared = commit.place(self.head, version, has)?;
        commit.check_time(self.recorded)?;
        for attachment in &commit.attachments {
            if !self.brought.contains(&attachment.id) && !log.has_attachment(attachment.id)? {
                self.brought.insert(attachment.id);
                self.attachments.push(attachment);
            }
        }
        for (stream, (first, listed)) in prepared.streams {
            self.versions
                .insert(stream.clone(), first + listed.len() as u64 - 1);
            self.index
                .streams
                .entry(stream)
                .or_insert((first, Vec::new()))
                .1
                .extend(listed);
        }
        let count = prepared.records.len() as u64;
        let appended = Appended {
            first: self.head + 1,
            last: self.head + count,
            repeated: false,
        };
        self.head = appended.last;
        self.recorded = Some(commit.recorded_at);
        self.commits.insert(commit.id, (appended, digest));
        self.index.commits.push((commit.id, appended.first, count));
        self.records.extend(prepared.records);
        Ok(appended)
    }
}

impl Log {
    fn repeated(&self, id: CommitId) -> Result<Option<(Appended, CommitDigest)>, StoreError> {
        let Some((first, last)) = self.extent_of(id)? else {
            return Ok(None);
        };
        let records: Result<Vec<_>, _> = (first..=last)
            .map(|position| self.record(position))
            .collect();
        Ok(Some((
            Appended {
                first,
                last,
                repeated: true,
            },
            digest_of_records(&records?)?,
        )))
    }

    /// When the last record was recorded: read once.
    fn last_recorded(&self, writer: &Writer) -> Result<Option<DateTime<Utc>>, StoreError> {
        match (writer.recorded, self.head()) {
            (None, head @ 1..) => Ok(Some(self.record(head)?.envelope()?.recorded_at)),
            (recorded, _) => Ok(recorded),
        }
    }

    /// Appends commits, each on its own conditions, with one write and one sync for all: in the order of
    /// their times, so that none is overtaken by what came with it, else as they came. After a failed
    /// write none of them is acknowledged: whether they are on the disk is not known then.
    pub(crate) fn append_batch(&self, commits: &[Draft]) -> Vec<Result<Appended, AppendError>> {
        let mut writer = self.writer();
        let poisoned = |cause: &str| {
            Err(StoreError::Poisoned {
                cause: cause.to_owned(),
            }
            .into())
        };
        if let Some(cause) = &writer.poisoned {
            return commits
                .iter()
                .map(|_| Err(self.refusal(cause).into()))
                .collect();
        }
        let recorded = match self.last_recorded(&writer) {
            Ok(recorded) => recorded,
            Err(error) => {
                let damaged = |_| StoreError::Damaged {
                    position: Some(self.head()),
                    what: error.to_string(),
                };
                return commits.iter().map(|c| Err(damaged(c).into())).collect();
            }
        };
        let mut batch = CommitBatch {
            head: self.head(),
            recorded,
            ..CommitBatch::default()
        };
        let mut ordered: Vec<_> = commits.iter().enumerate().collect();
        ordered.sort_by_key(|(_, commit)| commit.recorded_at);
        let mut answers: Vec<_> = ordered
            .into_iter()
            .map(|(at, commit)| (at, batch.take(self, commit)))
            .collect();
        answers.sort_by_key(|(at, _)| *at);
        let answers: Vec<_> = answers.into_iter().map(|(_, answer)| answer).collect();
        if batch.records.is_empty() {
            return answers;
        }
        // Should the write not come to an end, not even in an error, nothing more is written either.
        writer.poisoned = Some("a write that did not come to an end".into());
        let (head, recorded) = (batch.head, batch.recorded);
        match self.write(&mut writer, batch) {
            Ok(frame) => {
                writer.poisoned = None;
                writer.recorded = recorded;
                self.recent_mut().push(frame);
                self.grows(head);
                answers
            }
            Err(error) => {
                let cause = error.to_string();
                writer.poisoned = Some(cause.clone());
                let mut error = Some(error);
                commits
                    .iter()
                    .map(|_| {
                        error
                            .take()
                            .map_or_else(|| poisoned(&cause), |e| Err(e.into()))
                    })
                    .collect()
            }
        }
    }

    /// The pack first, then the journal, each made durable.
    fn write(&self, writer: &mut Writer, batch: CommitBatch<'_>) -> Result<Frame, StoreError> {
        if !writer.begun {
            CleanMark::remove(&self.files);
            writer.begun = true;
        }
        let mut places = Vec::new();
        if !batch.attachments.is_empty() {
            let mut pack = self.pack.write().unwrap_or_else(PoisonError::into_inner);
            for attachment in &batch.attachments {
                places.push((attachment.id, pack.write(attachment, ATTACHMENT_LEVEL)?));
            }
            pack.sync()?;
        }
        let records: Vec<&[u8]> = batch.records.iter().map(Vec::as_slice).collect();
        let mut frontier = writer.frontier.clone();
        let frame = Frame::new(&mut frontier, &records, batch.index, places)?;
        let damaged = || StoreError::Poisoned {
            cause: "the journal is damaged".into(),
        };
        writer
            .journal
            .as_mut()
            .ok_or_else(damaged)?
            .append(&frame)?;
        writer.frontier = frontier;
        Ok(frame)
    }
}
