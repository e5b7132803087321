//! `travaux round revise`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Revision, StreamCommand,
    agreement::{AgreementCommand, RevisionDraft},
    package::RoundCommand,
};

use super::member;
use crate::{
    args::{GlobalArgs, date},
    commands::revise::{Drafted, NatureArg},
    error::CliError,
    session::Session,
};

/// Propose a revision of a member in a round, in the place of the one before.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR round revise spring visas terms.md --on 2025-03-01"
)]
pub(crate) struct Revise {
    /// The round: a handle, an id, or the beginning or end of one.
    round: String,
    #[command(flatten)]
    drafted: Drafted,
    /// What the revision is.
    #[arg(long, value_enum, default_value = "draft")]
    nature: NatureArg,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Revise {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let (id, _) = member::round(&session, &self.round)?;
        let (agreement, draft) = self.drafted.draft(self.nature.into(), &session)?;
        let draft = RevisionDraft {
            package: Some(id),
            ..draft
        };
        let last = session.engine.record(agreement)?.agreement.revisions.len();
        let negotiate = RoundCommand::Negotiate {
            on: self.on,
            agreement,
            revision: Revision(u32::try_from(last).unwrap_or(u32::MAX)).next(),
        };
        let propose = AgreementCommand::ProposeRevision(Box::new(draft));
        let propose = StreamCommand::Agreement(agreement, propose);
        member::commit(&session, id, self.on, vec![propose], negotiate)
    }
}
