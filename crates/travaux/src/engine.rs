//! The engine as futures, for services. Each call runs on a thread of a pool; any executor can wait for it.

use std::sync::Arc;

use travaux_domain::{Actor, AgreementId, agreement::AgreementCommand};
use travaux_projections::{AgreementRecord, Projection, Register};
use travaux_store::{CommitId, EventStore, SnapshotStore};

use crate::{AuditReport, Committed, Error, Ports, StreamCommand, Subscription, blocking};

/// The engine, asynchronous. Cheap to clone.
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
        ::blocking::unblock(move || blocking::Engine::open(store, snapshots, ports))
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

    /// Does acts on one agreement; see [`blocking::Engine::act`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against.
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

    /// Does acts on any streams in one commit; see [`blocking::Engine::commit`].
    ///
    /// # Errors
    /// [`Error::Refused`] by the first act that a rule stands against.
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

    /// The record of an agreement, up to date.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such agreement.
    pub async fn record(&self, agreement: AgreementId) -> Result<Arc<AgreementRecord>, Error> {
        self.run(move |engine| engine.record(agreement)).await
    }

    /// The register.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a record cannot be read.
    pub async fn register(&self) -> Result<Arc<Register>, Error> {
        self.run(blocking::Engine::register).await
    }

    /// A view of the whole log.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the engine keeps no such view.
    pub async fn view<P: Projection>(&self) -> Result<Arc<P>, Error> {
        self.run(blocking::Engine::view::<P>).await
    }

    /// Events from a position on and on.
    pub fn subscribe(&self, from: u64) -> Subscription {
        self.0.subscribe(from)
    }

    /// Reads the whole log again as a stranger would.
    ///
    /// # Errors
    /// [`Error::Store`] only where the store cannot be read at all.
    pub async fn audit(&self) -> Result<AuditReport, Error> {
        Ok(self.run(|engine| engine.audit(|_| {})).await?)
    }

    /// Saves the views, and the records that were used.
    ///
    /// # Errors
    /// [`Error`] where the snapshots cannot be written.
    pub async fn save(&self) -> Result<(), Error> {
        self.run(blocking::Engine::save).await
    }
}

impl From<blocking::Engine> for Engine {
    fn from(engine: blocking::Engine) -> Self {
        Self(Arc::new(engine))
    }
}
