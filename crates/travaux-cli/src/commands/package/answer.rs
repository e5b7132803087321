//! What is done to a package that was proposed: `travaux package accept`, `reject`, `adopt` and
//! `withdraw`.

use chrono::NaiveDate;
use clap::Args;
use travaux::{CommitRequest, PackageAct, domain::StreamId};

use crate::{
    args::{Day, GlobalArgs},
    error::CliError,
    names,
    session::Session,
    view,
};

/// A package.
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// A handle, an id, or the beginning or end of one.
    package: String,
    #[command(flatten)]
    day: Day,
}

/// A package, and why.
#[derive(Debug, Args)]
pub(crate) struct WithReason {
    #[command(flatten)]
    of: Named,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

/// A package, and a date.
#[derive(Debug, Args)]
pub(crate) struct WithDate {
    #[command(flatten)]
    of: Named,
    /// From when its revisions apply.
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    effective_from: Option<NaiveDate>,
}

impl Named {
    pub(crate) fn accept(self, globals: &GlobalArgs) -> Result<(), CliError> {
        self.act(globals, &PackageAct::Accept)
    }

    /// Does one thing to it, and says what was done.
    fn act(&self, globals: &GlobalArgs, act: &PackageAct) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let actor = session.actor()?;
        let acts = session.engine.acts_on_package(id, &actor.party, act)?;
        let request = CommitRequest::new(actor, acts).on(self.day.on);
        let committed = session.engine.commit_request(&request)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}

impl WithReason {
    pub(crate) fn reject(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let reason = self.reason;
        self.of.act(globals, &PackageAct::Reject { reason })
    }

    pub(crate) fn withdraw(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let reason = self.reason;
        self.of.act(globals, &PackageAct::Withdraw { reason })
    }
}

impl WithDate {
    pub(crate) fn adopt(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let effective_from = self.effective_from;
        self.of.act(globals, &PackageAct::Adopt { effective_from })
    }
}
