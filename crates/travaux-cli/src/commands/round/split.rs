//! `travaux round split`

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::Args;
use travaux::{
    CommitRequest,
    domain::{
        AgreementId, Name, PartyId, StreamCommand, StreamId,
        agreement::AgreementCommand,
        package::{Member, PackageCommand, Round, RoundCommand, RoundOpening, RoundPart},
    },
};

use super::member;
use crate::{
    args::{GlobalArgs, date},
    error::CliError,
    names,
    session::Session,
    view,
};

/// Split a round into parts, by consent of all parties of all its members.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: travaux --as FR round split spring --part 'Spring security=security' --part 'Spring visas=visas' --consenting FR,MA --on 2025-03-05"
)]
pub(crate) struct Split {
    /// The round: a handle, an id, or the beginning or end of one.
    round: String,
    /// A part, by its title, with the agreements that go into it; named again for each.
    #[arg(long = "part", required = true, value_name = "TITLE=A,B", value_parser = part)]
    parts: Vec<(String, Vec<String>)>,
    /// All parties of all members.
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    consenting: Vec<Name>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: NaiveDate,
}

/// A part: its title, and its members.
fn part(text: &str) -> Result<(String, Vec<String>), String> {
    let parts = text
        .rsplit_once('=')
        .filter(|(title, _)| !title.trim().is_empty());
    let (title, members) = parts.ok_or("expected TITLE=A,B, such as `Security=treaty,protocol`")?;
    let members = members.split(',').map(|name| name.trim().to_owned());
    Ok((
        title.to_owned(),
        members.filter(|name| !name.is_empty()).collect(),
    ))
}

impl Split {
    pub(crate) fn run(self, globals: &GlobalArgs) -> Result<(), CliError> {
        let session = Session::open(globals)?;
        let engine = &session.engine;
        let (id, round) = member::round(&session, &self.round)?;
        let mut parts = Vec::new();
        for (title, members) in &self.parts {
            let members = members.iter().map(|name| names::agreement(engine, name));
            let members = members.collect::<Result<Vec<_>, _>>()?;
            let package = engine.new_package_id();
            parts.push((title, RoundPart { package, members }));
        }
        let split = RoundCommand::Split {
            on: self.on,
            parts: parts.iter().map(|(_, part)| part.clone()).collect(),
            consenting: self.consenting.into_iter().map(PartyId).collect(),
        };
        let mut acts = vec![StreamCommand::Package(id, PackageCommand::Round(split))];
        for (title, part) in parts {
            let opening = RoundOpening {
                on: self.on,
                title: title.clone(),
                framework: round.opening.framework,
                mandate: round.opening.mandate.clone(),
                members: members_of(&round, &part.members),
                of: Some(id),
            };
            let open = PackageCommand::Round(RoundCommand::Open(opening));
            acts.push(StreamCommand::Package(part.package, open));
            acts.extend(moved(&round, &part));
        }
        let request = CommitRequest::new(session.actor()?, acts).with_handles();
        let committed = engine.commit_request(&request)?;
        view::done(&session, StreamId::Package(id), &committed)
    }
}

/// The members of a part, as they stand.
fn members_of(round: &Round, members: &[AgreementId]) -> Vec<Member> {
    let known: BTreeMap<_, _> = round.members.iter().collect();
    let members = members.iter().filter_map(|member| known.get(member));
    members.map(|member| (*member).clone()).collect()
}

/// The revisions that go to a part.
fn moved(round: &Round, part: &RoundPart) -> Vec<StreamCommand> {
    let revisions = part.members.iter().filter_map(|member| {
        let revision = round.members.get(member)?.standing.revision?;
        let package = part.package;
        let moves = AgreementCommand::RepackageRevision { revision, package };
        Some(StreamCommand::Agreement(*member, moves))
    });
    revisions.collect()
}
