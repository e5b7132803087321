//! `travaux procedure case show`

use chrono::{DateTime, Utc};
use clap::Args;
use travaux::{
    domain::{
        Name,
        procedure::{Course, Until, VisitEnd},
    },
    projections::Asked,
};

use crate::{
    args::{AsOf, GlobalArgs, time},
    commands::procedure::show::stood,
    error::CliError,
    names,
    session::Session,
    view::ShownCase,
};

/// Show a case: the steps that it came through, when each was due, and what silence meant.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux procedure case show passes --case FR-2025-0001")]
pub(crate) struct Show {
    /// The procedure: a handle, an id, or the beginning or end of one.
    procedure: String,
    /// The reference of the case.
    #[arg(long)]
    case: Name,
    /// The instant, in place of a date.
    #[arg(long, value_name = "TIME", value_parser = time, conflicts_with = "as_of")]
    at: Option<DateTime<Utc>>,
    /// The date, and the knowledge of the case.
    #[command(flatten)]
    asked: AsOf,
}

impl Show {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::procedure(engine, &self.procedure)?;
        // At an instant the next day may have begun elsewhere.
        let of_instant = self.at.and_then(|at| at.date_naive().succ_opt());
        let on = of_instant.unwrap_or_else(|| self.asked.on(session.today()));
        let asked = Asked {
            on: Some(on),
            known_at: self.asked.known_at,
        };
        let dossiers = engine.dossiers()?;
        let view = stood(&session, &dossiers, id, asked)?;
        let Some((key, case)) = view.state.cases.get_key_value(&self.case) else {
            let keys: Vec<_> = view.state.cases.keys().map(ToString::to_string).collect();
            let expected = match &keys[..] {
                [] => "a case, of which there is none".to_owned(),
                some => format!("one of {}", some.join(", ")),
            };
            let text = format!("--case: expected {expected}, found `{}`", self.case);
            return Err(CliError::Usage(text));
        };
        let course = match self.at {
            Some(at) => view.state.course(case, Until::Instant(at)),
            None => view.state.course_on(case, on),
        };
        let shown = ShownCase::new(key, case, &course);
        if session.output.is_json() {
            return session.output.document(&shown);
        }
        let line = &shown.case;
        let mut out = format!(
            "case {key}: {} asks {}, under {}\n",
            line.requesting, line.requested, line.under
        );
        out += &told(&course);
        session.output.text(&out)
    }
}

fn told(course: &Course) -> String {
    let mut out = String::new();
    for visit in &course.visits {
        out += &format!("  {} from {} on\n", visit.step, visit.reached.on);
        if let Some(due) = &visit.due {
            match due.last_day {
                Some(day) => out += &format!("    due by {day} ({})\n", due.until),
                None => out += &format!("    due by {}\n", due.until),
            }
            for why in &due.because {
                out += &format!("      {why}\n");
            }
        }
        if let Some(ground) = &visit.extended {
            out += &format!("    put off: {ground}\n");
        }
        let end = match &visit.end {
            None if visit.passed => "waits, and is late".to_owned(),
            None => "waits".to_owned(),
            Some(VisitEnd::Taken {
                outcome,
                by,
                at,
                late,
                ..
            }) => {
                let late = if *late { ", late" } else { "" };
                format!("{outcome}, by {by} on {}{late}", at.on)
            }
            Some(VisitEnd::Silent { silence, at }) => {
                format!("nobody acted by {at}: {silence}")
            }
            Some(VisitEnd::Moved(at)) => format!("moved to another version on {}", at.on),
            Some(VisitEnd::Closed { ground, at }) => format!("closed on {} ({ground})", at.on),
        };
        out += &format!("    {end}\n");
    }
    out
}
