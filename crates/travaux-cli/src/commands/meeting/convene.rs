//! `travaux meeting convene`

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, ValueEnum};
use travaux::{
    CommitRequest,
    domain::{
        Handle, Name, PartyId, StreamCommand, StreamId,
        meeting::{Convocation, MeetingCommand, MeetingKind, MeetingLimits, Start},
        partnership::OfficeHolder,
    },
};

use crate::{
    args::{GlobalArgs, date, number},
    error::CliError,
    names,
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
    /// What it is called.
    #[arg(long)]
    title: String,
    /// What kind of meeting it is.
    #[arg(long)]
    kind: Kind,
    /// The body whose session it is, by its key.
    #[arg(long)]
    body: Option<Name>,
    /// The number of an ordinary session.
    #[arg(long, value_name = "N", value_parser = number::<u32>)]
    number: Option<u32>,
    /// Who meets; all parties to the framework, if nobody is named.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    between: Vec<Name>,
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// A working meeting of ministers.
    Ministers,
    /// An ordinary session of a body.
    Session,
    /// An extraordinary session of a body.
    Extraordinary,
    /// A meeting of experts.
    Experts,
}

impl From<Kind> for MeetingKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Ministers => Self::Ministers,
            Kind::Session => Self::Session,
            Kind::Extraordinary => Self::Extraordinary,
            Kind::Experts => Self::Experts,
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
        let parties = match &self.between[..] {
            [] => engine
                .framework(framework)?
                .state
                .foundation
                .as_ref()
                .map_or_else(Vec::new, |founded| {
                    founded
                        .parties
                        .iter()
                        .map(|party| party.id.clone())
                        .collect()
                }),
            some => some.iter().cloned().map(PartyId).collect(),
        };
        let limits = self.limits.map(|[items, agenda, papers]| MeetingLimits {
            items,
            agenda,
            papers,
            delegations: self.delegations,
        });
        let convocation = Convocation {
            framework,
            title: self.title,
            kind: self.kind.into(),
            body: self.body,
            number: self.number,
            parties,
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
        let id = engine.new_meeting_id();
        let stream = StreamId::Meeting(id);
        let on = self.on;
        let convened = MeetingCommand::MeetingConvened { on, convocation };
        let acts = [StreamCommand::Meeting(id, convened)].into_iter();
        let acts = acts.chain(self.handle.map(|handle| handle.give(stream)));
        let request = CommitRequest::new(session.actor()?, acts.collect()).with_handles();
        let committed = engine.commit_request(&request)?;
        view::done(&session, stream, &committed)
    }
}
