//! From a commit to record bytes: what every store does alike.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::{
    AppendError, Attachment, Commit, CommitId, Digest, EnvelopeActor, Guard, NewEvent,
    RECORD_LIMIT, Record, StoreError,
};

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
        digester.event(
            envelope.stream,
            envelope.kind,
            envelope.schema,
            envelope.payload.get(),
        );
    }
    let none = || StoreError::Damaged {
        position: None,
        what: "a commit without records".into(),
    };
    digester
        .map(|digester| digester.0.finalize().into())
        .ok_or_else(none)
}

/// A commit of which everything is checked and encoded that does not depend on what the store holds: positions and versions are
/// put in when its turn comes, which costs next to nothing. So many writers encode at once, and only one at a time is placed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The commit's identity.
    pub id: CommitId,
    /// What tells it from another one under that identity.
    pub digest: CommitDigest,
    /// When it is recorded.
    pub recorded_at: DateTime<Utc>,
    /// The attachments that it brings.
    pub attachments: Vec<Attachment>,
    guards: Vec<Guard>,
    events: Vec<DraftEvent>,
    /// Attachments that its events name and it does not bring.
    needed: Vec<Digest>,
}

#[derive(Clone, Debug)]
struct DraftEvent {
    stream: String,
    kind: String,
    /// The record from behind the version on.
    rest: Vec<u8>,
}

impl Draft {
    /// Checks and encodes `commit`.
    ///
    /// # Errors
    /// [`AppendError::Malformed`] for what no store can hold.
    pub fn new(commit: Commit) -> Result<Self, AppendError> {
        if commit.events.is_empty() {
            return Err(AppendError::Malformed("it has no event".into()));
        }
        if let Some(forged) = commit
            .attachments
            .iter()
            .find(|a| Digest::of(&a.bytes) != a.id)
        {
            return Err(AppendError::Malformed(format!(
                "attachment {} has other bytes than its name says",
                forged.id
            )));
        }
        let digest = digest(&commit);
        let brought: BTreeSet<Digest> = commit
            .attachments
            .iter()
            .map(|a: &Attachment| a.id)
            .collect();
        let mut common = Vec::new();
        field(&mut common, "recorded_at", &commit.recorded_at)?;
        field(&mut common, "actor", &commit.actor)?;
        field(&mut common, "commit", &commit.id)?;
        field(&mut common, "correlation", &commit.correlation)?;
        if let Some(causation) = &commit.causation {
            field(&mut common, "causation", causation)?;
        }
        let mut needed = Vec::new();
        let mut events = Vec::with_capacity(commit.events.len());
        for event in commit.events {
            needed.extend(event.attachments.iter().filter(|id| !brought.contains(id)));
            events.push(DraftEvent::new(event, &common)?);
        }
        Ok(Self {
            id: commit.id,
            digest,
            recorded_at: commit.recorded_at,
            attachments: commit.attachments,
            guards: commit.guards,
            events,
            needed,
        })
    }

    /// Checks that the commit is not recorded before `last`, when the last record of a store was.
    ///
    /// # Errors
    /// [`AppendError::Overtaken`] if it is.
    pub fn check_time(&self, last: Option<DateTime<Utc>>) -> Result<(), AppendError> {
        match last.filter(|last| self.recorded_at < *last) {
            Some(last) => Err(AppendError::Overtaken {
                recorded_at: self.recorded_at,
                last,
            }),
            None => Ok(()),
        }
    }

    /// Checks the commit against the versions and attachments of a store, and finishes its records from position `head + 1` on.
    ///
    /// # Errors
    /// [`AppendError`] for anything that forbids the commit; nothing has happened then.
    pub fn place(
        &self,
        head: u64,
        mut version: impl FnMut(&str) -> Result<u64, AppendError>,
        mut has_attachment: impl FnMut(Digest) -> Result<bool, AppendError>,
    ) -> Result<Prepared, AppendError> {
        for guard in &self.guards {
            let actual = version(&guard.stream)?;
            if !guard.expected.allows(actual) {
                return Err(AppendError::Conflict {
                    stream: guard.stream.clone(),
                    expected: guard.expected,
                    actual,
                });
            }
        }
        for id in &self.needed {
            if !has_attachment(*id)? {
                return Err(AppendError::MissingAttachment(*id));
            }
        }
        let mut prepared = Prepared {
            records: Vec::with_capacity(self.events.len()),
            streams: BTreeMap::new(),
        };
        for (position, event) in (head + 1..).zip(&self.events) {
            let (first, positions) = match prepared.streams.get_mut(&event.stream) {
                Some(stream) => stream,
                None => {
                    let first = version(&event.stream)? + 1;
                    prepared
                        .streams
                        .entry(event.stream.clone())
                        .or_insert((first, Vec::new()))
                }
            };
            let version = *first + positions.len() as u64;
            positions.push(position);
            let stream = &event.stream;
            let mut record =
                format!("{{\"envelope\":2,\"position\":{position},\"stream\":\"{stream}\",\"version\":{version}").into_bytes();
            record.extend_from_slice(&event.rest);
            if record.len() > RECORD_LIMIT {
                let (stream, kind, size) = (event.stream.clone(), event.kind.clone(), record.len());
                return Err(AppendError::TooLarge { stream, kind, size });
            }
            prepared.records.push(record);
        }
        Ok(prepared)
    }
}

impl DraftEvent {
    fn new(event: NewEvent, common: &[u8]) -> Result<Self, AppendError> {
        if !is_stream_name(&event.stream) {
            let what = format!(
                "`{}` is no stream name (1 to 200 ASCII letters, digits and -_.:)",
                event.stream
            );
            return Err(AppendError::Malformed(what));
        }
        if !is_kind(&event.kind) {
            let kind = event.kind.escape_debug();
            let what = format!(
                "`{kind}` is no type of event (1 to 200 bytes, without quotation marks, backslashes, control characters)"
            );
            return Err(AppendError::Malformed(what));
        }
        let payload: &RawValue = serde_json::from_str(&event.payload).map_err(|e| {
            AppendError::Malformed(format!("the payload of a {} is no JSON: {e}", event.kind))
        })?;
        let mut rest = Vec::with_capacity(256 + common.len() + payload.get().len());
        field(&mut rest, "id", &event.id)?;
        field(&mut rest, "nonce", &event.nonce)?;
        field(&mut rest, "type", &event.kind)?;
        field(&mut rest, "schema", &event.schema)?;
        rest.extend_from_slice(common);
        if !event.attachments.is_empty() {
            field(&mut rest, "attachments", &event.attachments)?;
        }
        rest.extend_from_slice(b",\"payload\":");
        rest.extend_from_slice(payload.get().as_bytes());
        rest.push(b'}');
        Ok(Self {
            stream: event.stream,
            kind: event.kind,
            rest,
        })
    }
}

/// Writes a field of the envelope, with the comma before it.
fn field(out: &mut Vec<u8>, name: &str, value: &impl Serialize) -> Result<(), AppendError> {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
    serde_json::to_writer(out, value).map_err(|e| AppendError::Malformed(e.to_string()))
}

fn is_stream_name(name: &str) -> bool {
    (1..=200).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

/// Types are read in place, so that they hold nothing that JSON escapes.
fn is_kind(kind: &str) -> bool {
    (1..=200).contains(&kind.len()) && !kind.chars().any(|c| c == '"' || c == '\\' || c < ' ')
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        Envelope,
        conformance::{commit, event},
    };

    /// The bytes are those of the envelope as serde writes it: one table of fields, two ways to it.
    #[test]
    fn records_are_envelopes() {
        let attachment = Attachment::new(b"text".to_vec());
        for (person, causation, attached) in [
            (None, None, false),
            (Some("le \"ministre\""), None, true),
            (None, Some(Uuid::from_u128(9)), true),
        ] {
            let mut given = commit(
                7,
                vec![
                    event("a", "Überholt", " {\"b\": 1.50}\n"),
                    event("b.c", "Y", "null"),
                    event("a", "Z", "[]"),
                ],
            );
            given.actor.person = person.map(str::to_owned);
            given.causation = causation;
            if attached {
                given.events[1].attachments.push(attachment.id);
                given.attachments.push(attachment.clone());
            }
            let draft = Draft::new(given).expect("it is well formed");
            let prepared = draft
                .place(
                    41,
                    |stream| Ok(if stream == "a" { 5 } else { 0 }),
                    |_| Ok(false),
                )
                .expect("it fits");
            let records = prepared
                .records
                .into_iter()
                .zip(42..)
                .map(|(r, position)| Record::new(position, r.clone().into(), 0..r.len()));
            let records: Vec<Record> = records.collect();
            for record in &records {
                let envelope: Envelope<'_> = record.envelope().expect("it is an envelope");
                assert_eq!(
                    serde_json::to_vec(&envelope).expect("it serialises"),
                    record.bytes()
                );
            }
            let versions: Vec<u64> = records
                .iter()
                .map(|r| r.envelope().expect("an envelope").version)
                .collect();
            assert_eq!(versions, [6, 1, 7]);
            assert_eq!(
                digest_of_records(&records).expect("there are records"),
                draft.digest
            );
        }
    }
}
