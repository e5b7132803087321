//! A framework in words, as it stands on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux::{
    domain::{AgreementId, Name, agreement::Status, framework::FrameworkStatus},
    projections::{FrameworkView, Register},
};

use crate::{
    output::one_line,
    view::{FrameworkStanding, counted, in_brackets},
};

/// A framework for people, with the roadmap that was adopted last by a date, and with what is to be
/// said of each area.
pub(in crate::commands) fn render(
    view: &FrameworkView,
    register: &Register,
    statuses: &BTreeMap<AgreementId, Status>,
    on: NaiveDate,
    of_area: &dyn Fn(&Name) -> String,
) -> String {
    let mut out = head(view, on);
    let state = &view.state;
    let areas = state.areas.iter().filter(|(_, area)| area.is_open(on));
    let order = |key: &Name| {
        let places = state.foundation.iter().flat_map(|f| &f.areas);
        places.into_iter().position(|area| area.key == *key)
    };
    let mut areas: Vec<_> = areas.collect();
    areas.sort_by_key(|(key, _)| order(key).unwrap_or(usize::MAX));
    for (key, area) in areas {
        out += &format!("  area: {}\n", one_line(&area.title));
        for (words, _) in area.scopes.iter().filter(|(words, _)| !words.is_empty()) {
            let first = words.values().next().map_or("", String::as_str);
            out += &format!("    scope:     {}\n", one_line(first));
        }
        out += &of_area(key);
        out += &in_area(view, register, statuses, on, key);
    }
    for (key, area) in state.areas.iter().filter(|(_, area)| !area.is_open(on)) {
        let how = match (&area.closed, area.opened) {
            (Some((reason, at)), _) if at.from <= on => {
                format!("closed on {}: {}", at.from, one_line(reason))
            }
            (_, Some(at)) if at.from > on => format!("to be open from {} on", at.from),
            _ => "proposed".to_owned(),
        };
        out += &format!("  area {key}: {} — {how}\n", one_line(&area.title));
    }
    for record in state.organs_on(on) {
        let organ = &record.organ;
        let (role, office) = (one_line(&organ.role), one_line(&organ.who.office));
        let from = record.from;
        out += &format!(
            "  organ: {role} of {}: {office}, from {from}\n",
            organ.who.party
        );
    }
    out
}

fn head(view: &FrameworkView, on: NaiveDate) -> String {
    let state = &view.state;
    let standing = FrameworkStanding::new(state, on);
    let latest = state.latest().map(|(_, revision)| &revision.terms);
    let (title, declaration, parties) = match (&state.foundation, latest) {
        (Some(f), _) => (&f.title, &f.declaration, &f.parties),
        (None, Some(terms)) => (&terms.title, &terms.declaration, &terms.parties),
        (None, None) => return String::new(),
    };
    let names: Vec<_> = parties.iter().map(|p| one_line(&p.name)).collect();
    let mut out = format!("{}{}\n", one_line(title), in_brackets(view.handle.as_ref()));
    out += &format!(
        "  founded on: {} ({})\n",
        one_line(&declaration.title),
        one_line(&declaration.made)
    );
    if let Some((nature, effect)) = standing.nature.zip(standing.effect) {
        out += &format!("  nature:     {nature}: {effect}\n");
    }
    out += &format!("  parties:    {}\n", names.join("; "));
    out += &format!("  stands:     {}\n", stands(&standing));
    for to_come in view.announced(on) {
        let (from, on) = (to_come.from, to_come.on);
        let what = one_line(&to_come.what);
        out += &format!("  to come:    from {from} on: {what} (decided on {on})\n");
    }
    if let (Some((_, revision)), None) = (state.adopted(), standing.ended)
        && let Some(adoption) = &revision.adopted
        && let Some(who) = on_whose_word(view, adoption)
    {
        out += &format!("  accepted:   {who}\n");
    }
    out
}

fn stands(standing: &FrameworkStanding<'_>) -> String {
    let mut out = standing.status.to_string();
    match (standing.status, standing.suspended, standing.ended) {
        (FrameworkStatus::Suspended, Some(since), _) => out += &format!(" since {since}"),
        (FrameworkStatus::Ended, _, Some(from)) => out += &format!(", from {from} on"),
        (_, _, Some(from)) => out += &format!(", to end on {from}"),
        _ => {}
    }
    if let Some(revision) = standing.revision {
        out += &format!(", revision {revision}");
    }
    if let Some(proposed) = standing.proposed {
        let waits: Vec<_> = standing.waits_for.iter().map(ToString::to_string).collect();
        out += &match &waits[..] {
            [] => format!("; revision {proposed} accepted by all"),
            _ => format!("; revision {proposed} waits for {}", waits.join(", ")),
        };
    }
    out
}

/// Whose acceptance is on record by another's word alone, if anybody's is.
fn on_whose_word(
    view: &FrameworkView,
    adoption: &travaux::domain::framework::Adoption,
) -> Option<String> {
    let (_, revision) = view.state.adopted()?;
    let parties = revision.terms.parties.iter().map(|party| &party.id);
    let others = parties.filter(|party| !revision.accepted.contains_key(*party));
    let others: Vec<_> = others.map(ToString::to_string).collect();
    (!others.is_empty()).then(|| {
        format!(
            "by {} on the word of {}",
            others.join(", "),
            adoption.told_by
        )
    })
}

fn in_area(
    view: &FrameworkView,
    register: &Register,
    statuses: &BTreeMap<AgreementId, Status>,
    on: NaiveDate,
    area: &Name,
) -> String {
    let mut out = String::new();
    for body in view.state.bodies.iter().filter(|b| b.area == *area) {
        let (title, mandate) = (one_line(&body.title), one_line(&body.mandate));
        out += &format!("    body:      {title} — {mandate}\n");
    }
    let agreements = view.state.agreements.iter();
    for (id, _) in agreements.filter(|(_, key)| key == area) {
        if let (Some(e), Some(status)) = (register.agreements.get(id), statuses.get(id))
            && let Some(known) = e.known(status.known_at)
        {
            let handle = e.handle.as_ref();
            let handle = handle.map_or(String::new(), |h| format!("{h}, "));
            out += &format!(
                "    agreement: {} ({}{}, {} adopted)\n      {status}\n",
                one_line(&e.title),
                handle,
                counted(known.revisions, "revision"),
                known.adopted
            );
        }
    }
    let roadmaps = view.state.roadmaps.iter().rev();
    let mut current = roadmaps.filter(|roadmap| roadmap.adopted_on <= on);
    let steps = current.next().into_iter().flat_map(|r| &r.steps);
    for step in steps.filter(|s| s.area == *area) {
        let due = step.due.map(|d| format!(" by {d}")).unwrap_or_default();
        out += &format!("    roadmap:   {}{due}\n", one_line(&step.title));
    }
    out
}
