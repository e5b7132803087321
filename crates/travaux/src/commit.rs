//! Commits: acts are decided in order, each on the state that those before it have left, and appended as one; anew where others were
//! faster. States are decided on as copies, which share what is large: who reads meanwhile sees what is recorded, and what was decided and
//! not appended is seen by nobody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use travaux_domain::{
    AggregateState, EventId, Handle, Others, Recorded, StreamCommand, StreamId,
    package::{Package, check_packages, check_splits},
    partnership::{check_holds, check_links, lets_go},
};
use travaux_store::{AppendError, Commit, CommitId, EnvelopeActor, Expected, Guard};

use crate::{
    Beside, CommitRequest, Committed, Error, core::Core, encode, holding, naming, repeated,
    states::StreamState,
};

/// How often a commit is decided anew when others were faster.
const ATTEMPTS: u32 = 8;

/// How often it is when only the time of others was: in one engine it is decided alone before that.
const OVERTAKEN: u32 = 64;

/// Does a commit.
pub(crate) fn commit(core: &Core, request: &CommitRequest) -> Result<Committed, Error> {
    let id = request
        .id
        .unwrap_or_else(|| CommitId(core.ports.ids.next()));
    let (mut attempts, mut overtaken) = (0, 0);
    loop {
        attempts += 1;
        let done = {
            let _turns = core.turns.take(request.streams(core)?);
            let _place = core.pace.take(overtaken);
            match repeated::find(core, request)? {
                Some(committed) => return Ok(committed),
                None => CommitAttempt::new(core, request).decide_and_append(id),
            }
        };
        match done {
            // Another engine on this log has done the same commit meanwhile: it is found when we begin
            // anew, and what was decided here is on no record.
            Ok(None) => {}
            Ok(Some(committed)) => {
                let written: BTreeSet<_> = committed.events.iter().map(|e| e.stream).collect();
                let every = core.policy.records_every;
                written
                    .into_iter()
                    .for_each(|stream| core.states.save_when_due(stream, every));
                return Ok(committed);
            }
            Err(Error::Append(last @ AppendError::Conflict { .. })) if attempts == ATTEMPTS => {
                return Err(Error::Conflict { attempts, last });
            }
            // What was decided at its time is to be decided at a later one: the log goes on from there.
            Err(Error::Append(AppendError::Overtaken { last, .. })) if overtaken < OVERTAKEN => {
                core.learn(last);
                (attempts, overtaken) = (attempts - 1, overtaken + 1);
            }
            Err(Error::Append(last @ AppendError::Overtaken { .. })) => {
                let attempts = attempts + overtaken;
                return Err(Error::Conflict { attempts, last });
            }
            // Others were faster; or the same commit was, in another process, and is found when we begin anew.
            Err(Error::Append(AppendError::Conflict { .. })) => {}
            Err(Error::Append(AppendError::CommitIdTaken { .. })) if attempts < ATTEMPTS => {}
            // What was refused may be refused because the same commit has just been done; so may versions
            // have grown by it.
            Err(error @ (Error::Refused(_) | Error::Expected { .. })) => {
                return repeated::find(core, request)?.ok_or(error);
            }
            Err(error) => return Err(error),
        }
    }
}

/// That a stream is still where it was found.
fn exactly(found: u64) -> Expected {
    match found {
        0 => Expected::NoStream,
        version => Expected::Exact(version),
    }
}

/// A stream in the making: its state before the last event that was decided on it, which changes it when another act asks.
struct PendingStream {
    state: AggregateState,
    /// With the events that were decided.
    version: u64,
    /// The last of these, among [`CommitAttempt::decided`], if the state has not taken it in.
    last: Option<usize>,
    /// Whether there are any: a stream that was only read is as it was.
    written: bool,
}

/// One attempt at a commit.
struct CommitAttempt<'a> {
    core: &'a Core,
    request: &'a CommitRequest,
    now: DateTime<Utc>,
    work: BTreeMap<StreamId, PendingStream>,
    guards: BTreeMap<StreamId, Expected>,
    decided: Vec<Recorded>,
}

impl<'a> CommitAttempt<'a> {
    fn new(core: &'a Core, request: &'a CommitRequest) -> Self {
        Self {
            core,
            request,
            now: core.now(),
            work: BTreeMap::new(),
            guards: BTreeMap::new(),
            decided: Vec::with_capacity(request.acts.len()),
        }
    }

    /// Decides all acts, and appends what was decided; none where the store has this very commit
    /// already.
    fn decide_and_append(mut self, id: CommitId) -> Result<Option<Committed>, Error> {
        self.check_expectations()?;
        for act in &self.request.acts {
            self.decide(act.clone())?;
        }
        check_links(self.decided.iter().map(|r| (r.stream, &r.event)))?;
        check_splits(self.decided.iter().map(|r| (r.stream, &r.event)))?;
        check_packages(self.decided.iter().map(|r| (r.stream, &r.event)), |id| {
            let package = self
                .work
                .get(&StreamId::Package(id))?
                .state
                .get::<Package>()?;
            package.proposal.as_deref()
        })?;
        self.check_holds()?;
        if self.request.handles {
            self.name_what_begins()?;
        }
        let Some(first) = self.append(id)? else {
            return Ok(None);
        };
        for (position, recorded) in (first..).zip(&mut self.decided) {
            recorded.position = position;
        }
        for (stream, work) in self.work.into_iter().filter(|(_, work)| work.written) {
            let last = work.last.and_then(|at| self.decided.get(at));
            let context = last.map(Recorded::context);
            let last = last.map(|recorded| &recorded.event).zip(context.as_ref());
            let states = &self.core.states;
            states.put(stream, work.state, work.version, last);
        }
        self.core.views.offer(&*self.core.store, &self.decided);
        self.core.views.save_when_due(
            &*self.core.store,
            &*self.core.snapshots,
            self.core.policy.views_every,
        );
        Ok(Some(Committed {
            events: self.decided,
            repeated: false,
        }))
    }

    /// What the caller expects of streams, whether they are read or not. It is final: versions only
    /// grow.
    fn check_expectations(&mut self) -> Result<(), Error> {
        for (stream, expected) in &self.request.expecting {
            let found = self.core.store.version(&stream.to_string())?;
            self.request.allows(*stream, found)?;
            if *expected != Expected::Any {
                self.guards.insert(*stream, exactly(found));
            }
        }
        Ok(())
    }

    /// That nothing holds what these acts close or release. The views say where to look, and each
    /// stream is looked at as it stands, and guarded there; what begins meanwhile reads the framework,
    /// and so takes its turn behind this.
    fn check_holds(&mut self) -> Result<(), Error> {
        let going = lets_go(self.decided.iter().map(|r| (r.stream, &r.event)));
        if going.is_empty() {
            return Ok(());
        }
        let mut streams: BTreeSet<_> = self.work.keys().copied().collect();
        streams.extend(holding::streams(self.core)?);
        let mut held = Vec::new();
        for stream in streams {
            held.extend(self.current(stream)?.state.keeps(stream));
        }
        Ok(check_holds(&going, held)?)
    }

    /// Gives a handle to each that begins here and has none. What cannot be named by the actor, who
    /// is no party to it, goes without: nobody asked for its handle, so nothing is refused for it.
    fn name_what_begins(&mut self) -> Result<(), Error> {
        for (stream, title) in naming::nameless(&self.decided) {
            let Some((kind, id)) = naming::kind_and_id(stream) else {
                continue;
            };
            for handle in Handle::made(&title, kind, id) {
                // Guarded where it is looked at: who is faster with it makes this begin anew.
                if self.current(StreamId::Naming(handle.stream_id()))?.version > 0 {
                    continue;
                }
                match self.decide(handle.give(stream)) {
                    Ok(()) | Err(Error::Refused(_)) => break,
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// Decides one act; its event changes the state when the next one asks for it.
    fn decide(&mut self, act: StreamCommand) -> Result<(), Error> {
        let stream = act.stream();
        let mut others = Vec::new();
        for other in self.current(stream)?.state.reads(&act) {
            let work = self.current(other)?;
            if work.version > 0 {
                others.push((other, work.state.clone()));
            }
        }
        let context = self.request.context(&act, self.now);
        let others = Others::from_iter(others);
        let at = self.decided.len();
        let work = self.current(stream)?;
        let decided = work.state.decide(act, &context, &others)?;
        work.version += 1;
        work.last = Some(at);
        work.written = true;
        let version = work.version;
        self.decided.push(Recorded {
            position: 0,
            stream,
            version,
            id: EventId(self.core.ports.ids.next()),
            recorded_at: context.now,
            actor: context.actor,
            event: decided.event,
            legal_basis: Some(decided.legal_basis),
            done_on: context.done_on,
        });
        Ok(())
    }

    /// A stream with all that was decided on it. It is expected where it was found first.
    fn current(&mut self, stream: StreamId) -> Result<&mut PendingStream, Error> {
        use std::collections::btree_map::Entry;
        let work = match self.work.entry(stream) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let StreamState { state, version, .. } = self.core.states.get(stream, None)?;
                self.request.allows(stream, version)?;
                self.guards.insert(stream, exactly(version));
                unknown.insert(PendingStream {
                    state,
                    version,
                    last: None,
                    written: false,
                })
            }
        };
        if let Some(last) = work.last.take().and_then(|at| self.decided.get(at)) {
            work.state.evolve(&last.event, &last.context());
        }
        Ok(work)
    }

    /// Appends what was decided; gives the position of the first event, or none where the store has the
    /// commit already.
    fn append(&mut self, id: CommitId) -> Result<Option<u64>, Error> {
        let mut events = Vec::with_capacity(self.decided.len());
        let mut attachments = BTreeMap::new();
        for recorded in &self.decided {
            let id = (recorded.id.0, self.core.ports.ids.nonce());
            let beside = Beside::from(recorded);
            let (new, attached) = encode(recorded.stream, id, &recorded.event, &beside)?;
            events.push(new);
            attachments.extend(attached.into_iter().map(|a| (a.id, a)));
        }
        let guard = |(stream, expected): (StreamId, Expected)| Guard {
            stream: stream.to_string(),
            expected,
        };
        let appended = self.core.store.append(Commit {
            id,
            recorded_at: self.now,
            actor: EnvelopeActor {
                party: self.request.actor.party.to_string(),
                person: self.request.actor.person.as_deref().map(str::to_owned),
            },
            correlation: self.request.correlation.unwrap_or(id.0),
            causation: self.request.causation,
            guards: std::mem::take(&mut self.guards)
                .into_iter()
                .map(guard)
                .collect(),
            events,
            attachments: attachments.into_values().collect(),
        })?;
        Ok((!appended.repeated).then_some(appended.first))
    }
}
