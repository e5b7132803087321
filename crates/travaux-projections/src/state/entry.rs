//! An entry of a state: one thing under a framework, as it stood, with the events that made it so.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use travaux_domain::{
    Name, StreamId,
    partnership::{Dated, Words},
};

use super::{Fields, variant::variant};

/// What an entry is about: a stream, or a part of one that has a key of its own. Written as in the
/// log: `meeting-0199…`, `meeting-0199…/item/visa`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// The stream.
    pub stream: StreamId,
    /// The part; the stream as a whole, if none.
    pub part: Option<Part>,
}

/// A part of a stream.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Its kind, such as `item`.
    pub kind: Name,
    /// Its key.
    pub key: Name,
}

impl EntryId {
    /// A stream as a whole.
    pub fn whole(stream: StreamId) -> Self {
        Self { stream, part: None }
    }

    /// A part of a stream.
    pub fn part(stream: StreamId, kind: &'static str, key: impl Into<Name>) -> Self {
        let (kind, key) = (Name::literal(kind), key.into());
        let part = Some(Part { kind, key });
        Self { stream, part }
    }

    /// The kind of thing: `meeting`, `item`.
    pub fn kind(&self) -> &str {
        match &self.part {
            Some(part) => &part.kind,
            None => self.stream.kind(),
        }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            None => self.stream.fmt(f),
            Some(Part { kind, key }) => write!(f, "{}/{kind}/{key}", self.stream),
        }
    }
}

/// A text that is no [`EntryId`] or [`EventRef`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found `{found}`")]
pub struct IdError {
    expected: &'static str,
    found: String,
}

impl FromStr for EntryId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || IdError {
            expected: "a stream, such as `meeting-` and its id, or `STREAM/KIND/KEY`",
            found: text.to_owned(),
        };
        let mut parts = text.splitn(3, '/');
        let stream = parts.next().unwrap_or_default();
        let stream = stream.parse().map_err(|_| error())?;
        let part = match (parts.next(), parts.next()) {
            (None, _) => None,
            (Some(kind), Some(key)) if !kind.is_empty() && !key.is_empty() => Some(Part {
                kind: kind.into(),
                key: key.into(),
            }),
            _ => return Err(error()),
        };
        Ok(Self { stream, part })
    }
}

/// An event: its stream, and its version there. Written `meeting-0199…@3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventRef {
    /// The stream.
    pub stream: StreamId,
    /// The version of the stream after it, from 1.
    pub version: u64,
}

impl fmt::Display for EventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.stream, self.version)
    }
}

impl FromStr for EventRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let read = || {
            let (stream, version) = text.rsplit_once('@')?;
            let (stream, version) = (stream.parse().ok()?, version.parse().ok()?);
            Some(Self { stream, version })
        };
        read().ok_or_else(|| IdError {
            expected: "an event, such as `meeting-`, its id and `@3`",
            found: text.to_owned(),
        })
    }
}

/// Both are written as text.
macro_rules! as_text {
    ($($ty:ty),*) => {$(
        impl Serialize for $ty {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $ty {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

as_text!(EntryId, EventRef);

/// What a field of an entry says. Days are texts: `2025-04-14`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// Whether something is so.
    Flag(bool),
    /// How many.
    Number(i64),
    /// A text, a day, a word from a list.
    Text(Name),
    /// Several texts, in order.
    List(Vec<Name>),
    /// Words in each language in which they are on record.
    Words(Words),
}

impl From<bool> for FieldValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u64> for FieldValue {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<NaiveDate> for FieldValue {
    fn from(day: NaiveDate) -> Self {
        Self::Text(written(day))
    }
}

impl From<&Words> for FieldValue {
    fn from(words: &Words) -> Self {
        Self::Words(words.clone())
    }
}

/// One thing under a framework, as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The events that made it so: the last of each stream that it rests on.
    pub by: Vec<EventRef>,
    /// What is said of it, by name. What is not on record is not there.
    pub fields: Fields,
}

impl Entry {
    /// An entry that rests on an event of a stream.
    pub(super) fn new(stream: StreamId, version: u64) -> Self {
        let by = vec![EventRef { stream, version }];
        let fields = Fields::with_capacity(8);
        Self { by, fields }
    }

    /// Says something.
    pub(super) fn say(&mut self, field: &'static str, value: impl Into<FieldValue>) {
        self.fields.insert(Name::literal(field), value.into());
    }

    /// Says a number, which may be negative.
    pub(super) fn number_of(&mut self, field: &'static str, number: i64) {
        self.fields
            .insert(Name::literal(field), FieldValue::Number(number));
    }

    /// Says something that is on record.
    pub(super) fn say_some(&mut self, field: &'static str, value: Option<impl Into<FieldValue>>) {
        if let Some(value) = value {
            self.say(field, value);
        }
    }

    /// Says in one word of a list what something is: the name of the variant.
    pub(super) fn word(&mut self, field: &'static str, value: &impl Serialize) {
        let name = variant(value);
        self.fields
            .insert(Name::literal(field), FieldValue::Text(name));
    }

    /// Says several, if there are any.
    pub(super) fn list(
        &mut self,
        field: &'static str,
        values: impl IntoIterator<Item: Into<Name>>,
    ) {
        let values: Vec<_> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.fields
                .insert(Name::literal(field), FieldValue::List(values));
        }
    }

    /// Says on which day something happened, and that the entry rests on that event too.
    pub(super) fn fact(&mut self, field: &'static str, fact: Option<Dated>) {
        if let Some(fact) = fact {
            self.say(field, fact.on);
            self.rests_on(fact);
        }
    }

    /// Rests on an event of its first stream: the later one counts.
    pub(super) fn rests_on(&mut self, fact: Dated) {
        self.rests_on_event(fact.event);
    }

    /// The same, by the event's version.
    pub(super) fn rests_on_event(&mut self, version: u64) {
        if let Some(first) = self.by.first_mut() {
            first.version = first.version.max(version);
        }
    }

    /// A field that is a text.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.fields.get(field)? {
            FieldValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A field that is a day.
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        self.text(field)?.parse().ok()
    }

    /// A field that is a list; empty where it is not there.
    pub fn texts(&self, field: &str) -> &[Name] {
        match self.fields.get(field) {
            Some(FieldValue::List(texts)) => texts,
            _ => &[],
        }
    }

    /// A field that is a number.
    pub fn number(&self, field: &str) -> Option<i64> {
        match self.fields.get(field)? {
            FieldValue::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A field that says whether something is so.
    pub fn is(&self, field: &str) -> bool {
        self.fields.get(field) == Some(&FieldValue::Flag(true))
    }

    /// A field with words.
    pub fn words(&self, field: &str) -> Option<&Words> {
        match self.fields.get(field)? {
            FieldValue::Words(words) => Some(words),
            _ => None,
        }
    }
}

/// A day as ISO 8601 writes it. There are several in each of thousands of entries.
fn written(day: NaiveDate) -> Name {
    let year = match u32::try_from(day.year()) {
        Ok(year) if year < 10_000 => year,
        // Years before the first, and beyond four digits, want a sign.
        _ => return Name::of(day),
    };
    let mut text = *b"0000-00-00";
    let digits = [(0..4, year), (5..7, day.month()), (8..10, day.day())];
    for (at, mut number) in digits {
        for digit in text[at].iter_mut().rev() {
            *digit += (number % 10) as u8;
            number /= 10;
        }
    }
    Name::from(std::str::from_utf8(&text).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_chrono_writes_it() {
        let first = NaiveDate::from_ymd_opt(-1, 12, 25).expect("a day");
        let of = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let far = [
            of(0, 1, 1),
            of(999, 9, 9),
            of(9999, 12, 31),
            of(10_000, 1, 1),
        ];
        for day in first.iter_days().take(800).chain(far) {
            assert_eq!(written(day).as_str(), day.to_string());
        }
    }
}
