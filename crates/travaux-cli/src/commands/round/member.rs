//! What is said of one member of a round.

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        AgreementId, PackageId, Revision, StreamCommand, StreamId,
        package::{PackageCommand, RoundCommand},
    },
};
use travaux_text::Lang;

use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// A member of a round, and a day.
#[derive(Debug, Args)]
pub(crate) struct OfMember {
    /// The round: a handle, an id, or the beginning or end of one.
    round: String,
    /// The agreement.
    member: String,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

/// Hold a member: it is not adopted until it is let go, and no consent of others is undone.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA round hold spring visas --reason 'the mandate is not there' --on 2025-03-03"
)]
pub(crate) struct Hold {
    #[command(flatten)]
    of: OfMember,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl OfMember {
    pub(super) fn agree(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.act(globals, |on, agreement, revision| RoundCommand::Agree {
            on,
            agreement,
            revision,
        })
    }

    pub(super) fn ready(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.act(globals, |on, agreement, _| RoundCommand::BeReady {
            on,
            agreement,
        })
    }

    pub(super) fn release(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.act(globals, |on, agreement, _| RoundCommand::Release {
            on,
            agreement,
        })
    }

    /// Acts on the member; with the revision of it that is negotiated.
    fn act(
        self,
        globals: &GlobalArgs,
        command: impl FnOnce(NaiveDate, AgreementId, Revision) -> RoundCommand,
    ) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::package(engine, &self.round)?;
        let agreement = names::agreement(engine, &self.member)?;
        let view = engine.package(id)?;
        let round = view.state.round.as_ref();
        let member = round.and_then(|round| round.members.get(&agreement));
        let revision = member.and_then(|member| member.standing.revision);
        // Where none is negotiated, the refusal says so.
        let revision = revision.unwrap_or(Revision(0));
        let command = command(self.on, agreement, revision);
        commit(&session, id, self.on, vec![], command)
    }
}

impl Hold {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let reason = self.reason;
        self.of.act(globals, |on, agreement, _| RoundCommand::Hold {
            on,
            agreement,
            reason,
        })
    }
}

/// Does one thing to a round on a day, and what follows from it, and says what was done.
pub(super) fn commit(
    session: &Session,
    id: PackageId,
    on: NaiveDate,
    others: Vec<StreamCommand>,
    command: RoundCommand,
) -> Result<(), CliError> {
    let act = StreamCommand::Package(id, PackageCommand::Round(command));
    let acts = [act].into_iter().chain(others).collect();
    let request = CommitRequest::new(session.actor()?, acts).on(on);
    let committed = session.engine.commit_request(&request)?;
    view::done(session, StreamId::Package(id), &committed)
}

/// A round on record.
pub(super) fn round(
    session: &Session,
    name: &str,
) -> Result<(PackageId, travaux::domain::package::Round), CliError> {
    let id = names::package(&session.engine, name)?;
    let view = session.engine.package(id)?;
    match &view.state.round {
        Some(round) => Ok((id, round.clone())),
        None => Err(CliError::Usage(format!(
            "`{name}` is a package that was proposed with its revisions, and no round: \
             `travaux package show {name}` shows it"
        ))),
    }
}

/// Words in a language: `en=bring it up to date`.
pub(in crate::commands) fn words(text: &str) -> Result<(Lang, String), String> {
    let parts = text.split_once('=');
    let (lang, words) = parts.ok_or("expected LANG=WORDS, such as `en=bring it up to date`")?;
    let lang = Lang::parse(lang).map_err(|e| e.to_string())?;
    Ok((lang, words.to_owned()))
}
