//! What is asked of a commit.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use travaux_domain::{Actor, Context, EventId, StreamCommand, StreamId};
use travaux_store::{CommitId, Expected};
use uuid::Uuid;

use crate::{Error, core::Core};

/// What a commit is to be: acts, decided in order, each on the state that those before it have left.
///
/// ```
/// # use travaux::{CommitRequest, domain::Actor};
/// let request = CommitRequest::new(Actor::party("FR"), Vec::new());
/// # let trace = uuid::Uuid::nil();
/// let request = request.correlation(trace);
/// ```
#[derive(Clone, Debug)]
pub struct CommitRequest {
    pub(crate) id: Option<CommitId>,
    pub(crate) actor: Actor,
    pub(crate) acts: Vec<StreamCommand>,
    pub(crate) on: Option<NaiveDate>,
    pub(crate) expecting: Vec<(StreamId, Expected)>,
    pub(crate) handles: bool,
    pub(crate) correlation: Option<Uuid>,
    pub(crate) causation: Option<Uuid>,
}

impl CommitRequest {
    /// All these acts, or none.
    pub fn new(actor: Actor, acts: Vec<StreamCommand>) -> Self {
        Self {
            id: None,
            actor,
            acts,
            on: None,
            expecting: Vec::new(),
            handles: false,
            correlation: None,
            causation: None,
        }
    }

    /// Under this id it is done once: the same again is answered as the first time, another is refused
    /// ([`Error::CommitIdTaken`]).
    ///
    /// Two requests are the same if the same actor, person included, asks for the same acts in the same
    /// order and on the same days, and both or neither ask for handles, wherever that makes a difference. Acts are the same
    /// too if they give the same events on the states of then: what is left to the decision, a number or
    /// a date, may be named the second time. Not compared is what does not change what is recorded to
    /// have happened: expectations ([`Self::expecting`]), as whoever asks again expects what it did
    /// before; correlation and causation, as it may ask from another conversation. Those of the first
    /// time stand.
    pub fn id(self, id: CommitId) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }

    /// On which day its acts were done: those that have no date of their own
    /// ([`StreamCommand::takes_day`]). Without, they are done when they are recorded. A day to come, or
    /// before what an act rests on, is refused (RC3).
    pub fn on(self, day: impl Into<Option<NaiveDate>>) -> Self {
        let on = day.into();
        Self { on, ..self }
    }

    /// The context in which an act is decided at a time: on the day that was said, if it takes one.
    pub(crate) fn context(&self, act: &StreamCommand, now: DateTime<Utc>) -> Context {
        let said = self.on.filter(|_| act.takes_day());
        Context::new(self.actor.clone(), now).done_on(said)
    }

    /// Only if a stream, whether it is written to or not, is at this version. The commit is not tried again if it is not.
    pub fn expecting(mut self, stream: StreamId, version: Expected) -> Self {
        self.expecting.push((stream, version));
        self
    }

    /// Whatever the acts begin gets a handle made from its title, in the same commit, behind them;
    /// but for what one of the acts gives a handle to ([`Handle::give`]). Of two that begin at once
    /// under one title, each gets its own.
    ///
    /// [`Handle::give`]: travaux_domain::Handle::give
    pub fn with_handles(self) -> Self {
        Self {
            handles: true,
            ..self
        }
    }

    /// The conversation that it belongs to; the commit's own id if none is named. An id of 16 bytes, as a W3C trace has one.
    pub fn correlation(self, id: Uuid) -> Self {
        Self {
            correlation: Some(id),
            ..self
        }
    }

    /// The event that caused it.
    pub fn causation(self, event: EventId) -> Self {
        Self {
            causation: Some(event.0),
            ..self
        }
    }

    /// That a stream stands where the caller expects it.
    pub(crate) fn allows(&self, stream: StreamId, found: u64) -> Result<(), Error> {
        let mut named = self.expecting.iter().filter(|(of, _)| *of == stream);
        match named.find(|(_, expected)| !expected.allows(found)) {
            Some((_, expected)) => Err(Error::Expected {
                stream,
                expected: *expected,
                found,
            }),
            None => Ok(()),
        }
    }

    /// All streams that it writes, or reads on the states as they stand.
    pub(crate) fn streams(&self, core: &Core) -> Result<BTreeSet<StreamId>, Error> {
        let expected = self.expecting.iter().map(|(stream, _)| *stream);
        let mut streams: BTreeSet<StreamId> = expected.collect();
        for act in &self.acts {
            let stream = act.stream();
            streams.insert(stream);
            streams.extend(core.states.get(stream, None)?.state.reads(act));
        }
        Ok(streams)
    }
}
