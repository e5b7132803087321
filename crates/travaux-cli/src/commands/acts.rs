//! `travaux withdraw`, `accept`, `reject`, `adopt`, `authenticate`, `abandon`

use chrono::NaiveDate;
use serde::Serialize;
use travaux::{
    Committed,
    blocking::Engine,
    domain::{
        AgreementId, PartyId, Revision,
        agreement::{AgreementCommand, Votes},
    },
    projections::{Projection as _, Timeline},
};

use crate::{args::Answer, commands::history, error::CliError, names, session::Session};

#[derive(Serialize)]
struct Done {
    agreement: Option<AgreementId>,
    revision: Option<Revision>,
    positions: Vec<u64>,
    what: Vec<String>,
}

/// Says what was done, and keeps the views.
pub(crate) fn done(
    session: &Session,
    agreement: Option<AgreementId>,
    committed: &Committed,
) -> Result<(), CliError> {
    session.engine.save()?;
    let mut timeline = Timeline::default();
    committed
        .events
        .iter()
        .for_each(|event| timeline.apply(event));
    if session.output.is_json() {
        return session.output.document(&Done {
            agreement,
            revision: Engine::proposed_revision(committed),
            positions: committed.events.iter().map(|e| e.position).collect(),
            what: timeline.entries.into_iter().map(|e| e.what).collect(),
        });
    }
    let id = agreement
        .map(|id| format!("agreement {id}\n"))
        .unwrap_or_default();
    session
        .output
        .text(&format!("{id}{}", history::render(&timeline)))
}

fn one(session: &Session, agreement: &str, command: AgreementCommand) -> Result<(), CliError> {
    let (id, _) = names::record(&session.engine, agreement)?;
    let committed = session.engine.act(id, &session.actor()?, [command])?;
    done(session, Some(id), &committed)
}

pub(crate) fn withdraw(session: &Session, answer: Answer) -> Result<(), CliError> {
    let command = AgreementCommand::WithdrawRevision {
        revision: Revision(answer.revision),
        reason: answer.reason,
    };
    one(session, &answer.agreement, command)
}

pub(crate) fn accept(session: &Session, answer: &Answer) -> Result<(), CliError> {
    one(
        session,
        &answer.agreement,
        AgreementCommand::AcceptRevision {
            revision: Revision(answer.revision),
        },
    )
}

pub(crate) fn reject(session: &Session, answer: Answer) -> Result<(), CliError> {
    let command = AgreementCommand::RejectRevision {
        revision: Revision(answer.revision),
        reason: answer.reason,
    };
    one(session, &answer.agreement, command)
}

pub(crate) fn adopt(
    session: &Session,
    agreement: &str,
    revision: u32,
    effective_from: Option<NaiveDate>,
    votes: &[u32],
) -> Result<(), CliError> {
    let revision = Revision(revision);
    if let [for_it, against] = *votes {
        let votes = Votes { for_it, against };
        return one(
            session,
            agreement,
            AgreementCommand::AdoptByVote {
                revision,
                votes,
                effective_from,
            },
        );
    }
    if !votes.is_empty() {
        return Err(CliError::Usage(format!(
            "--votes: expected two numbers, for and against, found {}",
            votes.len()
        )));
    }
    one(
        session,
        agreement,
        AgreementCommand::AdoptText {
            revision,
            effective_from,
            package: None,
            elsewhere: None,
        },
    )
}

pub(crate) fn authenticate(
    session: &Session,
    agreement: &str,
    method: String,
) -> Result<(), CliError> {
    let (_, shared) = names::record(&session.engine, agreement)?;
    let parties: Vec<PartyId> = shared
        .lock()
        .agreement
        .identity
        .iter()
        .flat_map(|i| i.parties.iter().map(|p| p.id.clone()))
        .collect();
    one(
        session,
        agreement,
        AgreementCommand::AuthenticateText { method, parties },
    )
}

pub(crate) fn abandon(
    session: &Session,
    agreement: &str,
    reason: Option<String>,
) -> Result<(), CliError> {
    one(
        session,
        agreement,
        AgreementCommand::AbandonNegotiation { reason },
    )
}
