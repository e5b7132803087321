//! `travaux action show`

use clap::Args;
use travaux::domain::{
    Name,
    partnership::{OfficeHolder, in_language},
    roadmap::{MeasureRecord, Roadmap},
};
use travaux_text::Lang;

use super::due;
use crate::{
    args::{AsOf, GlobalArgs, language},
    commands::roadmap::of_the_day,
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ShownAction, counted},
};

/// Show an action as it stood on a date: what is told of it, what others say, how it was moved.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux action show plan/forms --as-of 2025-07-15")]
pub(crate) struct Show {
    /// The roadmap by a handle, an id, or the beginning or end of one; the action by its key.
    #[arg(value_name = "ROADMAP/ACTION")]
    action: String,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of the roadmap.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, key) = names::action(&session.engine, &self.action)?;
        let lang = language(&self.lang)?;
        let handles = names::by_stream(&session.engine)?;
        of_the_day(&session, id, &self.asked, |view, asked| {
            let Some(on) = asked.on else { return Ok(()) };
            let Some(shown) = ShownAction::new((id, &key), &view.state, on) else {
                return Err(no_action(&view.state, &key));
            };
            if session.output.is_json() {
                return session.output.document(&shown);
            }
            let told = told(&shown, &view.state, lang);
            let follows = view.state.actions.get(&key).into_iter();
            let follows = follows.flat_map(|record| &record.follows);
            let items: Vec<_> = follows.map(|(item, _)| item).collect();
            let follows = crate::commands::meeting::follows(&handles, "  ", &items);
            let told = view::in_words(&told, &handles);
            session.output.text(&(told + &follows))
        })
    }
}

/// That the roadmap had no such action, with those that it had.
fn no_action(state: &Roadmap, key: &Name) -> CliError {
    let keys: Vec<_> = state.actions.keys().map(|key| &**key).collect();
    let known = match &keys[..] {
        [] => "it had none".to_owned(),
        keys => format!("it had {}", keys.join(", ")),
    };
    CliError::Usage(format!(
        "the roadmap had no action `{key}` on that date; {known}"
    ))
}

fn holder(word: &str, holder: &OfficeHolder) -> String {
    let name = holder.name.as_ref();
    let name = name.map_or(String::new(), |name| format!(", {name}"));
    let all = format!("  {word}: {}, {}{name}", holder.party, holder.office);
    one_line(&all).into_owned() + "\n"
}

fn told(shown: &ShownAction<'_>, state: &Roadmap, lang: Lang) -> String {
    let action = &shown.action;
    let title = in_language(action.title, lang);
    let mut out = format!(
        "action {} ({}): {}\n",
        action.key,
        action.area,
        one_line(title)
    );
    let Some(record) = state.actions.get(action.key) else {
        return out;
    };
    out += &format!(
        "  {}; {}\n",
        action.lifecycle,
        one_line(&action.timing_is().to_string())
    );
    if let Some(words) = &record.action.due {
        let recurs = record.action.recurs.as_ref();
        let recurs = recurs.map_or(String::new(), |rule| format!(", {rule}"));
        out += &format!("  due {} ({words}{recurs})\n", due(action));
    }
    for (word, day) in [
        ("planned to begin", action.planned_start),
        ("due in its first version", action.first_due),
        ("begun", action.started),
        ("completed", action.completed),
    ] {
        if let Some(day) = day {
            out += &format!("  {word} on {day}\n");
        }
    }
    let leads = record.action.leads.iter().map(|lead| holder("lead", lead));
    let supports = record.action.supports.iter();
    out.extend(leads.chain(supports.map(|support| holder("support", support))));
    let clauses = record.action.clauses.iter();
    out.extend(clauses.map(|clause| format!("  carries out {}\n", one_line(&clause.to_string()))));
    out.extend(record.measures.iter().map(|m| measure(m, lang)));
    for report in &record.reports {
        let percent = report.percent.map_or(String::new(), |p| format!(", {p} %"));
        let words = one_line(in_language(&report.words, lang));
        out += &format!(
            "  told by {} as of {}{percent}: {words}\n",
            report.by, report.as_of
        );
    }
    for said in &record.assessments {
        let words = one_line(in_language(&said.words, lang)).into_owned();
        let words = match &*words {
            "" => String::new(),
            words => format!(": {words}"),
        };
        let (by, completion) = (&said.by, said.completion);
        out += &format!(
            "  assessed by {by} as of {}: {completion}{words}\n",
            said.as_of
        );
    }
    for moved in state.moves(action.key) {
        let (from, to, on) = (&moved.from, &moved.to, moved.at.on);
        let reason = one_line(&moved.reason);
        out += &format!(
            "  moved on {on} by {} from {from} to {to}: {reason}\n",
            moved.by
        );
    }
    for again in &record.reopened {
        let (completed, on) = (again.completed.on, again.at.on);
        let reason = one_line(&again.reason);
        out += &format!("  completed on {completed}, reopened on {on}: {reason}\n");
    }
    for time in &record.suspended {
        let to = time.to.map_or("now".to_owned(), |to| to.on.to_string());
        let reason = one_line(&time.reason);
        out += &format!("  suspended from {} to {to}: {reason}\n", time.from.on);
    }
    if !record.suspended.is_empty() {
        let days = counted(action.suspended_days, "day");
        out += &format!("  {days} suspended in all, which is no slip\n");
    }
    if !record.of.is_empty() {
        let of: Vec<_> = record.of.iter().map(|key| &**key).collect();
        out += &format!("  in the place of {}\n", of.join(", "));
    }
    if let Some((end, at)) = &record.end {
        out += &format!("  {} on {}\n", one_line(&end.to_string()), at.on);
    }
    out
}

/// A milestone or target, with what became of it.
fn measure(record: &MeasureRecord, lang: Lang) -> String {
    let title = in_language(record.measure.title(), lang);
    let mut out = format!("  {}: {title}", record.measure);
    if let Some(met) = &record.met {
        let value = met.value.as_ref();
        let value = value.map_or(String::new(), |value| format!(" with {value}"));
        out += &format!("; met on {}{value}", met.at.on);
    }
    match &record.verdict {
        None => {}
        Some(verdict) => {
            let (by, on) = (&verdict.by, verdict.at.on);
            out += &match &verdict.refused {
                None => format!("; accepted by {by} on {on}"),
                Some(why) => format!("; not accepted by {by} on {on}: {why}"),
            };
        }
    }
    if let Some((why, at)) = &record.waived {
        out += &format!("; waived on {}: {why}", at.on);
    }
    one_line(&out).into_owned() + "\n"
}
