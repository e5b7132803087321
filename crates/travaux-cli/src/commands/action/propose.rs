//! `travaux action propose`

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        Name, StreamCommand, StreamId,
        partnership::{FollowUp, Link, OfficeHolder},
        roadmap::{Action, Due, Recurrence, RoadmapCommand},
    },
};
use travaux_text::Lang;

use super::parts::{clauses, due, holder, in_language, item, recurrence, words};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Propose an action: what is to be done, by which offices, by when.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR action propose plan/posts --title 'en=Joint posts' --area migration --lead FR:Prefecture --support MA:Wilaya --due '30 days after completion of forms' --on 2025-02-01"
)]
pub(crate) struct Propose {
    /// The roadmap by a handle, an id, or the beginning or end of one; the key of the new action.
    #[arg(value_name = "ROADMAP/ACTION")]
    action: String,
    /// What is to be done, by language; named again for each.
    #[arg(long, required = true, value_name = "LANG=WORDS", value_parser = in_language)]
    title: Vec<(Lang, String)>,
    /// The area of the framework, by its key.
    #[arg(long)]
    area: Name,
    /// The lead office of a party; named again for each party that has one.
    #[arg(long, required = true, value_name = "PARTY:OFFICE[:NAME]", value_parser = holder)]
    lead: Vec<OfficeHolder>,
    /// An office that supports it; named again for each.
    #[arg(long, value_name = "PARTY:OFFICE[:NAME]", value_parser = holder)]
    support: Vec<OfficeHolder>,
    /// When it is planned to begin: a date, `completion of KEY`, a time after that.
    #[arg(long, value_parser = due)]
    start: Option<Due>,
    /// When it is due, said likewise; `end of the quarter of` one counts too.
    #[arg(long, value_parser = due)]
    due: Option<Due>,
    /// How it recurs from then on, such as FREQ=MONTHLY;INTERVAL=3;COUNT=4.
    #[arg(long, value_parser = recurrence)]
    recurs: Option<Recurrence>,
    /// A clause that it carries out, by its label or its id; named again for each.
    #[arg(long, value_name = "AGREEMENT/PROVISION")]
    clause: Vec<String>,
    /// The item of a meeting that it follows up: both say so.
    #[arg(long, value_name = "MEETING/KEY")]
    source: Option<String>,
    /// When it is proposed.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Propose {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let (id, key) = names::action(engine, &self.action)?;
        let source = self.source.as_deref();
        let source = source.map(|words| item(engine, words)).transpose()?;
        let on = self.on;
        let action = Action {
            key: key.clone(),
            title: words(self.title)?,
            area: self.area,
            leads: self.lead,
            supports: self.support,
            start: self.start,
            due: self.due,
            recurs: self.recurs,
            clauses: clauses(engine, &self.clause, &[])?,
        };
        let proposed = RoadmapCommand::ActionProposed { on, action };
        let mut acts = vec![StreamCommand::Roadmap(id, proposed)];
        if let Some(item) = source {
            let (roadmap, action) = (id, key);
            let to = FollowUp::Action { roadmap, action };
            acts.extend(Link { item, to, on }.commands());
        }
        let committed = engine.commit_request(&CommitRequest::new(session.actor()?, acts))?;
        view::done(&session, StreamId::Roadmap(id), &committed)
    }
}
