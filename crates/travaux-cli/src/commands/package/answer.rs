//! What is done to a package that was proposed: `travaux package accept`, `reject`, `adopt` and
//! `withdraw`.

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    Committed,
    blocking::Engine,
    domain::{Actor, PackageId, StreamId},
};

use crate::{args::GlobalArgs, error::CliError, names, session::Session, view};

/// A package.
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// A handle, an id, or the beginning or end of one.
    package: String,
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
        self.act(globals, |engine, id, actor| {
            engine.accept_package(id, actor)
        })
    }

    /// Does one thing to it, and says what was done.
    fn act(
        &self,
        globals: &GlobalArgs,
        act: impl FnOnce(&Engine, PackageId, &Actor) -> Result<Committed, travaux::Error>,
    ) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let id = names::package(&session.engine, &self.package)?;
        let committed = act(&session.engine, id, &session.actor()?)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}

impl WithReason {
    pub(crate) fn reject(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let reason = self.reason;
        let act = |engine: &Engine, id, actor: &_| engine.reject_package(id, actor, reason);
        self.of.act(globals, act)
    }

    pub(crate) fn withdraw(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let reason = self.reason;
        let act = |engine: &Engine, id, actor: &_| engine.withdraw_package(id, actor, reason);
        self.of.act(globals, act)
    }
}

impl WithDate {
    pub(crate) fn adopt(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let from = self.effective_from;
        let act = |engine: &Engine, id, actor: &_| engine.adopt_package(id, actor, from);
        self.of.act(globals, act)
    }
}
