//! `travaux body decide`

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        Name, PartyId, StreamCommand, StreamId,
        body::{BodyCommand, How, Matter},
    },
};

use super::{amendments, not_among, standing};
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Adopt a draft, with the amendments of annexes that it makes, in one commit.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA body decide group --decision advice --number 1/2025 --consenting FR,MA --on 2025-02-10"
)]
pub(crate) struct Decide {
    /// The body: a handle, an id, or the beginning or end of one.
    body: String,
    /// The draft, by its key.
    #[arg(long)]
    decision: Name,
    /// Its number, such as 1/2025.
    #[arg(long)]
    number: Option<Name>,
    /// The competence on which it rests, by its key; the first that gives it, if none is named.
    #[arg(long)]
    competence: Option<Name>,
    /// The session at which it is adopted.
    #[arg(long, value_name = "MEETING", conflicts_with = "in_writing")]
    session: Option<String>,
    /// All parties, each once.
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        required_unless_present = "in_writing"
    )]
    consenting: Vec<Name>,
    /// By the answers in writing that are on record, and silence where the rules say so.
    #[arg(long, conflicts_with = "consenting")]
    in_writing: bool,
    /// When it is adopted.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

impl Decide {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::body(engine, &self.body)?;
        let state = standing(engine, id)?;
        let Some(record) = state.decisions.get(&self.decision) else {
            return Err(not_among("draft", &self.decision, state.decisions.keys()));
        };
        let draft = &record.draft;
        let mut agreements = Vec::new();
        for agreement in state.rests_on() {
            agreements.push((agreement, engine.record(agreement)?));
        }
        let found = state.competent(
            &Matter {
                verb: draft.verb,
                subject: Some(&draft.subject),
                annexes: &draft.annexes,
                by: self.competence.as_ref(),
                on: self.on,
                known_at: None,
            },
            |wanted| {
                let known = agreements.iter().find(|(id, _)| *id == wanted);
                known.map(|(_, record)| &*record.agreement)
            },
        );
        // Where there is none, the rules say so, and why.
        let any = || state.competences.first().map(|h| h.competence.key.clone());
        let competence = self.competence.or(found.competence).or_else(any);
        let Some(competence) = competence else {
            return Err(CliError::Usage(found.why));
        };
        let how = match self.in_writing {
            true => How::InWriting,
            false => How::Together {
                session: self
                    .session
                    .map(|name| names::meeting(engine, &name))
                    .transpose()?,
                consenting: self.consenting.into_iter().map(PartyId).collect(),
            },
        };
        let pending: Vec<_> = record.requirements.keys().cloned().collect();
        let amends = match pending.is_empty() {
            true => draft.annexes.clone(),
            false => Vec::new(),
        };
        let key = state
            .establishment
            .as_ref()
            .map_or("", |own| own.key.as_str());
        let carried: Vec<_> = amendments(key, &amends).collect();
        let adopted = BodyCommand::DecisionAdopted {
            on: self.on,
            decision: self.decision,
            number: self.number,
            competence,
            how,
            effects: draft.effects.clone(),
            pending,
            amends,
        };
        let acts = [StreamCommand::Body(id, adopted)]
            .into_iter()
            .chain(carried);
        let request = CommitRequest::new(session.actor()?, acts.collect());
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Body(id), &committed)
    }
}
