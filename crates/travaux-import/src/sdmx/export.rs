//! The figures of an indicator, as a message.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use travaux::domain::{
    PartyId,
    indicator::{Direction, Figure, Indicator, Revised},
};

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
    /// How many may not be seen by who reads it.
    pub withheld: usize,
}

/// The figures of an indicator that stand, as they may be seen by a reader at a time; who reported
/// one may see it. `agency` and `id` are how the message calls the framework and the indicator.
pub fn export(
    indicator: &Indicator,
    (agency, id): (&str, &str),
    reader: Option<&PartyId>,
    at: DateTime<Utc>,
) -> Exported {
    let standing = indicator.figures.values();
    let standing: Vec<_> = standing.filter_map(|f| Some((f, f.stands()?))).collect();
    let total = standing.len();
    let seen = |(figure, said): &(&Figure, &Revised)| {
        let secrecy = &said.observation.confidentiality;
        reader == Some(&figure.reporter) || secrecy.is_shown(reader, at)
    };
    let mut shown: Vec<_> = standing.into_iter().filter(seen).collect();
    shown.sort_by(|(one, _), (other, _)| {
        (&one.reporter, &one.key).cmp(&(&other.reporter, &other.key))
    });
    let withheld = total - shown.len();
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
    let rows = shown
        .into_iter()
        .zip(2..)
        .map(|((figure, said), line)| Row {
            line,
            structure: Structure::Dataflow,
            id: StructureId {
                agency: agency.to_owned(),
                id: id.to_owned(),
                version: said.version.to_string(),
            },
            action: Action::Replace,
            cells: cells(figure, said),
        });
    let message = Message {
        separator: Some(';'),
        columns: columns.collect(),
        rows: rows.collect(),
    };
    Exported { message, withheld }
}

fn cells(figure: &Figure, said: &Revised) -> BTreeMap<String, String> {
    let (key, said) = (&figure.key, &said.observation);
    let direction = key.direction.map(|direction| match direction {
        Direction::Out => "OUT",
        Direction::In => "IN",
    });
    let value = said
        .value
        .map_or_else(|| "NaN".to_owned(), |value| value.to_string());
    let codes: Vec<_> = said.status.codes.iter().map(|code| code.code()).collect();
    let secrecy = &said.confidentiality;
    let until = secrecy.until.map(|until| until.to_rfc3339());
    let told = [
        ("REF_AREA", Some(figure.reporter.to_string())),
        (
            "COUNTERPART_AREA",
            key.counterpart.as_ref().map(ToString::to_string),
        ),
        ("DIRECTION", direction.map(str::to_owned)),
        ("CATEGORY", key.category.as_ref().map(ToString::to_string)),
        ("TIME_PERIOD", Some(key.period.to_string())),
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
    told.chain(attributes).filter(filled).collect()
}
