//! From events to payloads and back.
//!
//! The payload is the event's serde form. Long strings in it, and values that are still too large, travel as attachments:
//! `{"$text": DIGEST}` stands for a string, `{"$json": DIGEST}` for any value. So the exact bytes of an imported text are an
//! attachment of their own, found by their SHA-256, and stored once however often they return.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use travaux_domain::{Actor, Event, EventId, ParseStreamError, Recorded, StreamId};
use travaux_store::{Attachment, Digest, EncodedEvent, NewEvent, Nonce, StoreError};
use uuid::Uuid;

use crate::{
    error::{CodecError, EncodeError, UnreadableRecord},
    payload::{self, Beside},
    upcast,
};

/// Payloads up to this size stay in their record, whole.
const INLINE: usize = 24 * 1024;

/// Strings from this size on are taken out of larger payloads.
const TEXT: usize = 1024;

/// Encodes `event` for `stream`, with what stands beside it; what is too large for its record comes beside it.
///
/// # Errors
/// [`EncodeError`] where a part of it does not serialise.
pub fn encode(
    stream: StreamId,
    (id, nonce): (Uuid, Nonce),
    event: &Event,
    beside: &Beside,
) -> Result<(NewEvent, Vec<Attachment>), EncodeError> {
    let failed = |reason| EncodeError {
        stream,
        kind: event.type_name(),
        reason,
    };
    let tagged = serde_json::to_value(event);
    // The serde form is tagged by the type, which goes into the envelope.
    let (kind, mut payload) = match tagged.map_err(failed)? {
        Value::Object(tagged) => tagged.into_iter().next(),
        _ => None,
    }
    .ok_or_else(|| failed(serde::ser::Error::custom("it has no type")))?;
    if let Value::Object(fields) = &mut payload {
        if let Some(basis) = &beside.legal_basis {
            let basis = serde_json::to_value(basis).map_err(failed)?;
            fields.insert(payload::RULE.to_owned(), basis);
        }
        if let Some(day) = &beside.done_on {
            let day = serde_json::to_value(day).map_err(failed)?;
            fields.insert(payload::DAY.to_owned(), day);
        }
    }
    let mut text = payload.to_string();
    let mut out = BTreeMap::new();
    if text.len() > INLINE {
        take_out_texts(&mut payload, &mut out);
        if payload.to_string().len() > INLINE {
            take_out_fields(&mut payload, &mut out);
        }
        text = payload.to_string();
    }
    let attachments = out.keys().copied().collect();
    let schema = upcast::current(&kind);
    let event = NewEvent {
        stream: stream.to_string(),
        id,
        nonce,
        kind,
        schema,
        payload: text,
        attachments,
    };
    Ok((event, out.into_values().collect()))
}

fn reference(name: &str, bytes: Vec<u8>, out: &mut BTreeMap<Digest, Attachment>) -> Value {
    let attachment = Attachment::new(bytes);
    let value = Value::Object(Map::from_iter([(
        name.to_owned(),
        Value::String(attachment.id.to_string()),
    )]));
    out.insert(attachment.id, attachment);
    value
}

fn take_out_texts(value: &mut Value, out: &mut BTreeMap<Digest, Attachment>) {
    match value {
        Value::String(text) if text.len() >= 8 * TEXT => {
            *value = reference("$text", std::mem::take(text).into_bytes(), out)
        }
        Value::Array(values) => values.iter_mut().for_each(|v| take_out_texts(v, out)),
        Value::Object(map) => map.values_mut().for_each(|v| take_out_texts(v, out)),
        _ => {}
    }
}

fn take_out_fields(value: &mut Value, out: &mut BTreeMap<Digest, Attachment>) {
    let Value::Object(map) = value else { return };
    for field in map.values_mut() {
        let text = field.to_string();
        if text.len() >= TEXT {
            *field = reference("$json", text.into_bytes(), out);
        }
    }
}

fn put_back(
    value: &mut Value,
    fetch: &mut dyn FnMut(Digest) -> Result<Vec<u8>, UnreadableRecord>,
) -> Result<(), UnreadableRecord> {
    match value {
        Value::Object(map) => {
            let reference = match map.iter().next() {
                Some((name, Value::String(id)))
                    if map.len() == 1 && (name == "$text" || name == "$json") =>
                {
                    Some((name == "$json", id.parse::<Digest>()?))
                }
                _ => None,
            };
            let Some((json, id)) = reference else {
                return map.values_mut().try_for_each(|v| put_back(v, fetch));
            };
            let bytes = fetch(id)?;
            if json {
                *value = serde_json::from_slice(&bytes)
                    .map_err(|source| UnreadableRecord::AttachedJson { id, source })?;
                put_back(value, fetch)
            } else {
                let text = String::from_utf8(bytes)
                    .map_err(|source| UnreadableRecord::AttachedText { id, source })?;
                *value = Value::String(text);
                Ok(())
            }
        }
        Value::Array(values) => values.iter_mut().try_for_each(|v| put_back(v, fetch)),
        _ => Ok(()),
    }
}

/// Reads the event in an envelope, or in what of it a decoder needs; `fetch` gets the attachments that it names.
///
/// # Errors
/// [`CodecError`] where the record does not hold an event that this program knows.
pub fn decode<'a>(
    event: impl Into<EncodedEvent<'a>>,
    fetch: impl Fn(Digest) -> Result<Option<Vec<u8>>, StoreError>,
) -> Result<Recorded, CodecError> {
    Decoder::default().decode(event.into(), fetch)
}

/// Decodes one event after another. What an event says as the one before did is not read again.
#[derive(Debug, Default)]
pub(crate) struct Decoder<'a> {
    stream: Option<(&'a str, StreamId)>,
    actor: Option<Actor>,
}

impl<'a> Decoder<'a> {
    fn stream(&mut self, name: &'a str) -> Result<StreamId, ParseStreamError> {
        if let Some((_, stream)) = self.stream.filter(|(before, _)| *before == name) {
            return Ok(stream);
        }
        let stream = name.parse()?;
        self.stream = Some((name, stream));
        Ok(stream)
    }

    /// The names of an actor are shared by its events.
    fn actor(&mut self, party: &str, person: Option<&str>) -> Actor {
        let same = |actor: &&Actor| actor.party.0 == *party && actor.person.as_deref() == person;
        let actor = self.actor.as_ref().filter(same).cloned();
        let actor = actor.unwrap_or_else(|| Actor {
            party: party.into(),
            person: person.map(Into::into),
        });
        self.actor.insert(actor).clone()
    }

    /// See [`decode`].
    pub(crate) fn decode(
        &mut self,
        event: EncodedEvent<'a>,
        fetch: impl Fn(Digest) -> Result<Option<Vec<u8>>, StoreError>,
    ) -> Result<Recorded, CodecError> {
        let EncodedEvent {
            position,
            stream,
            version,
            id,
            kind,
            schema,
            recorded_at,
            party,
            person,
            attachments,
            payload,
        } = event;
        let failed = |reason: UnreadableRecord| CodecError {
            position,
            kind: kind.to_owned(),
            schema,
            reason,
        };
        let stream = self.stream(stream).map_err(|e| failed(e.into()))?;
        let current = upcast::current(kind);
        if schema > current {
            return Err(failed(UnreadableRecord::Newer { current }));
        }
        let whole;
        let as_written = schema == current || !upcast::rewrites(kind, schema);
        let payload = if attachments.is_empty() && as_written {
            payload
        } else {
            let mut value: Value = serde_json::from_str(payload).map_err(|e| failed(e.into()))?;
            let mut get = |id| fetch(id)?.ok_or(UnreadableRecord::MissingAttachment(id));
            put_back(&mut value, &mut get).map_err(failed)?;
            upcast::upcast(kind, schema, &mut value).map_err(failed)?;
            whole = value.to_string();
            &whole
        };
        let (event, beside) = payload::read(stream, kind, payload).map_err(|e| failed(e.into()))?;
        Ok(Recorded {
            position,
            stream,
            version,
            id: EventId(id),
            recorded_at,
            actor: self.actor(&party, person.as_deref()),
            event,
            legal_basis: beside.legal_basis,
            done_on: beside.done_on,
        })
    }
}
