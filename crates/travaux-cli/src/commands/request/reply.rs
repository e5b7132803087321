//! `travaux request clarify`, `answer` and `provide`: words on a request that was sent.

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::Args;
use travaux::domain::{
    Name, PartyId, StreamCommand, StreamId,
    request::{Content, RequestCommand, Use},
};

use super::content::{ContentArgs, both, bytes, commit, instant, terms_of, vault};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Words on a request that was sent.
#[derive(Debug, Args)]
pub(crate) struct Reply {
    /// The request: a handle, an id, or the beginning or end of one.
    request: String,
    /// The words: a file; `-` is standard input. They are sealed outside of the log.
    file: String,
    #[command(flatten)]
    content: ContentArgs,
    /// When, where one is.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// The instant, with its offset; for limits in hours.
    #[arg(long, value_parser = instant)]
    at: Option<DateTime<FixedOffset>>,
}

/// Provide information: in answer to parts of a request, or ahead of an answer.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA request provide fr-2025-0017 a1.txt --parts identity --key a1 --marking 'to:FR tlp:amber' --at 2025-03-29T06:00:00+00:00 --on 2025-03-29"
)]
pub(crate) struct Provide {
    #[command(flatten)]
    reply: Reply,
    /// The parts that it answers, by their keys; none, of what comes ahead of the answer.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    parts: Vec<Name>,
    /// Parties that may use it as evidence.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    evidence_by: Vec<Name>,
    /// Parties to whom it may be sent on.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    onward_to: Vec<Name>,
}

impl Reply {
    pub(crate) fn ask(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let (on, at) = (self.on, self.at);
        self.run(globals, |content| RequestCommand::ClarificationAsked {
            on,
            at,
            content,
        })
    }

    pub(crate) fn answer(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let (on, at) = (self.on, self.at);
        self.run(globals, |content| RequestCommand::ClarificationGiven {
            on,
            at,
            content,
        })
    }

    fn run(
        self,
        globals: &GlobalArgs,
        command: impl FnOnce(Content) -> RequestCommand,
    ) -> Result<(), CliError> {
        let words = bytes(&self.file)?;
        let session = Session::open(globals)?;
        let id = names::request(&session.engine, &self.request)?;
        let dossiers = session.engine.dossiers()?;
        let known = dossiers.requests.get(&id).map(|view| &view.state);
        let under = known.and_then(|state| Some((state, state.exchange()?)));
        let Some((state, exchange)) = under else {
            return Err(CliError::Usage(format!("there is no request {id}")));
        };
        let (terms, vault) = (terms_of(&session, exchange)?, vault(globals));
        let holders = both(state);
        let content = (self.content).seal(&session, (&vault, &terms), &words, &holders)?;
        let acts = vec![StreamCommand::Request(id, command(content.clone()))];
        let committed = commit(&session, &vault, &content, acts)?;
        view::done(&session, StreamId::Request(id), &committed)
    }
}

impl Provide {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let (on, at, parts) = (self.reply.on, self.reply.at, self.parts);
        let evidence = self.evidence_by.into_iter().map(PartyId);
        let evidence = evidence.map(|by| Use::Evidence { by });
        let onward = self.onward_to.into_iter().map(PartyId);
        let onward = onward.map(|to| Use::Onward { to });
        let uses = evidence.chain(onward).collect();
        self.reply
            .run(globals, |content| RequestCommand::ReplyProvided {
                on,
                at,
                parts,
                content,
                uses,
            })
    }
}
