//! The figures of an indicator, as a message.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use travaux::domain::{
    PartyId,
    indicator::{Direction, Figure, FigureKey, Indicator, Revised},
};

use super::figure::{DIMENSIONS, NONE};
use super::message::{Action, Column, Message, Row, Structure, StructureId};

/// The columns of a message, but for attributes; with whether they hold several values.
const COLUMNS: [(&str, bool); 15] = [
    ("REF_AREA", false),
    ("COUNTERPART_AREA", false),
    ("DIRECTION", false),
    ("CATEGORY", false),
    ("TIME_PERIOD", false),
    ("OBS_VALUE", false),
    ("OBS_STATUS", true),
    ("OBS_STATUS_LIST", false),
    ("CONF_STATUS", false),
    ("EMBARGO_TIME", false),
    ("CONF_REDIST", true),
    ("SOURCE", false),
    ("AS_OF", false),
    ("INCLUDES", true),
    ("INCLUDED_IN", false),
];

/// A message, and how many figures are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The message.
    pub message: Message,
    /// How many of its rows delete a figure.
    pub deleted: usize,
    /// How many figures are not in it, as who reads it may not see them.
    pub withheld: usize,
}

/// Who reads which figures.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The party that reads; without one, what all may see.
    pub reader: Option<&'a PartyId>,
    /// When.
    pub at: DateTime<Utc>,
    /// What is new since a time alone (QY8).
    pub after: Option<Since<'a>>,
}

/// A time, and when events of the indicator were recorded, by their versions.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The time: SDMX's `updatedAfter`.
    pub time: DateTime<Utc>,
    /// When an event was recorded.
    pub recorded: &'a dyn Fn(u64) -> Option<DateTime<Utc>>,
}

impl Since<'_> {
    fn is_later(&self, event: u64) -> bool {
        (self.recorded)(event).is_none_or(|at| at > self.time)
    }
}

impl Asking<'_> {
    /// What could be read of a figure at the time from which on it is asked.
    fn had<'f>(&self, figure: &'f Figure) -> Option<Told<'f>> {
        let after = self.after?;
        let gone = figure.withdrawn.as_ref();
        let stood = gone.is_none_or(|(_, at)| after.is_later(at.event));
        let mut said = figure.revisions.iter().rev();
        let said = said.find(|said| !after.is_later(said.at.event))?;
        (stood && figure.shows(said, self.reader, after.time)).then_some((figure, said))
    }

    /// Whether it was said since.
    fn is_new(&self, said: &Revised) -> bool {
        self.after.is_none_or(|after| after.is_later(said.at.event))
    }
}

/// A figure, and what is said of it.
type Told<'a> = (&'a Figure, &'a Revised);

/// The figures under one key of a reporter: the one that stands, and the one that could be read at
/// the time from which on is asked.
#[derive(Default)]
struct Under<'a> {
    stands: Option<Told<'a>>,
    had: Option<Told<'a>>,
}

/// The figures of an indicator that stand, as they may be seen by a reader at a time; who reported
/// one may see it. `agency` and `id` are how the message calls the framework and the indicator.
///
/// Where only what is new is asked for, what could be read before and cannot any more is told as
/// deleted: it was taken back, or is confidential now (QY8).
pub fn export(indicator: &Indicator, (agency, id): (&str, &str), asking: &Asking<'_>) -> Exported {
    let mut by_key: BTreeMap<(&PartyId, &FigureKey), Under<'_>> = BTreeMap::new();
    for figure in indicator.figures.values() {
        let under = by_key.entry((&figure.reporter, &figure.key)).or_default();
        if let Some(said) = figure.stands() {
            under.stands = Some((figure, said));
        }
        under.had = asking.had(figure).or(under.had);
    }
    let (mut shown, mut gone, mut withheld) = (Vec::new(), Vec::new(), 0);
    for Under { stands, had } in by_key.into_values() {
        let seen = stands.filter(|(figure, said)| figure.shows(said, asking.reader, asking.at));
        let news = |told: Told<'_>| asking.is_new(told.1) || had.is_none();
        match (seen, had) {
            (Some(told), _) if news(told) => shown.push(told),
            (None, Some(had)) => gone.push(had),
            (Some(_) | None, _) => {}
        }
        let hidden = stands.filter(|_| seen.is_none());
        let counts = hidden.is_some_and(|told| asking.is_new(told.1) || had.is_some());
        withheld += usize::from(counts);
    }
    let definitions = indicator
        .adopted
        .values()
        .map(|adopted| &adopted.definition);
    let mut attributes = Vec::new();
    for attribute in definitions.flat_map(|definition| &definition.attributes) {
        if !attributes.contains(&&attribute.key) {
            attributes.push(&attribute.key);
        }
    }
    let column = |(id, multiple): (&str, bool)| Column {
        id: id.to_owned(),
        multiple,
        labelled: false,
    };
    let columns = COLUMNS.into_iter().map(column);
    let columns = columns.chain(attributes.into_iter().map(|key| column((key, false))));
    let deleted = gone.len();
    let replace = shown
        .into_iter()
        .map(|told| (told, Action::Replace, cells(told)));
    let delete = gone
        .into_iter()
        .map(|told| (told, Action::Delete, all_dimensions(told.0)));
    let rows = replace
        .chain(delete)
        .zip(2..)
        .map(|(((_, said), action, cells), line)| Row {
            line,
            structure: Structure::Dataflow,
            id: StructureId {
                agency: agency.to_owned(),
                id: id.to_owned(),
                version: said.version.to_string(),
            },
            action,
            cells,
        });
    let message = Message {
        separator: Some(';'),
        columns: columns.collect(),
        rows: rows.collect(),
    };
    Exported {
        message,
        deleted,
        withheld,
    }
}

/// Which figure it is.
fn dimensions(figure: &Figure) -> BTreeMap<String, String> {
    let key = &figure.key;
    let direction = key.direction.map(|direction| match direction {
        Direction::Out => "OUT",
        Direction::In => "IN",
    });
    let told = [
        ("REF_AREA", Some(figure.reporter.to_string())),
        (
            "COUNTERPART_AREA",
            key.counterpart.as_ref().map(ToString::to_string),
        ),
        ("DIRECTION", direction.map(str::to_owned)),
        ("CATEGORY", key.category.as_ref().map(ToString::to_string)),
        ("TIME_PERIOD", Some(key.period.to_string())),
    ];
    let told = told.into_iter();
    told.filter_map(|(id, cell)| Some((id.to_owned(), cell?)))
        .collect()
}

/// Which figure it is, and which dimensions it has not: in a row that deletes, to leave one out means
/// all.
fn all_dimensions(figure: &Figure) -> BTreeMap<String, String> {
    let mut told = dimensions(figure);
    for id in DIMENSIONS {
        told.entry(id.to_owned()).or_insert_with(|| NONE.to_owned());
    }
    told
}

/// Which figure it is, and what is said of it.
fn cells((figure, said): Told<'_>) -> BTreeMap<String, String> {
    let said = &said.observation;
    let value = said
        .value
        .map_or_else(|| "NaN".to_owned(), |value| value.to_string());
    let codes: Vec<_> = said.status.codes.iter().map(|code| code.code()).collect();
    let secrecy = &said.confidentiality;
    let until = secrecy.until.map(|until| until.to_rfc3339());
    let told = [
        ("OBS_VALUE", Some(value)),
        ("OBS_STATUS", Some(codes.join(";"))),
        (
            "OBS_STATUS_LIST",
            Some(said.status.list.version().to_owned()),
        ),
        ("CONF_STATUS", Some(secrecy.status.code().to_owned())),
        ("EMBARGO_TIME", until),
        ("CONF_REDIST", Some(secrecy.also_to.join(";"))),
        ("SOURCE", Some(said.source.clone())),
        ("AS_OF", Some(said.as_of.to_string())),
        ("INCLUDES", Some(said.includes.join(";"))),
        (
            "INCLUDED_IN",
            said.included_in.as_ref().map(ToString::to_string),
        ),
    ];
    let told = told
        .into_iter()
        .filter_map(|(id, cell)| Some((id.to_owned(), cell?)));
    let attributes = said
        .attributes
        .iter()
        .map(|(key, text)| (key.to_string(), text.clone()));
    let filled = |(_, cell): &(String, String)| !cell.is_empty();
    let said = told.chain(attributes).filter(filled);
    dimensions(figure).into_iter().chain(said).collect()
}
