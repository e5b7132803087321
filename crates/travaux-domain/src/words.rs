//! What an event says in words, for people who read a history.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{ActElsewhere, Provenance};

/// What happened, in one line, with what the event itself says of who did it and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What happened.
    pub what: String,
    /// Who did it, where the event names somebody other than who recorded it.
    pub actor: Option<String>,
    /// When it was done, where a source says so.
    pub done_at: Option<DateTime<Utc>>,
    /// The date of the act, where it has one of its own.
    pub done_on: Option<NaiveDate>,
    /// From when it has effect, where that is settled.
    pub effective_from: Option<NaiveDate>,
}

impl Summary {
    /// What happened.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    /// What happened, with effect from a date on.
    pub(crate) fn from(on: impl Into<Option<NaiveDate>>, what: impl Into<String>) -> Self {
        Self {
            effective_from: on.into(),
            ..Self::new(what)
        }
    }

    /// The same, proposed elsewhere if it was imported.
    pub(crate) fn proposed(self, provenance: Option<&Provenance>) -> Self {
        Self {
            actor: provenance.map(|p| p.by.to_string()),
            done_at: provenance.map(|p| p.at),
            ..self
        }
    }

    /// The same, done elsewhere if it was.
    pub(crate) fn done(self, elsewhere: Option<&ActElsewhere>) -> Self {
        Self {
            actor: elsewhere.map(|act| act.by.to_string()),
            done_at: elsewhere.map(|act| act.at),
            ..self
        }
    }
}

/// One of so many that are numbered, as a refusal expects it: `a claim from 1 to 3`.
pub(crate) fn numbered(what: &str, count: usize) -> String {
    match count {
        0 => format!("{what} on record"),
        last => format!("{what} from 1 to {last}"),
    }
}

/// Names in a row; `none` where there is none.
pub(crate) fn names<T: ToString>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<_> = names.into_iter().map(|n| n.to_string()).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

/// A number of things, in words that agree with it.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// A reason behind what was done, where one is given.
pub(crate) fn because(reason: Option<&String>) -> String {
    reason.map(|r| format!(": {r}")).unwrap_or_default()
}
