//! The engine on the caller's thread.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use travaux_domain::{
    Actor, AgreementId, Event, ExchangeId, FrameworkId, IndicatorId, MeetingId, PackageId,
    ProcedureId, Recorded, RequestId, Revision, RoadmapId, StreamId,
    agreement::{AgreementCommand, AgreementEvent},
    framework::FrameworkCommand,
    indicator::Indicator,
    source::{Source, SourceEvent},
};
use travaux_projections::{
    AgreementRecord, Asked, DossierView, Dossiers, DynProjection, FrameworkState, FrameworkView,
    Frameworks, Moment, PackageView, Projection, Register, StateSources, Tally, Timeline,
};
use travaux_store::{CommitId, EventStore, Expected, Read, SnapshotStore, StoreError};
use uuid::Uuid;

use crate::{
    AuditReport, CommitRequest, Committed, Error, NotFound, Ports, SnapshotPolicy, StreamCommand,
    Subscription, Views,
    commit::commit,
    core::{Core, Pace, Turns},
    feed::Feed,
    reader::{read_recorded, replay},
    states::States,
    views::SharedViews,
};

/// The engine. Cheap to share: all its methods take `&self`. What it gives does not change any more, and no lock leaves it.
#[derive(Debug)]
pub struct Engine {
    core: Core,
    /// Reads the log for all subscriptions.
    feed: Arc<Feed>,
}

impl Engine {
    /// An engine on `store`, with its views loaded and up to date.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn open(
        store: Arc<dyn EventStore>,
        snapshots: Arc<dyn SnapshotStore>,
        ports: Ports,
    ) -> Result<Self, Error> {
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
        projections: Vec<Box<dyn DynProjection>>,
    ) -> Result<Self, Error> {
        let views = SharedViews::open(&*store, &*snapshots, projections)?;
        let last = views
            .current(&*store)?
            .get::<Tally>()
            .and_then(|tally| tally.last_recorded_at)
            .unwrap_or(DateTime::<Utc>::MIN_UTC);
        let feed = Arc::new(Feed::new(Arc::clone(&store)));
        let core = Core {
            states: States::new(Arc::clone(&store), Arc::clone(&snapshots), views.bytes()),
            store,
            snapshots,
            ports,
            views,
            turns: Turns::default(),
            pace: Pace::default(),
            last: Mutex::new(last),
            policy: SnapshotPolicy::default(),
        };
        Ok(Self { core, feed })
    }

    /// The same engine, which saves snapshots by `policy`.
    #[must_use]
    pub fn with_snapshot_policy(self, policy: SnapshotPolicy) -> Self {
        let core = Core {
            policy,
            ..self.core
        };
        Self { core, ..self }
    }

    /// The same engine, which keeps `bytes` at most in memory (256 MiB if nothing is said): the views of
    /// the whole log, what the store keeps of it (a quarter at most), and of records, texts and custody
    /// what there is room for beside them. What was used least recently goes first; one that alone is
    /// larger is loaded for each question.
    ///
    /// Not in it: the views where they alone are larger, as they never go
    /// ([`Views::heap_size`](crate::Views::heap_size)); what commits and questions work on while they
    /// run; what a store cannot be without, which its documentation says; 4 MiB of events for those who
    /// follow the log.
    #[must_use]
    pub fn with_memory_budget(self, bytes: usize) -> Self {
        self.core.states.set_budget(bytes);
        self
    }

    /// How many bytes of that budget are taken, about. What a caller holds is the caller's.
    pub fn memory_held(&self) -> usize {
        self.core.states.held()
    }

    /// The store below.
    pub fn store(&self) -> &Arc<dyn EventStore> {
        &self.core.store
    }

    /// A new id for an agreement.
    pub fn new_agreement_id(&self) -> AgreementId {
        AgreementId(self.core.ports.ids.next())
    }

    /// A new id for a framework.
    pub fn new_framework_id(&self) -> FrameworkId {
        FrameworkId(self.core.ports.ids.next())
    }

    /// A new id for a package.
    pub fn new_package_id(&self) -> PackageId {
        PackageId(self.core.ports.ids.next())
    }

    /// A new id for a exchange.
    pub fn new_exchange_id(&self) -> ExchangeId {
        ExchangeId(self.core.ports.ids.next())
    }

    /// A new id for a request.
    pub fn new_request_id(&self) -> RequestId {
        RequestId(self.core.ports.ids.next())
    }

    /// A new id for a procedure.
    pub fn new_procedure_id(&self) -> ProcedureId {
        ProcedureId(self.core.ports.ids.next())
    }

    /// A new id for an indicator.
    pub fn new_indicator_id(&self) -> IndicatorId {
        IndicatorId(self.core.ports.ids.next())
    }

    /// A new id for a meeting.
    pub fn new_meeting_id(&self) -> MeetingId {
        MeetingId(self.core.ports.ids.next())
    }

    /// A new id for a roadmap.
    pub fn new_roadmap_id(&self) -> RoadmapId {
        RoadmapId(self.core.ports.ids.next())
    }

    /// The time that the next commit would record; a later one if another engine on the log is ahead.
    pub fn now(&self) -> DateTime<Utc> {
        self.core.now()
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
        let acts = commands
            .into_iter()
            .map(|command| StreamCommand::Agreement(agreement, command))
            .collect();
        self.commit(None, actor, acts)
    }

    /// Does an act on a framework.
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub fn act_on_framework(
        &self,
        framework: FrameworkId,
        actor: &Actor,
        command: FrameworkCommand,
    ) -> Result<Committed, Error> {
        self.commit(
            None,
            actor,
            vec![StreamCommand::Framework(framework, command)],
        )
    }

    /// Does acts on any streams in one commit: all or none. Under the same `id`, the same commit is done once.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use travaux::{Ports, blocking::Engine, domain::{Actor, Profile, agreement::AgreementCommand}};
    /// # use travaux_store::{MemorySnapshots, MemoryStore};
    /// use travaux::domain::StreamCommand;
    /// # let engine = Engine::open(Arc::new(MemoryStore::new()), Arc::new(MemorySnapshots::default()), Ports::system())?;
    /// # let draft = |title: &str| travaux::proposal(title, Profile::arrangement())
    /// #     .party("FR", "France").party("MA", "Maroc").text("fr", "## Article 1\n").map(|draft| draft.build());
    ///
    /// // Two agreements in one commit: both are proposed, or neither is.
    /// let propose = |title| Ok::<_, travaux::Error>(StreamCommand::Agreement(
    ///     engine.new_agreement_id(),
    ///     AgreementCommand::Propose(Box::new(draft(title)?)),
    /// ));
    /// let acts = vec![propose("On training")?, propose("On equipment")?];
    /// let committed = engine.commit(None, &Actor::party("FR"), acts)?;
    /// assert_eq!(committed.events.len(), 2);
    /// # Ok::<(), travaux::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against, [`Error::Conflict`] if others kept being faster.
    pub fn commit(
        &self,
        id: Option<CommitId>,
        actor: &Actor,
        acts: Vec<StreamCommand>,
    ) -> Result<Committed, Error> {
        let mut request = CommitRequest::new(actor.clone(), acts);
        request.id = id;
        self.commit_request(&request)
    }

    /// Does acts on any streams in one commit, as the request says.
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against, [`Error::Expected`] where a stream is not at the version that the
    /// caller named, [`Error::CommitIdTaken`] if the id stands for another commit, [`Error::Conflict`] if others kept being faster.
    pub fn commit_request(&self, request: &CommitRequest) -> Result<Committed, Error> {
        commit(&self.core, request)
    }

    /// The record of an agreement, up to date.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such agreement.
    pub fn record(&self, agreement: AgreementId) -> Result<Arc<AgreementRecord>, Error> {
        let version = self.version_in_view(agreement)?;
        let stream = StreamId::Agreement(agreement);
        let record = self.core.states.get(stream, version)?.record();
        self.core
            .states
            .save_when_due(stream, self.core.policy.records_every);
        known(agreement, record)
    }

    /// The version of an agreement's stream as the register has it: the log need not be asked while the views stand at its end.
    fn version_in_view(&self, agreement: AgreementId) -> Result<Option<u64>, Error> {
        let views = self.views()?;
        Ok(views
            .get::<Register>()
            .and_then(|register| Some(register.agreements.get(&agreement)?.version)))
    }

    /// The record of an agreement, up to date, with the custody of its words: for `blame` and `words`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such agreement.
    pub fn record_with_custody(
        &self,
        agreement: AgreementId,
    ) -> Result<Arc<AgreementRecord>, Error> {
        let version = self.version_in_view(agreement)?;
        let stream = StreamId::Agreement(agreement);
        known(agreement, self.core.states.followed(stream, version)?)
    }

    /// The views, up to date.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn views(&self) -> Result<Views, Error> {
        let (core, every) = (&self.core, self.core.policy.views_every);
        let views = core.views.current(&*core.store)?;
        core.views
            .save_when_due(&*core.store, &*core.snapshots, every);
        Ok(views)
    }

    /// A view of the whole log: one of the engine's own, or one that was given to [`Self::with_projections`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if the engine keeps no such view.
    pub fn view<P: Projection>(&self) -> Result<Arc<P>, Error> {
        let view = self.views()?.get::<P>();
        Ok(view.ok_or(NotFound::View(P::NAME))?)
    }

    /// The register.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn register(&self) -> Result<Arc<Register>, Error> {
        self.view()
    }

    /// The frameworks and packages.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn frameworks(&self) -> Result<Arc<Frameworks>, Error> {
        self.view()
    }

    /// What stands under frameworks: meetings, and what follows up what was agreed at them.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn dossiers(&self) -> Result<Arc<Dossiers>, Error> {
        self.view()
    }

    /// The state of a framework on a day, as known at a time, for a reader. Absent where nobody knew
    /// of it then, or it had not begun.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such framework; [`Error`] where the store fails or a record
    /// cannot be read.
    pub fn framework_state(
        &self,
        id: FrameworkId,
        at: &Moment,
    ) -> Result<Option<FrameworkState>, Error> {
        self.framework(id)?;
        let (frameworks, dossiers) = (self.frameworks()?, self.dossiers()?);
        let register = self.register()?;
        let sources = StateSources {
            frameworks: &frameworks,
            dossiers: &dossiers,
            register: &register,
        };
        Ok(FrameworkState::of(sources, id, at))
    }

    /// An indicator with all that its figures say, as it stood on a day, as known at a time: read from
    /// its stream, as no view keeps it. Absent where nobody knew of it, or it had not begun.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn indicator(
        &self,
        id: IndicatorId,
        asked: Asked,
    ) -> Result<Option<DossierView<Indicator>>, Error> {
        let mut view = DossierView::<Indicator>::default();
        let stream = StreamId::Indicator(id).to_string();
        for recorded in read_recorded(&*self.core.store, Read::stream(stream, 1)) {
            let recorded = recorded?;
            if let Event::Indicator(event) = &recorded.event {
                view.take(event, &recorded);
            }
        }
        let dossiers = self.dossiers()?;
        let named = dossiers.indicators.get(&id);
        view.handle = named.and_then(|view| view.handle.clone());
        Ok(view.as_of(asked).map(Cow::into_owned))
    }

    /// A framework as it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such framework.
    pub fn framework(&self, id: FrameworkId) -> Result<Arc<FrameworkView>, Error> {
        let view = self.frameworks()?.frameworks.get(&id).cloned();
        Ok(view.ok_or(NotFound::Framework(id))?)
    }

    /// A package as it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such package.
    pub fn package(&self, id: PackageId) -> Result<Arc<PackageView>, Error> {
        let view = self.frameworks()?.packages.get(&id).cloned();
        Ok(view.ok_or(NotFound::Package(id))?)
    }

    /// A source as it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such source.
    pub fn source(&self, id: Uuid) -> Result<Source, Error> {
        let stood = self.core.states.get(StreamId::Source(id), None)?;
        let source = stood.state.get::<Source>().filter(|_| stood.version > 0);
        Ok(source.cloned().ok_or(NotFound::Source(id))?)
    }

    /// Opens a source, or does nothing if it is open. Of two that open it at once one does, and the other
    /// finds it open.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub fn open_source(&self, id: Uuid, actor: &Actor, opened: SourceEvent) -> Result<(), Error> {
        let stream = StreamId::Source(id);
        if self.core.store.version(&stream.to_string())? > 0 {
            return Ok(());
        }
        let acts = vec![StreamCommand::Source(id, opened)];
        let request = CommitRequest::new(actor.clone(), acts);
        match self.commit_request(&request.expecting(stream, Expected::NoStream)) {
            // Another was faster.
            Err(Error::Expected { found: 1.., .. }) => Ok(()),
            done => done.map(drop),
        }
    }

    /// The timeline of streams, in the order of the log.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn timeline(&self, streams: impl IntoIterator<Item = StreamId>) -> Result<Timeline, Error> {
        let mut timeline = Timeline::default();
        for stream in streams {
            for recorded in read_recorded(&*self.core.store, Read::stream(stream.to_string(), 1)) {
                timeline.apply(&recorded?);
            }
        }
        timeline.entries.sort_by_key(|entry| entry.position);
        Ok(timeline)
    }

    /// All events from a position to the present end of the log.
    pub fn events(&self, from: u64) -> impl Iterator<Item = Result<Recorded, Error>> + '_ {
        read_recorded(&*self.core.store, Read::log(from))
    }

    /// Events from a position on and on: none twice, none left out.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use travaux::{Ports, blocking::Engine, domain::{Actor, Profile, agreement::AgreementCommand}};
    /// # use travaux_store::{MemorySnapshots, MemoryStore};
    /// # let engine = Engine::open(Arc::new(MemoryStore::new()), Arc::new(MemorySnapshots::default()), Ports::system())?;
    /// # let draft = travaux::proposal("Arrangement", Profile::arrangement())
    /// #     .party("FR", "France").party("MA", "Maroc").text("fr", "## Article 1\n")?.build();
    /// # engine.act(engine.new_agreement_id(), &Actor::party("FR"), [AgreementCommand::Propose(Box::new(draft))])?;
    /// let mut events = engine.subscribe(1);
    /// let first = events.wait()?;
    /// assert_eq!((first.position, first.event.type_name()), (1, "AgreementProposed"));
    /// assert!(events.try_next()?.is_none(), "nothing more has happened");
    /// # Ok::<(), travaux::Error>(())
    /// ```
    pub fn subscribe(&self, from: u64) -> Subscription {
        Subscription::new(Arc::clone(&self.feed), from)
    }

    /// Saves the views, and the records that were used.
    ///
    /// # Errors
    /// [`Error`] where the snapshots cannot be written.
    pub fn save(&self) -> Result<(), Error> {
        self.save_views()?;
        self.core.states.save(None)
    }

    fn save_views(&self) -> Result<(), Error> {
        let core = &self.core;
        core.views.current(&*core.store)?;
        core.views.save(&*core.store, &*core.snapshots)
    }

    /// Saves the record of one agreement.
    ///
    /// # Errors
    /// [`Error`] where the snapshot cannot be written.
    pub fn save_record(&self, agreement: AgreementId) -> Result<(), Error> {
        self.core.states.save(Some(StreamId::Agreement(agreement)))
    }

    /// Drops the record of an agreement from memory; its snapshot stays.
    pub fn release(&self, agreement: AgreementId) {
        self.core.states.forget(StreamId::Agreement(agreement));
    }

    /// Throws all projections away and rebuilds them from the log, in one pass, within the memory budget. Who asks meanwhile gets the
    /// views of before. A short stream that is no agreement's is read again as soon as its snapshot, and gets none until
    /// [`save`](Self::save). Returns the number of events.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub fn rebuild(&self, mut seen: impl FnMut(u64)) -> Result<u64, Error> {
        let core = &self.core;
        core.snapshots.clear()?;
        core.states.forget_all();
        let mut views = core.views.current(&*core.store)?.before_all();
        replay(&*core.store, 1, &[], |recorded| {
            core.states.replayed(recorded)?;
            views.apply(recorded);
            seen(recorded.position);
            Ok::<_, Error>(())
        })?;
        let position = views.position();
        core.views.replace(views);
        self.save_views()?;
        core.states.save_rebuilt()?;
        Ok(position)
    }

    /// Reads the whole log again as a stranger would; see [`audit`](crate::audit()).
    ///
    /// # Errors
    /// [`StoreError`] only where the store cannot be read at all; damage is in the report.
    pub fn audit(&self, seen: impl FnMut(u64)) -> Result<AuditReport, StoreError> {
        crate::audit::audit(&*self.core.store, &*self.core.snapshots, seen)
    }

    #[cfg(test)]
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// The number of the revision that a commit proposed.
    pub fn proposed_revision(committed: &Committed) -> Option<Revision> {
        committed
            .events
            .iter()
            .find_map(|e| match e.event.agreement()? {
                AgreementEvent::RevisionProposed(p) => Some(p.revision),
                AgreementEvent::AgreementProposed(_) => Some(Revision::FIRST),
                _ => None,
            })
    }
}

fn known(
    agreement: AgreementId,
    record: Option<AgreementRecord>,
) -> Result<Arc<AgreementRecord>, Error> {
    let begun = record.filter(|record| record.version > 0);
    Ok(Arc::new(begun.ok_or(NotFound::Agreement(agreement))?))
}
