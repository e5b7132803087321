//! `travaux body notify`

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{Name, StreamCommand, StreamId, body::BodyCommand},
};

use super::{amendments, standing};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Notify that one's own requirements are fulfilled; with the last notification the annexes that the
/// decision changes are amended, in one commit.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA body notify group --decision advice --on 2025-03-01"
)]
pub(crate) struct Notify {
    /// The body: a handle, an id, or the beginning or end of one.
    body: String,
    /// The decision, by its key.
    #[arg(long)]
    decision: Name,
    /// When it is notified.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Notify {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::body(engine, &self.body)?;
        let (state, actor) = (standing(engine, id)?, session.actor()?);
        let amends = state.amended_by_notice(&self.decision, &actor.party, self.on);
        let key = state
            .establishment
            .as_ref()
            .map_or("", |own| own.key.as_str());
        let carried: Vec<_> = amendments(key, &amends).collect();
        let met = BodyCommand::RequirementsMet {
            on: self.on,
            decision: self.decision,
            amends,
        };
        let acts = [StreamCommand::Body(id, met)].into_iter().chain(carried);
        let request = CommitRequest::new(actor, acts.collect());
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Body(id), &committed)
    }
}
