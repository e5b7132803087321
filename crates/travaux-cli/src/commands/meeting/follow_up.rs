//! `travaux meeting follow-up`

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        Name, StreamId,
        partnership::{FollowUp as To, ItemRef, Link},
    },
};

use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names::{self, Kind},
    session::Session,
    view,
};

/// Follow an item up by an agreement, a package, an area, a body, a procedure, an indicator,
/// another meeting or an action: both say so.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR meeting follow-up rabat areas --by paris --on 2025-06-25"
)]
pub(crate) struct FollowUp {
    /// The meeting: a handle, an id, or the beginning or end of one.
    meeting: String,
    /// The item, by its key.
    item: Name,
    /// The agreement, the package, the meeting, the body, the procedure, the indicator; with
    /// `--area` the framework, with `--action` the roadmap.
    #[arg(long)]
    by: String,
    /// The area of the framework, by its key.
    #[arg(long)]
    area: Option<Name>,
    /// The action of the roadmap, by its key.
    #[arg(long, conflicts_with = "area")]
    action: Option<Name>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl FollowUp {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let meeting = names::meeting(engine, &self.meeting)?;
        let to = match (self.area, self.action) {
            (_, Some(action)) => {
                let roadmap = names::roadmap(engine, &self.by)?;
                To::Action { roadmap, action }
            }
            (Some(area), None) => {
                let framework = names::framework(engine, &self.by)?;
                To::Area { framework, area }
            }
            (None, None) => followed_by(names::find(engine, &self.by, &KINDS)?)?,
        };
        let link = Link {
            item: ItemRef {
                meeting,
                item: self.item,
            },
            to,
            on: self.on,
        };
        let request = CommitRequest::new(session.actor()?, link.commands().to_vec());
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Meeting(meeting), &committed)
    }
}

/// What follows an item up as a whole.
const KINDS: [Kind; 6] = [
    Kind::Agreement,
    Kind::Package,
    Kind::Meeting,
    Kind::Body,
    Kind::Procedure,
    Kind::Indicator,
];

fn followed_by(stream: StreamId) -> Result<To, CliError> {
    match stream {
        StreamId::Agreement(id) => Ok(To::Agreement(id)),
        StreamId::Package(id) => Ok(To::Round(id)),
        StreamId::Meeting(id) => Ok(To::Meeting(id)),
        StreamId::Body(id) => Ok(To::Body(id)),
        StreamId::Procedure(id) => Ok(To::Procedure(id)),
        StreamId::Indicator(id) => Ok(To::Indicator(id)),
        other => Err(CliError::Usage(format!("{other} follows no item up"))),
    }
}
