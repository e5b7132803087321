//! The states that acts are decided on, side by side.

use travaux_domain::{
    AgreementId, Context, Decided, Event, Refusal, Rule, StreamId,
    agreement::{Agreement, AgreementCommand},
    framework::Framework,
    package::{Package, PackageCommand},
    source::Source,
};

use crate::log::StreamCommand;

impl StreamCommand {
    /// The stream that the act is for.
    pub fn stream(&self) -> StreamId {
        match self {
            Self::Agreement(id, _) => StreamId::Agreement(*id),
            Self::Framework(id, _) => StreamId::Framework(*id),
            Self::Package(id, _) => StreamId::Package(*id),
            Self::Source(id, _) => StreamId::Source(*id),
        }
    }

    /// The act behind a recorded event, for deciding it again.
    pub(crate) fn behind(stream: StreamId, event: &Event) -> Option<Self> {
        match (stream, event) {
            (StreamId::Agreement(id), Event::Agreement(event)) => {
                Some(Self::Agreement(id, AgreementCommand::behind(event)))
            }
            (StreamId::Framework(id), Event::Framework(event)) => {
                Some(Self::Framework(id, event.clone()))
            }
            (StreamId::Package(id), Event::Package(event)) => {
                Some(Self::Package(id, PackageCommand::behind(event)))
            }
            (StreamId::Source(id), Event::Source(event)) => Some(Self::Source(id, event.clone())),
            _ => None,
        }
    }
}

impl StreamCommand {
    /// The other agreement that has to be known to decide the act.
    pub(crate) fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::Agreement(_, command) => command.reads(),
            _ => None,
        }
    }
}

/// A state that is not an agreement's: small, and folded anew whenever it is needed.
#[derive(Debug)]
pub(crate) enum AggregateState {
    Framework(Box<Framework>),
    Package(Box<Package>),
    Source(Box<Source>),
}

impl AggregateState {
    /// The state of a stream before its first event; `None` for an agreement's.
    pub(crate) fn initial(stream: StreamId) -> Option<Self> {
        match stream {
            StreamId::Agreement(_) => None,
            StreamId::Framework(_) => Some(Self::Framework(Box::default())),
            StreamId::Package(_) => Some(Self::Package(Box::default())),
            StreamId::Source(_) => Some(Self::Source(Box::default())),
        }
    }

    pub(crate) fn decide(
        &self,
        act: StreamCommand,
        context: &Context,
    ) -> Result<Decided<Event>, Refusal> {
        match (self, act) {
            (Self::Framework(state), StreamCommand::Framework(_, command)) => state
                .decide(command, context)
                .map(|d| d.map(Event::Framework)),
            (Self::Package(state), StreamCommand::Package(_, command)) => state
                .decide(command, context)
                .map(|d| d.map(Event::Package)),
            (Self::Source(state), StreamCommand::Source(_, event)) => {
                state.decide(event).map(|d| d.map(Event::Source))
            }
            _ => Err(Refusal::new(
                Rule::RC1,
                "act",
                "an act of the stream's kind",
                "another",
            )),
        }
    }

    pub(crate) fn evolve(&mut self, event: &Event, context: &Context) {
        match (self, event) {
            (Self::Framework(state), Event::Framework(event)) => state.evolve(event, context),
            (Self::Package(state), Event::Package(event)) => state.evolve(event, context),
            (Self::Source(state), Event::Source(event)) => state.evolve(event),
            _ => {}
        }
    }
}

/// Decides an act on an agreement; `other` is the agreement that the act names, if it names one.
pub(crate) fn decide_agreement(
    state: &Agreement,
    act: StreamCommand,
    context: &Context,
    other: Option<&Agreement>,
) -> Result<Decided<Event>, Refusal> {
    match act {
        StreamCommand::Agreement(_, command) => state
            .decide_with(command, context, other)
            .map(|d| d.map(Event::Agreement)),
        _ => Err(Refusal::new(
            Rule::RC1,
            "act",
            "an act on an agreement",
            "another",
        )),
    }
}
