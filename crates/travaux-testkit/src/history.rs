//! A log as projections read it: what parties did, decided by the domain and numbered as a store would.
//!
//! ```
//! use travaux_domain::Profile;
//! use travaux_testkit::{agreement::{accept, adopt, proposal, propose}, history::History};
//!
//! let (fr, proposed) = propose("FR", proposal(Profile::arrangement(), &["FR", "MA"], vec![]));
//! let mut history = History::new();
//! history
//!     .at("2025-01-01").agreement(1, fr, proposed)
//!     .at("2025-02-01").agreement(1, "MA", accept(1)).agreement(1, "MA", adopt(1));
//! assert_eq!(history.log().len(), 3);
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, Aggregate, AggregateState, AgreementId, Context, Decided, Event, EventId, ExchangeId,
    FrameworkId, IndicatorId, MeetingId, Others, PackageId, ProcedureId, Recorded, Refusal,
    RequestId, RoadmapId, Rule, StreamCommand, StreamId, agreement::AgreementCommand,
    exchange::ExchangeCommand, framework::FrameworkCommand, indicator::IndicatorCommand,
    meeting::MeetingCommand, package::PackageCommand, partnership::Held,
    procedure::ProcedureCommand, request::RequestCommand, roadmap::RoadmapCommand,
    source::SourceEvent,
};
use uuid::Uuid;

use crate::agreement::date;

/// The agreement under a number.
pub fn agreement_id(number: u128) -> AgreementId {
    AgreementId(Uuid::from_u128(number))
}

/// The framework under a number.
pub fn framework_id(number: u128) -> FrameworkId {
    FrameworkId(Uuid::from_u128(number))
}

/// The package under a number.
pub fn package_id(number: u128) -> PackageId {
    PackageId(Uuid::from_u128(number))
}

/// The meeting under a number.
pub fn meeting_id(number: u128) -> MeetingId {
    MeetingId(Uuid::from_u128(number))
}

/// The exchange under a number.
pub fn exchange_id(number: u128) -> ExchangeId {
    ExchangeId(Uuid::from_u128(number))
}

/// The request under a number.
pub fn request_id(number: u128) -> RequestId {
    RequestId(Uuid::from_u128(number))
}

/// The procedure under a number.
pub fn procedure_id(number: u128) -> ProcedureId {
    ProcedureId(Uuid::from_u128(number))
}

/// The roadmap under a number.
pub fn roadmap_id(number: u128) -> RoadmapId {
    RoadmapId(Uuid::from_u128(number))
}

/// The indicator under a number.
pub fn indicator_id(number: u128) -> IndicatorId {
    IndicatorId(Uuid::from_u128(number))
}

/// The source under a number.
pub fn source_id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A log in the making. Each command is decided on the state of its stream; one that is refused is a fault of the test.
#[derive(Clone, Debug)]
pub struct History {
    now: DateTime<Utc>,
    log: Vec<Recorded>,
    streams: BTreeMap<StreamId, (AggregateState, u64)>,
}

impl Default for History {
    fn default() -> Self {
        Self::new()
    }
}

/// How a state decides a command: as one of today, or again.
type Decide =
    fn(&AggregateState, StreamCommand, &Context, &Others) -> Result<Decided<Event>, Refusal>;

#[track_caller]
fn is_refused(decided: Result<Decided<Event>, Refusal>, rule: Rule, says: &str) {
    let refusal = decided.expect_err("it is refused");
    assert!(
        refusal.rule == rule && refusal.to_string().contains(says),
        "{refusal}"
    );
}

impl History {
    /// An empty log, on the first day of 2020.
    pub fn new() -> Self {
        Self {
            now: "2020-01-01T00:00:00Z".parse().expect("a time"),
            log: Vec::new(),
            streams: BTreeMap::new(),
        }
    }

    /// What follows is recorded from noon of this day on, a minute each.
    pub fn at(&mut self, day: &str) -> &mut Self {
        self.now = date(day).and_hms_opt(12, 0, 0).expect("a time").and_utc();
        self
    }

    /// A party's command to the agreement under a number.
    #[track_caller]
    pub fn agreement(
        &mut self,
        number: u128,
        party: &str,
        command: impl Into<AgreementCommand>,
    ) -> &mut Self {
        let command = StreamCommand::Agreement(agreement_id(number), command.into());
        self.does(party, command)
    }

    /// A party's command to the framework under a number.
    #[track_caller]
    pub fn framework(&mut self, number: u128, party: &str, command: FrameworkCommand) -> &mut Self {
        self.does(
            party,
            StreamCommand::Framework(framework_id(number), command),
        )
    }

    /// A party's command to the package under a number.
    #[track_caller]
    pub fn package(&mut self, number: u128, party: &str, command: PackageCommand) -> &mut Self {
        self.does(party, StreamCommand::Package(package_id(number), command))
    }

    /// A party's command to the meeting under a number.
    #[track_caller]
    pub fn meeting(&mut self, number: u128, party: &str, command: MeetingCommand) -> &mut Self {
        self.does(party, StreamCommand::Meeting(meeting_id(number), command))
    }

    /// A party's command to the exchange under a number.
    #[track_caller]
    pub fn exchange(&mut self, number: u128, party: &str, command: ExchangeCommand) -> &mut Self {
        self.does(party, StreamCommand::Exchange(exchange_id(number), command))
    }

    /// A party's command to the request under a number.
    #[track_caller]
    pub fn request(&mut self, number: u128, party: &str, command: RequestCommand) -> &mut Self {
        self.does(party, StreamCommand::Request(request_id(number), command))
    }

    /// A party's command to the procedure under a number.
    #[track_caller]
    pub fn procedure(&mut self, number: u128, party: &str, command: ProcedureCommand) -> &mut Self {
        let command = StreamCommand::Procedure(procedure_id(number), command);
        self.does(party, command)
    }

    /// A party's command to the roadmap under a number.
    #[track_caller]
    pub fn roadmap(&mut self, number: u128, party: &str, command: RoadmapCommand) -> &mut Self {
        self.does(party, StreamCommand::Roadmap(roadmap_id(number), command))
    }

    /// A party's command to the indicator under a number.
    #[track_caller]
    pub fn indicator(&mut self, number: u128, party: &str, command: IndicatorCommand) -> &mut Self {
        let command = StreamCommand::Indicator(indicator_id(number), command);
        self.does(party, command)
    }

    /// What was read of the source under a number.
    #[track_caller]
    pub fn source(&mut self, number: u128, event: SourceEvent) -> &mut Self {
        self.does("import", StreamCommand::Source(source_id(number), event))
    }

    /// A party's command to any stream.
    #[track_caller]
    pub fn does(&mut self, party: &str, command: StreamCommand) -> &mut Self {
        let stream = command.stream();
        let decided = self
            .decided(party, command)
            .unwrap_or_else(|refusal| panic!("it is refused: {refusal}"));
        let context = self.context(party);
        let (state, version) = self
            .streams
            .entry(stream)
            .or_insert_with(|| (stream.initial(), 0));
        state.evolve(&decided.event, &context);
        *version += 1;
        let position = self.log.len() as u64 + 1;
        self.log.push(Recorded {
            position,
            stream,
            version: *version,
            id: EventId(Uuid::from_u128(u128::from(position))),
            recorded_at: context.now,
            actor: context.actor,
            event: decided.event,
            legal_basis: Some(decided.legal_basis),
            done_on: None,
        });
        self.now += TimeDelta::minutes(1);
        self
    }

    /// What would be recorded of a party's command; nothing is.
    ///
    /// # Errors
    /// The refusal.
    #[expect(
        clippy::result_large_err,
        reason = "refusals are answers, read by people: they say everything"
    )]
    pub fn decided(&self, party: &str, command: StreamCommand) -> Result<Decided<Event>, Refusal> {
        // A log holds what was recorded before, too.
        self.asked(party, command, AggregateState::decide_again)
    }

    /// The same, of a command that is given today.
    ///
    /// # Errors
    /// The refusal.
    #[expect(
        clippy::result_large_err,
        reason = "refusals are answers, read by people: they say everything"
    )]
    pub fn decided_today(
        &self,
        party: &str,
        command: StreamCommand,
    ) -> Result<Decided<Event>, Refusal> {
        self.asked(party, command, AggregateState::decide)
    }

    #[expect(
        clippy::result_large_err,
        reason = "refusals are answers, read by people: they say everything"
    )]
    fn asked(
        &self,
        party: &str,
        command: StreamCommand,
        decide: Decide,
    ) -> Result<Decided<Event>, Refusal> {
        let stream = command.stream();
        let known = |stream: StreamId| self.streams.get(&stream).map(|(state, _)| state.clone());
        let state = known(stream).unwrap_or_else(|| stream.initial());
        let reads = state.reads(&command).into_iter();
        let others: Others = reads.filter_map(|id| Some((id, known(id)?))).collect();
        decide(&state, command, &self.context(party), &others)
    }

    /// The command is refused today, by that rule, in words that hold these.
    #[track_caller]
    pub fn refuses_today(
        &mut self,
        party: &str,
        command: StreamCommand,
        rule: Rule,
        says: &str,
    ) -> &mut Self {
        is_refused(self.decided_today(party, command), rule, says);
        self
    }

    /// The command is refused by that rule, in words that hold these.
    #[track_caller]
    pub fn refuses(
        &mut self,
        party: &str,
        command: StreamCommand,
        rule: Rule,
        says: &str,
    ) -> &mut Self {
        is_refused(self.decided(party, command), rule, says);
        self
    }

    /// A stream as it stands; one that has not begun, as it is before its first event.
    #[track_caller]
    pub fn state<A: Aggregate>(&self, stream: StreamId) -> A {
        let known = self.streams.get(&stream).map(|(state, _)| state.clone());
        let state = known.unwrap_or_else(|| stream.initial());
        state.get::<A>().expect("a state of that kind").clone()
    }

    /// What is open in any stream, and holds something.
    pub fn held(&self) -> Vec<Held> {
        let streams = self.streams.iter();
        streams
            .flat_map(|(id, (state, _))| state.keeps(*id))
            .collect()
    }

    fn context(&self, party: &str) -> Context {
        Context::new(Actor::party(party), self.now)
    }

    /// Everything that was recorded, in order.
    pub fn log(&self) -> &[Recorded] {
        &self.log
    }

    /// What was recorded of the agreement under a number.
    pub fn of_agreement(&self, number: u128) -> impl Iterator<Item = &Recorded> {
        let stream = StreamId::Agreement(agreement_id(number));
        self.log.iter().filter(move |r| r.stream == stream)
    }
}
