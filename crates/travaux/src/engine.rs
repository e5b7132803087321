//! The engine as futures, for services. What waits for the disk runs on a thread of a pool; any executor can wait for it.
//!
//! Method by method the same as [`blocking::Engine`]; a test compares the two.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use travaux_domain::{
    Actor, AgreementId, ExchangeId, FrameworkId, IndicatorId, MeetingId, PackageId, PartyId,
    ProcedureId, Recorded, RequestId, Revision, RoadmapId, StreamId,
    agreement::AgreementCommand,
    framework::FrameworkCommand,
    indicator::Indicator,
    source::{Source, SourceEvent},
};
use travaux_projections::{
    AgreementRecord, Asked, DossierView, Dossiers, DynProjection, FrameworkState, FrameworkView,
    Frameworks, Moment, PackageView, Projection, Register, Timeline,
};
use travaux_store::{CommitId, EventStore, SnapshotStore};
use uuid::Uuid;

use crate::{
    AuditReport, CommitRequest, Committed, Error, PackageAct, PackageRevision, Ports,
    StreamCommand, Subscription, Views, blocking,
};

/// The engine, asynchronous. Cheap to clone.
///
/// What is set before an engine is shared is set on the blocking one:
/// `Engine::from(blocking::Engine::open(..)?.with_memory_budget(64 << 20))`.
#[derive(Clone, Debug)]
pub struct Engine(Arc<blocking::Engine>);

impl Engine {
    /// An engine on `store`; see [`blocking::Engine::open`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn open(
        store: Arc<dyn EventStore>,
        snapshots: Arc<dyn SnapshotStore>,
        ports: Ports,
    ) -> Result<Self, Error> {
        Self::with_projections(store, snapshots, ports, Vec::new()).await
    }

    /// The same, with projections of the caller's own; see [`blocking::Engine::with_projections`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn with_projections(
        store: Arc<dyn EventStore>,
        snapshots: Arc<dyn SnapshotStore>,
        ports: Ports,
        projections: Vec<Box<dyn DynProjection>>,
    ) -> Result<Self, Error> {
        ::blocking::unblock(move || {
            blocking::Engine::with_projections(store, snapshots, ports, projections)
        })
        .await
        .map(Self::from)
    }

    /// The same engine, for callers that may block.
    pub fn blocking(&self) -> &Arc<blocking::Engine> {
        &self.0
    }

    async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&blocking::Engine) -> T + Send + 'static,
    ) -> T {
        let engine = Arc::clone(&self.0);
        ::blocking::unblock(move || act(&engine)).await
    }

    /// How many bytes of the memory budget are taken, about; see [`blocking::Engine::with_memory_budget`].
    pub fn memory_held(&self) -> usize {
        self.0.memory_held()
    }

    /// The store below.
    pub fn store(&self) -> &Arc<dyn EventStore> {
        self.0.store()
    }

    /// A new id for an agreement.
    pub fn new_agreement_id(&self) -> AgreementId {
        self.0.new_agreement_id()
    }

    /// A new id for a framework.
    pub fn new_framework_id(&self) -> FrameworkId {
        self.0.new_framework_id()
    }

    /// A new id for a package.
    pub fn new_package_id(&self) -> PackageId {
        self.0.new_package_id()
    }

    /// A new id for a exchange.
    pub fn new_exchange_id(&self) -> ExchangeId {
        self.0.new_exchange_id()
    }

    /// A new id for a request.
    pub fn new_request_id(&self) -> RequestId {
        self.0.new_request_id()
    }

    /// A new id for a procedure.
    pub fn new_procedure_id(&self) -> ProcedureId {
        self.0.new_procedure_id()
    }

    /// A new id for an indicator.
    pub fn new_indicator_id(&self) -> IndicatorId {
        self.0.new_indicator_id()
    }

    /// A new id for a meeting.
    pub fn new_meeting_id(&self) -> MeetingId {
        self.0.new_meeting_id()
    }

    /// A new id for a roadmap.
    pub fn new_roadmap_id(&self) -> RoadmapId {
        self.0.new_roadmap_id()
    }

    /// The time that the next commit would record.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    /// Does acts on one agreement, in one commit; see [`blocking::Engine::act`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against; none was done then.
    pub async fn act(
        &self,
        agreement: AgreementId,
        actor: &Actor,
        commands: Vec<AgreementCommand>,
    ) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.act(agreement, &actor, commands))
            .await
    }

    /// Does an act on a framework; see [`blocking::Engine::act_on_framework`].
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub async fn act_on_framework(
        &self,
        framework: FrameworkId,
        actor: &Actor,
        command: FrameworkCommand,
    ) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.act_on_framework(framework, &actor, command))
            .await
    }

    /// Does acts on any streams in one commit: all or none; see [`blocking::Engine::commit`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against; none was done then.
    /// [`Error::Conflict`] if others kept being faster.
    pub async fn commit(
        &self,
        id: Option<CommitId>,
        actor: &Actor,
        acts: Vec<StreamCommand>,
    ) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.commit(id, &actor, acts))
            .await
    }

    /// Does acts on any streams in one commit, as the request says; see [`blocking::Engine::commit_request`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against; none was done then.
    /// [`Error::Expected`], [`Error::CommitIdTaken`] and [`Error::Conflict`] as there.
    pub async fn commit_request(&self, request: CommitRequest) -> Result<Committed, Error> {
        self.run(move |engine| engine.commit_request(&request))
            .await
    }

    /// Proposes a package and all its revisions, in one commit; see [`blocking::Engine::propose_package`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first revision that a rule stands against; nothing was proposed then.
    pub async fn propose_package(
        &self,
        id: PackageId,
        actor: &Actor,
        title: &str,
        framework: Option<FrameworkId>,
        revisions: Vec<PackageRevision>,
    ) -> Result<Committed, Error> {
        let (actor, title) = (actor.clone(), title.to_owned());
        self.run(move |engine| engine.propose_package(id, &actor, &title, framework, revisions))
            .await
    }

    /// The acts that propose a package and all its revisions; see
    /// [`blocking::Engine::package_acts`].
    ///
    /// # Errors
    /// [`Error::NotFound`] for an agreement that is not on record.
    pub async fn package_acts(
        &self,
        id: PackageId,
        title: &str,
        framework: Option<FrameworkId>,
        revisions: Vec<PackageRevision>,
    ) -> Result<Vec<StreamCommand>, Error> {
        let title = title.to_owned();
        self.run(move |engine| engine.package_acts(id, &title, framework, revisions))
            .await
    }

    /// Accepts a package, with every revision of an agreement that `actor` is a party to; see [`blocking::Engine::accept_package`].
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub async fn accept_package(&self, id: PackageId, actor: &Actor) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.accept_package(id, &actor))
            .await
    }

    /// Rejects a package, with every revision of an agreement that `actor` is a party to; see [`blocking::Engine::reject_package`].
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub async fn reject_package(
        &self,
        id: PackageId,
        actor: &Actor,
        reason: Option<String>,
    ) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.reject_package(id, &actor, reason))
            .await
    }

    /// Withdraws a package, with all its revisions; see [`blocking::Engine::withdraw_package`].
    ///
    /// # Errors
    /// [`Error::Refused`] where a rule stands against it.
    pub async fn withdraw_package(
        &self,
        id: PackageId,
        actor: &Actor,
        reason: Option<String>,
    ) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.withdraw_package(id, &actor, reason))
            .await
    }

    /// Adopts a package: all its revisions, or none; see [`blocking::Engine::adopt_package`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first revision that a rule stands against; none was adopted then.
    pub async fn adopt_package(
        &self,
        id: PackageId,
        actor: &Actor,
        effective_from: Option<NaiveDate>,
    ) -> Result<Committed, Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.adopt_package(id, &actor, effective_from))
            .await
    }

    /// The acts by which a party does something to a package and to each of its revisions; see
    /// [`blocking::Engine::acts_on_package`].
    ///
    /// # Errors
    /// [`Error::NotFound`] for a package, or an agreement of it, that is not on record.
    pub async fn acts_on_package(
        &self,
        id: PackageId,
        party: &PartyId,
        act: PackageAct,
    ) -> Result<Vec<StreamCommand>, Error> {
        let party = party.clone();
        self.run(move |engine| engine.acts_on_package(id, &party, &act))
            .await
    }

    /// The record of an agreement, up to date; see [`blocking::Engine::record`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub async fn record(&self, agreement: AgreementId) -> Result<Arc<AgreementRecord>, Error> {
        self.run(move |engine| engine.record(agreement)).await
    }

    /// The record of an agreement with the custody of its words; see [`blocking::Engine::record_with_custody`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub async fn record_with_custody(
        &self,
        agreement: AgreementId,
    ) -> Result<Arc<AgreementRecord>, Error> {
        self.run(move |engine| engine.record_with_custody(agreement))
            .await
    }

    /// The views, up to date; see [`blocking::Engine::views`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn views(&self) -> Result<Views, Error> {
        self.run(move |engine| engine.views()).await
    }

    /// A view of the whole log; see [`blocking::Engine::view`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if the engine keeps no such view.
    pub async fn view<P: Projection>(&self) -> Result<Arc<P>, Error> {
        self.run(blocking::Engine::view::<P>).await
    }

    /// The register; see [`blocking::Engine::register`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn register(&self) -> Result<Arc<Register>, Error> {
        self.run(move |engine| engine.register()).await
    }

    /// The frameworks and packages; see [`blocking::Engine::frameworks`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn frameworks(&self) -> Result<Arc<Frameworks>, Error> {
        self.run(move |engine| engine.frameworks()).await
    }

    /// The state of a framework; see [`blocking::Engine::framework_state`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such framework; [`Error`] where the store fails or a record
    /// cannot be read.
    pub async fn framework_state(
        &self,
        id: FrameworkId,
        at: Moment,
    ) -> Result<Option<FrameworkState>, Error> {
        self.run(move |engine| engine.framework_state(id, &at))
            .await
    }

    /// What stands under frameworks; see [`blocking::Engine::dossiers`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn dossiers(&self) -> Result<Arc<Dossiers>, Error> {
        self.run(move |engine| engine.dossiers()).await
    }

    /// An indicator with all its figures; see [`blocking::Engine::indicator`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn indicator(
        &self,
        id: IndicatorId,
        asked: Asked,
    ) -> Result<Option<DossierView<Indicator>>, Error> {
        self.run(move |engine| engine.indicator(id, asked)).await
    }

    /// A framework as it stands; see [`blocking::Engine::framework`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub async fn framework(&self, id: FrameworkId) -> Result<Arc<FrameworkView>, Error> {
        self.run(move |engine| engine.framework(id)).await
    }

    /// A package as it stands; see [`blocking::Engine::package`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub async fn package(&self, id: PackageId) -> Result<Arc<PackageView>, Error> {
        self.run(move |engine| engine.package(id)).await
    }

    /// A source as it stands; see [`blocking::Engine::source`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none.
    pub async fn source(&self, id: Uuid) -> Result<Source, Error> {
        self.run(move |engine| engine.source(id)).await
    }

    /// Opens a source, or does nothing if it is open; see [`blocking::Engine::open_source`].
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub async fn open_source(
        &self,
        id: Uuid,
        actor: &Actor,
        opened: SourceEvent,
    ) -> Result<(), Error> {
        let actor = actor.clone();
        self.run(move |engine| engine.open_source(id, &actor, opened))
            .await
    }

    /// The timeline of streams, in the order of the log; see [`blocking::Engine::timeline`].
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn timeline(&self, streams: Vec<StreamId>) -> Result<Timeline, Error> {
        self.run(move |engine| engine.timeline(streams)).await
    }

    /// The events from a position on, `limit` at most, up to the present end of the log. [`Self::subscribe`] goes on from there.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn events(&self, from: u64, limit: usize) -> Result<Vec<Recorded>, Error> {
        self.run(move |engine| engine.events(from).take(limit).collect())
            .await
    }

    /// Events from a position on and on.
    pub fn subscribe(&self, from: u64) -> Subscription {
        self.0.subscribe(from)
    }

    /// Saves the views, and the records that were used; see [`blocking::Engine::save`].
    ///
    /// # Errors
    /// [`Error`] where the snapshots cannot be written.
    pub async fn save(&self) -> Result<(), Error> {
        self.run(move |engine| engine.save()).await
    }

    /// Saves the record of one agreement; see [`blocking::Engine::save_record`].
    ///
    /// # Errors
    /// [`Error`] where the snapshots cannot be written.
    pub async fn save_record(&self, agreement: AgreementId) -> Result<(), Error> {
        self.run(move |engine| engine.save_record(agreement)).await
    }

    /// Drops the record of an agreement from memory; its snapshot stays.
    pub fn release(&self, agreement: AgreementId) {
        self.0.release(agreement);
    }

    /// Throws all projections away and rebuilds them; see [`blocking::Engine::rebuild`]. `seen` is told each position, on the pool's
    /// thread.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn rebuild(&self, seen: impl FnMut(u64) + Send + 'static) -> Result<u64, Error> {
        self.run(move |engine| engine.rebuild(seen)).await
    }

    /// Reads the whole log again as a stranger would; see [`audit`](crate::audit()). `seen` is told each position, on the pool's thread.
    ///
    /// # Errors
    /// [`Error::Store`] only where the store cannot be read at all.
    pub async fn audit(
        &self,
        seen: impl FnMut(u64) + Send + 'static,
    ) -> Result<AuditReport, Error> {
        Ok(self.run(move |engine| engine.audit(seen)).await?)
    }

    /// The number of the revision that a commit proposed.
    pub fn proposed_revision(committed: &Committed) -> Option<Revision> {
        blocking::Engine::proposed_revision(committed)
    }
}

impl From<blocking::Engine> for Engine {
    fn from(engine: blocking::Engine) -> Self {
        Self(Arc::new(engine))
    }
}
