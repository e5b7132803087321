//! What stands under a framework, in words: sessions, the roadmap, procedures, requests, figures, and
//! what waits for whom. Each line is of an entry of the state.

use std::collections::BTreeMap;

use travaux::{
    domain::{Handle, partnership::in_language},
    projections::{ActionsBrief, Brief, Entry, EntryId, FrameworkState, Line, UNFOLLOWED_DAYS},
};
use travaux_text::Lang;

use crate::{output::one_line, view::counted};

/// How many lines a list has before the rest is counted.
const LINES: usize = 8;

/// What stands under a framework, for people; nothing of what there is none.
pub(in crate::commands) fn brief(
    state: &FrameworkState,
    handles: &BTreeMap<String, Handle>,
) -> String {
    let told = Told { state, handles };
    let brief = state.brief();
    let mut out = told.sessions(&brief);
    out += &told.actions(&brief.actions);
    out += &told.procedures();
    let requests = brief.requests;
    if requests.all > 0 {
        out += &format!(
            "  requests: {} received, {} answered, {} in time, {} overdue\n",
            requests.all, requests.answered, requests.in_time, requests.overdue
        );
    }
    if requests.withheld > 0 {
        let who = state.at.reader.as_ref();
        let who = who.map_or("who is no party to them".to_owned(), ToString::to_string);
        let withheld = counted(requests.withheld, "request");
        out += &format!("  {withheld} withheld from {who} (`--reader PARTY` reads its own)\n");
    }
    if !brief.indicators.is_empty() {
        let indicators = counted(brief.indicators.len(), "indicator");
        let open = brief.discrepancies.len();
        out += &format!("  figures: {indicators}; discrepancies that are open: {open}\n");
        out += &told.list(&brief.discrepancies, |line| {
            let period = line.1.text("period").unwrap_or_default();
            format!("{}, {period}", told.named(*line))
        });
    }
    if !brief.waiting.is_empty() {
        out += "  waits for\n";
    }
    for (party, ids) in &brief.waiting {
        out += &format!("    {}:\n", one_line(party));
        let lines = ids.iter().filter_map(|id| state.entries.get_key_value(id));
        let lines: Vec<_> = lines.collect();
        let listed = told.list(&lines, |(id, entry)| {
            format!("{} {}", one_line(id.kind()), told.named((id, entry)))
        });
        out += &indented(&listed);
    }
    if !brief.unfollowed.is_empty() {
        out += &format!("  agreed {UNFOLLOWED_DAYS} days ago or more, and not followed up\n");
        out += &told.list(&brief.unfollowed, |line| told.named(*line));
    }
    out
}

struct Told<'a> {
    state: &'a FrameworkState,
    handles: &'a BTreeMap<String, Handle>,
}

impl Told<'_> {
    fn sessions(&self, brief: &Brief<'_>) -> String {
        let mut out = String::new();
        for sessions in &brief.sessions {
            if sessions.body.is_none() && sessions.last.or(sessions.next).is_none() {
                continue;
            }
            let of = match sessions.body {
                Some(body) => format!("  sessions of {}", one_line(body)),
                None => "  meetings of no body".to_owned(),
            };
            let told = |what: &str, field, line: Option<Line<'_>>| {
                let (id, entry) = line?;
                let day = entry.day(field)?;
                Some(format!("; {what} {day} ({})", self.called(id)))
            };
            let last = told("last held on", "held", sessions.last);
            let last = last.unwrap_or("; none held".to_owned());
            let next = told("next on", "start", sessions.next).unwrap_or_default();
            out += &format!("{of}{last}{next}\n");
        }
        out
    }

    fn actions(&self, actions: &ActionsBrief<'_>) -> String {
        if actions.all == 0 {
            return String::new();
        }
        let mut out = format!(
            "  roadmap: {}: {} done, {} running, {} late, {} moved\n",
            counted(actions.all, "action"),
            actions.done.len(),
            actions.running.len(),
            actions.late.len(),
            actions.moved.len()
        );
        let all: Vec<_> = self.state.of_kind("action").collect();
        out += &self.list(&all, |(id, entry)| {
            let (called, how) = (self.named((id, entry)), standing(entry));
            format!("{called} — {how}")
        });
        out
    }

    fn procedures(&self) -> String {
        let procedures: Vec<_> = self.state.of_kind("procedure").collect();
        if procedures.is_empty() {
            return String::new();
        }
        let out = self.list(&procedures, |(id, entry)| {
            let status = entry.text("status").unwrap_or_default().replace('_', " ");
            let version = entry.text("version");
            let version = version.map_or(String::new(), |version| format!(" {version}"));
            let (open, all) = (entry.number("open_cases"), entry.number("cases"));
            let (open, all) = (open.unwrap_or(0), all.unwrap_or(0));
            let called = self.named((id, entry));
            format!("{called} — {status}{version}; {open} of {all} cases open")
        });
        format!("  procedures\n{out}")
    }

    /// Lines, and how many more there are.
    fn list<T>(&self, all: &[T], line: impl Fn(&T) -> String) -> String {
        let shown = all.iter().take(LINES);
        let mut out: String = shown.map(|l| format!("    {}\n", line(l))).collect();
        let more = all.len().saturating_sub(LINES);
        if more > 0 {
            out += &format!("    and {more} more\n");
        }
        out
    }

    /// What an entry is called: by people, and what it is about.
    fn named(&self, (id, entry): Line<'_>) -> String {
        let title = entry.text("title").map(str::to_owned);
        let words = || {
            let words = entry.words("words")?;
            Some(in_language(words, Lang::parse("en").ok()?).to_owned())
        };
        let called = self.called(id);
        match title.or_else(words) {
            Some(title) => format!("{called}: {}", one_line(&title)),
            None => called,
        }
    }

    /// A handle, or an id where there is none; of a part with its key.
    fn called(&self, id: &EntryId) -> String {
        let stream = id.stream.to_string();
        let stream = self
            .handles
            .get(&stream)
            .map_or(stream, ToString::to_string);
        match &id.part {
            Some(part) => format!("{stream}/{}", one_line(&part.key)),
            None => stream,
        }
    }
}

/// Where an action stands.
fn standing(entry: &Entry) -> String {
    let day = |field| entry.day(field);
    let mut said = match (day("completed"), day("started")) {
        _ if entry.is("given_up") => vec!["given up".to_owned()],
        (Some(on), _) => vec![format!("done on {on}")],
        (None, Some(on)) => vec![format!("running since {on}")],
        (None, None) => vec!["not started".to_owned()],
    };
    if day("completed").is_none()
        && !entry.is("given_up")
        && let Some(due) = day("due")
    {
        said.push(format!("due {due}"));
    }
    if let Some(days) = entry.number("late_days") {
        said.push(format!("late by {days} days"));
    }
    if let Some(days) = entry.number("slip_to_first").filter(|days| *days != 0) {
        said.push(format!("moved by {days} days"));
    }
    said.join(", ")
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("  {line}\n")).collect()
}
