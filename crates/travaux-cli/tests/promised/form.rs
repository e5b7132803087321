//! The forms that the contract writes in its tables, and which values have them.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

/// What a value is written as.
#[derive(Debug)]
pub(super) enum Form {
    OrNull(Box<Form>),
    ListOf(Box<Form>),
    Pair(Box<Form>, Box<Form>),
    /// An object with names of one's own: the form of its values, that of its names.
    MapOf(Box<Form>, Box<Form>),
    /// The fields of a document of this name.
    Document(String),
    Scalar(Scalar),
}

/// A value without parts.
#[derive(Debug)]
pub(super) enum Scalar {
    Anything,
    Number,
    Bool,
    OneOf(Vec<String>),
    Text,
    Id,
    Date,
    Time,
    Language,
    Provision,
    Digest,
    Row,
    Handle,
    Version,
    /// What an entry of a state is about.
    Entry,
    /// An event, by its stream and version.
    Event,
    /// What a field of an entry says.
    Value,
}

/// A field: its form, and when it is there.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) form: Form,
    pub(super) left_out: bool,
    /// The field that says the state, and the states in which this one is there.
    states: Option<(String, Vec<String>)>,
}

/// The words between backquotes.
fn quoted(text: &str) -> Vec<String> {
    let parts = text.split('`').enumerate();
    let inner = parts.filter(|(at, _)| at % 2 == 1);
    inner.map(|(_, word)| word.to_owned()).collect()
}

impl Field {
    /// As the cell of a table says it.
    pub(super) fn read(cell: &str) -> Self {
        let (cell, states) = match cell.split_once(", where ") {
            Some((cell, states)) => {
                let mut words = quoted(states).into_iter();
                let tag = words.next().expect("the field that says the state");
                (cell, Some((tag, words.collect())))
            }
            None => (cell, None),
        };
        let (form, left_out) = match cell.strip_suffix(", left out if empty") {
            Some(form) => (form, true),
            None => (cell, false),
        };
        Self {
            form: Form::read(form),
            left_out,
            states,
        }
    }

    /// Whether the field belongs to the state that the object is in.
    pub(super) fn is_for(&self, object: &Map<String, Value>) -> bool {
        self.states.as_ref().is_none_or(|(tag, states)| {
            let state = object.get(tag).and_then(Value::as_str);
            state.is_some_and(|state| states.iter().any(|known| known == state))
        })
    }
}

impl Form {
    /// As a cell says it. What the contract calls by a name that is not known here fails the test.
    pub(super) fn read(text: &str) -> Self {
        let boxed = |text: &str| Box::new(Self::read(text));
        if let Some(form) = text.strip_suffix(" or null") {
            return Self::OrNull(boxed(form));
        }
        if let Some(form) = text.strip_prefix("list of ") {
            return Self::ListOf(boxed(form));
        }
        if let Some((a, b)) = text
            .strip_prefix("pair of ")
            .and_then(|pair| pair.split_once(" and "))
        {
            return Self::Pair(boxed(a), boxed(b));
        }
        if let Some((value, key)) = text
            .strip_prefix("object: ")
            .and_then(|map| map.rsplit_once(" by "))
        {
            return Self::MapOf(boxed(value), boxed(key));
        }
        if let [name] = &quoted(text)[..]
            && text.starts_with('`')
        {
            return Self::Document(name.clone());
        }
        Self::Scalar(match text {
            "anything" => Scalar::Anything,
            "number" => Scalar::Number,
            "true or false" => Scalar::Bool,
            "text" => Scalar::Text,
            "id" => Scalar::Id,
            "date" => Scalar::Date,
            "time" => Scalar::Time,
            "language" => Scalar::Language,
            "provision" => Scalar::Provision,
            "digest" => Scalar::Digest,
            "row" => Scalar::Row,
            "handle" => Scalar::Handle,
            "version" => Scalar::Version,
            "entry" => Scalar::Entry,
            "event" => Scalar::Event,
            "value" => Scalar::Value,
            _ if text.starts_with("one of ") => Scalar::OneOf(quoted(text)),
            _ => panic!("the contract has a form that nobody can read: `{text}`"),
        })
    }
}

/// Whether it is the name of a stream: a kind and an id.
fn is_stream(text: &str) -> bool {
    let parts = text.split_once('-');
    parts.is_some_and(|(kind, id)| {
        all(kind, |c| c.is_ascii_lowercase()) && uuid::Uuid::parse_str(id).is_ok()
    })
}

/// Whether it is a stream, or a part of one.
fn is_entry(text: &str) -> bool {
    let mut parts = text.splitn(3, '/');
    let stream = parts.next().is_some_and(is_stream);
    let part = match (parts.next(), parts.next()) {
        (None, _) => true,
        (Some(kind), Some(key)) => !kind.is_empty() && !key.is_empty(),
        (Some(_), None) => false,
    };
    stream && part
}

/// Whether all characters are such ones, and there are some.
fn all(text: &str, such: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(such)
}

impl Scalar {
    pub(super) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Anything, _)
            | (Self::Number, Value::Number(_))
            | (Self::Bool, Value::Bool(_))
            | (Self::Text, Value::String(_)) => true,
            (Self::OneOf(words), Value::String(word)) => words.contains(word),
            (Self::Id, Value::String(id)) => uuid::Uuid::parse_str(id).is_ok(),
            (Self::Date, Value::String(date)) => date.parse::<NaiveDate>().is_ok(),
            (Self::Time, Value::String(time)) => DateTime::parse_from_rfc3339(time).is_ok(),
            (Self::Language, Value::String(tag)) => {
                all(tag, |c| c.is_ascii_alphanumeric() || c == '-')
            }
            (Self::Provision, Value::String(id)) => id.split_once('.').is_some_and(|(of, at)| {
                all(of, |c| c.is_ascii_digit()) && all(at, |c| c.is_ascii_digit())
            }),
            (Self::Digest, Value::String(digest)) => {
                digest.len() == 64 && all(digest, |c| c.is_ascii_hexdigit())
            }
            (Self::Entry, Value::String(entry)) => is_entry(entry),
            (Self::Event, Value::String(event)) => {
                event.rsplit_once('@').is_some_and(|(stream, version)| {
                    is_stream(stream) && version.parse::<u64>().is_ok()
                })
            }
            (Self::Value, Value::Number(_) | Value::Bool(_) | Value::String(_)) => true,
            (Self::Value, Value::Array(texts)) => texts.iter().all(Value::is_string),
            (Self::Value, Value::Object(words)) => words.iter().all(|(lang, text)| {
                Self::Language.holds(&lang.as_str().into()) && text.is_string()
            }),
            (Self::Row, Value::String(row)) => all(row, |c| c.is_ascii_alphanumeric()),
            (Self::Version, Value::String(version)) => {
                let core = version.split('-').next().unwrap_or_default();
                let mut numbers = core.split('.');
                numbers.clone().count() == 3 && numbers.all(|n| n.parse::<u64>().is_ok())
            }
            (Self::Handle, Value::String(handle)) => all(handle, |c| {
                c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
            }),
            _ => false,
        }
    }
}

#[test]
fn forms_are_told_from_what_they_are_not() {
    let cell = |cell: &str, value: Value| {
        let Form::Scalar(scalar) = Field::read(cell).form else {
            panic!("{cell} is a scalar");
        };
        scalar.holds(&value)
    };
    for (form, good, bad) in [
        ("number", "1", "\"1\""),
        ("text", "\"1\"", "1"),
        ("true or false", "false", "0"),
        ("one of `a`, `b c`", "\"b c\"", "\"b\""),
        ("date", "\"2025-01-31\"", "\"2025-01-31T00:00:00Z\""),
        ("time", "\"2025-01-31T00:00:00Z\"", "\"2025-01-31\""),
        ("provision", "\"1.4\"", "\"Article 4\""),
        ("digest", "null", "null"),
        (
            "entry",
            "\"meeting-01a227d4-915f-740d-9a1a-9fe09f24027e/item/a/b\"",
            "\"meeting-01a227d4-915f-740d-9a1a-9fe09f24027e/item\"",
        ),
        (
            "event",
            "\"meeting-01a227d4-915f-740d-9a1a-9fe09f24027e@3\"",
            "\"meeting-01a227d4-915f-740d-9a1a-9fe09f24027e\"",
        ),
        ("value", "{\"en\": \"areas\"}", "{\"en\": 1}"),
    ] {
        let value = |json| serde_json::from_str::<Value>(json).expect("JSON");
        assert_eq!(cell(form, value(good)), form != "digest", "{form}: {good}");
        assert!(!cell(form, value(bad)), "{form}: {bad}");
    }
}
