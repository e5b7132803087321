//! `travaux framework state`

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use travaux::{
    domain::{AgreementId, Name, agreement::Status, body::JointBody, partnership::FollowUp},
    projections::{FrameworkView, Moment, Register},
};

use super::{brief::brief, diff::nothing, handles_in, page::Paged, reader, told::render};
use crate::{
    args::{AsOf, GlobalArgs},
    commands::meeting,
    error::CliError,
    names,
    output::one_line,
    session::Session,
    view::{
        self, FrameworkStanding, ListedBody, ListedFramework, ListedOrgan, ScopedArea,
        ShownFramework, StateDocument, counted, in_brackets,
    },
};

/// Show a framework, and where the agreements under it stand.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux framework state 0199 --as-of 2025-06-30")]
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
        let (on, asked) = self.asked.asked(session.today());
        let known_at = asked.known_at;
        let at = Moment {
            known_at,
            reader: reader(&session.engine, id, self.page.reader())?,
            on,
        };
        let state = session.engine.framework_state(id, &at)?;
        if let Some(file) = self.page.file() {
            let state = state.as_ref().ok_or_else(|| nothing(&at))?;
            self.page.write(&session, id, state, file)?;
            if !session.output.is_json() {
                let wrote = format!("wrote {}\n", file.display());
                return session.output.text(&wrote);
            }
        }
        let Some(view) = frameworks.framework_as_of(id, asked) else {
            let at = known_at.unwrap_or_else(|| session.engine.now());
            let text = match frameworks.framework(id, known_at) {
                Some(_) => format!("this framework was not proposed by {on}"),
                None => format!(
                    "nothing was known of this framework at {}",
                    view::instant(at)
                ),
            };
            return Err(CliError::Usage(text));
        };
        let statuses = statuses(&view, &register, on, known_at);
        let dossiers = session.engine.dossiers()?;
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
        let bodies = dossiers.bodies_under(id);
        let bodies: Vec<_> = bodies
            .filter_map(|(id, body)| Some((id, body.as_of(asked)?)))
            .collect();
        if session.output.is_json() {
            let meetings = dossiers.meetings_under(id);
            let known = meetings.filter(|(_, meeting)| meeting.as_of(asked).is_some());
            let state = state.ok_or_else(|| nothing(&at))?;
            return session.output.document(&ShownFramework {
                state: StateDocument::new(&state),
                framework: ListedFramework::new(id, &view, &register),
                standing: FrameworkStanding::new(&view.state, on),
                announced: view.announced(on).into_iter().map(Into::into).collect(),
                scopes: view
                    .state
                    .areas
                    .iter()
                    .map(|(key, area)| ScopedArea::new(key, area, on))
                    .collect(),
                organs: view.state.organs_on(on).map(ListedOrgan::from).collect(),
                statuses: &statuses,
                follows,
                meetings: known.map(|(id, _)| id).collect(),
                joint_bodies: bodies.iter().map(|(id, _)| *id).collect(),
            });
        }
        let handles = handles_in(&session, &Vec::from_iter(&state))?;
        let of = |area: &Name| {
            let items = follows.get(area).map_or(&[][..], |items| items);
            meeting::follows(&handles, "    ", items)
        };
        let mut text = render(&view, &register, &statuses, on, &of);
        for (id, body) in &bodies {
            let line = ListedBody::new(*id, body, on);
            text += &line.map_or(String::new(), |line| joint_body(&line, &body.state, on));
        }
        if let Some(state) = &state {
            text += &brief(state, &handles);
        }
        session.output.text(&text)
    }
}

/// A joint body in one line: how much it has decided by a day, and what waits for it then.
fn joint_body(line: &ListedBody<'_>, body: &JointBody, on: NaiveDate) -> String {
    let decided = body.decisions.values();
    let decided = decided.filter(|decision| {
        let adopted = decision.adopted.as_ref();
        adopted.is_some_and(|adopted| adopted.at.on <= on)
    });
    format!(
        "  joint body: {}{}, {}: {}, {}\n",
        one_line(line.title),
        in_brackets(line.handle),
        line.status,
        counted(decided.count(), "decision"),
        counted(body.open_referrals().count(), "open referral"),
    )
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
