//! `travaux body escalate` and `travaux body dissolve`: referrals that go to another body.

use std::{collections::BTreeSet, iter};

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        BodyId, Name, PartyId, StreamCommand, StreamId,
        body::{BodyCommand, JointBody, Referral, ReferralRef},
    },
};
use travaux_text::Lang;

use super::{not_among, standing};
use crate::{
    args::{GlobalArgs, date},
    commands::round::words,
    error::CliError,
    names,
    session::Session,
    view,
};

/// Send a referral one rung up, or to another body where all agree: that body takes it over in the
/// same commit.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA body escalate group --referral late --to council --on 2025-02-10"
)]
pub(crate) struct Escalate {
    /// The body: a handle, an id, or the beginning or end of one.
    body: String,
    /// The referral, by its key.
    #[arg(long)]
    referral: Name,
    /// The body that it goes to.
    #[arg(long, value_name = "BODY")]
    to: String,
    /// All parties, where it is not the next rung.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    consenting: Vec<Name>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

/// Dissolve a body. What it decided stays in effect; what is open goes to another body.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as MA body dissolve group --ground 'en=its work is done' --consenting FR,MA --on 2025-03-01"
)]
pub(crate) struct Dissolve {
    /// The body: a handle, an id, or the beginning or end of one.
    body: String,
    /// Why, in a language; named again for each language.
    #[arg(long, required = true, value_name = "LANG=WORDS", value_parser = words)]
    ground: Vec<(Lang, String)>,
    /// The body that open referrals go to.
    #[arg(long, value_name = "BODY")]
    move_to: Option<String>,
    /// All parties.
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    consenting: Vec<Name>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

/// The keys of what was referred to a body.
fn keys(body: &JointBody) -> BTreeSet<Name> {
    body.referrals.keys().cloned().collect()
}

/// A referral leaves a body and comes to another: under its key, or where that body has one of that
/// key, under the first that is free, such as `late-2`.
fn moved(
    (from, to): (BodyId, BodyId),
    keys: &mut BTreeSet<Name>,
    referral: &Referral,
    on: NaiveDate,
    consenting: &[PartyId],
) -> [StreamCommand; 2] {
    let sent = BodyCommand::ReferralEscalated {
        on,
        referral: referral.key.clone(),
        to,
        consenting: consenting.to_vec(),
    };
    let further = (2_u64..).map(|n| Name::from(format!("{}-{n}", referral.key)));
    let mut any = iter::once(referral.key.clone()).chain(further);
    let key = any.find(|key| keys.insert(key.clone()));
    let taken = BodyCommand::ChallengeReferred {
        on,
        referral: Referral {
            key: key.unwrap_or_else(|| referral.key.clone()),
            from: Some(ReferralRef {
                body: from,
                referral: referral.key.clone(),
            }),
            ..referral.clone()
        },
    };
    [
        StreamCommand::Body(from, sent),
        StreamCommand::Body(to, taken),
    ]
}

impl Escalate {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let (id, to) = (
            names::body(engine, &self.body)?,
            names::body(engine, &self.to)?,
        );
        let state = standing(engine, id)?;
        let Some(record) = state.referrals.get(&self.referral) else {
            return Err(not_among(
                "referral",
                &self.referral,
                state.referrals.keys(),
            ));
        };
        let consenting: Vec<_> = self.consenting.into_iter().map(PartyId).collect();
        let mut keys = keys(&standing(engine, to)?);
        let acts = moved((id, to), &mut keys, &record.referral, self.on, &consenting);
        let request = CommitRequest::new(session.actor()?, acts.to_vec());
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Body(id), &committed)
    }
}

impl Dissolve {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let id = names::body(engine, &self.body)?;
        let state = standing(engine, id)?;
        let consenting: Vec<_> = self.consenting.into_iter().map(PartyId).collect();
        let mut acts = Vec::new();
        if let Some(to) = &self.move_to {
            let to = names::body(engine, to)?;
            let mut keys = keys(&standing(engine, to)?);
            for open in state.open_referrals() {
                let moved = moved((id, to), &mut keys, &open.referral, self.on, &consenting);
                acts.extend(moved);
            }
        }
        let ended = BodyCommand::BodyDissolved {
            on: self.on,
            ground: self.ground.into_iter().collect(),
            consenting,
        };
        acts.push(StreamCommand::Body(id, ended));
        let request = CommitRequest::new(session.actor()?, acts);
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Body(id), &committed)
    }
}
