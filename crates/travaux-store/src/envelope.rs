//! Records: an event in its envelope, as bytes.

use std::{borrow::Cow, ops::Range, sync::Arc};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{CommitId, Digest, StoreError, scan};

/// The largest record, in bytes: the limit of an entry in a C2SP tlog tile.
pub const RECORD_LIMIT: usize = 65_535;

/// Who acted, as the envelope has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeActor {
    /// The party.
    pub party: String,
    /// The person or office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// A record, read: everything about an event but its meaning. The order of the fields is the order of the stored bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope<'a> {
    /// The version of this envelope's format: 2. The first one had no nonce.
    pub envelope: u16,
    /// The position in the log, from 1.
    pub position: u64,
    /// The stream.
    pub stream: &'a str,
    /// The version in the stream, from 1.
    pub version: u64,
    /// The event's identity.
    pub id: Uuid,
    /// Random bytes, so that nobody who knows the record's hash can find its content by trying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<Nonce>,
    /// The event's type.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The version of its type's payload.
    pub schema: u16,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who acted.
    pub actor: EnvelopeActor,
    /// The commit.
    pub commit: CommitId,
    /// The conversation that it belongs to.
    pub correlation: Uuid,
    /// The event that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<Uuid>,
    /// The attachments that the payload names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Digest>,
    /// The payload, as it was given.
    #[serde(borrow)]
    pub payload: &'a RawValue,
}

/// The part of an envelope that a decoder asks for, borrowed from the record. Its payload has not been looked at: whoever decodes
/// it reads all of it anyway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedEvent<'a> {
    /// The position in the log, from 1.
    pub position: u64,
    /// The stream.
    pub stream: &'a str,
    /// The version in the stream, from 1.
    pub version: u64,
    /// The event's identity.
    pub id: Uuid,
    /// The event's type.
    pub kind: &'a str,
    /// The version of its type's payload.
    pub schema: u16,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The party that acted.
    pub party: Cow<'a, str>,
    /// The person or office.
    pub person: Option<Cow<'a, str>>,
    /// The attachments that the payload names.
    pub attachments: Vec<Digest>,
    /// The bytes where the payload stands.
    pub payload: &'a str,
}

impl<'a> From<Envelope<'a>> for EncodedEvent<'a> {
    fn from(envelope: Envelope<'a>) -> Self {
        Self {
            position: envelope.position,
            stream: envelope.stream,
            version: envelope.version,
            id: envelope.id,
            kind: envelope.kind,
            schema: envelope.schema,
            recorded_at: envelope.recorded_at,
            party: envelope.actor.party.into(),
            person: envelope.actor.person.map(Into::into),
            attachments: envelope.attachments,
            payload: envelope.payload.get(),
        }
    }
}

/// The part of an envelope that an index asks for, read at a third of the cost of the whole envelope.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordHeader<'a> {
    position: u64,
    /// The stream.
    pub stream: &'a str,
    /// The version in the stream, from 1.
    pub version: u64,
    /// The commit.
    pub commit: CommitId,
}

/// Sixteen random bytes, written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonce(pub [u8; 16]);

impl Serialize for Nonce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(
            Uuid::from_bytes(self.0)
                .simple()
                .encode_lower(&mut Uuid::encode_buffer()),
        )
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(|bytes| Self(bytes.into_bytes()))
    }
}

/// A record: its bytes, shared with the page that it was read in.
#[derive(Clone, Debug)]
pub struct Record {
    /// The position at which it was found.
    pub position: u64,
    page: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Record {
    /// The record at `range` of `page`.
    pub fn new(position: u64, page: Arc<Vec<u8>>, range: Range<usize>) -> Self {
        Self {
            position,
            page,
            range,
        }
    }

    /// The exact bytes that are stored.
    pub fn bytes(&self) -> &[u8] {
        self.page.get(self.range.clone()).unwrap_or_default()
    }

    /// The type of the event, found without reading the envelope; `None` where that does not tell.
    pub fn kind(&self) -> Option<&str> {
        scan::kind(self.bytes())
    }

    /// The envelope.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes are no envelope, or that of another position.
    pub fn envelope(&self) -> Result<Envelope<'_>, StoreError> {
        match scan::envelope(self.bytes()).filter(|envelope| envelope.position == self.position) {
            Some(envelope) => Ok(envelope),
            None => self.parsed(|envelope: &Envelope<'_>| envelope.position),
        }
    }

    /// The part of its envelope that a decoder asks for. Who reads many records reads them with an [`EventReader`].
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes are no envelope, or that of another position.
    pub fn encoded_event(&self) -> Result<EncodedEvent<'_>, StoreError> {
        EventReader::default().read(self)
    }

    /// The part of its envelope that an index asks for.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes do not say so, or are those of another position.
    pub fn header(&self) -> Result<RecordHeader<'_>, StoreError> {
        self.parsed(|header: &RecordHeader<'_>| header.position)
    }

    fn parsed<'a, T: Deserialize<'a>>(
        &'a self,
        position: impl Fn(&T) -> u64,
    ) -> Result<T, StoreError> {
        let damaged = |what: String| StoreError::Damaged {
            position: Some(self.position),
            what,
        };
        let parsed: T = serde_json::from_slice(self.bytes())
            .map_err(|e| damaged(format!("the record is no envelope: {e}")))?;
        match position(&parsed) {
            position if position == self.position => Ok(parsed),
            position => Err(damaged(format!(
                "the record says that it stands at position {position}"
            ))),
        }
    }
}

/// Reads the part that a decoder asks for out of one record after another: a replay reads millions. What the records of a commit say
/// alike is read once.
#[derive(Debug, Default)]
pub struct EventReader<'a> {
    before: Option<scan::Shared<'a>>,
}

impl<'a> EventReader<'a> {
    /// What a decoder asks for.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the bytes are no envelope, or that of another position.
    pub fn read(&mut self, record: &'a Record) -> Result<EncodedEvent<'a>, StoreError> {
        match scan::encoded_event(record.bytes(), &mut self.before) {
            Some(event) if event.position == record.position => Ok(event),
            _ => record.envelope().map(EncodedEvent::from),
        }
    }
}
