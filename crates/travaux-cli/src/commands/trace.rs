//! `travaux trace`

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    domain::{FrameworkId, MeetingId, Name, StreamId, partnership::FollowUp},
    projections::{Asked, DossierView, Dossiers, Line, Moment},
};

use super::{framework::nothing, meeting::Told};
use crate::{
    args::{AsOf, GlobalArgs, language},
    error::CliError,
    names::{self, Kind},
    output::one_line,
    session::Session,
    view::{self, ShownItem, Traced, TracedItem},
};

/// Trace what was agreed to what follows it up, and back.
#[derive(Debug, Args)]
#[command(after_help = "Example: travaux trace rabat/areas")]
pub(crate) struct Trace {
    /// An item as MEETING/KEY; an area as FRAMEWORK/KEY; an action as ROADMAP/KEY; an agreement, a
    /// package or a meeting; a framework: all that was agreed under it.
    name: String,
    /// Of a framework, only what was agreed or undertaken so many days ago or more, and nothing
    /// follows up.
    #[arg(long, value_name = "DAYS", num_args = 0..=1, default_missing_value = "90")]
    unfollowed: Option<u16>,
    /// The language of what is shown; the first one on record, where there is no such.
    #[arg(long, default_value = "en")]
    lang: String,
    /// The date, and the knowledge of it.
    #[command(flatten)]
    asked: AsOf,
}

/// What is traced.
enum Subject {
    Item(MeetingId, Name),
    /// A meeting: what was agreed there, and what it follows itself.
    Meeting(MeetingId),
    Follower(FollowUp),
    /// A framework: these items of its meetings.
    Framework(FrameworkId, Vec<(MeetingId, Name)>),
}

type Meeting<'a> = std::borrow::Cow<'a, DossierView<travaux::domain::meeting::Meeting>>;

/// The items that are traced, each with its meeting as it stood.
struct Found<'a> {
    id: MeetingId,
    meeting: Meeting<'a>,
    keys: Vec<Name>,
}

impl Trace {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let lang = language(&self.lang)?;
        let (on, asked) = self.asked.asked(session.today());
        let subject = self.subject(&session, on)?;
        let dossiers = engine.dossiers()?;
        let items = items(&dossiers, &subject, asked);
        if let Subject::Item(_, key) = &subject
            && items.is_empty()
        {
            return Err(self.no_item(&dossiers, &subject, key));
        }
        let follows = follows(&dossiers, &subject, asked);
        let handles = names::by_stream(engine)?;
        let what = match &subject {
            Subject::Item(meeting, key) => format!("item {key} of meeting {meeting}"),
            Subject::Meeting(meeting) => format!("meeting {meeting}"),
            Subject::Follower(by) => by.to_string(),
            Subject::Framework(framework, _) => format!("framework {framework}"),
        };
        let what = one_line(&view::in_words(&what, &handles)).into_owned();
        if session.output.is_json() {
            return session.output.document(&Traced {
                what,
                on,
                known_at: asked.known_at,
                items: traced(&items, &dossiers, asked),
                follows: traced(&follows, &dossiers, asked),
            });
        }
        let told = Told {
            handles: &handles,
            lang,
        };
        let mut out = String::new();
        // An item is its own headline, with the title and the day of its meeting.
        let indent = match subject {
            Subject::Item(..) => "",
            Subject::Meeting(_) | Subject::Follower(_) | Subject::Framework(..) => {
                out += &format!("{what}\n");
                "  "
            }
        };
        for (found, prefix) in [(&items, ""), (&follows, "follows up ")] {
            for (found, key) in found
                .iter()
                .flat_map(|f| f.keys.iter().map(move |k| (f, k)))
            {
                let prefix = format!("{indent}{prefix}");
                out += &self.line(told, (found, key), (indent, &prefix), &dossiers, asked);
            }
        }
        if items.is_empty() && follows.is_empty() {
            out += match subject {
                Subject::Framework(..) => "  nothing\n",
                _ => "  nothing was agreed that it follows up\n",
            };
        }
        session.output.text(&out)
    }

    /// An item, with what became of it.
    fn line(
        &self,
        told: Told<'_>,
        (found, key): (&Found<'_>, &Name),
        (indent, prefix): (&str, &str),
        dossiers: &Dossiers,
        asked: Asked,
    ) -> String {
        let state = &found.meeting.state;
        let (Some(record), Some(call)) = (state.items.get(key), &state.convocation) else {
            return String::new();
        };
        let handle = found.meeting.handle.as_ref();
        let meeting = handle.map_or_else(|| found.id.to_string(), ToString::to_string);
        let title = one_line(&call.title);
        let on = record.agreed.on;
        let mut out = format!("{prefix}item {key} of meeting {meeting} ({title}, {on})\n");
        let item = ShownItem::new((found.id, key), record, state, dossiers, asked);
        out += &told.item(&item, record, state, &format!("{indent}  "));
        out
    }

    fn subject(&self, session: &Session, on: NaiveDate) -> Result<Subject, CliError> {
        let engine = &session.engine;
        if self.unfollowed.is_some() {
            let id = names::framework(engine, &self.name)?;
            return self.under(session, id, on);
        }
        let kinds = [
            Kind::Agreement,
            Kind::Package,
            Kind::Meeting,
            Kind::Body,
            Kind::Framework,
            Kind::Procedure,
            Kind::Indicator,
        ];
        // An imported path has such a sign too: what names a whole is tried first.
        let whole = names::find(engine, &self.name, &kinds);
        let found = match (whole, self.name.rsplit_once('/')) {
            (Ok(found), _) => found,
            (Err(error), None) => return Err(error),
            (Err(_), Some((of, key))) => {
                let key = Name::from(key);
                return match names::find(engine, of, &KEYED)? {
                    StreamId::Framework(framework) => {
                        let area = key;
                        Ok(Subject::Follower(FollowUp::Area { framework, area }))
                    }
                    StreamId::Meeting(meeting) => Ok(Subject::Item(meeting, key)),
                    StreamId::Roadmap(roadmap) => {
                        let action = key;
                        Ok(Subject::Follower(FollowUp::Action { roadmap, action }))
                    }
                    other => Err(CliError::Usage(format!(
                        "{other} has no items, areas or actions"
                    ))),
                };
            }
        };
        match found {
            StreamId::Agreement(id) => Ok(Subject::Follower(FollowUp::Agreement(id))),
            StreamId::Package(id) => Ok(Subject::Follower(FollowUp::Round(id))),
            StreamId::Procedure(id) => Ok(Subject::Follower(FollowUp::Procedure(id))),
            StreamId::Indicator(id) => Ok(Subject::Follower(FollowUp::Indicator(id))),
            StreamId::Meeting(id) => Ok(Subject::Meeting(id)),
            StreamId::Body(id) => Ok(Subject::Follower(FollowUp::Body(id))),
            StreamId::Framework(id) => self.under(session, id, on),
            other => Err(CliError::Usage(format!("{other} follows no item up"))),
        }
    }

    /// What was agreed under a framework.
    fn under(
        &self,
        session: &Session,
        id: FrameworkId,
        on: NaiveDate,
    ) -> Result<Subject, CliError> {
        let at = Moment {
            known_at: self.asked.known_at,
            ..Moment::on(on)
        };
        let state = session.engine.framework_state(id, &at)?;
        let state = state.ok_or_else(|| nothing(&at))?;
        let lines = match self.unfollowed {
            Some(days) => state.unfollowed(days),
            None => state.of_kind("item").collect(),
        };
        let item = |(entry, _): Line<'_>| match (entry.stream, &entry.part) {
            (StreamId::Meeting(meeting), Some(part)) => Some((meeting, part.key.clone())),
            _ => None,
        };
        let items = lines.into_iter().filter_map(item).collect();
        Ok(Subject::Framework(id, items))
    }

    fn no_item(&self, dossiers: &Dossiers, subject: &Subject, key: &Name) -> CliError {
        let Subject::Item(meeting, _) = subject else {
            return CliError::Usage(format!("there is no item `{key}`"));
        };
        let all = dossiers.meetings.get(meeting);
        let keys = all.iter().flat_map(|view| view.state.items.keys());
        let keys: Vec<_> = keys.map(|key| &**key).collect();
        let known = match &keys[..] {
            [] => "the meeting agreed none".to_owned(),
            keys => format!("the meeting agreed {}", keys.join(", ")),
        };
        let name = &self.name;
        CliError::Usage(format!(
            "`{name}`: there was no item `{key}` on that date, as known then; {known}"
        ))
    }
}

/// What has parts that are named by keys.
const KEYED: [Kind; 3] = [Kind::Meeting, Kind::Framework, Kind::Roadmap];

/// The items that the subject is, or has.
fn items<'a>(dossiers: &'a Dossiers, subject: &Subject, asked: Asked) -> Vec<Found<'a>> {
    let meeting = |id: MeetingId| dossiers.meetings.get(&id)?.as_of(asked);
    let found = |id: MeetingId, keys: Vec<Name>| {
        let meeting = meeting(id)?;
        Some(Found { id, meeting, keys })
    };
    match subject {
        Subject::Item(id, key) => {
            let known = meeting(*id).is_some_and(|view| view.state.items.contains_key(key));
            let keys = known.then(|| vec![key.clone()]);
            keys.and_then(|keys| found(*id, keys)).into_iter().collect()
        }
        Subject::Meeting(id) => {
            let keys = meeting(*id).map(|view| view.state.items.keys().cloned().collect());
            let keys = keys.filter(|keys: &Vec<_>| !keys.is_empty());
            keys.and_then(|keys| found(*id, keys)).into_iter().collect()
        }
        Subject::Framework(_, items) => {
            let mut of: BTreeMap<MeetingId, Vec<Name>> = BTreeMap::new();
            for (id, key) in items {
                of.entry(*id).or_default().push(key.clone());
            }
            of.into_iter()
                .filter_map(|(id, keys)| found(id, keys))
                .collect()
        }
        Subject::Follower(_) => Vec::new(),
    }
}

/// The items that the subject follows up.
fn follows<'a>(dossiers: &'a Dossiers, subject: &Subject, asked: Asked) -> Vec<Found<'a>> {
    let by = match subject {
        Subject::Item(..) | Subject::Framework(..) => return Vec::new(),
        Subject::Meeting(id) => FollowUp::Meeting(*id),
        Subject::Follower(by) => by.clone(),
    };
    let found = dossiers.followed_by(&by, asked).into_iter();
    let found = found.filter_map(|item| {
        let view = dossiers.meetings.get(&item.meeting)?;
        Some(Found {
            id: item.meeting,
            meeting: view.as_of(asked)?,
            keys: vec![item.item.clone()],
        })
    });
    found.collect()
}

fn traced<'a>(found: &'a [Found<'_>], dossiers: &Dossiers, asked: Asked) -> Vec<TracedItem<'a>> {
    let mut all = Vec::new();
    for Found { id, meeting, keys } in found {
        let state = &meeting.state;
        let title = state.convocation.as_ref().map_or("", |call| &call.title);
        for key in keys {
            let Some(record) = state.items.get(key) else {
                continue;
            };
            all.push(TracedItem {
                meeting: *id,
                handle: meeting.handle.as_ref(),
                title,
                item: ShownItem::new((*id, key), record, state, dossiers, asked),
            });
        }
    }
    all
}
