//! A commit id that is known: whether what is asked for now is what was recorded then.
//!
//! Compared is what is recorded, not a digest of the request: the log holds no request, and its records keep their form. The acts behind the
//! recorded events are what was asked, but for what the decision found out (a number, a date). Where they differ from the acts of
//! today the acts are decided again on the states of then, as an audit does: who asked the same gets the same events.

use std::collections::{BTreeMap, btree_map::Entry};

use travaux_domain::{AggregateState, Context, Others, Recorded, StreamCommand};
use travaux_store::{Appended, Read};

use crate::{
    Committed, Error,
    commit::CommitRequest,
    core::Core,
    error::CommitIdTaken,
    naming,
    reader::{folded, read_recorded},
};

/// The commit under the id that `request` names, if there is one and it is the same.
///
/// # Errors
/// [`Error::CommitIdTaken`] if it is another one.
pub(crate) fn find(core: &Core, request: &CommitRequest) -> Result<Option<Committed>, Error> {
    let Some(id) = request.id else {
        return Ok(None);
    };
    let Some(appended) = core.store.find_commit(id)? else {
        return Ok(None);
    };
    let events = events_of(core, appended)?;
    if is_same(core, request, appended.first, &events)? {
        return Ok(Some(Committed {
            events,
            repeated: true,
        }));
    }
    Err(Error::CommitIdTaken(Box::new(CommitIdTaken {
        id,
        first: appended.first,
        recorded: events
            .iter()
            .map(|e| (e.stream, e.event.type_name()))
            .collect(),
        recorded_by: events.into_iter().next().map(|e| e.actor),
        asked: request.acts.iter().map(StreamCommand::stream).collect(),
        asked_by: request.actor.clone(),
    })))
}

fn events_of(core: &Core, appended: Appended) -> Result<Vec<Recorded>, Error> {
    let many = usize::try_from(appended.last - appended.first + 1).unwrap_or(1);
    read_recorded(&*core.store, Read::log(appended.first).limit(many))
        .take_while(|e| e.as_ref().map_or(true, |e| e.position <= appended.last))
        .collect()
}

fn is_same(
    core: &Core,
    request: &CommitRequest,
    first: u64,
    events: &[Recorded],
) -> Result<bool, Error> {
    // Handles that were made are no acts that anybody asked for.
    let asked = request.acts.len().min(events.len());
    let (events, made) = events.split_at(asked);
    let nothing_else = made.is_empty() || (request.handles && naming::only_names(events, made));
    if !nothing_else {
        return Ok(false);
    }
    let by_actor = events.iter().all(|e| e.actor == request.actor);
    let on_streams = events
        .iter()
        .map(|e| e.stream)
        .eq(request.acts.iter().map(StreamCommand::stream));
    if !by_actor || !on_streams {
        return Ok(false);
    }
    let behind = |e: &Recorded| StreamCommand::behind(e.stream, &e.event);
    let as_asked = request.acts.iter().cloned().map(Some);
    if events.iter().map(behind).eq(as_asked) {
        return Ok(true);
    }
    decided_again(core, request, first, events)
}

/// Whether the acts give these events on the states in front of them.
fn decided_again(
    core: &Core,
    request: &CommitRequest,
    first: u64,
    events: &[Recorded],
) -> Result<bool, Error> {
    let mut states = BTreeMap::new();
    for (act, recorded) in request.acts.iter().zip(events) {
        let context = Context {
            actor: request.actor.clone(),
            now: recorded.recorded_at,
        };
        let mut before = |stream| -> Result<(AggregateState, bool), Error> {
            Ok(match states.entry(stream) {
                Entry::Vacant(unknown) => {
                    let (state, version) = folded(&*core.store, stream, |e| e.position < first)?;
                    unknown.insert((state, version > 0))
                }
                Entry::Occupied(known) => known.into_mut(),
            }
            .clone())
        };
        let mut others = Vec::new();
        for other in before(recorded.stream)?.0.reads(act) {
            let (state, begun) = before(other)?;
            others.extend(begun.then_some((other, state)));
        }
        let others = Others::from_iter(others);
        let Some((state, begun)) = states.get_mut(&recorded.stream) else {
            return Ok(false);
        };
        match state.decide(act.clone(), &context, &others) {
            Ok(decided) if decided.event == recorded.event => {}
            Ok(_) | Err(_) => return Ok(false),
        }
        state.evolve(&recorded.event, &context);
        *begun = true;
    }
    Ok(true)
}
