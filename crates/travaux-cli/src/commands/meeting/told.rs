//! Meetings and what was agreed at them, for people.

use std::collections::BTreeMap;

use travaux::domain::{
    Handle,
    meeting::{AgendaEntry, ItemRecord, Meeting},
    partnership::{ItemRef, OfficeHolder, in_language},
};
use travaux_text::Lang;

use crate::{
    output::one_line,
    view::{ShownItem, ShownMeeting, in_brackets, in_words},
};

/// How things are told: in which language, and by which handles, by the names of their streams.
#[derive(Clone, Copy)]
pub(in crate::commands) struct Told<'a> {
    pub(in crate::commands) handles: &'a BTreeMap<String, Handle>,
    pub(in crate::commands) lang: Lang,
}

/// The items that something follows up, a line each.
pub(in crate::commands) fn follows(
    handles: &BTreeMap<String, Handle>,
    indent: &str,
    items: &[&ItemRef],
) -> String {
    let line = |item: &&ItemRef| {
        let item = in_words(&item.to_string(), handles);
        format!("{indent}follows up {item}\n")
    };
    items.iter().map(line).collect()
}

impl Told<'_> {
    fn words(self, words: &BTreeMap<Lang, String>) -> String {
        one_line(in_language(words, self.lang)).into_owned()
    }

    fn named(self, what: &impl ToString) -> String {
        one_line(&in_words(&what.to_string(), self.handles)).into_owned()
    }

    /// A meeting, with all that is on record of it.
    pub(super) fn meeting(self, shown: &ShownMeeting<'_>, state: &Meeting) -> String {
        let line = &shown.meeting;
        let called = in_brackets(line.handle);
        let mut out = format!("{}{called}\n", one_line(line.title));
        let number = line.number.map(|number| format!(" {number}"));
        let body = line.body.map(|body| format!(" of {body}"));
        out += &format!(
            "  {}{}{}: {}\n",
            line.kind,
            number.unwrap_or_default(),
            one_line(&body.unwrap_or_default()),
            line.status
        );
        out += &format!("  when:  {}\n", line.start);
        for former in &shown.postponed {
            out += &format!("    was {}, until {}\n", former.start, former.until);
        }
        if let Some(cancelled) = &shown.cancelled {
            let reason = cancelled.reason.map_or(String::new(), |r| format!(": {r}"));
            out += &format!("  cancelled on {}{}\n", cancelled.on, one_line(&reason));
        }
        out += &format!("  where: {}\n", one_line(line.place));
        for chair in line.chair {
            out += &format!("  chair: {}\n", holder(chair));
        }
        for entry in &state.agenda {
            out += &format!("  agenda: {}", self.entry(entry));
        }
        for entry in &state.off_agenda {
            let becomes = state.agenda.iter();
            let becomes = becomes.filter(|made| made.item.of.contains(&entry.item.key));
            let keys: Vec<_> = becomes.map(|made| &*made.item.key).collect();
            let title = self.words(&entry.item.title);
            let fate = match &keys[..] {
                [] => "not taken up".to_owned(),
                keys => format!("became {}", keys.join(", ")),
            };
            let by = asked_by(entry);
            out += &format!("  asked for: {} ({title}){by}: {fate}\n", entry.item.key);
        }
        for participant in shown.participants {
            let who = holder(&participant.who);
            out += &format!("  present: {who} ({})\n", participant.capacity);
        }
        for announced in &shown.announced {
            let (words, source) = (self.words(announced.words), one_line(announced.source));
            out += &format!("  announced: {words} ({source}, {})\n", announced.on);
        }
        for (item, record) in shown.items.iter().zip(state.items.values()) {
            out += &format!("  item {}\n", item.key);
            out += &self.item(item, record, state, "    ");
        }
        out += &follows(self.handles, "  ", &shown.follows);
        for of in &shown.restated {
            out += &format!("  repeated {}\n", self.named(of));
        }
        for (statement, shown) in state
            .statements
            .iter()
            .map(|(s, _)| s)
            .zip(&shown.statements)
        {
            let issuers: Vec<_> = statement.issuers.iter().map(ToString::to_string).collect();
            let whose = match &issuers[..] {
                [only] => format!("of {only} alone"),
                several => format!("joint, of {}", several.join(", ")),
            };
            let text = self.words(&statement.words);
            let source = shown.source.map_or(String::new(), |s| format!(" [{s}]"));
            out += &format!(
                "  statement {} ({whose}, {}): {text}{}\n",
                statement.key,
                shown.on,
                one_line(&source)
            );
        }
        if let Some(minutes) = &shown.minutes {
            let source = minutes.source.map_or(String::new(), |s| format!(" ({s})"));
            out += &format!(
                "  minutes: drafted by {} on {}{}\n",
                minutes.by,
                minutes.drafted,
                one_line(&source)
            );
            for (party, on) in &minutes.approved {
                out += &format!("    approved by {party} on {on}\n");
            }
            for party in &minutes.missing {
                out += &format!("    not yet approved by {party}\n");
            }
        }
        for correction in &shown.corrections {
            let (was, is) = (one_line(correction.was), one_line(correction.is));
            let (ground, on) = (one_line(correction.ground), correction.at.on);
            out += &format!("  corrected on {on}: \"{was}\" reads \"{is}\" ({ground})\n");
        }
        out
    }

    fn entry(self, entry: &AgendaEntry) -> String {
        let item = &entry.item;
        let title = self.words(&item.title);
        let number = item.number.as_ref().map(|number| format!("{number} "));
        let outcome = match &entry.outcome {
            Some((outcome, at)) => format!("{outcome} ({})", at.on),
            None => "open".to_owned(),
        };
        let of: Vec<_> = item.of.iter().map(|key| &**key).collect();
        let of = match &of[..] {
            [] => String::new(),
            keys => format!(", made of {}", keys.join(", ")),
        };
        let mut out = format!(
            "{}{} ({title}){}{of}: {}\n",
            number.unwrap_or_default(),
            item.key,
            asked_by(entry),
            one_line(&outcome)
        );
        for (paper, at) in &entry.papers {
            out += &format!("    paper: {} ({})\n", one_line(paper), at.on);
        }
        out
    }

    /// What was agreed, and what became of it.
    pub(in crate::commands) fn item(
        self,
        item: &ShownItem<'_>,
        record: &ItemRecord,
        state: &Meeting,
        indent: &str,
    ) -> String {
        let mut out = format!("{indent}{}\n", self.words(item.words));
        let provisional = match state.approved() {
            None => ", provisional",
            Some(_) => "",
        };
        let (mode, evidence) = (&record.item.mode, state.evidence(record));
        let status = record.status();
        out += &format!("{indent}{mode}, {evidence}{provisional}; {status}\n");
        for (by, at) in &record.followed_up {
            out += &format!("{indent}followed up on {} by {}\n", at.on, self.named(by));
        }
        for meeting in &item.restated_at {
            let meeting = self.named(meeting);
            out += &format!("{indent}repeated at meeting {meeting}\n");
        }
        if let Some((how, at)) = &record.end {
            out += &format!("{indent}{} on {}\n", self.named(how), at.on);
        }
        out
    }
}

/// Who holds an office.
fn holder(holder: &OfficeHolder) -> String {
    let name = holder.name.as_ref();
    let name = name.map_or(String::new(), |name| format!(", {name}"));
    let all = format!("{}, {}{name}", holder.party, holder.office);
    one_line(&all).into_owned()
}

fn asked_by(entry: &AgendaEntry) -> String {
    let by = entry.requested.as_ref();
    by.map_or(String::new(), |(party, _)| {
        format!(", asked for by {party}")
    })
}
