//! `travaux roadmap adopt`

use chrono::NaiveDate;
use clap::Args;
use travaux::domain::{
    Name, PartyId, StreamCommand, StreamId,
    roadmap::{ActionRef, RoadmapCommand},
};

use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Adopt the next version of a roadmap, by all parties: its dates are the baseline for good.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR roadmap adopt plan --consenting FR,MA --on 2025-02-01"
)]
pub(crate) struct Adopt {
    /// The roadmap: a handle, an id, or the beginning or end of one.
    roadmap: String,
    /// Its actions, each in its words of now; all that are open, if none is named.
    #[arg(long, value_name = "KEY,…", value_delimiter = ',')]
    actions: Vec<Name>,
    /// The parties that agree.
    #[arg(long, required = true, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    /// When it is adopted.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Adopt {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::roadmap(engine, &self.roadmap)?;
        let dossiers = engine.dossiers()?;
        let state = dossiers.roadmaps.get(&id).map(|view| &view.state);
        let known = state.iter().flat_map(|state| &state.actions);
        let named = |key: &Name| match self.actions.is_empty() {
            true => None,
            false => Some(self.actions.contains(key)),
        };
        let mut actions: Vec<_> = known
            .filter(|(key, record)| named(key).unwrap_or(record.is_open()))
            .map(|(key, record)| ActionRef {
                action: key.clone(),
                revision: record.revision,
            })
            .collect();
        // One that is not there is named as it is: the refusal says which there are.
        for key in &self.actions {
            if !actions.iter().any(|named| named.action == *key) {
                let (action, revision) = (key.clone(), 1);
                actions.push(ActionRef { action, revision });
            }
        }
        let before = state.and_then(|state| state.baselines.last());
        let adopted = RoadmapCommand::RoadmapVersionAdopted {
            on: self.on,
            version: before.map_or(0, |before| before.version).saturating_add(1),
            actions,
            consenting: self.consenting.into_iter().map(PartyId).collect(),
        };
        let acts = vec![StreamCommand::Roadmap(id, adopted)];
        let committed = engine.commit(None, &session.actor()?, acts)?;
        view::done(&session, StreamId::Roadmap(id), &committed)
    }
}
