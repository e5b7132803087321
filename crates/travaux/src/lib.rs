//! The engine: load, decide, encode, append, project; to embed in a service or a tool.
//!
//! [`Engine`] is asynchronous and runs on any executor; [`blocking::Engine`] is the same on the caller's thread. Both work on
//! any [`travaux_store::EventStore`]: the engine names none. Clock and ids are ports ([`Clock`], [`Ids`]), so that a test or
//! a replay decides what time it is.
//!
//! ```
//! use std::sync::Arc;
//! use travaux::{Ports, blocking::Engine, domain::{Actor, Party, Profile, agreement::AgreementCommand}};
//! use travaux_store::{MemorySnapshots, MemoryStore};
//!
//! let engine = Engine::open(Arc::new(MemoryStore::new()), Arc::new(MemorySnapshots::default()), Ports::system())?;
//! let ministry = Actor::party("FR");
//! let id = engine.new_agreement_id();
//! let proposal = travaux::proposal("Arrangement on training", Profile::arrangement())
//!     .party("FR", "Ministry of the Interior")
//!     .party("MA", "Ministère de l'Intérieur")
//!     .text("fr", "## Article 1\n\nLes Parties coopèrent.\n")?
//!     .build();
//! engine.act(id, &ministry, [AgreementCommand::Propose(Box::new(proposal))])?;
//! assert_eq!(engine.register()?.agreements[&id].revisions, 1);
//! # Ok::<(), travaux::Error>(())
//! ```

mod audit;
pub mod blocking;
mod build;
mod codec;
mod commit;
mod core;
mod engine;
mod error;
mod feed;
mod holding;
mod log;
mod lru;
mod naming;
mod package;
mod payload;
mod policy;
mod ports;
mod reader;
mod repeated;
mod request;
mod snapshot;
mod states;
mod subscription;
mod upcast;
mod views;
mod weight;

pub use travaux_domain::{self as domain, StreamCommand};
pub use travaux_projections as projections;
pub use travaux_text as text;

pub use crate::{
    audit::{AuditReport, Finding, LeftOut, Problem, SnapshotOf, Verdict, audit},
    build::{ProposalBuilder, proposal},
    codec::{decode, encode},
    engine::Engine,
    error::{CodecError, CommitIdTaken, EncodeError, Error, NotFound, UnreadableRecord},
    log::Committed,
    package::{PackageAct, PackageRevision},
    payload::Beside,
    policy::SnapshotPolicy,
    ports::{Clock, FixedClock, Ids, Ports, RandomIds, SequentialIds, SystemClock},
    reader::{fold, read_recorded, replay},
    request::CommitRequest,
    subscription::Subscription,
    views::{ViewState, Views},
};
