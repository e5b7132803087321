//! Reads a data message.

use std::collections::{BTreeMap, BTreeSet};

use super::message::{Action, Column, Message, Row, Structure, StructureId};
use crate::input::{Malformed, Problem};

/// Reads a message of SDMX-CSV 2.0 or 2.1, which stands in the file `name`.
///
/// # Errors
/// All that is wrong with it, by line.
pub fn read_message(name: &str, text: &str) -> Result<Message, Malformed> {
    let mut problems = Vec::new();
    let message = read(text.strip_prefix('\u{feff}').unwrap_or(text), &mut problems);
    match message {
        Some(message) if problems.is_empty() => Ok(message),
        _ => Err(Malformed {
            file: name.to_owned(),
            problems,
        }),
    }
}

pub(super) fn problem(line: usize, field: &str, what: impl Into<String>) -> Problem {
    Problem {
        line,
        column: 1,
        field: field.to_owned(),
        what: what.into(),
    }
}

/// How the columns stand.
struct Layout {
    columns: Vec<Column>,
    separator: Option<char>,
    action: Option<usize>,
    /// Where each component stands.
    places: Vec<usize>,
    width: usize,
}

fn read(text: &str, problems: &mut Vec<Problem>) -> Option<Message> {
    let delimiter = match delimiter(text) {
        Some(delimiter) => delimiter,
        None => {
            let found = text.lines().next().unwrap_or_default();
            let found = found.split([',', ';']).next().unwrap_or_default();
            let what = format!("expected `STRUCTURE` as the first column, found `{found}`");
            problems.push(problem(1, "", what));
            return None;
        }
    };
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut layout = None;
    let mut rows = Vec::new();
    for record in lines.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, |at| at.line());
                let line = usize::try_from(line).unwrap_or(usize::MAX);
                problems.push(problem(line, "", "this is no text in UTF-8"));
                return None;
            }
        };
        let line = line_of(text, record.position());
        let cells: Vec<&str> = record.iter().collect();
        match &layout {
            None => layout = Some(head(&cells, problems)?),
            Some(layout) => match row(line, &cells, layout) {
                Ok(row) => rows.push(row),
                Err(found) => problems.push(found),
            },
        }
    }
    let Layout {
        columns, separator, ..
    } = layout?;
    Some(Message {
        separator,
        columns,
        rows,
    })
}

/// The line of a record: blank ones before it are no records, and stand before its position.
fn line_of(text: &str, position: Option<&csv::Position>) -> usize {
    let Some(position) = position else { return 1 };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let blank = blank.filter(|byte| **byte == b'\n').count();
    usize::try_from(position.line())
        .unwrap_or(usize::MAX)
        .saturating_add(blank)
}

/// What follows the first column's name.
fn delimiter(text: &str) -> Option<u8> {
    let rest = text.strip_prefix("STRUCTURE")?;
    let rest = match rest.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?.1,
        None => rest,
    };
    let next = *rest.as_bytes().first()?;
    (next.is_ascii() && !next.is_ascii_alphanumeric() && next != b'_' && next != b'"')
        .then_some(next)
}

fn head(cells: &[&str], problems: &mut Vec<Problem>) -> Option<Layout> {
    let inner = cells
        .first()
        .and_then(|first| first.strip_prefix("STRUCTURE["));
    let separator = inner
        .and_then(|inner| inner.chars().next())
        .filter(|c| *c != ']');
    let mut next = 1;
    let mut is = |name: &str| {
        let found = cells.get(next).is_some_and(|cell| *cell == name);
        next += usize::from(found);
        found.then_some(next - 1)
    };
    if is("STRUCTURE_ID").is_none() {
        let found = cells.get(1).copied().unwrap_or_default();
        let what = format!("expected `STRUCTURE_ID` as the second column, found `{found}`");
        problems.push(problem(1, "", what));
        return None;
    }
    let named = is("STRUCTURE_NAME").is_some();
    let action = is("ACTION");
    // Keys are put together from the dimensions, which stand beside them.
    let (_, _) = (is("SERIES_KEY"), is("OBS_KEY"));
    let (mut columns, mut places, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
    let components = cells.iter().enumerate().skip(next);
    // With names in columns of their own, every second one is a name.
    for (place, cell) in components.step_by(if named { 2 } else { 1 }) {
        let (head, labelled) = match cell.split_once(": ") {
            Some((head, _)) => (head, true),
            None => (*cell, false),
        };
        let (id, inner) = match head.split_once('[') {
            Some((id, inner)) => (id, Some(inner)),
            None => (head, None),
        };
        if inner.is_some_and(|inner| inner != "]") {
            let what = "values in several languages are not read: give one column a language";
            problems.push(problem(1, id, what));
        }
        if inner.is_some() && separator.is_none() {
            let what = "several values want a separator: `STRUCTURE[;]` as the first column";
            problems.push(problem(1, id, what));
        }
        if id.is_empty() || !known.insert(id) {
            let what = "expected a component in each column, each once";
            problems.push(problem(1, id, what));
        }
        columns.push(Column {
            id: id.to_owned(),
            multiple: inner.is_some(),
            labelled,
        });
        places.push(place);
    }
    Some(Layout {
        columns,
        separator,
        action,
        places,
        width: cells.len(),
    })
}

fn row(line: usize, cells: &[&str], layout: &Layout) -> Result<Row, Problem> {
    if cells.len() != layout.width {
        let what = format!(
            "expected {} cells, as the head has, found {}",
            layout.width,
            cells.len()
        );
        return Err(problem(line, "", what));
    }
    let kind = cells.first().copied().unwrap_or_default();
    let structure = match kind.to_ascii_lowercase().as_str() {
        "dataflow" => Structure::Dataflow,
        "datastructure" => Structure::DataStructure,
        "dataprovision" => Structure::DataProvision,
        _ => {
            let expected = "expected `dataflow`, `datastructure` or `dataprovision`";
            return Err(problem(
                line,
                "STRUCTURE",
                format!("{expected}, found `{kind}`"),
            ));
        }
    };
    let id = cells.get(1).copied().unwrap_or_default();
    let id = structure_id(id).ok_or_else(|| {
        let what = format!("expected AGENCY:ID(VERSION), found `{id}`");
        problem(line, "STRUCTURE_ID", what)
    })?;
    let action = layout.action.and_then(|place| cells.get(place)).copied();
    let action = match action {
        // Where nothing is said, data are merged.
        None | Some("M" | "I" | "A") => Action::Merge,
        Some("R") => Action::Replace,
        Some("D") => Action::Delete,
        Some(other) => {
            let expected = "expected M, R or D (I and A of old are read as M)";
            return Err(problem(
                line,
                "ACTION",
                format!("{expected}, found `{other}`"),
            ));
        }
    };
    let mut told = BTreeMap::new();
    for (column, place) in layout.columns.iter().zip(&layout.places) {
        let cell = cells.get(*place).copied().unwrap_or_default();
        if !cell.is_empty() {
            told.insert(column.id.clone(), cell.to_owned());
        }
    }
    Ok(Row {
        line,
        structure,
        id,
        action,
        cells: told,
    })
}

/// `AGENCY:ID(VERSION)`, with a name behind it or without.
fn structure_id(text: &str) -> Option<StructureId> {
    let (agency, rest) = text.split_once(':')?;
    let (id, rest) = rest.split_once('(')?;
    let (version, name) = rest.split_once(')')?;
    let parts = [agency, id, version];
    let whole = parts
        .iter()
        .all(|part| !part.is_empty() && !part.contains(char::is_whitespace));
    (whole && (name.is_empty() || name.starts_with(": "))).then(|| StructureId {
        agency: agency.to_owned(),
        id: id.to_owned(),
        version: version.to_owned(),
    })
}
