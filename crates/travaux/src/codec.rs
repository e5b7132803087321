//! From events to payloads and back.
//!
//! The payload is the event's serde form. Long strings in it, and values that are still too large, travel as attachments:
//! `{"$text": DIGEST}` stands for a string, `{"$json": DIGEST}` for any value. So the exact bytes of an imported text are an
//! attachment of their own, found by their SHA-256, and stored once however often they return.

use std::collections::BTreeMap;

use serde::{
    Deserialize,
    de::{
        DeserializeSeed, MapAccess,
        value::{BorrowedStrDeserializer, MapAccessDeserializer},
    },
};
use serde_json::{Map, Value};
use travaux_domain::{Actor, Event, EventId, LegalBasis, Recorded, StreamId};
use travaux_store::{Attachment, Digest, EncodedEvent, NewEvent, Nonce, StoreError};
use uuid::Uuid;

use crate::{
    error::{CodecError, EncodeError, UnreadableRecord},
    upcast,
};

/// Payloads up to this size stay in their record, whole.
const INLINE: usize = 24 * 1024;

/// Strings from this size on are taken out of larger payloads.
const TEXT: usize = 1024;

/// Encodes `event` for `stream`, with the rule that it rests on; what is too large for its record comes beside it.
///
/// # Errors
/// [`EncodeError`] where a part of it does not serialise.
pub fn encode(
    stream: StreamId,
    (id, nonce): (Uuid, Nonce),
    event: &Event,
    legal_basis: Option<&LegalBasis>,
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
    if let (Some(basis), Value::Object(fields)) = (legal_basis, &mut payload) {
        let basis = serde_json::to_value(basis).map_err(failed)?;
        fields.insert("rests_on".to_owned(), basis);
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

/// The rule on which an event rests stands beside its own fields.
#[derive(Deserialize)]
struct RestsOn {
    #[serde(default)]
    rests_on: Option<LegalBasis>,
}

/// An event's type and its payload as the map of one entry that they are in its serde form, without writing it down.
struct Tagged<'a> {
    kind: Option<&'a str>,
    payload: &'a str,
}

impl<'de> MapAccess<'de> for Tagged<'de> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        self.kind
            .take()
            .map(|kind| seed.deserialize(BorrowedStrDeserializer::new(kind)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let mut payload = serde_json::Deserializer::from_str(self.payload);
        let value = seed.deserialize(&mut payload)?;
        payload.end().map(|()| value)
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
    } = event.into();
    let failed = |reason: UnreadableRecord| CodecError {
        position,
        kind: kind.to_owned(),
        schema,
        reason,
    };
    let stream: StreamId = stream
        .parse()
        .map_err(|e: travaux_domain::ParseStreamError| failed(e.into()))?;
    let current = upcast::current(kind);
    if schema > current {
        return Err(failed(UnreadableRecord::Newer { current }));
    }
    let whole;
    let payload = if attachments.is_empty() && schema == current {
        payload
    } else {
        let mut value: Value = serde_json::from_str(payload).map_err(|e| failed(e.into()))?;
        let mut get = |id| fetch(id)?.ok_or(UnreadableRecord::MissingAttachment(id));
        put_back(&mut value, &mut get).map_err(failed)?;
        upcast::upcast(kind, schema, &mut value).map_err(failed)?;
        whole = value.to_string();
        &whole
    };
    let legal_basis = if payload.contains("\"rests_on\"") {
        serde_json::from_str(payload)
            .map(|rests: RestsOn| rests.rests_on)
            .map_err(|e| failed(e.into()))?
    } else {
        None
    };
    // The envelope's type is the tag of the event's serde form.
    let tagged = MapAccessDeserializer::new(Tagged {
        kind: Some(kind),
        payload,
    });
    let event = stream.read_event(tagged);
    Ok(Recorded {
        position,
        stream,
        version,
        id: EventId(id),
        recorded_at,
        actor: Actor {
            party: party.as_ref().into(),
            person: person.as_deref().map(Into::into),
        },
        event: event.map_err(|e| failed(e.into()))?,
        legal_basis,
    })
}
