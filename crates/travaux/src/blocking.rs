//! The engine on the caller's thread.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use travaux_domain::{
    Actor, AgreementId, Event, FrameworkId, PackageId, Recorded, Revision, StreamId,
    agreement::{AgreementCommand, AgreementEvent},
    framework::FrameworkCommand,
    source::{Source, SourceEvent},
};
use travaux_projections::{
    DynProjection, FrameworkView, Frameworks, PackageView, Projection, Register, Tally, Timeline,
};
use travaux_store::{CommitId, EventStore, Read, SnapshotStore, StoreError};
use uuid::Uuid;

use crate::{
    AuditReport, Committed, Error, NotFound, Ports, Shared, SnapshotPolicy, StreamCommand,
    Subscription, Views,
    attempt::CommitRequest,
    feed::Feed,
    reader::{read_recorded, replay},
    records::Records,
};

/// The engine. Cheap to share: all its methods take `&self`.
#[derive(Debug)]
pub struct Engine {
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) snapshots: Arc<dyn SnapshotStore>,
    pub(crate) ports: Ports,
    pub(crate) records: Records,
    pub(crate) views: Mutex<Views>,
    /// The last time that was recorded: recorded time never goes back.
    last: Mutex<DateTime<Utc>>,
    pub(crate) policy: SnapshotPolicy,
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
        let mut views = Views::new(projections);
        views.load(&*store, &*snapshots)?;
        views.catch_up(&*store)?;
        let last = views
            .get::<Tally>()
            .and_then(|tally| tally.last_recorded_at)
            .unwrap_or(DateTime::<Utc>::MIN_UTC);
        let feed = Arc::new(Feed::new(Arc::clone(&store)));
        let records = Records::new(Arc::clone(&store), Arc::clone(&snapshots));
        let (views, last, policy) = (
            Mutex::new(views),
            Mutex::new(last),
            SnapshotPolicy::default(),
        );
        Ok(Self {
            store,
            snapshots,
            ports,
            records,
            views,
            last,
            policy,
            feed,
        })
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
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against, [`Error::Conflict`] if others kept being faster.
    pub fn commit(
        &self,
        id: Option<CommitId>,
        actor: &Actor,
        acts: Vec<StreamCommand>,
    ) -> Result<Committed, Error> {
        self.run(&CommitRequest {
            id,
            actor: actor.clone(),
            acts,
        })
    }

    /// The record of an agreement, up to date.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such agreement.
    pub fn record(&self, agreement: AgreementId) -> Result<Shared, Error> {
        let shared = self
            .records
            .get(agreement, self.version_in_view(agreement)?)?;
        let mut held = shared.lock();
        if held.version == 0 {
            return Err(NotFound::Agreement(agreement).into());
        }
        self.save_record_when_due(agreement, &mut held);
        drop(held);
        Ok(shared)
    }

    /// The version of an agreement's stream as the register has it: the log need not be asked while the views stand at its end.
    fn version_in_view(&self, agreement: AgreementId) -> Result<Option<u64>, Error> {
        let views = self.views()?;
        Ok(views
            .get::<Register>()
            .and_then(|register| register.agreements.get(&agreement))
            .map(|entry| entry.version))
    }

    /// The record of an agreement, up to date, with the custody of its words: for `blame` and `words`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such agreement.
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
    /// [`Error::NotFound`] if the engine keeps no such view.
    pub fn view<P: Projection + Clone>(&self) -> Result<P, Error> {
        let views = self.views()?;
        let view = views.get::<P>().cloned();
        Ok(view.ok_or(NotFound::View(P::NAME))?)
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

    /// A framework as it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such framework.
    pub fn framework(&self, id: FrameworkId) -> Result<FrameworkView, Error> {
        let view = self.frameworks()?.frameworks.remove(&id);
        Ok(view.ok_or(NotFound::Framework(id))?)
    }

    /// A package as it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such package.
    pub fn package(&self, id: PackageId) -> Result<PackageView, Error> {
        let view = self.frameworks()?.packages.remove(&id);
        Ok(view.ok_or(NotFound::Package(id))?)
    }

    /// A source as it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such source.
    pub fn source(&self, id: Uuid) -> Result<Source, Error> {
        let (mut source, mut known) = (Source::default(), false);
        for recorded in read_recorded(
            &*self.store,
            Read::stream(StreamId::Source(id).to_string(), 1),
        ) {
            if let Event::Source(event) = recorded?.event {
                source.evolve(&event);
                known = true;
            }
        }
        if !known {
            return Err(NotFound::Source(id).into());
        }
        Ok(source)
    }

    /// Opens a source, or does nothing if it is open.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub fn open_source(&self, id: Uuid, actor: &Actor, opened: SourceEvent) -> Result<(), Error> {
        if self.store.version(&StreamId::Source(id).to_string())? == 0 {
            self.commit(None, actor, vec![StreamCommand::Source(id, opened)])?;
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
        Subscription::new(Arc::clone(&self.feed), from)
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
                self.records.entry(id).lock().apply(recorded);
            }
            views.apply(recorded);
            seen(recorded.position);
            Ok(())
        })?;
        views.save(&*self.store, &*self.snapshots)?;
        let position = views.position();
        drop(views);
        self.records.save(None)?;
        Ok(position)
    }

    /// Reads the whole log again as a stranger would; see [`audit`](crate::audit()).
    ///
    /// # Errors
    /// [`StoreError`] only where the store cannot be read at all; damage is in the report.
    pub fn audit(&self, seen: impl FnMut(u64)) -> Result<AuditReport, StoreError> {
        crate::audit::audit(&*self.store, &*self.snapshots, seen)
    }

    /// The number of the revision that a commit proposed.
    pub fn proposed_revision(committed: &Committed) -> Option<Revision> {
        committed.events.iter().find_map(|e| match &e.event {
            Event::Agreement(AgreementEvent::RevisionProposed(p)) => Some(p.revision),
            Event::Agreement(AgreementEvent::AgreementProposed(_)) => Some(Revision::FIRST),
            _ => None,
        })
    }
}
