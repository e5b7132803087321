//! Agreements, frameworks and packages as event streams.
//!
//! The job of this crate is the rules: which act is possible when, by whom, on what basis; and
//! what follows from it. Each stream has a state that only `evolve` changes, from events, and a
//! `decide` that turns a command into one event or into a [`Refusal`] that cites its rule. Both are
//! total and deterministic: no clock, no randomness, no I/O. One command gives exactly one event,
//! so that an auditor can decide every event again from the state before it.
//!
//! ```
//! use travaux_domain::{
//!     Actor, Context, Revision, Rule,
//!     agreement::{Agreement, AgreementCommand},
//! };
//!
//! let context = Context::new(Actor::party("FR"), "2024-10-29T10:00:00Z".parse()?);
//! let accept = AgreementCommand::AcceptRevision { revision: Revision::FIRST };
//! let refused = Agreement::default().decide(accept, &context).expect_err("nothing was proposed");
//! assert_eq!((refused.rule, refused.expected.as_str()), (Rule::RC1, "an agreement"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! No agreement has one status. Its text, the answers of its parties to each revision, its force
//! and its end are machines of their own; see [`agreement::Agreement`].
//!
//! Names such as T4 are rows ([`Rule`]), which `LAW.md` lists with what decides them; numbers such
//! as 9(1) are articles of the Vienna Convention on the Law of Treaties (VCLT, 1969).

#![deny(clippy::wildcard_enum_match_arm)]

mod aggregate;
pub mod agreement;
pub mod body;
pub mod clause;
pub mod effect;
mod event;
pub mod exchange;
pub mod framework;
mod from_text;
pub mod handle;
mod ids;
pub mod indicator;
mod law;
pub mod limit;
pub mod marking;
pub mod meeting;
mod name;
mod office;
pub mod package;
pub mod partnership;
pub mod practice;
pub mod procedure;
pub mod profile;
mod provenance;
mod refusal;
pub mod request;
pub mod roadmap;
mod shared;
pub mod source;
pub mod version;
mod words;

pub use crate::{
    aggregate::{Aggregate, AggregateState, Event, Others, StreamCommand, StreamId},
    agreement::AgreementId,
    body::BodyId,
    event::Recorded,
    exchange::ExchangeId,
    framework::FrameworkId,
    handle::{Handle, InvalidHandle},
    ids::{EventId, ParseStreamError, Revision},
    indicator::IndicatorId,
    law::{Decided, LegalBasis, Machine, Rule, RuleKind, UnknownRule},
    meeting::MeetingId,
    name::Name,
    package::PackageId,
    practice::Practice,
    procedure::ProcedureId,
    profile::{AdoptionRule, GapPolicy, InvalidProfile, Profile, ProfileFile},
    provenance::{ActElsewhere, Actor, Context, Party, PartyId, Provenance},
    refusal::{Reason, Refusal},
    request::RequestId,
    roadmap::RoadmapId,
    version::{Version, VersionRef},
    words::Summary,
};
