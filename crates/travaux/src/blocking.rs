//! The engine on the caller's thread.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use travaux_domain::{
    Actor, AgreementId, Context, Decided, Event, EventId, FrameworkId, PackageId, Recorded, Refusal, Revision, StreamId,
    agreement::{AgreementCommand, AgreementEvent},
    framework::FrameworkCommand,
    source::{Source, SourceEvent},
};
use travaux_projections::{Fold, Frameworks, Projection, Register, Tally, Timeline};
use travaux_store::{AppendError, Commit, CommitId, EnvelopeActor, EventStore, Expected, Guard, Read, SnapshotStore, StoreError};
use uuid::Uuid;

use crate::{
    Act, AuditReport, Committed, Error, Ports, Shared, SnapshotPolicy, Subscription, Views, aggregate,
    aggregate::SmallState,
    encode,
    reader::{read_recorded, replay},
    records::{Held, Records},
};

/// How often a commit is decided anew when others were faster.
const ATTEMPTS: u32 = 8;

/// The engine. Cheap to share: all its methods take `&self`.
#[derive(Debug)]
pub struct Engine {
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) snapshots: Arc<dyn SnapshotStore>,
    ports: Ports,
    pub(crate) records: Records,
    pub(crate) views: Mutex<Views>,
    /// The last time that was recorded: recorded time never goes back.
    last: Mutex<DateTime<Utc>>,
    pub(crate) policy: SnapshotPolicy,
}

/// What a commit is to be: acts, decided in order, each on the state that those before it have left.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) id: Option<CommitId>,
    pub(crate) actor: Actor,
    pub(crate) acts: Vec<Act>,
}

impl Engine {
    /// An engine on `store`, with its views loaded and up to date.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn open(store: Arc<dyn EventStore>, snapshots: Arc<dyn SnapshotStore>, ports: Ports) -> Result<Self, Error> {
        Self::with_projections(store, snapshots, ports, Vec::new())
    }

    /// The same, with projections of the caller's own, kept as the engine keeps its views.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn with_projections(
        store: Arc<dyn EventStore>,
        snapshots: Arc<dyn SnapshotStore>,
        ports: Ports,
        projections: Vec<Box<dyn Fold>>,
    ) -> Result<Self, Error> {
        let mut views = Views::new(projections);
        views.load(&*store, &*snapshots)?;
        views.catch_up(&*store)?;
        let last = views.get::<Tally>().and_then(|tally| tally.last_recorded_at).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let records = Records::new(Arc::clone(&store), Arc::clone(&snapshots));
        let (views, last, policy) = (Mutex::new(views), Mutex::new(last), SnapshotPolicy::default());
        Ok(Self { store, snapshots, ports, records, views, last, policy })
    }

    /// The same engine, which saves snapshots by `policy`.
    #[must_use]
    pub fn with_snapshot_policy(self, policy: SnapshotPolicy) -> Self {
        Self { policy, ..self }
    }

    /// The store below.
    pub fn store(&self) -> &Arc<dyn EventStore> {
        &self.store
    }

    /// A new id for an agreement.
    pub fn new_agreement_id(&self) -> AgreementId {
        AgreementId(self.ports.ids.next())
    }

    /// A new id for a framework.
    pub fn new_framework_id(&self) -> FrameworkId {
        FrameworkId(self.ports.ids.next())
    }

    /// A new id for a package.
    pub fn new_package_id(&self) -> PackageId {
        PackageId(self.ports.ids.next())
    }

    /// The time that the next commit would record.
    pub fn now(&self) -> DateTime<Utc> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = self.ports.clock.now().max(*last);
        *last
    }

    /// Does acts on one agreement, in one commit.
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against; none was done then.
    pub fn act(
        &self,
        agreement: AgreementId,
        actor: &Actor,
        commands: impl IntoIterator<Item = AgreementCommand>,
    ) -> Result<Committed, Error> {
        let acts = commands.into_iter().map(|command| Act::Agreement(agreement, command)).collect();
        self.commit(None, actor, acts)
    }

    /// Does an act on a framework.
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub fn act_on_framework(&self, framework: FrameworkId, actor: &Actor, command: FrameworkCommand) -> Result<Committed, Error> {
        self.commit(None, actor, vec![Act::Framework(framework, command)])
    }

    /// Does acts on any streams in one commit: all or none. Under the same `id`, the same commit is done once.
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against, [`Error::Conflict`] if others kept being faster.
    pub fn commit(&self, id: Option<CommitId>, actor: &Actor, acts: Vec<Act>) -> Result<Committed, Error> {
        self.run(&Plan { id, actor: actor.clone(), acts })
    }

    pub(crate) fn run(&self, plan: &Plan) -> Result<Committed, Error> {
        let id = plan.id.unwrap_or_else(|| CommitId(self.ports.ids.next()));
        if plan.id.is_some()
            && let Some(appended) = self.store.find_commit(id)?
        {
            let read = Read::log(appended.first).limit(usize::try_from(appended.last - appended.first + 1).unwrap_or(1));
            let events: Result<Vec<_>, _> =
                read_recorded(&*self.store, read).take_while(|e| e.as_ref().is_ok_and(|e| e.position <= appended.last)).collect();
            return Ok(Committed { events: events?, repeated: true });
        }
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.attempt(id, plan) {
                Err(Error::Append(last @ AppendError::Conflict { .. })) if attempts == ATTEMPTS => {
                    return Err(Error::Conflict { attempts, last });
                }
                Err(Error::Append(AppendError::Conflict { .. })) => {}
                done => return done,
            }
        }
    }

    /// Locks the records that the plan needs, in the order of their ids, so that no two plans wait for each other.
    fn attempt(&self, id: CommitId, plan: &Plan) -> Result<Committed, Error> {
        let named = |act: &Act| agreement_of(act).into_iter().chain(act.reads());
        let mut ids: Vec<AgreementId> = plan.acts.iter().flat_map(named).collect();
        ids.sort_unstable();
        ids.dedup();
        let shared: Vec<(AgreementId, Shared)> = ids.into_iter().map(|id| (id, self.records.entry(id))).collect();
        let mut held: BTreeMap<AgreementId, Held<'_>> = shared.iter().map(|(id, shared)| (*id, shared.lock())).collect();
        for (id, record) in &mut held {
            self.records.catch_up(*id, None, record)?;
        }
        let mut work = Work { engine: self, held, small: BTreeMap::new(), guards: Vec::new(), touched: Vec::new() };
        let done = work.decide_and_append(id, plan);
        if done.is_err() {
            // What was decided and not appended must not be seen.
            work.touched.iter().for_each(|id| {
                if let Some(record) = work.held.get_mut(id) {
                    **record = travaux_projections::AgreementRecord::default();
                }
            });
            let touched = std::mem::take(&mut work.touched);
            drop(work);
            touched.into_iter().for_each(|id| self.records.forget(id));
        } else {
            work.held.iter_mut().for_each(|(id, record)| self.save_record_when_due(*id, record));
        }
        done
    }

    /// The record of an agreement, up to date.
    ///
    /// # Errors
    /// [`Error::Invalid`] if there is no such agreement.
    pub fn record(&self, agreement: AgreementId) -> Result<Shared, Error> {
        let shared = self.records.get(agreement, self.version_in_view(agreement)?)?;
        let mut held = shared.lock();
        if held.version == 0 {
            return Err(Error::Invalid(format!("there is no agreement {agreement}")));
        }
        self.save_record_when_due(agreement, &mut held);
        drop(held);
        Ok(shared)
    }

    /// The version of an agreement's stream as the register has it: the log need not be asked while the views stand at its end.
    fn version_in_view(&self, agreement: AgreementId) -> Result<Option<u64>, Error> {
        let views = self.views()?;
        Ok(views.get::<Register>().and_then(|register| register.agreements.get(&agreement)).map(|entry| entry.version))
    }

    /// The record of an agreement, up to date, with the custody of its words: for `blame` and `words`.
    ///
    /// # Errors
    /// [`Error::Invalid`] if there is no such agreement.
    pub fn record_with_custody(&self, agreement: AgreementId) -> Result<Shared, Error> {
        let shared = self.record(agreement)?;
        self.records.follow(agreement, &shared)?;
        Ok(shared)
    }

    /// The views, up to date.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn views(&self) -> Result<MutexGuard<'_, Views>, Error> {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        views.catch_up(&*self.store)?;
        self.save_views_when_due(&mut views);
        Ok(views)
    }

    /// A view of the whole log: one of the engine's own, or one that was given to [`Self::with_projections`].
    ///
    /// # Errors
    /// [`Error::Invalid`] if the engine keeps no such view.
    pub fn view<P: Projection + Clone>(&self) -> Result<P, Error> {
        let views = self.views()?;
        views.get::<P>().cloned().ok_or_else(|| Error::Invalid(format!("the engine keeps no view `{}`", P::NAME)))
    }

    /// The register.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn register(&self) -> Result<Register, Error> {
        self.view()
    }

    /// The frameworks and packages.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn frameworks(&self) -> Result<Frameworks, Error> {
        self.view()
    }

    /// A source as it stands.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn source(&self, id: Uuid) -> Result<Source, Error> {
        let mut source = Source::default();
        for recorded in read_recorded(&*self.store, Read::stream(StreamId::Source(id).to_string(), 1)) {
            if let Event::Source(event) = recorded?.event {
                source.evolve(&event);
            }
        }
        Ok(source)
    }

    /// Opens a source, or does nothing if it is open.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub fn open_source(&self, id: Uuid, actor: &Actor, opened: SourceEvent) -> Result<(), Error> {
        if self.store.version(&StreamId::Source(id).to_string())? == 0 {
            self.commit(None, actor, vec![Act::Source(id, opened)])?;
        }
        Ok(())
    }

    /// The timeline of streams, in the order of the log.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn timeline(&self, streams: impl IntoIterator<Item = StreamId>) -> Result<Timeline, Error> {
        let mut timeline = Timeline::default();
        for stream in streams {
            for recorded in read_recorded(&*self.store, Read::stream(stream.to_string(), 1)) {
                timeline.apply(&recorded?);
            }
        }
        timeline.entries.sort_by_key(|entry| entry.position);
        Ok(timeline)
    }

    /// All events from a position to the present end of the log.
    pub fn events(&self, from: u64) -> impl Iterator<Item = Result<Recorded, Error>> + '_ {
        read_recorded(&*self.store, Read::log(from))
    }

    /// Events from a position on and on.
    pub fn subscribe(&self, from: u64) -> Subscription {
        Subscription::new(Arc::clone(&self.store), from)
    }

    /// Saves the views, and the records that were used.
    ///
    /// # Errors
    /// [`Error`] where the snapshots cannot be written.
    pub fn save(&self) -> Result<(), Error> {
        self.views()?.save(&*self.store, &*self.snapshots)?;
        self.records.save(None)
    }

    /// Saves the record of one agreement.
    ///
    /// # Errors
    /// [`Error`] where the snapshot cannot be written.
    pub fn save_record(&self, agreement: AgreementId) -> Result<(), Error> {
        self.records.save(Some(agreement))
    }

    /// Drops the record of an agreement from memory; its snapshot stays.
    pub fn release(&self, agreement: AgreementId) {
        self.records.forget(agreement);
    }

    /// Throws all projections away and rebuilds them from the log, in one pass. Returns the number of events.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn rebuild(&self, mut seen: impl FnMut(u64)) -> Result<u64, Error> {
        self.snapshots.clear()?;
        self.records.forget_all();
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        views.start_anew();
        replay(&*self.store, 1, &[], |recorded| {
            if let StreamId::Agreement(id) = recorded.stream {
                self.records.entry(id).lock().apply(&recorded);
            }
            views.apply(&recorded);
            seen(recorded.position);
            Ok(())
        })?;
        views.save(&*self.store, &*self.snapshots)?;
        let position = views.position();
        drop(views);
        self.records.save(None)?;
        Ok(position)
    }

    /// Reads the whole log again as a stranger would; see [`AuditReport`].
    ///
    /// # Errors
    /// [`StoreError`] only where the store cannot be read at all; damage is in the report.
    pub fn audit(&self, seen: impl FnMut(u64)) -> Result<AuditReport, StoreError> {
        crate::audit::audit(self, seen)
    }
}

fn agreement_of(act: &Act) -> Option<AgreementId> {
    match act {
        Act::Agreement(id, _) => Some(*id),
        _ => None,
    }
}

/// One attempt at a commit.
struct Work<'a> {
    engine: &'a Engine,
    held: BTreeMap<AgreementId, Held<'a>>,
    small: BTreeMap<StreamId, (SmallState, u64)>,
    guards: Vec<Guard>,
    touched: Vec<AgreementId>,
}

impl Work<'_> {
    fn decide_and_append(&mut self, id: CommitId, plan: &Plan) -> Result<Committed, Error> {
        let context = Context { actor: plan.actor.clone(), now: self.engine.now() };
        let mut decided: Vec<(StreamId, u64, Decided<Event>)> = Vec::with_capacity(plan.acts.len());
        for act in &plan.acts {
            decided.push(self.decide(act.clone(), &context)?);
        }
        let mut events = Vec::with_capacity(decided.len());
        let mut attachments = BTreeMap::new();
        let mut recorded = Vec::with_capacity(decided.len());
        for (stream, version, Decided { event, rests_on }) in decided {
            let event_id = self.engine.ports.ids.next();
            let (new, attached) =
                encode(stream, (event_id, self.engine.ports.ids.nonce()), &event, Some(&rests_on)).map_err(Error::Invalid)?;
            events.push(new);
            attachments.extend(attached.into_iter().map(|a| (a.id, a)));
            let (recorded_at, actor) = (context.now, context.actor.clone());
            let (id, rests_on) = (EventId(event_id), Some(rests_on));
            recorded.push(Recorded { position: 0, stream, version, id, recorded_at, actor, event, rests_on });
        }
        let appended = self.engine.store.append(Commit {
            id,
            recorded_at: context.now,
            actor: EnvelopeActor { party: plan.actor.party.0.clone(), person: plan.actor.person.clone() },
            correlation: id.0,
            causation: None,
            guards: std::mem::take(&mut self.guards),
            events,
            attachments: attachments.into_values().collect(),
        })?;
        for (position, event) in (appended.first..).zip(&mut recorded) {
            event.position = position;
        }
        let mut views = self.engine.views.lock().unwrap_or_else(PoisonError::into_inner);
        views.offer(&recorded);
        self.engine.save_views_when_due(&mut views);
        drop(views);
        Ok(Committed { events: recorded, repeated: false })
    }

    /// Decides one act and lets its event change the state that the next one is decided on.
    fn decide(&mut self, act: Act, context: &Context) -> Result<(StreamId, u64, Decided<Event>), Error> {
        let stream = act.stream();
        if let Act::Agreement(id, _) = &act {
            let id = *id;
            let other = act.reads().and_then(|other| Some((other, self.held.get(&other)?)));
            let other = other.filter(|(_, record)| record.version > 0).map(|(other, record)| {
                guard(&mut self.guards, StreamId::Agreement(other), record.version);
                record.agreement.known_at(context.now)
            });
            let Some(record) = self.held.get_mut(&id) else { return Err(Error::Invalid(format!("agreement {id} is not held"))) };
            guard(&mut self.guards, stream, record.version);
            let decided = aggregate::decide_agreement(&record.agreement, act, context, other.as_ref())?;
            if let Event::Agreement(event) = &decided.event {
                self.touched.push(id);
                record.agreement.evolve(event, context);
                record.version += 1;
            }
            return Ok((stream, record.version, decided));
        }
        if !self.small.contains_key(&stream) {
            let loaded = self.engine.small_state(stream)?;
            self.small.insert(stream, loaded);
        }
        let Some((state, version)) = self.small.get_mut(&stream) else {
            return Err(Error::Invalid(format!("stream {stream} is not loaded")));
        };
        guard(&mut self.guards, stream, *version);
        let decided = state.decide(act, context)?;
        state.evolve(&decided.event, context);
        *version += 1;
        Ok((stream, *version, decided))
    }
}

/// A stream is expected where the first act on it found it.
fn guard(guards: &mut Vec<Guard>, stream: StreamId, version: u64) {
    let stream = stream.to_string();
    if guards.iter().all(|guard| guard.stream != stream) {
        let expected = if version == 0 { Expected::NoStream } else { Expected::Exact(version) };
        guards.push(Guard { stream, expected });
    }
}

impl Engine {
    fn small_state(&self, stream: StreamId) -> Result<(SmallState, u64), Error> {
        let mut state = SmallState::initial(stream).ok_or_else(|| Error::Invalid(format!("{stream} is an agreement")))?;
        let mut version = 0;
        for recorded in read_recorded(&*self.store, Read::stream(stream.to_string(), 1)) {
            let recorded = recorded?;
            state.evolve(&recorded.event, &recorded.context());
            version = recorded.version;
        }
        Ok((state, version))
    }

    /// The number of the revision that a commit proposed.
    pub fn proposed_revision(committed: &Committed) -> Option<Revision> {
        committed.events.iter().find_map(|e| match &e.event {
            Event::Agreement(AgreementEvent::RevisionProposed(p)) => Some(p.revision),
            Event::Agreement(AgreementEvent::AgreementProposed(_)) => Some(Revision::FIRST),
            _ => None,
        })
    }

    pub(crate) fn refuse(refusal: Refusal) -> Error {
        refusal.into()
    }
}
