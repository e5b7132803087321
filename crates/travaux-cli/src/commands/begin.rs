//! What the commands share that begin something under a framework.

use travaux::{
    CommitRequest,
    blocking::Engine,
    domain::{FrameworkId, Handle, PartyId, StreamCommand},
};

use crate::{error::CliError, session::Session, view};

/// All parties to a framework.
pub(super) fn parties(engine: &Engine, framework: FrameworkId) -> Result<Vec<PartyId>, CliError> {
    let view = engine.framework(framework)?;
    let founded = view.state.foundation.iter();
    let parties = founded.flat_map(|founded| &founded.parties);
    Ok(parties.map(|party| party.id.clone()).collect())
}

/// Records the act that begins a stream, with the handle that it is given, and answers.
pub(super) fn begin(
    session: &Session,
    act: StreamCommand,
    handle: Option<Handle>,
) -> Result<(), CliError> {
    let stream = act.stream();
    let given = handle.map(|handle| handle.give(stream));
    let acts = [act].into_iter().chain(given).collect();
    let request = CommitRequest::new(session.actor()?, acts).with_handles();
    let committed = session.engine.commit_request(&request)?;
    view::done(session, stream, &committed)
}
