//! The stream of a handle: whom it names. A stream of its own lets only one of two that reach for it at once have it.

use serde::{Deserialize, Serialize};

use super::Handle;
use crate::{
    Aggregate, AggregateState, Context, Decided, Others, Reason, Refusal, Rule, StreamId,
    words::Summary,
};

/// An event of a handle's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NamingEvent {
    /// The handle names something, for good: also when that has ended.
    HandleGiven {
        /// The handle.
        handle: Handle,
        /// The stream of what it names.
        to: StreamId,
    },
}

impl NamingEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        let Self::HandleGiven { handle, to } = self;
        Summary::new(format!("handle {handle} given to {to}"))
    }
}

/// Whom a handle names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Naming {
    /// The stream of what it names; absent before it was given.
    pub to: Option<StreamId>,
}

const ACT: &str = "give a handle";

impl Naming {
    /// Decides `event` on this state: by a party of what is named, once. What has no parties on
    /// record, as an imported document, is named by whoever keeps the record.
    ///
    /// # Errors
    /// A [`Refusal`] where the handle was given before, what it is to name has not begun, or the actor is no party to it.
    fn check(
        &self,
        event: NamingEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<NamingEvent>, Refusal> {
        let NamingEvent::HandleGiven { handle, to } = &event;
        let party = &context.actor.party;
        if let Some(holder) = self.to {
            let expected =
                format!("a handle that was never given in this store, unlike `{handle}`");
            return Err(Refusal::new(
                Reason::Already,
                Rule::RC2,
                ACT,
                expected,
                format!("it names {holder}"),
            ));
        }
        let Some(parties) = others.state(*to).and_then(AggregateState::parties) else {
            let expected = "an agreement, a framework or a package on record";
            return Err(Refusal::new(
                Reason::Unknown,
                Rule::RC1,
                ACT,
                expected,
                format!("{to}"),
            ));
        };
        if !parties.is_empty() && !parties.contains(&party) {
            let names: Vec<_> = parties.iter().map(ToString::to_string).collect();
            let expected = format!("a party to {to}: {}", names.join(", "));
            return Err(Refusal::new(
                Reason::NotAParty,
                Rule::P0,
                ACT,
                expected,
                format!("`{party}`"),
            ));
        }
        Ok(Decided::on(Rule::RC2, event))
    }
}

crate::event::named!(NamingEvent { HandleGiven });

impl Aggregate for Naming {
    type Command = NamingEvent;
    type Event = NamingEvent;

    const PREFIX: &'static str = "handle";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[NamingEvent::TYPES];

    fn decide(
        &self,
        command: NamingEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<NamingEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &NamingEvent, _: &Context) {
        let NamingEvent::HandleGiven { to, .. } = event;
        self.to = Some(*to);
    }

    fn behind(event: &NamingEvent) -> NamingEvent {
        event.clone()
    }

    fn type_name(event: &NamingEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &NamingEvent) -> Summary {
        event.describe()
    }

    fn reads(&self, command: &NamingEvent) -> Vec<StreamId> {
        let NamingEvent::HandleGiven { to, .. } = command;
        vec![*to]
    }

    fn named(command: &NamingEvent) -> Option<StreamId> {
        let NamingEvent::HandleGiven { handle, .. } = command;
        Some(StreamId::Naming(handle.stream_id()))
    }
}
