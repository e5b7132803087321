//! What every kind of stream gives ([`Aggregate`]), and which kinds there are: one line each. Stream ids, events, commands, states, and what
//! the engine, the codec and the audit do with them follow from these lines (`registry.rs`).

#[macro_use]
mod registry;

use std::{any::Any, collections::BTreeMap, fmt::Debug, sync::Arc};

use chrono::NaiveDate;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    AgreementId, Context, Decided, FrameworkId, PackageId, PartyId, Reason, Refusal, Rule,
    agreement::{Agreement, AgreementEvent},
    body::{BodyEvent, BodyId, JointBody},
    exchange::{Exchange, ExchangeEvent, ExchangeId},
    framework::{Framework, FrameworkEvent},
    handle::Naming,
    indicator::{Indicator, IndicatorEvent, IndicatorId},
    meeting::{Meeting, MeetingEvent, MeetingId},
    package::Package,
    partnership::{Counterpart, DeedRow, Held, Hold, Link, Side},
    procedure::{Procedure, ProcedureEvent, ProcedureId},
    request::{Request, RequestEvent, RequestId},
    roadmap::{Roadmap, RoadmapEvent, RoadmapId},
    source::Source,
    words::Summary,
};

registry! {
    /// An agreement.
    Agreement(AgreementId) => Agreement as Box<AgreementEvent>,
    /// A framework.
    Framework(FrameworkId) => Framework as Box<FrameworkEvent>,
    /// A package.
    Package(PackageId) => Package,
    /// A source from which histories were imported.
    Source(Uuid) => Source,
    /// What a handle names.
    Naming(Uuid) => Naming,
    /// An exchange of information.
    Exchange(ExchangeId) => Exchange as Box<ExchangeEvent>,
    /// A request for information.
    Request(RequestId) => Request as Box<RequestEvent>,
    /// A joint body.
    Body(BodyId) => JointBody as Box<BodyEvent>,
    /// A procedure.
    Procedure(ProcedureId) => Procedure as Box<ProcedureEvent>,
    /// A roadmap.
    Roadmap(RoadmapId) => Roadmap as Box<RoadmapEvent>,
    /// An indicator.
    Indicator(IndicatorId) => Indicator as Box<IndicatorEvent>,
    /// A meeting.
    Meeting(MeetingId) => Meeting as Box<MeetingEvent>,
}

/// A kind of stream: a state that only events change, and the commands that give them.
///
/// `decide` and `evolve` are total and deterministic. One command gives one event, so that an auditor can decide every event again
/// from the state before it. The state's serde form is the same whenever it was fed the same events: it holds no hash map.
pub trait Aggregate:
    Clone + Debug + Default + Eq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// What is asked of it.
    type Command: Clone + Debug + PartialEq + Send;
    /// What happened to it. Its serde form is a map from the name of the type to the payload.
    type Event: Clone + Debug + Eq + Serialize + DeserializeOwned + Send;

    /// What the names of its streams begin with, before `-` and a UUID.
    const PREFIX: &'static str;
    /// The version of the state; raised whenever the same events would give another one, or it would be written down differently.
    const VERSION: u32;
    /// The names of the types of its events, in lists.
    const TYPES: &'static [&'static [&'static str]];
    /// The row on which each type of event is recorded, where that is one and the same: of all deeds.
    const DEEDS: &'static [DeedRow] = &[];

    /// Decides `command` on this state. `others` holds the streams that [`Self::reads`] names, as far as they have begun.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    fn decide(
        &self,
        command: Self::Command,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<Self::Event>, Refusal>;

    /// Takes `event` in, which `context` recorded.
    fn evolve(&mut self, event: &Self::Event, context: &Context);

    /// The command that gives `event`, for deciding it again.
    fn behind(event: &Self::Event) -> Self::Command;

    /// The name of the event's type.
    fn type_name(event: &Self::Event) -> &'static str;

    /// What happened, in words.
    fn describe(event: &Self::Event) -> Summary;

    /// The other streams that have to be known to decide the command on this state: those that the
    /// command names, and those on which the state itself rests.
    fn reads(&self, _command: &Self::Command) -> Vec<StreamId> {
        Vec::new()
    }

    /// Its parties, once it has begun: who may give it a handle. None of a kind that has no handles.
    fn parties(&self) -> Option<Vec<&PartyId>> {
        None
    }

    /// The link of which the event tells, with the end at which it stands: both ends have to tell of
    /// it in one commit ([`crate::partnership::check_links`]).
    fn link(_stream: StreamId, _event: &Self::Event) -> Option<(Link, Side)> {
        None
    }

    /// What other streams have to record in the same commit as the event
    /// ([`crate::partnership::check_links`]).
    fn counterparts(_event: &Self::Event) -> Vec<Counterpart> {
        Vec::new()
    }

    /// That a command may still give the event in this state: records hold some in a form, or in an
    /// order, that none does any more.
    /// An audit, which decides them again, does not ask.
    ///
    /// # Errors
    /// What stands against it today, and what takes its place.
    fn given_today(&self, _event: &Self::Event, _context: &Context) -> Result<(), Refusal> {
        Ok(())
    }

    /// What is open in it, in that stream, and keeps something else from being closed or released
    /// meanwhile ([`crate::partnership::check_holds`]).
    fn keeps(&self, _stream: StreamId) -> Vec<Held> {
        Vec::new()
    }

    /// What the event closes or releases, if nothing holds it.
    fn lets_go(_stream: StreamId, _event: &Self::Event) -> Option<Hold> {
        None
    }

    /// Whether the command has no date of its own and may be said to have been done on a day
    /// ([`Context::done_on`]), which is recorded beside its event.
    fn takes_day(_command: &Self::Command) -> bool {
        false
    }

    /// The stream that the command is for, where it says so itself: an id that follows from what it
    /// begins. It is refused on any other one.
    fn named(_command: &Self::Command) -> Option<StreamId> {
        None
    }
}

/// The states of the other streams that a command reads.
#[derive(Clone, Debug, Default)]
pub struct Others {
    states: Arc<BTreeMap<StreamId, AggregateState>>,
    itself: Option<StreamId>,
    is_new: bool,
}

impl Others {
    /// The stream on which the command is decided, as others name it.
    pub fn itself(&self) -> Option<StreamId> {
        self.itself
    }

    /// The same, for a command on that stream.
    fn on(&self, itself: StreamId) -> Self {
        Self {
            itself: Some(itself),
            ..self.clone()
        }
    }

    /// The same, for a command that is given now: it meets also what records of before need not.
    pub(crate) fn for_new(&self) -> Self {
        Self {
            is_new: true,
            ..self.clone()
        }
    }

    /// Whether the command is given now; else it is decided again, as an audit does.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// The state of a stream, if it has begun and the command reads it.
    pub fn get<A: Aggregate>(&self, stream: StreamId) -> Option<&A> {
        self.state(stream)?.get()
    }

    /// The state of a stream of any kind, if it has begun and the command reads it.
    pub fn state(&self, stream: StreamId) -> Option<&AggregateState> {
        self.states.get(&stream)
    }
}

impl FromIterator<(StreamId, AggregateState)> for Others {
    fn from_iter<T: IntoIterator<Item = (StreamId, AggregateState)>>(states: T) -> Self {
        Self {
            states: Arc::new(states.into_iter().collect()),
            itself: None,
            is_new: false,
        }
    }
}

impl AggregateState {
    /// The state, if it is of that kind.
    pub fn get<A: Aggregate>(&self) -> Option<&A> {
        self.any().downcast_ref()
    }
}

/// A command or an event of one kind meets a state of another: nothing that a caller does leads here, only a stream in which something
/// else was written.
fn of_another_kind(stream: &'static str) -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Rule::RC1,
        "act",
        format!("an act on a stream `{stream}-…`"),
        "an act of another kind",
    )
}

/// A day is said of a command that has a date of its own, or none at all.
fn of_no_day(day: NaiveDate) -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Rule::RC3,
        "act",
        "an act that may be said to have been done on a day",
        format!("{day} beside one that says itself when it was done"),
    )
}

/// A command says which stream of its kind it is for, and meets another.
fn of_another_stream(stream: StreamId) -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Rule::RC1,
        "act",
        "an act on the stream that it names itself",
        format!("one on `{stream}`"),
    )
}

/// A command names, as the other that it is about, the stream on which it is an act: an agreement
/// superseded or amended by itself.
fn of_itself(stream: StreamId) -> Refusal {
    Refusal::new(
        Reason::Malformed,
        Rule::RC1,
        "act",
        "another than the one that the act is about",
        format!("`{stream}` itself"),
    )
}
