//! Any event, and an event with what the log says about it.

use chrono::{DateTime, Utc};

use crate::{
    Actor, Context, EventId, StreamId, agreement::AgreementEvent, framework::FrameworkEvent, package::PackageEvent,
    source::SourceEvent,
};

/// An event of any stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Of an agreement.
    Agreement(AgreementEvent),
    /// Of a framework.
    Framework(FrameworkEvent),
    /// Of a package.
    Package(PackageEvent),
    /// Of a source.
    Source(SourceEvent),
}

/// An event as the log holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its position in the log, from 1, gapless.
    pub position: u64,
    /// Its stream.
    pub stream: StreamId,
    /// Its version within the stream, from 1, gapless.
    pub version: u64,
    /// Its identity.
    pub id: EventId,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
    /// Who acted.
    pub actor: Actor,
    /// The event.
    pub event: Event,
}

impl Recorded {
    /// Who acted, and when it was recorded.
    pub fn context(&self) -> Context {
        Context { actor: self.actor.clone(), now: self.recorded_at }
    }
}
