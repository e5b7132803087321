//! `travaux roadmap propose`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Handle, Name, PartyId, StreamCommand,
    roadmap::{RoadmapCommand, RoadmapPlan},
};

use crate::{
    args::{GlobalArgs, date},
    commands::begin::{begin, parties},
    error::CliError,
    names,
    session::Session,
};

/// Propose a roadmap under a framework; its actions are proposed one by one.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR roadmap propose 0199 --title 'Roadmap 2025-2026' --zone Africa/Casablanca --on 2025-01-10 --handle plan-2"
)]
pub(crate) struct Propose {
    /// The framework: a handle, an id, or the beginning or end of one.
    framework: String,
    /// What it is called.
    #[arg(long)]
    title: String,
    /// The zone in which its days begin and end, such as Africa/Casablanca.
    #[arg(long)]
    zone: Name,
    /// Whose it is; all parties to the framework, if nobody is named.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    between: Vec<Name>,
    /// The body that follows it, by its key: it assesses, and accepts what was met.
    #[arg(long)]
    body: Option<Name>,
    /// That body may move due dates.
    #[arg(long, requires = "body")]
    body_moves: bool,
    /// When it is proposed.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
    /// What people call it; made from the title if nothing is said.
    #[arg(long)]
    handle: Option<Handle>,
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let framework = names::framework(engine, &self.framework)?;
        let parties = match &self.between[..] {
            [] => parties(engine, framework)?,
            some => some.iter().cloned().map(PartyId).collect(),
        };
        let plan = RoadmapPlan {
            framework,
            title: self.title,
            parties,
            zone: self.zone,
            body: self.body,
            body_moves: self.body_moves,
        };
        let id = engine.new_roadmap_id();
        let proposed = RoadmapCommand::RoadmapProposed { on: self.on, plan };
        begin(&session, StreamCommand::Roadmap(id, proposed), self.handle)
    }
}
