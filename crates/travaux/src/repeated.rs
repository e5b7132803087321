//! A commit id that is known: whether what is asked for now is what was recorded then.
//!
//! Compared is what is recorded, not a digest of the request: the log holds no request, and its records keep their form. The acts behind the
//! recorded events are what was asked, but for what the decision found out (a number, a date). Where they differ from the acts of
//! today the acts are decided again on the states of then, as an audit does: who asked the same gets the same events.

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::{DateTime, Utc};
use travaux_domain::{AggregateState, Event, Handle, Others, Recorded, StreamCommand, StreamId};
use travaux_store::{Appended, Read};

use crate::{
    CommitRequest, Committed, Error,
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

/// Whether `request` asks for what these events are, as [`CommitRequest::id`] says.
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
    let by_actor = events.iter().all(|e| e.actor == request.actor);
    let on_streams = events
        .iter()
        .map(|e| e.stream)
        .eq(request.acts.iter().map(StreamCommand::stream));
    // An act is on its day whether that was said or is that of the recording.
    let on_days = events.iter().zip(&request.acts).all(|(event, act)| {
        let asked = request.context(act, event.recorded_at);
        asked.day() == event.context().day()
    });
    if !nothing_else || !by_actor || !on_streams || !on_days {
        return Ok(false);
    }
    let mut then = Then {
        core,
        request,
        first,
        states: BTreeMap::new(),
    };
    let behind = |e: &Recorded| StreamCommand::behind(e.stream, &e.event);
    let as_asked = request.acts.iter().cloned().map(Some);
    let same = events.iter().map(behind).eq(as_asked) || then.gives(events)?;
    Ok(same && (!request.handles || then.left_nothing_nameless(events, made)?))
}

/// The states as they were in front of a commit, and what was decided on them.
struct Then<'a> {
    core: &'a Core,
    request: &'a CommitRequest,
    first: u64,
    /// And whether their streams had begun.
    states: BTreeMap<StreamId, (AggregateState, bool)>,
}

impl Then<'_> {
    fn state(&mut self, stream: StreamId) -> Result<&mut (AggregateState, bool), Error> {
        Ok(match self.states.entry(stream) {
            Entry::Vacant(unknown) => {
                let before = |e: &Recorded| e.position < self.first;
                let (state, version) = folded(&*self.core.store, stream, before)?;
                unknown.insert((state, version > 0))
            }
            Entry::Occupied(known) => known.into_mut(),
        })
    }

    /// The event that an act gives at that time; none if it is refused.
    fn decide(&mut self, act: &StreamCommand, now: DateTime<Utc>) -> Result<Option<Event>, Error> {
        let context = self.request.context(act, now);
        let mut others = Vec::new();
        for other in self.state(act.stream())?.0.reads(act) {
            let (state, begun) = self.state(other)?;
            others.extend(begun.then(|| (other, state.clone())));
        }
        let (state, _) = self.state(act.stream())?;
        let decided = state.decide(act.clone(), &context, &Others::from_iter(others));
        Ok(decided.ok().map(|decided| decided.event))
    }

    fn evolve(&mut self, recorded: &Recorded) -> Result<(), Error> {
        let (state, begun) = self.state(recorded.stream)?;
        state.evolve(&recorded.event, &recorded.context());
        *begun = true;
        Ok(())
    }

    /// Whether the acts of the request give these events.
    fn gives(&mut self, events: &[Recorded]) -> Result<bool, Error> {
        for (act, recorded) in self.request.acts.iter().zip(events) {
            if self.decide(act, recorded.recorded_at)?.as_ref() != Some(&recorded.event) {
                return Ok(false);
            }
            self.evolve(recorded)?;
        }
        Ok(true)
    }

    /// Whether all that these events begin, and that could have got a handle, got one of those that were
    /// made.
    fn left_nothing_nameless(
        &mut self,
        events: &[Recorded],
        made: &[Recorded],
    ) -> Result<bool, Error> {
        let all: Vec<Recorded> = events.iter().chain(made).cloned().collect();
        let nameless = naming::nameless(&all);
        if nameless.is_empty() {
            return Ok(true);
        }
        // Whether or not the acts were decided again.
        self.states.clear();
        for recorded in &all {
            self.evolve(recorded)?;
        }
        for (stream, title) in nameless {
            let Some((kind, id)) = naming::kind_and_id(stream) else {
                continue;
            };
            for handle in Handle::made(&title, kind, id) {
                let (_, taken) = self.state(StreamId::Naming(handle.stream_id()))?;
                if *taken {
                    continue;
                }
                let now = all
                    .last()
                    .map_or(DateTime::<Utc>::MIN_UTC, |e| e.recorded_at);
                if self.decide(&handle.give(stream), now)?.is_some() {
                    return Ok(false);
                }
                break;
            }
        }
        Ok(true)
    }
}
