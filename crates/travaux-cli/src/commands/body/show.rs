//! `travaux body show`

use clap::Args;

use crate::{
    args::{AsOf, GlobalArgs},
    commands::{meeting, stood::not_there},
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{ShownBody, in_brackets, in_words},
};

/// Show a body as it stood on a date: what it may do, its decisions, what was referred to it.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux body show group --as-of 2025-06-01")]
pub(crate) struct Show {
    /// A handle, an id, or the beginning or end of one.
    body: String,
    /// The date, and the knowledge of the body.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::body(engine, &self.body)?;
        let (on, asked) = self.asked.asked(session.today());
        let dossiers = engine.dossiers()?;
        let view = dossiers.bodies.get(&id).and_then(|view| view.as_of(asked));
        let shown = view.as_ref().and_then(|view| ShownBody::new(id, view, on));
        let Some(shown) = shown else {
            return Err(not_there(&session, "body", asked));
        };
        match session.output.is_json() {
            true => session.output.document(&shown),
            false => {
                let handles = names::by_stream(engine)?;
                let mut out = in_words(&told(&shown), &handles);
                out += &meeting::follows(&handles, "  ", &shown.follows);
                session.output.text(&out)
            }
        }
    }
}

/// A body for people.
fn told(shown: &ShownBody<'_>) -> String {
    let line = &shown.body;
    let mut out = format!("{}{}\n", one_line(line.title), in_brackets(line.handle));
    out += &format!("  {}: {}\n", line.key, line.status);
    out += &format!("  rests on: {}\n", one_line(&shown.rests_on));
    let parties: Vec<_> = line.parties.iter().map(ToString::to_string).collect();
    out += &format!("  parties:  {}\n", parties.join(", "));
    for chair in &shown.chair {
        let holders = match &chair.holders[..] {
            [] => String::new(),
            some => format!(": {}", one_line(&some.join("; or "))),
        };
        out += &format!("  chair:    {}{holders}\n", chair.party);
    }
    for own in &shown.competences {
        let what = own.what.replace('_', " ");
        let (what, ground) = (one_line(&what), one_line(&own.ground));
        let ended = own.ended.map(|on| format!(", until {on}"));
        let ended = ended.unwrap_or_default();
        out += &format!("  may:      {what} ({}, {ground}{ended})\n", own.key);
    }
    if let Some(version) = shown.rules {
        out += &format!("  rules:    version {version}\n");
    }
    for session in &shown.sessions {
        let number = session
            .number
            .map_or("extraordinary".to_owned(), |n| n.to_string());
        out += &format!("  session:  {number}, meeting {}\n", session.meeting);
    }
    for own in &shown.decisions {
        let number = own.number.map(|n| format!(" {n}")).unwrap_or_default();
        let standing = one_line(&own.standing);
        out += &format!(
            "  decision: {}{number}, {} on {}: {standing}\n",
            own.key,
            own.verb.to_string().replace('_', " "),
            own.subject
        );
    }
    for own in &shown.referrals {
        let due = own
            .due
            .map(|due| format!(", due {due}"))
            .unwrap_or_default();
        let late = if own.overdue { ", overdue" } else { "" };
        out += &format!(
            "  referral: {}: {}{due}{late}\n",
            own.key,
            one_line(&own.status)
        );
    }
    for own in &shown.sub_bodies {
        let works = if own.at_work { "at work" } else { "ended" };
        out += &format!(
            "  sub-body: {} ({}): {works}\n",
            own.key,
            one_line(own.title)
        );
    }
    for own in &shown.reports {
        let acted = own.acted_on_by.map_or("not acted on".to_owned(), |key| {
            format!("acted on by {key}")
        });
        out += &format!("  report:   {} of {}: {acted}\n", own.key, own.of);
    }
    out
}
