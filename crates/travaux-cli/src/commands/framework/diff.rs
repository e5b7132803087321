//! `travaux framework diff`

use std::{collections::BTreeMap, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use travaux::{
    domain::{FrameworkId, Handle, PartyId},
    projections::{Entry, EntryId, FieldChange, FrameworkState, Moment, StateDiff},
};

use super::{handles_in, reader};
use crate::{
    args::{self, GlobalArgs},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ShownDiff, state},
};

/// Compare the state of a framework on two days; or of one day as known at two times: what was
/// learnt between them.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework diff 0199 2024-11-20 2025-06-26@2025-07-31")]
pub(crate) struct Diff {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// The day of the first state, or DAY@TIME: as known at a time (RFC 3339, or a date: its end).
    from: Asked,
    /// The same of the second.
    to: Asked,
    /// For which party: what it may not see is withheld.
    #[arg(long, value_name = "PARTY")]
    reader: Option<String>,
}

/// A day, and the time whose knowledge counts.
#[derive(Clone, Copy, Debug)]
struct Asked {
    on: NaiveDate,
    known_at: Option<DateTime<Utc>>,
}

impl FromStr for Asked {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (on, known_at) = match text.split_once('@') {
            Some((on, known_at)) => (on, Some(args::time(known_at)?)),
            None => (text, None),
        };
        let on = args::date(on)?;
        Ok(Self { on, known_at })
    }
}

impl Diff {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        let reader = reader(&session.engine, id, self.reader.as_deref())?;
        let from = state_at(&session, id, self.from, reader.clone())?;
        let to = state_at(&session, id, self.to, reader)?;
        let diff = StateDiff::between(&from, &to);
        if session.output.is_json() {
            return session.output.document(&ShownDiff::new(&diff));
        }
        let handles = handles_in(&session, &[&from, &to])?;
        let text = told(&diff, &from, &to, &handles);
        session.output.text(&view::in_words(&text, &handles))
    }
}

fn state_at(
    session: &Session,
    id: FrameworkId,
    asked: Asked,
    reader: Option<PartyId>,
) -> Result<FrameworkState, CliError> {
    let at = Moment {
        on: asked.on,
        known_at: asked.known_at,
        reader,
    };
    let state = session.engine.framework_state(id, &at)?;
    state.ok_or_else(|| nothing(&at))
}

/// That there was nothing to tell of.
pub(in crate::commands) fn nothing(at: &Moment) -> CliError {
    let known = match at.known_at {
        Some(time) => format!(", as known at {}", view::instant(time)),
        None => String::new(),
    };
    let on = at.on;
    CliError::Usage(format!("on {on}{known}, there was no such framework"))
}

fn told(
    diff: &StateDiff,
    from: &FrameworkState,
    to: &FrameworkState,
    handles: &BTreeMap<String, Handle>,
) -> String {
    let mut out = format!("{} -> {}\n", when(&diff.from), when(&diff.to));
    let line = |sign: &str, id: &EntryId, entry: &Entry| {
        let (name, title) = (state::name(id, handles), state::title(id, entry));
        format!("{sign} {name}: {title}\n")
    };
    for (id, entry) in &diff.added {
        out += &line("+", id, entry);
    }
    for (id, entry) in &diff.ended {
        out += &line("-", id, entry);
    }
    for (id, entry) in &to.entries {
        let moved = diff.moved.get(id).map(|change| ("area", change));
        let changed = diff.changed.get(id);
        let fields = changed.iter().flat_map(|change| &change.fields);
        let fields = fields.map(|(field, change)| (&**field, change));
        let all: Vec<_> = moved.into_iter().chain(fields).collect();
        if all.is_empty() {
            continue;
        }
        let before = from.entries.get(id).unwrap_or(entry);
        out += &line("~", id, before);
        for (field, change) in all {
            out += &format!("    {field}: {}\n", arrow(change));
        }
    }
    if diff.is_empty() {
        out += "nothing differs\n";
    }
    out
}

fn when(at: &Moment) -> String {
    match at.known_at {
        Some(time) => format!("{} as known at {}", at.on, view::instant(time)),
        None => at.on.to_string(),
    }
}

/// What changed. Of a list, what came in and what went.
fn arrow(change: &FieldChange) -> String {
    use travaux::projections::FieldValue::List;
    match (&change.was, &change.is) {
        (Some(List(was)), Some(List(is))) => {
            let added = is.iter().filter(|text| !was.contains(text));
            let gone = was.iter().filter(|text| !is.contains(text));
            let added = added.map(|text| format!("+ {}", one_line(text)));
            let all: Vec<_> = added
                .chain(gone.map(|text| format!("- {}", one_line(text))))
                .collect();
            match all.is_empty() {
                true => "in another order".to_owned(),
                false => all.join("; "),
            }
        }
        (Some(was), Some(is)) => format!("{} -> {}", state::said(was), state::said(is)),
        (Some(was), None) => format!("{} -> nothing", state::said(was)),
        (None, Some(is)) => state::said(is),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use travaux::projections::FieldValue;

    use super::*;

    #[test]
    fn a_change_of_a_list_says_what_came_in_and_what_went() {
        let list = |texts: &[&str]| {
            let texts = texts.iter().map(|text| (*text).into()).collect();
            Some(FieldValue::List(texts))
        };
        let text = |text: &str| Some(FieldValue::from(text));
        for (was, is, says) in [
            (list(&["a", "b"]), list(&["b", "c"]), "+ c; - a"),
            (list(&["a", "b"]), list(&["b", "a"]), "in another order"),
            (list(&["a"]), None, "a -> nothing"),
            (None, list(&["a", "b"]), "a, b"),
            (text("open"), text("closed"), "open -> closed"),
            (text("a\nb"), list(&["c"]), "a␊b -> c"),
        ] {
            assert_eq!(arrow(&FieldChange { was, is }), says);
        }
    }
}
