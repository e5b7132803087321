//! What an act did.

use serde::Serialize;
use travaux::{
    Committed,
    blocking::Engine,
    domain::{AgreementId, Revision},
    projections::{Projection as _, Timeline},
};

use super::timeline;
use crate::{error::CliError, session::Session};

#[derive(Serialize)]
struct Done {
    agreement: Option<AgreementId>,
    revision: Option<Revision>,
    positions: Vec<u64>,
    what: Vec<String>,
}

/// Says what was done to an agreement, and keeps the views.
pub(crate) fn done_to(
    session: &Session,
    agreement: AgreementId,
    committed: &Committed,
) -> Result<(), CliError> {
    say(session, Some(agreement), committed)
}

/// Says what was done, and keeps the views.
pub(crate) fn done(session: &Session, committed: &Committed) -> Result<(), CliError> {
    say(session, None, committed)
}

fn say(
    session: &Session,
    agreement: Option<AgreementId>,
    committed: &Committed,
) -> Result<(), CliError> {
    session.engine.save()?;
    let mut told = Timeline::default();
    committed.events.iter().for_each(|event| told.apply(event));
    if session.output.is_json() {
        return session.output.document(&Done {
            agreement,
            revision: Engine::proposed_revision(committed),
            positions: committed.events.iter().map(|e| e.position).collect(),
            what: told.entries.into_iter().map(|e| e.what).collect(),
        });
    }
    let id = agreement
        .map(|id| format!("agreement {id}\n"))
        .unwrap_or_default();
    session.output.text(&format!("{id}{}", timeline(&told)))
}
