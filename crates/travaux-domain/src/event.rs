//! An event with what the log says about it, and the names of the types of events.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use crate::{
    Actor, Context, Event, EventId, LegalBasis, StreamId, Summary, agreement::AgreementEvent,
};

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
    /// The rule on which it was accepted; absent in records from before rules were recorded.
    pub legal_basis: Option<LegalBasis>,
    /// On which day it was done, where that was said and the event has no date of its own.
    pub done_on: Option<NaiveDate>,
}

impl Recorded {
    /// Who acted, on which day, and when it was recorded.
    pub fn context(&self) -> Context {
        Context::new(self.actor.clone(), self.recorded_at).done_on(self.done_on)
    }

    /// What happened, in words, with the day that was said of it.
    pub fn describe(&self) -> Summary {
        let said = self.event.describe();
        match self.done_on {
            Some(day) => Summary {
                what: format!("{}, on {day}", said.what),
                done_on: said.done_on.or(self.done_on),
                ..said
            },
            None => said,
        }
    }
}

/// The form in which services send an event on: what the log says about it, its type, and the event itself in its own serde form
/// (an object of one key, its type). The stream is written as its name.
impl Serialize for Recorded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields =
            8 + usize::from(self.legal_basis.is_some()) + usize::from(self.done_on.is_some());
        let mut form = serializer.serialize_struct("Recorded", fields)?;
        form.serialize_field("position", &self.position)?;
        form.serialize_field("stream", &self.stream.to_string())?;
        form.serialize_field("version", &self.version)?;
        form.serialize_field("id", &self.id)?;
        form.serialize_field("type", self.event.type_name())?;
        form.serialize_field("recorded_at", &self.recorded_at)?;
        form.serialize_field("actor", &self.actor)?;
        match &self.legal_basis {
            Some(basis) => form.serialize_field("legal_basis", basis)?,
            None => form.skip_field("legal_basis")?,
        }
        match &self.done_on {
            Some(day) => form.serialize_field("done_on", day)?,
            None => form.skip_field("done_on")?,
        }
        form.serialize_field("event", &self.event)?;
        form.end()
    }
}

impl Event {
    /// The event, if it is an agreement's.
    pub fn agreement(&self) -> Option<&AgreementEvent> {
        if let Self::Agreement(event) = self {
            Some(event)
        } else {
            None
        }
    }
}

/// Gives an enum of events the names of its types, which are those of its variants. One that is left out does not compile.
macro_rules! named {
    ($enum:ty { $($variant:ident),* $(,)? }) => {
        impl $enum {
            /// The names of all types.
            pub const TYPES: &[&str] = &[$(stringify!($variant)),*];

            /// The name of its type: the `type` of its envelope.
            pub fn type_name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => stringify!($variant),)*
                }
            }
        }
    };
}

pub(crate) use named;

impl AgreementEvent {
    /// The names of the types of the text's own events.
    pub const TEXT_TYPES: &[&str] = &[
        "AgreementProposed",
        "RevisionProposed",
        "RevisionWithdrawn",
        "RevisionAccepted",
        "RevisionRejected",
        "RevisionConcluded",
        "RevisionRepackaged",
        "TextAdopted",
        "TextAuthenticated",
        "NegotiationAbandoned",
        "ActRestated",
    ];

    /// The name of its type: the `type` of its envelope.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::AgreementProposed(_) => "AgreementProposed",
            Self::RevisionProposed(_) => "RevisionProposed",
            Self::RevisionWithdrawn(_) => "RevisionWithdrawn",
            Self::RevisionAccepted(_) => "RevisionAccepted",
            Self::RevisionRejected(_) => "RevisionRejected",
            Self::RevisionConcluded { .. } => "RevisionConcluded",
            Self::RevisionRepackaged { .. } => "RevisionRepackaged",
            Self::TextAdopted(_) => "TextAdopted",
            Self::TextAuthenticated { .. } => "TextAuthenticated",
            Self::NegotiationAbandoned { .. } => "NegotiationAbandoned",
            Self::ActRestated(_) => "ActRestated",
            Self::Machine(act) => act.type_name(),
        }
    }
}
