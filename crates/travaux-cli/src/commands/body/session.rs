//! `travaux body session`

use clap::Args;
use travaux::{
    CommitRequest,
    domain::{StreamCommand, StreamId, body::BodyCommand, meeting::MeetingKind},
};

use super::standing;
use crate::{
    args::{GlobalArgs, number},
    commands::meeting::{Call, Of},
    error::CliError,
    names,
    session::Session as Opened,
    view,
};

/// Call a session of a body: the body takes its number, and the meeting is convened.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA body session group --number 1 --title 'First session' --start 2025-06-25 --place Paris --chair MA:Director --chair FR:Director --on 2025-06-01 --handle first"
)]
pub(crate) struct Session {
    /// The body: a handle, an id, or the beginning or end of one.
    body: String,
    /// The number of an ordinary session; an extraordinary one has none.
    #[arg(long, value_name = "N", value_parser = number::<u32>)]
    number: Option<u32>,
    #[command(flatten)]
    call: Call,
}

impl Session {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Opened::open(globals)?;
        let engine = &session.engine;
        let body = names::body(engine, &self.body)?;
        let state = standing(engine, body)?;
        let Some(own) = state.establishment else {
            return Err(CliError::Usage(format!("body {body} was not established")));
        };
        let (meeting, number) = (engine.new_meeting_id(), self.number);
        let called = BodyCommand::SessionCalled {
            on: self.call.on(),
            meeting,
            number,
        };
        let of = Of {
            framework: own.framework,
            kind: match number {
                Some(_) => MeetingKind::Session,
                None => MeetingKind::Extraordinary,
            },
            body: Some(own.key),
            number,
            parties: own.parties,
        };
        let acts = [StreamCommand::Body(body, called)].into_iter();
        let acts = acts.chain(self.call.convenes(meeting, of)).collect();
        let request = CommitRequest::new(session.actor()?, acts).with_handles();
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Meeting(meeting), &committed)
    }
}
