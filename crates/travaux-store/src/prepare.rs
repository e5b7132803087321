//! From a commit to record bytes: what every store does alike.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::{AppendError, Attachment, AttachmentId, Commit, Envelope, EnvelopeActor, RECORD_LIMIT, Record, StoreError};

/// What makes two commits the same one: all but event ids and times.
pub type CommitDigest = [u8; 32];

/// A commit ready to be written.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The record bytes, in order of position.
    pub records: Vec<Vec<u8>>,
    /// Per stream: the version of its first event here, and the positions of its events.
    pub streams: BTreeMap<String, (u64, Vec<u64>)>,
}

/// What JSON allows around a value, which a record does not keep.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Hashes what makes a commit, field after field, each with its length before it.
struct Digester(Sha256);

impl Digester {
    fn of(actor: &EnvelopeActor) -> Self {
        let mut digester = Self(Sha256::new());
        digester.field(actor.party.as_bytes());
        digester.field(actor.person.as_deref().unwrap_or_default().as_bytes());
        digester
    }

    fn field(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn event(&mut self, stream: &str, kind: &str, schema: u16, payload: &str) {
        self.field(stream.as_bytes());
        self.field(kind.as_bytes());
        self.field(&schema.to_be_bytes());
        self.field(payload.trim_matches(SPACE).as_bytes());
    }
}

/// The digest of `commit`, for telling it from another one under the same id.
pub fn digest(commit: &Commit) -> CommitDigest {
    let mut digester = Digester::of(&commit.actor);
    for event in &commit.events {
        digester.event(&event.stream, &event.kind, event.schema, &event.payload);
    }
    digester.0.finalize().into()
}

/// The digest of the commit of which these are all the records: the same as [`digest`] gave when it was appended.
///
/// # Errors
/// [`StoreError`] where a record is no envelope, or there is none.
pub fn digest_of_records(records: &[Record]) -> Result<CommitDigest, StoreError> {
    let mut digester = None;
    for record in records {
        let envelope = record.envelope()?;
        let digester = digester.get_or_insert_with(|| Digester::of(&envelope.actor));
        digester.event(envelope.stream, envelope.kind, envelope.schema, envelope.payload.get());
    }
    let none = || StoreError::Damaged { position: None, what: "a commit without records".into() };
    digester.map(|digester| digester.0.finalize().into()).ok_or_else(none)
}

/// Checks `commit` against the versions and attachments of a store, and encodes its records from position `head + 1` on.
///
/// # Errors
/// [`AppendError`] for anything that forbids the commit; nothing has happened then.
pub fn prepare(
    commit: &Commit,
    head: u64,
    mut version: impl FnMut(&str) -> Result<u64, AppendError>,
    mut has_attachment: impl FnMut(AttachmentId) -> Result<bool, AppendError>,
) -> Result<Prepared, AppendError> {
    if commit.events.is_empty() {
        return Err(AppendError::Malformed("it has no event".into()));
    }
    for guard in &commit.guards {
        let actual = version(&guard.stream)?;
        if !guard.expected.allows(actual) {
            return Err(AppendError::Conflict { stream: guard.stream.clone(), expected: guard.expected, actual });
        }
    }
    if let Some(forged) = commit.attachments.iter().find(|a| AttachmentId::of(&a.bytes) != a.id) {
        return Err(AppendError::Malformed(format!("attachment {} has other bytes than its name says", forged.id)));
    }
    let brought: BTreeSet<AttachmentId> = commit.attachments.iter().map(|a: &Attachment| a.id).collect();
    let mut prepared = Prepared { records: Vec::with_capacity(commit.events.len()), streams: BTreeMap::new() };
    for (position, event) in (head + 1..).zip(&commit.events) {
        if !is_stream_name(&event.stream) {
            let what = format!("`{}` is no stream name (1 to 200 ASCII letters, digits and -_.:)", event.stream);
            return Err(AppendError::Malformed(what));
        }
        for id in &event.attachments {
            if !brought.contains(id) && !has_attachment(*id)? {
                return Err(AppendError::MissingAttachment(*id));
            }
        }
        if !prepared.streams.contains_key(&event.stream) {
            prepared.streams.insert(event.stream.clone(), (version(&event.stream)? + 1, Vec::new()));
        }
        let Some((first, positions)) = prepared.streams.get_mut(&event.stream) else { continue };
        let payload: &RawValue = serde_json::from_str(&event.payload)
            .map_err(|e| AppendError::Malformed(format!("the payload of a {} is no JSON: {e}", event.kind)))?;
        let envelope = Envelope {
            envelope: 2,
            position,
            stream: &event.stream,
            version: *first + positions.len() as u64,
            id: event.id,
            nonce: Some(event.nonce),
            kind: &event.kind,
            schema: event.schema,
            recorded_at: commit.recorded_at,
            actor: commit.actor.clone(),
            commit: commit.id,
            correlation: commit.correlation,
            causation: commit.causation,
            attachments: event.attachments.clone(),
            payload,
        };
        positions.push(position);
        let record = serde_json::to_vec(&envelope).map_err(|e| AppendError::Malformed(e.to_string()))?;
        if record.len() > RECORD_LIMIT {
            let (stream, kind, size) = (event.stream.clone(), event.kind.clone(), record.len());
            return Err(AppendError::TooLarge { stream, kind, size });
        }
        prepared.records.push(record);
    }
    Ok(prepared)
}

fn is_stream_name(name: &str) -> bool {
    (1..=200).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}
