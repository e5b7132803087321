//! The state of a framework by entries, and what differs between two.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    domain::{FrameworkId, Handle, Name, PartyId},
    projections::{
        Entry, EntryChange, EntryId, EventRef, FieldChange, FieldValue, Fields, FrameworkState,
        Moment, StateDiff,
    },
};

use super::wire::{described, documents, form};
use crate::output::one_line;

form! {
    "entry": EntryId;
    "event": EventRef;
    "value": FieldValue;
}

described! {
    /// Of when a state is, and for whom.
    Moment = Moment {
        /// The day: what was done later is left out.
        on: NaiveDate,
        /// What was recorded later is left out; nothing is, if none.
        known_at: Option<DateTime<Utc>>,
        /// The party that reads.
        reader: Option<PartyId>,
    }

    /// One thing under a framework, as it stood.
    Entry = Entry {
        /// The events that made it so: the last of each stream that it rests on.
        by: Vec<EventRef>,
        /// What is said of it, by name; days as text. What is not on record is not there.
        fields: Fields,
    }

    /// What an entry says otherwise.
    EntryChange = EntryChange {
        /// The events on which it rested.
        rested_on: Vec<EventRef>,
        /// The events that made it so.
        by: Vec<EventRef>,
        /// Its fields that differ; the area stands under what moved.
        fields: BTreeMap<Name, FieldChange>,
    }

    /// What a field said, and what it says.
    FieldChange = FieldChange {
        /// What it said; null, if it was not there.
        was: Option<FieldValue>,
        /// What it says; null, if it is not there.
        is: Option<FieldValue>,
    }

    /// What differs between two states of a framework; put on the first, it gives the second.
    StateDiff = StateDiff {
        /// The framework.
        framework: FrameworkId,
        /// Of when the first is.
        from: Moment,
        /// Of when the second is.
        to: Moment,
        /// What only the second has.
        added: BTreeMap<EntryId, Entry>,
        /// What only the first has.
        ended: BTreeMap<EntryId, Entry>,
        /// What is in another area.
        moved: BTreeMap<EntryId, FieldChange>,
        /// What both have, and say otherwise.
        changed: BTreeMap<EntryId, EntryChange>,
    }
}

documents! {
    /// The state of a framework by entries: what differs between two of them is made of these.
    pub(crate) struct StateDocument<'a> {
        /// What kind of document this is: `framework-state`.
        schema: &'static str,
        /// The version of what states say.
        schema_version: u32,
        /// Of when it is, and for whom.
        at: &'a Moment,
        /// What there is, by identity.
        entries: &'a BTreeMap<EntryId, Entry>,
    }

    /// What differs between two states of a framework.
    pub(crate) struct ShownDiff<'a> {
        /// What kind of document this is: `framework-diff`.
        schema: &'static str,
        /// The version of what states say.
        schema_version: u32,
        /// The difference.
        #[serde(flatten)]
        diff: &'a StateDiff,
    }
}

impl<'a> StateDocument<'a> {
    pub(crate) fn new(state: &'a FrameworkState) -> Self {
        Self {
            schema: "framework-state",
            schema_version: FrameworkState::VERSION,
            at: &state.at,
            entries: &state.entries,
        }
    }
}

impl<'a> ShownDiff<'a> {
    pub(crate) fn new(diff: &'a StateDiff) -> Self {
        Self {
            schema: "framework-diff",
            schema_version: FrameworkState::VERSION,
            diff,
        }
    }
}

/// A field for people.
pub(crate) fn said(value: &FieldValue) -> String {
    let text = match value {
        FieldValue::Flag(true) => "yes".to_owned(),
        FieldValue::Flag(false) => "no".to_owned(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Text(text) => text.to_string(),
        FieldValue::List(texts) => texts.join(", "),
        FieldValue::Words(words) => {
            let each = words.iter().map(|(lang, text)| format!("{lang}: {text}"));
            each.collect::<Vec<_>>().join("; ")
        }
    };
    one_line(&text).into_owned()
}

/// What an entry is called: its title, its words, or its key.
pub(crate) fn title(id: &EntryId, entry: &Entry) -> String {
    let words = entry.words("words").and_then(|words| words.values().next());
    let title = entry.text("title").or(words.map(String::as_str));
    let title = title.or(id.part.as_ref().map(|part| &*part.key));
    one_line(title.unwrap_or_default()).into_owned()
}

/// What an entry is, for people: `meeting rabat`, `item mission of rabat`.
pub(crate) fn name(id: &EntryId, handles: &BTreeMap<String, Handle>) -> String {
    let whole = match handles.get(&id.stream.to_string()) {
        Some(handle) => handle.to_string(),
        None => id.stream.to_string(),
    };
    match &id.part {
        None => format!("{} {whole}", id.kind()),
        Some(part) => format!("{} {} of {whole}", part.kind, part.key),
    }
}
