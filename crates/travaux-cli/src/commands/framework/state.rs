//! `travaux framework state`

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use travaux::{
    domain::{AgreementId, Name, agreement::Status, partnership::FollowUp},
    projections::{Asked, FrameworkView, Moment, Register},
};

use super::{diff::nothing, page::Paged};
use crate::{
    args::{AsOf, GlobalArgs},
    commands::meeting,
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{self, ListedFramework, ShownFramework, StateDocument, counted, in_brackets},
};

/// Show a framework, and where the agreements under it stand.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework state 0199 --as-of 2020-01-01")]
pub(crate) struct State {
    /// A handle, an id, or the beginning or end of one.
    framework: String,
    /// The date, and the knowledge of the agreements.
    #[command(flatten)]
    asked: AsOf,
    /// The page, where one is asked for.
    #[command(flatten)]
    page: Paged,
}

impl State {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::framework(&session.engine, &self.framework)?;
        let frameworks = session.engine.frameworks()?;
        let register = session.engine.register()?;
        let (on, known_at) = (self.asked.on(session.today()), self.asked.known_at);
        if let Some(file) = self.page.file() {
            let at = Moment {
                known_at,
                reader: self.page.reader(),
                on,
            };
            self.page.write(&session, id, at, file)?;
            if !session.output.is_json() {
                let wrote = format!("wrote {}\n", file.display());
                return session.output.text(&wrote);
            }
        }
        let Some(view) = frameworks.framework(id, known_at) else {
            let at = known_at.unwrap_or_else(|| session.engine.now());
            let text = format!(
                "nothing was known of this framework at {}",
                view::instant(at)
            );
            return Err(CliError::Usage(text));
        };
        let statuses = statuses(&view, &register, on, known_at);
        let dossiers = session.engine.dossiers()?;
        let asked = Asked {
            on: Some(on),
            known_at,
        };
        let areas = view.state.foundation.iter().flat_map(|f| &f.areas);
        let follows = areas.map(|area| &area.key).map(|area| {
            let (framework, key) = (id, area.clone());
            let by = FollowUp::Area {
                framework,
                area: key,
            };
            (area, dossiers.followed_by(&by, asked))
        });
        let follows: BTreeMap<_, _> = follows.filter(|(_, items)| !items.is_empty()).collect();
        if session.output.is_json() {
            let meetings = dossiers.meetings_under(id);
            let known = meetings.filter(|(_, meeting)| meeting.as_of(asked).is_some());
            let at = Moment {
                known_at,
                reader: self.page.reader(),
                on,
            };
            let state = session.engine.framework_state(id, &at)?;
            let state = state.ok_or_else(|| nothing(&at))?;
            return session.output.document(&ShownFramework {
                state: StateDocument::new(&state),
                framework: ListedFramework::new(id, &view, &register),
                statuses: &statuses,
                follows,
                meetings: known.map(|(id, _)| id).collect(),
            });
        }
        let handles = names::by_stream(&session.engine)?;
        let of = |area: &Name| {
            let items = follows.get(area).map_or(&[][..], |items| items);
            meeting::follows(&handles, "    ", items)
        };
        let text = render(&view, &register, &statuses, on, &of);
        session.output.text(&text)
    }
}

/// Where the agreements under a framework stand; those that nobody knew of then are left out.
pub(in crate::commands) fn statuses(
    view: &FrameworkView,
    register: &Register,
    on: NaiveDate,
    known_at: Option<DateTime<Utc>>,
) -> BTreeMap<AgreementId, Status> {
    let entry = |id: &AgreementId| Some((*id, register.agreements.get(id)?));
    view.state
        .agreements
        .iter()
        .filter_map(|(id, _)| entry(id))
        .filter(|(_, entry)| known_at.is_none_or(|at| entry.was_known_at(at)))
        .map(|(id, entry)| (id, entry.status(on, known_at)))
        .collect()
}

/// A framework for people, with the roadmap that was adopted last by a date, and with what is to be
/// said of each area.
pub(in crate::commands) fn render(
    view: &FrameworkView,
    register: &Register,
    statuses: &BTreeMap<AgreementId, Status>,
    on: NaiveDate,
    of_area: &dyn Fn(&Name) -> String,
) -> String {
    let Some(f) = &view.state.foundation else {
        return String::new();
    };
    let parties: Vec<_> = f.parties.iter().map(|p| one_line(&p.name)).collect();
    let title = one_line(&f.title);
    let mut out = format!("{title}{}\n", in_brackets(view.handle.as_ref()));
    out += &format!(
        "  founded on: {} ({})\n",
        one_line(&f.declaration.title),
        one_line(&f.declaration.made)
    );
    out += &format!("  parties:    {}\n", parties.join("; "));
    for area in &f.areas {
        out += &format!("  area: {}\n", one_line(&area.title));
        out += &of_area(&area.key);
        for body in view.state.bodies.iter().filter(|b| b.area == area.key) {
            let (title, mandate) = (one_line(&body.title), one_line(&body.mandate));
            out += &format!("    body:      {title} — {mandate}\n");
        }
        for (id, _) in view
            .state
            .agreements
            .iter()
            .filter(|(_, key)| *key == area.key)
        {
            if let (Some(e), Some(status)) = (register.agreements.get(id), statuses.get(id))
                && let Some(known) = e.known(status.known_at)
            {
                let handle = e
                    .handle
                    .as_ref()
                    .map_or(String::new(), |h| format!("{h}, "));
                out += &format!(
                    "    agreement: {} ({}{}, {} adopted)\n      {status}\n",
                    one_line(&e.title),
                    handle,
                    counted(known.revisions, "revision"),
                    known.adopted
                );
            }
        }
        for step in view
            .state
            .roadmaps
            .iter()
            .rev()
            .find(|roadmap| roadmap.adopted_on <= on)
            .into_iter()
            .flat_map(|r| &r.steps)
            .filter(|s| s.area == area.key)
        {
            let due = step.due.map(|d| format!(" by {d}")).unwrap_or_default();
            out += &format!("    roadmap:   {}{due}\n", one_line(&step.title));
        }
    }
    out
}
