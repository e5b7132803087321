//! `travaux action revise`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Name, PartyId, StreamCommand, StreamId,
    partnership::OfficeHolder,
    roadmap::{Due, Recurrence, RoadmapCommand},
};
use travaux_text::Lang;

use super::parts::{clauses, due, holder, in_language, recurrence, words};
use crate::{
    args::{GlobalArgs, date, number},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Put an action in other words: what is not named stays as it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA action revise plan/forms --support MA:Wilaya --on 2025-03-01"
)]
pub(crate) struct Revise {
    /// The roadmap by a handle, an id, or the beginning or end of one; the action by its key.
    #[arg(value_name = "ROADMAP/ACTION")]
    action: String,
    /// The revision that it changes; the last one, if nothing is said.
    #[arg(long, value_name = "N", value_parser = number::<u32>)]
    base: Option<u32>,
    /// What is to be done, by language.
    #[arg(long, value_name = "LANG=WORDS", value_parser = in_language)]
    title: Vec<(Lang, String)>,
    /// The area of the framework, by its key.
    #[arg(long)]
    area: Option<Name>,
    /// The lead offices, in place of those that there are.
    #[arg(long, value_name = "PARTY:OFFICE[:NAME]", value_parser = holder)]
    lead: Vec<OfficeHolder>,
    /// The offices that support it, in place of those that there are.
    #[arg(long, value_name = "PARTY:OFFICE[:NAME]", value_parser = holder)]
    support: Vec<OfficeHolder>,
    /// When it is planned to begin.
    #[arg(long, value_parser = due)]
    start: Option<Due>,
    /// When it is due; once adopted, that is moved.
    #[arg(long, value_parser = due)]
    due: Option<Due>,
    /// How it recurs.
    #[arg(long, value_parser = recurrence)]
    recurs: Option<Recurrence>,
    /// The clauses that it carries out, in place of those that there are.
    #[arg(long, value_name = "AGREEMENT/PROVISION")]
    clause: Vec<String>,
    /// It carries out no clause any more.
    #[arg(long, conflicts_with = "clause")]
    no_clauses: bool,
    /// All parties to the roadmap, where it was adopted and more than one's own offices changes.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    /// When it is revised.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Revise {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let (id, key) = names::action(engine, &self.action)?;
        let dossiers = engine.dossiers()?;
        let view = dossiers.roadmaps.get(&id);
        let Some(record) = view.and_then(|view| view.state.actions.get(&key)) else {
            return Err(CliError::Usage(format!(
                "the roadmap has no action `{key}`; `travaux roadmap show` lists them"
            )));
        };
        let mut action = record.action.clone();
        action.title.extend(words(self.title)?);
        action.area = self.area.unwrap_or(action.area);
        for (given, own) in [
            (self.lead, &mut action.leads),
            (self.support, &mut action.supports),
        ] {
            if !given.is_empty() {
                *own = given;
            }
        }
        action.start = self.start.or(action.start);
        action.due = self.due.or(action.due);
        action.recurs = self.recurs.or(action.recurs);
        if self.no_clauses {
            action.clauses.clear();
        }
        if !self.clause.is_empty() {
            action.clauses = clauses(engine, &self.clause, &action.clauses)?;
        }
        let revised = RoadmapCommand::ActionRevised {
            on: self.on,
            base: self.base.unwrap_or(record.revision),
            action,
            consenting: self.consenting.into_iter().map(PartyId).collect(),
        };
        let acts = vec![StreamCommand::Roadmap(id, revised)];
        let committed = engine.commit(None, &session.actor()?, acts)?;
        view::done(&session, StreamId::Roadmap(id), &committed)
    }
}
