//! `travaux trace`

use clap::Args;
use travaux::{
    domain::{MeetingId, Name, StreamId, partnership::FollowUp},
    projections::{Asked, DossierView, Dossiers},
};

use super::meeting::Told;
use crate::{
    args::{AsOf, GlobalArgs},
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
    /// An item as MEETING/KEY; an area as FRAMEWORK/KEY; an agreement, a package or a meeting.
    name: String,
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
        let lang = travaux_text::Lang::parse(&self.lang)
            .map_err(|e| CliError::Usage(format!("--lang: {e}")))?;
        let subject = self.subject(&session)?;
        let on = self.asked.on(session.today());
        let asked = Asked {
            on: Some(on),
            known_at: self.asked.known_at,
        };
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
            Subject::Meeting(_) | Subject::Follower(_) => {
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
            out += "  nothing was agreed that it follows up\n";
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

    fn subject(&self, session: &Session) -> Result<Subject, CliError> {
        let engine = &session.engine;
        let kinds = [Kind::Agreement, Kind::Package, Kind::Meeting];
        // An imported path has such a sign too: what names a whole is tried first.
        let whole = names::find(engine, &self.name, &kinds);
        let found = match (whole, self.name.rsplit_once('/')) {
            (Ok(found), _) => found,
            (Err(error), None) => return Err(error),
            (Err(_), Some((of, key))) => {
                let key = Name::from(key);
                return match names::find(engine, of, &[Kind::Meeting, Kind::Framework])? {
                    StreamId::Framework(framework) => {
                        let area = key;
                        Ok(Subject::Follower(FollowUp::Area { framework, area }))
                    }
                    StreamId::Meeting(meeting) => Ok(Subject::Item(meeting, key)),
                    other => Err(CliError::Usage(format!("{other} has no items or areas"))),
                };
            }
        };
        match found {
            StreamId::Agreement(id) => Ok(Subject::Follower(FollowUp::Agreement(id))),
            StreamId::Package(id) => Ok(Subject::Follower(FollowUp::Round(id))),
            StreamId::Meeting(id) => Ok(Subject::Meeting(id)),
            other => Err(CliError::Usage(format!("{other} follows no item up"))),
        }
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

/// The items that the subject is, or has.
fn items<'a>(dossiers: &'a Dossiers, subject: &Subject, asked: Asked) -> Vec<Found<'a>> {
    let (id, wanted) = match subject {
        Subject::Item(id, key) => (*id, Some(key)),
        Subject::Meeting(id) => (*id, None),
        Subject::Follower(_) => return Vec::new(),
    };
    let view = dossiers.meetings.get(&id);
    let Some(meeting) = view.and_then(|view| view.as_of(asked)) else {
        return Vec::new();
    };
    let keys = meeting.state.items.keys();
    let keys = keys.filter(|key| wanted.is_none_or(|wanted| wanted == *key));
    let keys: Vec<_> = keys.cloned().collect();
    match keys[..] {
        [] => Vec::new(),
        _ => vec![Found { id, meeting, keys }],
    }
}

/// The items that the subject follows up.
fn follows<'a>(dossiers: &'a Dossiers, subject: &Subject, asked: Asked) -> Vec<Found<'a>> {
    let by = match subject {
        Subject::Item(..) => return Vec::new(),
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
