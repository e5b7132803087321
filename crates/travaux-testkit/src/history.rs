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

use std::{collections::BTreeMap, fmt::Debug};

use chrono::{DateTime, TimeDelta, Utc};
use travaux_domain::{
    Actor, AgreementId, Context, Decided, Event, EventId, FrameworkId, PackageId, Recorded,
    Refusal, StreamId,
    agreement::{Agreement, AgreementCommand},
    framework::{Framework, FrameworkCommand},
    package::{Package, PackageCommand},
    source::{Source, SourceEvent},
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

/// The source under a number.
pub fn source_id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A log in the making. Each command is decided on the state of its stream; one that is refused is a fault of the test.
#[derive(Clone, Debug)]
pub struct History {
    now: DateTime<Utc>,
    log: Vec<Recorded>,
    versions: BTreeMap<String, u64>,
    agreements: BTreeMap<AgreementId, Agreement>,
    frameworks: BTreeMap<FrameworkId, Framework>,
    packages: BTreeMap<PackageId, Package>,
    sources: BTreeMap<Uuid, Source>,
}

impl Default for History {
    fn default() -> Self {
        Self::new()
    }
}

impl History {
    /// An empty log, on the first day of 2020.
    pub fn new() -> Self {
        Self {
            now: "2020-01-01T00:00:00Z".parse().expect("a time"),
            log: Vec::new(),
            versions: BTreeMap::new(),
            agreements: BTreeMap::new(),
            frameworks: BTreeMap::new(),
            packages: BTreeMap::new(),
            sources: BTreeMap::new(),
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
        let (id, context) = (agreement_id(number), self.context(party));
        let state = self.agreements.entry(id).or_default();
        let decided = accepted(state.decide(command.into(), &context));
        state.evolve(&decided.event, &context);
        self.push(StreamId::Agreement(id), context, decided, Event::Agreement)
    }

    /// A party's command to the framework under a number.
    #[track_caller]
    pub fn framework(&mut self, number: u128, party: &str, command: FrameworkCommand) -> &mut Self {
        let (id, context) = (framework_id(number), self.context(party));
        let state = self.frameworks.entry(id).or_default();
        let decided = accepted(state.decide(command, &context));
        state.evolve(&decided.event, &context);
        self.push(StreamId::Framework(id), context, decided, Event::Framework)
    }

    /// A party's command to the package under a number.
    #[track_caller]
    pub fn package(&mut self, number: u128, party: &str, command: PackageCommand) -> &mut Self {
        let (id, context) = (package_id(number), self.context(party));
        let state = self.packages.entry(id).or_default();
        let decided = accepted(state.decide(command, &context));
        state.evolve(&decided.event, &context);
        self.push(StreamId::Package(id), context, decided, Event::Package)
    }

    /// What was read of the source under a number.
    #[track_caller]
    pub fn source(&mut self, number: u128, event: SourceEvent) -> &mut Self {
        let (id, context) = (source_id(number), self.context("import"));
        let state = self.sources.entry(id).or_default();
        let decided = accepted(state.decide(event));
        state.evolve(&decided.event);
        self.push(StreamId::Source(id), context, decided, Event::Source)
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

    fn context(&self, party: &str) -> Context {
        Context {
            actor: Actor::party(party),
            now: self.now,
        }
    }

    fn push<E>(
        &mut self,
        stream: StreamId,
        context: Context,
        decided: Decided<E>,
        event: impl FnOnce(E) -> Event,
    ) -> &mut Self {
        let version = self.versions.entry(stream.to_string()).or_default();
        *version += 1;
        let position = self.log.len() as u64 + 1;
        self.log.push(Recorded {
            position,
            stream,
            version: *version,
            id: EventId(Uuid::from_u128(u128::from(position))),
            recorded_at: context.now,
            actor: context.actor,
            event: event(decided.event),
            legal_basis: Some(decided.legal_basis),
        });
        self.now += TimeDelta::minutes(1);
        self
    }
}

#[track_caller]
fn accepted<E: Debug>(decision: Result<Decided<E>, Refusal>) -> Decided<E> {
    decision.unwrap_or_else(|refusal| panic!("it is refused: {refusal}"))
}
