//! Commits: acts are decided in order, each on the state that those before it have left, and appended as one; anew where others were
//! faster.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use travaux_domain::{
    Actor, AggregateState, AgreementId, Context, Decided, Event, EventId, Others, Recorded,
    StreamCommand, StreamId,
};
use travaux_projections::AgreementRecord;
use travaux_store::{AppendError, Commit, CommitId, EnvelopeActor, Expected, Guard, Read};

use crate::{
    Committed, Error, Shared, blocking::Engine, encode, reader::read_recorded, records::Held,
};

/// How often a commit is decided anew when others were faster.
const ATTEMPTS: u32 = 8;

/// What a commit is to be: acts, decided in order, each on the state that those before it have left.
#[derive(Clone, Debug)]
pub(crate) struct CommitRequest {
    pub(crate) id: Option<CommitId>,
    pub(crate) actor: Actor,
    pub(crate) acts: Vec<StreamCommand>,
}

impl Engine {
    pub(crate) fn run(&self, request: &CommitRequest) -> Result<Committed, Error> {
        let id = request
            .id
            .unwrap_or_else(|| CommitId(self.ports.ids.next()));
        if request.id.is_some()
            && let Some(appended) = self.store.find_commit(id)?
        {
            let read = Read::log(appended.first)
                .limit(usize::try_from(appended.last - appended.first + 1).unwrap_or(1));
            let events: Result<Vec<_>, _> = read_recorded(&*self.store, read)
                .take_while(|e| e.as_ref().is_ok_and(|e| e.position <= appended.last))
                .collect();
            return Ok(Committed {
                events: events?,
                repeated: true,
            });
        }
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.attempt(id, request) {
                Err(Error::Append(last @ AppendError::Conflict { .. })) if attempts == ATTEMPTS => {
                    return Err(Error::Conflict { attempts, last });
                }
                Err(Error::Append(AppendError::Conflict { .. })) => {}
                done => return done,
            }
        }
    }

    /// Locks the records that the request needs, in the order of their ids, so that no two plans wait for each other.
    fn attempt(&self, id: CommitId, request: &CommitRequest) -> Result<Committed, Error> {
        let named = |act: &StreamCommand| std::iter::once(act.stream()).chain(act.reads());
        let mut ids: Vec<AgreementId> = request
            .acts
            .iter()
            .flat_map(named)
            .filter_map(agreement_of)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let shared: Vec<(AgreementId, Shared)> = ids
            .into_iter()
            .map(|id| (id, self.records.entry(id)))
            .collect();
        let mut held: BTreeMap<AgreementId, Held<'_>> = shared
            .iter()
            .map(|(id, shared)| (*id, shared.lock()))
            .collect();
        for (id, record) in &mut held {
            self.records.catch_up(*id, None, record)?;
        }
        let mut work = CommitAttempt {
            engine: self,
            held,
            small: BTreeMap::new(),
            guards: Vec::new(),
            touched: Vec::new(),
        };
        let done = work.decide_and_append(id, request);
        if done.is_err() {
            // What was decided and not appended must not be seen.
            work.touched.iter().for_each(|id| {
                if let Some(record) = work.held.get_mut(id) {
                    **record = AgreementRecord::default();
                }
            });
            let touched = std::mem::take(&mut work.touched);
            drop(work);
            touched.into_iter().for_each(|id| self.records.forget(id));
        } else {
            work.held
                .iter_mut()
                .for_each(|(id, record)| self.save_record_when_due(*id, record));
        }
        done
    }

    fn small_state(&self, stream: StreamId) -> Result<(AggregateState, u64), Error> {
        let mut state = stream.initial();
        let mut version = 0;
        for recorded in read_recorded(&*self.store, Read::stream(stream.to_string(), 1)) {
            let recorded = recorded?;
            state.evolve(&recorded.event, &recorded.context());
            version = recorded.version;
        }
        Ok((state, version))
    }
}

fn agreement_of(stream: StreamId) -> Option<AgreementId> {
    match stream {
        StreamId::Agreement(id) => Some(id),
        _ => None,
    }
}

/// One attempt at a commit.
struct CommitAttempt<'a> {
    engine: &'a Engine,
    held: BTreeMap<AgreementId, Held<'a>>,
    small: BTreeMap<StreamId, (AggregateState, u64)>,
    guards: Vec<Guard>,
    touched: Vec<AgreementId>,
}

impl CommitAttempt<'_> {
    fn decide_and_append(
        &mut self,
        id: CommitId,
        request: &CommitRequest,
    ) -> Result<Committed, Error> {
        let context = Context {
            actor: request.actor.clone(),
            now: self.engine.now(),
        };
        let mut decided: Vec<(StreamId, u64, Decided<Event>)> =
            Vec::with_capacity(request.acts.len());
        for act in &request.acts {
            decided.push(self.decide(act.clone(), &context)?);
        }
        let mut events = Vec::with_capacity(decided.len());
        let mut attachments = BTreeMap::new();
        let mut recorded = Vec::with_capacity(decided.len());
        for (stream, version, Decided { event, legal_basis }) in decided {
            let event_id = self.engine.ports.ids.next();
            let (new, attached) = encode(
                stream,
                (event_id, self.engine.ports.ids.nonce()),
                &event,
                Some(&legal_basis),
            )?;
            events.push(new);
            attachments.extend(attached.into_iter().map(|a| (a.id, a)));
            let (recorded_at, actor) = (context.now, context.actor.clone());
            let (id, legal_basis) = (EventId(event_id), Some(legal_basis));
            recorded.push(Recorded {
                position: 0,
                stream,
                version,
                id,
                recorded_at,
                actor,
                event,
                legal_basis,
            });
        }
        let appended = self.engine.store.append(Commit {
            id,
            recorded_at: context.now,
            actor: EnvelopeActor {
                party: request.actor.party.0.clone(),
                person: request.actor.person.clone(),
            },
            correlation: id.0,
            causation: None,
            guards: std::mem::take(&mut self.guards),
            events,
            attachments: attachments.into_values().collect(),
        })?;
        for (position, event) in (appended.first..).zip(&mut recorded) {
            event.position = position;
        }
        let mut views = self
            .engine
            .views
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        views.offer(&recorded);
        self.engine.save_views_when_due(&mut views);
        drop(views);
        Ok(Committed {
            events: recorded,
            repeated: false,
        })
    }

    /// Decides one act and lets its event change the state that the next one is decided on.
    fn decide(
        &mut self,
        act: StreamCommand,
        context: &Context,
    ) -> Result<(StreamId, u64, Decided<Event>), Error> {
        let stream = act.stream();
        if let StreamCommand::Agreement(id, _) = &act {
            let id = *id;
            let mut others = Vec::new();
            for other in act.reads() {
                let held = agreement_of(other).and_then(|id| self.held.get(&id));
                if let Some(record) = held.filter(|record| record.version > 0) {
                    guard(&mut self.guards, other, record.version);
                    let state = AggregateState::Agreement(Arc::clone(&record.agreement));
                    others.push((other, state));
                }
            }
            let others = Others::from_iter(others);
            let Some(record) = self.held.get_mut(&id) else {
                return Err(Error::Bug(format!("agreement {id} is not held")));
            };
            guard(&mut self.guards, stream, record.version);
            let mut state = AggregateState::Agreement(std::mem::take(&mut record.agreement));
            let decided = state.decide(act, context, &others);
            if let Ok(decided) = &decided {
                self.touched.push(id);
                state.evolve(&decided.event, context);
                record.version += 1;
            }
            if let AggregateState::Agreement(agreement) = state {
                record.agreement = agreement;
            }
            let decided = decided?;
            return Ok((stream, record.version, decided));
        }
        if !self.small.contains_key(&stream) {
            let loaded = self.engine.small_state(stream)?;
            self.small.insert(stream, loaded);
        }
        let Some((state, version)) = self.small.get_mut(&stream) else {
            return Err(Error::Bug(format!("stream {stream} is not loaded")));
        };
        guard(&mut self.guards, stream, *version);
        let decided = state.decide(act, context, &Others::default())?;
        state.evolve(&decided.event, context);
        *version += 1;
        Ok((stream, *version, decided))
    }
}

/// A stream is expected where the first act on it found it.
fn guard(guards: &mut Vec<Guard>, stream: StreamId, version: u64) {
    let stream = stream.to_string();
    if guards.iter().all(|guard| guard.stream != stream) {
        let expected = if version == 0 {
            Expected::NoStream
        } else {
            Expected::Exact(version)
        };
        guards.push(Guard { stream, expected });
    }
}
