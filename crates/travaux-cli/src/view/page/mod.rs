//! The state of a framework as one page of HTML: no script, nothing from elsewhere, two sheets of A4
//! as a rule. Words of others stand in isolation (`bdi`), so that they do not turn the lines around
//! them.

mod terms;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::{DOCTYPE, Markup, html};
use travaux::{
    domain::Handle,
    projections::{AreaBrief, Brief, Entry, EntryId, FrameworkState, Line, Sessions, StateDiff},
};
use travaux_text::Lang;

pub(crate) use self::terms::PageLanguage;
use self::terms::Terms;

/// How many lines a list has before the rest is counted: so that two sheets are enough.
const LINES: usize = 8;

const STYLE: &str = include_str!("style.css");

/// What the page tells.
pub(crate) struct Page<'a> {
    pub(crate) state: &'a FrameworkState,
    /// What differs from the state on the day of the last session.
    pub(crate) since: Option<&'a StateDiff>,
    pub(crate) handles: &'a BTreeMap<String, Handle>,
    pub(crate) language: PageLanguage,
}

impl Page<'_> {
    /// The page.
    pub(crate) fn html(&self) -> String {
        let terms = Terms::of(self.language);
        let brief = self.state.brief();
        let title = brief.framework.and_then(|f| f.text("title"));
        let title = title.unwrap_or_default();
        let page = html! {
            (DOCTYPE)
            html lang=(terms.tag) dir=(terms.direction) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    title { (title) }
                    style { (maud::PreEscaped(STYLE)) }
                }
                body {
                    (self.head(terms, title, &brief))
                    main {
                        (self.areas(terms, &brief))
                        (self.sessions(terms, &brief))
                        div.narrow {
                            (self.roadmap(terms, &brief))
                            (procedures(terms, &brief))
                            (requests(terms, &brief))
                            (self.figures(terms, &brief))
                            (self.unfollowed(terms, &brief))
                            (self.waiting(terms, &brief))
                            (self.changes(terms))
                        }
                    }
                    footer { (terms.footer) }
                }
            }
        };
        page.into_string()
    }

    fn head(&self, terms: &Terms, title: &str, brief: &Brief<'_>) -> Markup {
        let at = &self.state.at;
        let framework = brief.framework;
        let say = |field| framework.and_then(|f| f.text(field));
        let parties = framework.map_or(&[][..], |f| f.texts("parties"));
        html! {
            header {
                h1 { bdi { (title) } }
                p.when {
                    (terms.as_of) " " strong { (terms.day(at.on)) }
                    @if let Some(time) = at.known_at {
                        ", " (terms.known_at) " " bdi { (super::instant(time)) }
                    }
                    @if let Some(reader) = &at.reader { ", " (terms.for_reader) " " bdi { (reader) } }
                }
                @if let Some(declaration) = say("declaration") {
                    p {
                        (terms.founded_on) (terms.colon) bdi { (declaration) }
                        @if let Some(declared) = say("declared") { " (" bdi { (declared) } ")" }
                    }
                }
                @if let Some(status) = say("status") {
                    p {
                        (terms.status) (terms.colon)
                        strong { (terms.word(&format!("status_{status}"))) }
                        @let to_come = framework.map_or(&[][..], |f| f.texts("announced"));
                        @for one in to_come { " · " bdi { (one) } }
                    }
                }
                @if let Some(nature) = say("nature") {
                    p { (terms.nature) (terms.colon) (terms.word(&format!("nature_{nature}"))) }
                }
                p { (terms.parties) (terms.colon) (listed(parties.iter().map(|party| &**party))) }
            }
        }
    }

    fn areas(&self, terms: &Terms, brief: &Brief<'_>) -> Markup {
        let row = |AreaBrief {
                       area,
                       in_force,
                       others,
                   }: &AreaBrief<'_>| {
            html! {
                tr {
                    th scope="row" { (self.title(*area)) }
                    td { (self.agreements(terms, in_force)) }
                    td { (self.agreements(terms, others)) }
                }
            }
        };
        html! {
            section {
                h2 { (terms.areas) }
                table {
                    thead { tr {
                        th scope="col" { (terms.area) }
                        th scope="col" { (terms.in_force) }
                        th scope="col" { (terms.other_agreements) }
                    } }
                    tbody { @for area in brief.areas.iter().take(2 * LINES) { (row(area)) } }
                }
                (rest(terms, brief.areas.len(), 2 * LINES))
            }
        }
    }

    fn agreements(&self, terms: &Terms, lines: &[Line<'_>]) -> Markup {
        let line = |line: &Line<'_>| {
            let force = line.1.text("force").unwrap_or_default();
            let since = line.1.day("force_since");
            html! {
                (self.title(*line))
                small {
                    " " (terms.word(force))
                    @if let Some(since) = since { " " (terms.day(since)) }
                }
            }
        };
        items(terms, lines, 4, line)
    }

    fn sessions(&self, terms: &Terms, brief: &Brief<'_>) -> Markup {
        let row = |sessions: &Sessions<'_>| {
            html! {
                tr {
                    th scope="row" {
                        @match sessions.body {
                            Some(body) => bdi { (body) },
                            None => (terms.no_body),
                        }
                    }
                    td { (self.session(terms, sessions.last, "held")) }
                    td { (self.session(terms, sessions.next, "start")) }
                }
            }
        };
        html! {
            section {
                h2 { (terms.sessions) }
                table {
                    thead { tr {
                        th {}
                        th scope="col" { (terms.last) }
                        th scope="col" { (terms.next) }
                    } }
                    tbody { @for sessions in brief.sessions.iter().take(LINES) { (row(sessions)) } }
                }
                (rest(terms, brief.sessions.len(), LINES))
            }
        }
    }

    fn session(&self, terms: &Terms, line: Option<Line<'_>>, field: &str) -> Markup {
        html! {
            @match line {
                Some(line) => {
                    @if let Some(day) = line.1.day(field) { strong { (terms.day(day)) } " " }
                    (self.title(line))
                }
                None => (terms.none),
            }
        }
    }

    fn roadmap(&self, terms: &Terms, brief: &Brief<'_>) -> Markup {
        let actions = &brief.actions;
        let late = |line: &Line<'_>| {
            html! {
                (self.title(*line))
                @if let Some(due) = line.1.day("due") { small { " " (terms.due) " " (terms.day(due)) } }
            }
        };
        html! {
            section {
                h2 { (terms.roadmap) }
                (numbers(&[
                    (actions.all, terms.actions),
                    (actions.done.len(), terms.done),
                    (actions.running.len(), terms.running),
                    (actions.late.len(), terms.late),
                    (actions.moved.len(), terms.moved),
                ]))
                @if !actions.late.is_empty() { h3 { (terms.late) } (items(terms, &actions.late, LINES, late)) }
            }
        }
    }

    fn figures(&self, terms: &Terms, brief: &Brief<'_>) -> Markup {
        html! {
            section {
                h2 { (terms.figures) }
                (numbers(&[
                    (brief.indicators.len(), terms.indicators),
                    (brief.discrepancies.len(), terms.open_discrepancies),
                ]))
                @if !brief.discrepancies.is_empty() {
                    (items(terms, &brief.discrepancies, LINES, |line| html! {
                        (self.title(*line))
                        @if let Some(period) = line.1.text("period") { small { " " bdi { (period) } } }
                    }))
                }
            }
        }
    }

    fn waiting(&self, terms: &Terms, brief: &Brief<'_>) -> Markup {
        html! {
            section {
                h2 { (terms.waiting) }
                @if brief.waiting.is_empty() { p { (terms.none) } }
                @for (party, ids) in brief.waiting.iter().take(LINES) {
                    h3 { bdi { (party) } }
                    (items(terms, ids, 4, |id| self.named(terms, id)))
                }
                (rest(terms, brief.waiting.len(), LINES))
            }
        }
    }

    fn unfollowed(&self, terms: &Terms, brief: &Brief<'_>) -> Markup {
        html! {
            section {
                h2 { (terms.unfollowed) }
                (items(terms, &brief.unfollowed, LINES, |line| self.title(*line)))
            }
        }
    }

    fn changes(&self, terms: &Terms) -> Markup {
        let Some(diff) = self.since else {
            return html! {};
        };
        let mut changed: Vec<_> = diff.moved.keys().collect();
        let with_fields = diff.changed.iter().filter(|(_, c)| !c.fields.is_empty());
        changed.extend(with_fields.map(|(id, _)| id));
        changed.sort_unstable();
        changed.dedup();
        let from: NaiveDate = diff.from.on;
        // Of what is withheld nothing is told but that it is there.
        let hidden = |id: &EntryId| {
            let entry = diff.ended.get(id).or_else(|| self.state.entries.get(id));
            entry.is_some_and(|entry| entry.is("withheld"))
        };
        let list = |title: &str, ids: &[&EntryId], ended: bool| {
            let shown: Vec<_> = ids.iter().copied().filter(|id| !hidden(id)).collect();
            let withheld = ids.len() - shown.len();
            html! {
                @if !ids.is_empty() { h3 { (title) } }
                @if !shown.is_empty() {
                    (items(terms, &shown, LINES, |id| match (ended, diff.ended.get(id)) {
                        (true, Some(entry)) => self.of_kind(terms, id, entry),
                        _ => self.named(terms, id),
                    }))
                }
                @if withheld > 0 { p.more { (withheld) " " (terms.withheld) } }
            }
        };
        let keys =
            |entries: &'_ BTreeMap<EntryId, Entry>| entries.keys().cloned().collect::<Vec<_>>();
        let (added, ended) = (keys(&diff.added), keys(&diff.ended));
        html! {
            section {
                h2 { (terms.since) small { " " (terms.day(from)) } }
                @if diff.is_empty() { p { (terms.none) } }
                (list(terms.new, &added.iter().collect::<Vec<_>>(), false))
                (list(terms.ended, &ended.iter().collect::<Vec<_>>(), true))
                (list(terms.changed, &changed, false))
            }
        }
    }

    /// What an entry is and is called.
    fn named(&self, terms: &Terms, id: &EntryId) -> Markup {
        match self.state.entries.get(id) {
            Some(entry) => self.of_kind(terms, id, entry),
            None => html! { bdi { (id) } },
        }
    }

    fn of_kind(&self, terms: &Terms, id: &EntryId, entry: &Entry) -> Markup {
        html! { small { (terms.word(id.kind())) } " " (self.title((id, entry))) }
    }

    /// What an entry is called, in the language of the page if it is on record in that, else in English or the first one.
    fn title(&self, (id, entry): Line<'_>) -> Markup {
        if let Some(words) = entry.words("words") {
            let tags = [Terms::of(self.language).tag, "en"];
            let known = tags.iter().filter_map(|tag| Lang::parse(tag).ok());
            let mut known = known.filter_map(|lang| words.get_key_value(&lang));
            if let Some((lang, text)) = known.next().or_else(|| words.first_key_value()) {
                return html! { span lang=(lang) dir="auto" { (text) } };
            }
        }
        let handle = || {
            self.handles
                .get(&id.stream.to_string())
                .map(ToString::to_string)
        };
        let key = || id.part.as_ref().map(|part| part.key.to_string());
        let title = entry.text("title").map(ToOwned::to_owned);
        let title = title.or_else(key).or_else(handle);
        html! { bdi { (title.unwrap_or_else(|| id.to_string())) } }
    }
}

fn requests(terms: &Terms, brief: &Brief<'_>) -> Markup {
    let requests = brief.requests;
    html! {
        section {
            h2 { (terms.requests) }
            // Of what is withheld nothing is told: not that there is none.
            @if requests.all > 0 || requests.withheld == 0 {
                (numbers(&[
                    (requests.all, terms.received),
                    (requests.answered, terms.answered),
                    (requests.in_time, terms.in_time),
                    (requests.overdue, terms.overdue),
                ]))
            }
            @if requests.withheld > 0 { (numbers(&[(requests.withheld, terms.withheld)])) }
        }
    }
}

fn procedures(terms: &Terms, brief: &Brief<'_>) -> Markup {
    let procedures = brief.procedures;
    html! {
        section {
            h2 { (terms.procedures) }
            (numbers(&[
                (procedures.in_force, terms.applied),
                (procedures.open, terms.open_cases),
                (procedures.overdue, terms.overdue),
            ]))
        }
    }
}

/// Numbers, each with what it counts.
fn numbers(all: &[(usize, &str)]) -> Markup {
    html! {
        ul.numbers { @for (number, what) in all { li { strong { (number) } " " (what) } } }
    }
}

/// A list; where there are too many, the first of them one after the other, and how many more there
/// are.
fn items<T>(terms: &Terms, all: &[T], most: usize, line: impl Fn(&T) -> Markup) -> Markup {
    let shown = all.iter().take(most);
    html! {
        @if all.is_empty() { p { (terms.none) } }
        @else if all.len() <= most { ul { @for item in shown { li { (line(item)) } } } }
        @else {
            p.run {
                @for item in shown { span { (line(item)) } }
                span.more { (more(terms, all.len() - most)) }
            }
        }
    }
}

fn rest(terms: &Terms, all: usize, shown: usize) -> Markup {
    let left = all.saturating_sub(shown);
    html! { @if left > 0 { p.more { (more(terms, left)) } } }
}

fn more(terms: &Terms, left: usize) -> Markup {
    html! { "+ " (left) " " (terms.more) }
}

/// Names, each in isolation.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Markup {
    html! {
        @for (at, name) in names.enumerate() {
            @if at > 0 { " · " }
            bdi { (name) }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;
    use serde_json::json;

    use super::*;

    const FRAMEWORK: &str = "01a227d4-9142-756b-b91d-ff3649db3071";
    const MEETING: &str = "01a227d4-915f-740d-9a1a-9fe09f24027e";

    /// A framework whose title is markup, and as many agreed items as nobody reads.
    fn state(items: usize) -> FrameworkState {
        let framework = format!("framework-{FRAMEWORK}");
        let meeting = format!("meeting-{MEETING}");
        let by = |stream: &str| json!([format!("{stream}@1")]);
        let mut entries = json!({});
        entries[&framework] = json!({"by": by(&framework), "fields": {
            "title": "<b>Pact</b> & \u{202e}more",
            "parties": ["FR", "MA"],
        }});
        entries[format!("{framework}/area/events")] = json!({"by": by(&framework), "fields": {
            "title": "Major events",
        }});
        entries[&meeting] = json!({"by": by(&meeting), "fields": {
            "title": "Working meeting", "held": "2025-04-14", "start": "2025-04-14",
            "waits_for": ["FR"],
        }});
        for item in 0..items {
            entries[format!("{meeting}/item/{item:03}")] = json!({"by": by(&meeting), "fields": {
                "words": {"en": format!("item {item}"), "ar": format!("نقطة {item}")},
                "mode": "agreed", "status": "recorded", "agreed": "2025-04-14",
            }});
        }
        let at = json!({"on": "2025-12-01", "known_at": null, "reader": null});
        let state = json!({"framework": FRAMEWORK, "at": at, "entries": entries});
        serde_json::from_value(state).expect("a state")
    }

    fn page(state: &FrameworkState, language: PageLanguage) -> String {
        let page = Page {
            state,
            since: None,
            handles: &BTreeMap::new(),
            language,
        };
        page.html()
    }

    #[test]
    fn a_page_stands_alone_and_words_of_others_are_no_markup() {
        let state = state(1);
        for language in PageLanguage::value_variants() {
            let html = page(&state, *language);
            assert!(
                html.contains("<bdi>&lt;b&gt;Pact&lt;/b&gt; &amp; \u{202e}more</bdi>"),
                "{html}"
            );
            for from_elsewhere in ["<script", "http:", "https:", "url(", "@import", "<b>"] {
                assert!(!html.contains(from_elsewhere), "{from_elsewhere}");
            }
        }
    }

    #[test]
    fn a_page_is_in_its_language_and_direction() {
        let state = state(1);
        for (language, tag, day, item) in [
            (
                PageLanguage::En,
                r#"lang="en" dir="ltr""#,
                "1 December 2025",
                "item 0",
            ),
            (
                PageLanguage::Fr,
                r#"lang="fr" dir="ltr""#,
                "1er décembre 2025",
                "item 0",
            ),
            (
                PageLanguage::Ar,
                r#"lang="ar" dir="rtl""#,
                "1 دجنبر 2025",
                "نقطة 0",
            ),
        ] {
            let html = page(&state, language);
            for says in [tag, day, item] {
                assert!(html.contains(says), "{language:?}: {says}");
            }
        }
    }

    #[test]
    fn a_list_ends_and_counts_what_it_leaves_out() {
        let html = page(&state(100), PageLanguage::En);
        assert!(
            html.contains("item 7<") && !html.contains("item 8<"),
            "{html}"
        );
        assert!(html.contains("+ 92 more"), "{html}");
    }

    #[test]
    fn of_what_is_withheld_it_is_said_that_it_is_there() {
        let (before, mut after) = (state(1), state(1));
        let request = "request-01a227d4-915f-740d-9a1a-9fe09f24027f";
        let entry = json!({"by": [format!("{request}@1")], "fields": {"withheld": true}});
        let entry: Entry = serde_json::from_value(entry).expect("an entry");
        after.entries.insert(request.parse().expect("an id"), entry);
        let diff = StateDiff::between(&before, &after);
        let page = Page {
            state: &after,
            since: Some(&diff),
            handles: &BTreeMap::new(),
            language: PageLanguage::En,
        };
        let html = page.html();
        assert!(html.contains("1 withheld</p>"), "{html}");
        assert!(!html.contains(request), "{html}");
    }

    #[test]
    fn who_is_waited_for_is_said() {
        let html = page(&state(0), PageLanguage::En);
        let waiting = "<h3><bdi>FR</bdi></h3><ul><li><small>meeting</small> <bdi>Working meeting";
        assert!(html.contains(waiting), "{html}");
    }
}
