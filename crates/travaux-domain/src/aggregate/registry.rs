//! What follows from the list of kinds.

/// How an event of a kind stands among all events: as it is, or as the list says. What is large stands in a box, so that events
/// are small to move.
macro_rules! event_of {
    ($state:ty) => {
        <$state as Aggregate>::Event
    };
    ($state:ty as $event:ty) => {
        $event
    };
}

/// Makes of the list of kinds the enums over all of them, and what can be done with any.
macro_rules! registry {
    ($($(#[$doc:meta])* $kind:ident($id:ty) => $state:ty $(as $event:ty)?,)*) => {
        /// A stream, by what it is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StreamId {
            $($(#[$doc])* $kind($id),)*
        }

        /// An event of any stream. Its serde form is a map from the name of the type to the payload; [`StreamId::read_event`] reads it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$doc])* $kind(event_of!($state $(as $event)?)),)*
        }

        /// A command to a stream.
        #[derive(Clone, Debug, PartialEq)]
        pub enum StreamCommand {
            $($(#[$doc])* $kind($id, <$state as Aggregate>::Command),)*
        }

        /// The state of any stream, shared. A change is made on a copy where others have it, in place where nobody has.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum AggregateState {
            $($(#[$doc])* $kind(std::sync::Arc<$state>),)*
        }

        impl std::fmt::Display for StreamId {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$kind(id) => write!(f, "{}-{id}", <$state as Aggregate>::PREFIX),)*
                }
            }
        }

        impl std::str::FromStr for StreamId {
            type Err = crate::ParseStreamError;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                let bad = || crate::ParseStreamError(name.to_owned());
                let (prefix, id) = name.split_once('-').ok_or_else(bad)?;
                let id = uuid::Uuid::parse_str(id).map_err(|_| bad())?;
                $(if prefix == <$state as Aggregate>::PREFIX {
                    return Ok(Self::$kind(id.into()));
                })*
                Err(bad())
            }
        }

        impl StreamId {
            /// What the names of streams begin with, before `-` and a UUID: one for each kind.
            pub const PREFIXES: &[&str] = &[$(<$state as Aggregate>::PREFIX),*];

            /// What its name begins with: its kind.
            pub fn kind(self) -> &'static str {
                match self {
                    $(Self::$kind(_) => <$state as Aggregate>::PREFIX,)*
                }
            }

            /// The state of the stream before its first event.
            pub fn initial(self) -> AggregateState {
                match self {
                    $(Self::$kind(_) => AggregateState::$kind(std::sync::Arc::default()),)*
                }
            }

            /// Reads an event of the stream from its serde form.
            ///
            /// # Errors
            /// Those of the deserializer: it holds no event of this kind of stream.
            pub fn read_event<'de, D: serde::Deserializer<'de>>(self, from: D) -> Result<Event, D::Error> {
                match self {
                    $(Self::$kind(_) => serde::Deserialize::deserialize(from).map(Event::$kind),)*
                }
            }

            /// Reads a state of the stream from its serde form.
            ///
            /// # Errors
            /// Those of the deserializer: it holds no state of this kind of stream.
            pub fn read_state<'de, D: serde::Deserializer<'de>>(self, from: D) -> Result<AggregateState, D::Error> {
                match self {
                    $(Self::$kind(_) => <$state as serde::Deserialize>::deserialize(from)
                        .map(|state| AggregateState::$kind(std::sync::Arc::new(state))),)*
                }
            }
        }

        impl serde::Serialize for Event {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$kind(event) => event.serialize(to),)*
                }
            }
        }

        impl Event {
            /// The name of its type: the `type` of its envelope.
            pub fn type_name(&self) -> &'static str {
                match self {
                    $(Self::$kind(event) => <$state as Aggregate>::type_name(event),)*
                }
            }

            /// What happened, in words.
            pub fn describe(&self) -> Summary {
                match self {
                    $(Self::$kind(event) => <$state as Aggregate>::describe(event),)*
                }
            }

            /// The link of which it tells, as an event of that stream; see [`Aggregate::link`].
            pub fn link(&self, stream: StreamId) -> Option<(Link, Side)> {
                match self {
                    $(Self::$kind(event) => <$state as Aggregate>::link(stream, event),)*
                }
            }

            /// What other streams have to record with it; see [`Aggregate::counterparts`].
            pub fn counterparts(&self) -> Vec<Counterpart> {
                match self {
                    $(Self::$kind(event) => <$state as Aggregate>::counterparts(event),)*
                }
            }

            /// What it closes or releases, as an event of that stream; see [`Aggregate::lets_go`].
            pub fn lets_go(&self, stream: StreamId) -> Option<Hold> {
                match self {
                    $(Self::$kind(event) => <$state as Aggregate>::lets_go(stream, event),)*
                }
            }

            /// The row on which each type is recorded, of all kinds of stream under a framework.
            pub fn deeds() -> impl Iterator<Item = &'static DeedRow> {
                [$(<$state as Aggregate>::DEEDS),*].into_iter().flatten()
            }

            /// The names of all types of all streams.
            pub fn types() -> impl Iterator<Item = &'static str> {
                [$(<$state as Aggregate>::TYPES),*]
                    .into_iter()
                    .flatten()
                    .copied()
                    .flatten()
                    .copied()
            }
        }

        impl StreamCommand {
            /// The stream that it says itself that it is for, where it does.
            pub fn named(&self) -> Option<StreamId> {
                match self {
                    $(Self::$kind(_, command) => <$state as Aggregate>::named(command),)*
                }
            }

            /// Whether it has no date of its own and may be said to have been done on a day; see
            /// [`Aggregate::takes_day`].
            pub fn takes_day(&self) -> bool {
                match self {
                    $(Self::$kind(_, command) => <$state as Aggregate>::takes_day(command),)*
                }
            }

            /// The stream that it is for.
            pub fn stream(&self) -> StreamId {
                match self {
                    $(Self::$kind(id, _) => StreamId::$kind(*id),)*
                }
            }

            /// The command that gives `event` in `stream`, for deciding it again; `None` where the event is of another kind of stream.
            pub fn behind(stream: StreamId, event: &Event) -> Option<Self> {
                match (stream, event) {
                    $((StreamId::$kind(id), Event::$kind(event)) => {
                        Some(Self::$kind(id, <$state as Aggregate>::behind(event)))
                    })*
                    _ => None,
                }
            }
        }

        impl AggregateState {
            /// The version of the state's form; see [`Aggregate::VERSION`].
            pub fn form_version(&self) -> u32 {
                match self {
                    $(Self::$kind(_) => <$state as Aggregate>::VERSION,)*
                }
            }

            /// Decides a command on this state; see [`Aggregate::decide`].
            ///
            /// # Errors
            /// A [`Refusal`] that cites the rule which stands against it.
            pub fn decide(
                &self,
                command: StreamCommand,
                context: &Context,
                others: &Others,
            ) -> Result<Decided<Event>, Refusal> {
                let decided = self.decide_again(command, context, &others.for_new())?;
                self.given_today(&decided.event, context)?;
                Ok(decided)
            }

            /// That a command may still give an event; see [`Aggregate::given_today`].
            ///
            /// # Errors
            /// What stands against it today.
            pub fn given_today(&self, event: &Event, context: &Context) -> Result<(), Refusal> {
                match (self, event) {
                    $((Self::$kind(state), Event::$kind(event)) => {
                        state.given_today(event, context)
                    })*
                    _ => Ok(()),
                }
            }

            /// The same for what is on record, in whatever form it was given then.
            ///
            /// # Errors
            /// A [`Refusal`] that cites the rule which stands against it.
            pub fn decide_again(
                &self,
                command: StreamCommand,
                context: &Context,
                others: &Others,
            ) -> Result<Decided<Event>, Refusal> {
                let stream = command.stream();
                if self.reads(&command).contains(&stream) {
                    return Err(of_itself(stream));
                }
                if let Some(day) = context.done_on.filter(|_| !command.takes_day()) {
                    return Err(of_no_day(day));
                }
                let others = &others.on(stream);
                match (self, command) {
                    $((Self::$kind(_), StreamCommand::$kind(id, command))
                        if <$state as Aggregate>::named(&command)
                            .is_some_and(|own| own != StreamId::$kind(id)) =>
                    {
                        Err(of_another_stream(StreamId::$kind(id)))
                    })*
                    $((Self::$kind(state), StreamCommand::$kind(_, command)) => {
                        Aggregate::decide(&**state, command, context, others)
                            .map(|decided| decided.map(|event| Event::$kind(event.into())))
                    })*
                    $((Self::$kind(_), _) => Err(of_another_kind(<$state as Aggregate>::PREFIX)),)*
                }
            }

            /// What is open in it, in that stream, and holds something; see [`Aggregate::keeps`].
            pub fn keeps(&self, stream: StreamId) -> Vec<Held> {
                match self {
                    $(Self::$kind(state) => Aggregate::keeps(&**state, stream),)*
                }
            }

            /// The other streams that have to be known to decide the command on this state; none for
            /// a command of another kind.
            pub fn reads(&self, command: &StreamCommand) -> Vec<StreamId> {
                match (self, command) {
                    $((Self::$kind(state), StreamCommand::$kind(_, command)) => {
                        Aggregate::reads(&**state, command)
                    })*
                    _ => Vec::new(),
                }
            }

            /// Takes an event of its kind in, which `context` recorded; one of another changes nothing.
            pub fn evolve(&mut self, event: &Event, context: &Context) {
                match (self, event) {
                    $((Self::$kind(state), Event::$kind(event)) => {
                        Aggregate::evolve(std::sync::Arc::make_mut(state), event, context);
                    })*
                    _ => {}
                }
            }

            /// Its parties; see [`Aggregate::parties`].
            pub fn parties(&self) -> Option<Vec<&PartyId>> {
                match self {
                    $(Self::$kind(state) => Aggregate::parties(&**state),)*
                }
            }

            fn any(&self) -> &dyn Any {
                match self {
                    $(Self::$kind(state) => &**state,)*
                }
            }
        }

        impl serde::Serialize for AggregateState {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$kind(state) => state.serialize(to),)*
                }
            }
        }
    };
}
