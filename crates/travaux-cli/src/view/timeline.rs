//! What happened, in order.

use std::collections::BTreeMap;

use travaux::{
    domain::Handle,
    projections::{Timeline, TimelineEntry},
};

use super::{listed::called, wire::documents};
use crate::screen::table;

documents! {
    /// What happened, and to what.
    pub(crate) struct Happened<'a> {
        /// What people call that to which it happened.
        handle: Option<&'a Handle>,
        /// What happened.
        #[serde(flatten)]
        entry: TimelineEntry,
    }
}

/// A timeline for people: when it was recorded, who acted, what happened, from when it has effect.
pub(crate) fn timeline(timeline: &Timeline) -> String {
    table(&rows(timeline, &BTreeMap::new(), |_| None))
}

/// The same, with handles in place of ids.
pub(crate) fn timeline_with_handles(
    timeline: &Timeline,
    handles: &BTreeMap<String, Handle>,
) -> String {
    table(&rows(timeline, handles, |_| None))
}

/// A timeline of several streams, with handles in place of ids: to which of them it happened, besides.
pub(crate) fn timeline_of_several(
    timeline: &Timeline,
    handles: &BTreeMap<String, Handle>,
) -> String {
    table(&rows(timeline, handles, |entry| {
        Some(called(handles.get(&entry.stream)))
    }))
}

fn rows(
    timeline: &Timeline,
    handles: &BTreeMap<String, Handle>,
    about: impl Fn(&TimelineEntry) -> Option<String>,
) -> Vec<Vec<String>> {
    timeline
        .entries
        .iter()
        .map(|e| {
            let done = e.done_at.unwrap_or(e.recorded_at);
            let effect = e
                .effective_from
                .map(|d| format!(" → applies from {d}"))
                .unwrap_or_default();
            let when = done.format("%Y-%m-%d").to_string();
            [format!("{:>5}", e.position), when, e.actor.clone()]
                .into_iter()
                .chain(about(e))
                .chain([format!("{}{effect}", in_words(&e.what, handles))])
                .collect()
        })
        .collect()
}

/// What happened, with the handles of what it names: `agreement sec` for `agreement-0199…` and for `agreement 0199…`.
pub(crate) fn in_words(what: &str, handles: &BTreeMap<String, Handle>) -> String {
    let mut words = what.to_owned();
    for (stream, handle) in handles {
        let Some((kind, id)) = stream.split_once('-') else {
            continue;
        };
        if words.contains(id) {
            words = words
                .replace(stream, &format!("{kind} {handle}"))
                .replace(id, handle.as_str());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_by_its_id_is_called_by_its_handle() {
        let (sec, pact) = (
            "0199abcd-0000-7000-8000-00000000beef",
            "0199abcd-0000-7000-8000-00000000cafe",
        );
        let handle = |name: &str| name.parse::<Handle>().expect("a handle");
        let handles = BTreeMap::from([
            (format!("agreement-{sec}"), handle("sec")),
            (format!("framework-{pact}"), handle("pact")),
        ]);
        for (what, says) in [
            (format!("agreement {sec} joined"), "agreement sec joined"),
            (
                format!("given to framework-{pact}"),
                "given to framework pact",
            ),
            (format!("{sec} and {pact}, {sec}"), "sec and pact, sec"),
            ("signed by sec".to_owned(), "signed by sec"),
            // What has no handle keeps its id.
            (
                "agreement 0199abcd-0000-7000-8000-00000000dead joined".to_owned(),
                "agreement 0199abcd-0000-7000-8000-00000000dead joined",
            ),
        ] {
            assert_eq!(in_words(&what, &handles), says);
        }
    }
}
