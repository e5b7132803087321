//! `travaux meeting convene`

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, ValueEnum};
use travaux::{
    CommitRequest,
    blocking::Engine,
    domain::{
        BodyId, FrameworkId, Handle, MeetingId, Name, PartyId, StreamCommand, StreamId,
        body::BodyCommand,
        meeting::{Convocation, MeetingCommand, MeetingKind, MeetingLimits, Start},
        partnership::OfficeHolder,
    },
};

use crate::{
    args::{GlobalArgs, date, number},
    commands::begin,
    error::CliError,
    names::{self, Kind},
    session::Session,
    view,
};

/// Convene a meeting under a framework.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA meeting convene 0199 --title 'Meeting of experts' --kind experts --start 2025-10-01 --place Rabat --chair MA:Director --on 2025-09-01"
)]
pub(crate) struct Convene {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// What kind of meeting it is.
    #[arg(long)]
    kind: Called,
    /// The body whose session it is: by its key; a joint body also by its handle, or its id.
    #[arg(long)]
    body: Option<Name>,
    /// The number of an ordinary session.
    #[arg(long, value_name = "N", value_parser = number::<u32>)]
    number: Option<u32>,
    /// Who meets; all parties to the framework, if nobody is named.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    between: Vec<Name>,
    #[command(flatten)]
    call: Call,
}

/// What the call of a meeting says of it, whatever its kind.
#[derive(Debug, Args)]
pub(in crate::commands) struct Call {
    /// What it is called.
    #[arg(long)]
    title: String,
    /// The day on which it is to begin.
    #[arg(long, value_name = "DATE", value_parser = date)]
    start: NaiveDate,
    /// The time, such as 10:00:00.
    #[arg(long, requires = "zone", value_parser = clock)]
    time: Option<NaiveTime>,
    /// The zone of the time, such as Africa/Casablanca.
    #[arg(long)]
    zone: Option<Name>,
    /// Where.
    #[arg(long)]
    place: String,
    /// Who takes the chair, by office; named again for each who shares it.
    #[arg(long, required = true, value_name = "PARTY:OFFICE[:NAME]", value_parser = holder)]
    chair: Vec<OfficeHolder>,
    /// The date is still to be confirmed.
    #[arg(long)]
    tentative: bool,
    /// How many days before it items, agenda and papers are due, as its rules say: 15,10,7.
    #[arg(long, value_name = "N,N,N", value_parser = days)]
    limits: Option<[u16; 3]>,
    /// How many days before it delegations are named, where its rules say so.
    #[arg(long, value_name = "N", requires = "limits", value_parser = number::<u16>)]
    delegations: Option<u16>,
    /// When it is convened.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// What people call it; made from the title if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

impl Call {
    /// The convocation, and the commands that convene the meeting and give its handle. The rest of
    /// the convocation is what the call does not say.
    pub(in crate::commands) fn convenes(
        self,
        meeting: MeetingId,
        of: Of,
    ) -> impl Iterator<Item = StreamCommand> {
        let limits = self.limits.map(|[items, agenda, papers]| MeetingLimits {
            items,
            agenda,
            papers,
            delegations: self.delegations,
        });
        let convocation = Convocation {
            framework: of.framework,
            title: self.title,
            kind: of.kind,
            body: of.body,
            number: of.number,
            parties: of.parties,
            start: Start {
                date: self.start,
                time: self.time,
                zone: self.zone,
            },
            place: self.place,
            chair: self.chair,
            tentative: self.tentative,
            limits,
        };
        let convened = MeetingCommand::MeetingConvened {
            on: self.on,
            convocation,
        };
        let named = self
            .handle
            .map(|handle| handle.give(StreamId::Meeting(meeting)));
        [StreamCommand::Meeting(meeting, convened)]
            .into_iter()
            .chain(named)
    }

    /// When it is convened.
    pub(in crate::commands) fn on(&self) -> NaiveDate {
        self.on
    }
}

/// Whose meeting a call is for.
pub(in crate::commands) struct Of {
    pub(in crate::commands) framework: FrameworkId,
    pub(in crate::commands) kind: MeetingKind,
    pub(in crate::commands) body: Option<Name>,
    pub(in crate::commands) number: Option<u32>,
    pub(in crate::commands) parties: Vec<PartyId>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Called {
    /// A working meeting of ministers.
    Ministers,
    /// An ordinary session of a body.
    Session,
    /// An extraordinary session of a body.
    Extraordinary,
    /// A meeting of experts.
    Experts,
}

impl From<Called> for MeetingKind {
    fn from(kind: Called) -> Self {
        match kind {
            Called::Ministers => Self::Ministers,
            Called::Session => Self::Session,
            Called::Extraordinary => Self::Extraordinary,
            Called::Experts => Self::Experts,
        }
    }
}

/// A time of the day.
fn clock(text: &str) -> Result<NaiveTime, String> {
    text.parse()
        .map_err(|_| "expected a time such as 10:00:00".to_owned())
}

/// How many days before a meeting items, agenda and papers are due.
fn days(text: &str) -> Result<[u16; 3], String> {
    let each: Result<Vec<u16>, _> = text.split(',').map(str::parse).collect();
    let three = each.ok().and_then(|each| each.try_into().ok());
    three.ok_or_else(|| "expected three numbers of days such as 15,10,7".to_owned())
}

/// Who holds an office.
fn holder(words: &str) -> Result<OfficeHolder, String> {
    let mut parts = words.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(party), Some(office), name) => Ok(OfficeHolder {
            party: party.into(),
            office: office.to_owned(),
            name: name.map(Name::from),
        }),
        _ => Err("expected PARTY:OFFICE or PARTY:OFFICE:NAME".to_owned()),
    }
}

impl Convene {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let body = self.body.map(|name| body_of(engine, framework, name));
        let body = body.transpose()?;
        let joint = body.as_ref().and_then(|body| body.joint.as_ref());
        let parties = match (&self.between[..], joint) {
            ([], Some((_, parties))) => parties.clone(),
            ([], None) => begin::parties(engine, framework)?,
            (some, _) => some.iter().cloned().map(PartyId).collect(),
        };
        let (id, number) = (engine.new_meeting_id(), self.number);
        // A body that has a stream of its own calls its sessions there.
        let called = joint.map(|(body, _)| {
            let on = self.call.on;
            let meeting = id;
            let called = BodyCommand::SessionCalled {
                on,
                meeting,
                number,
            };
            StreamCommand::Body(*body, called)
        });
        let of = Of {
            framework,
            kind: self.kind.into(),
            body: body.map(|body| body.key),
            number,
            parties,
        };
        let acts = called.into_iter().chain(self.call.convenes(id, of));
        let request = CommitRequest::new(session.actor()?, acts.collect()).with_handles();
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Meeting(id), &committed)
    }
}

/// A body, as the call of its session names it.
struct BodyOf {
    /// Its key in the framework.
    key: Name,
    /// Its stream and who composes it, if it has one.
    joint: Option<(BodyId, Vec<PartyId>)>,
}

/// The body of the framework that `name` means: by its key; a joint body also by its handle, or its
/// id. What names none stays as it is, for the rules to refuse.
fn body_of(engine: &Engine, framework: FrameworkId, name: Name) -> Result<BodyOf, CliError> {
    let dossiers = engine.dossiers()?;
    let joint = |id: BodyId| {
        let own = dossiers.bodies.get(&id)?.state.establishment.as_ref()?;
        Some(BodyOf {
            key: own.key.clone(),
            joint: Some((id, own.parties.clone())),
        })
    };
    if let Some(found) = joint(BodyId::of(framework, &name)) {
        return Ok(found);
    }
    let state = &engine.framework(framework)?.state;
    let listed = state.bodies.iter().any(|body| body.key == name);
    let found = match listed {
        true => None,
        false => match names::find(engine, &name, &[Kind::Body]) {
            Ok(StreamId::Body(id)) => joint(id),
            Ok(_) | Err(_) => None,
        },
    };
    Ok(found.unwrap_or(BodyOf {
        key: name,
        joint: None,
    }))
}
