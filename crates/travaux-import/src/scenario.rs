//! Scenarios: a negotiation written down as data, played into an engine.
//!
//! A scenario is a JSON document with steps; each says when, by whom, and what: one key that names the act. Texts and
//! operations are files beside it. `examples/founding/` is one to read.

mod act;
mod manifest;
mod play;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::Value;
use travaux::domain::{
    Handle, PartyId, Revision,
    agreement::{AgreementEvent, Nature},
    framework::{Body, Roadmap, Terms},
};

use crate::InputError;

pub use self::{
    manifest::{Manifest, read_profile},
    play::{Cast, ScenarioError, StepError},
};

/// Reads a file beside the scenario.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> Result<String, InputError>;

/// A scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// What happens, in order of time.
    pub steps: Vec<Step>,
}

/// One act.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When it is recorded.
    pub at: DateTime<Utc>,
    /// For which party.
    pub party: PartyId,
    /// By which office.
    #[serde(default)]
    pub office: Option<String>,
    /// What is done.
    #[serde(rename = "do")]
    pub act: ScenarioAct,
}

/// What is done. Agreements, frameworks and packages go by keys of the scenario's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ScenarioAct {
    /// Begin a stream of any kind by its first event.
    Begin {
        /// Its key.
        key: String,
        /// Its kind: what the names of its streams begin with, such as `meeting`.
        kind: String,
        /// What people are to call it; made from the title if nothing is said.
        #[serde(default)]
        handle: Option<Handle>,
        /// The event: one key that names it, with its payload. In it `@key` is the id of what the
        /// scenario calls by the key.
        event: Value,
        /// Acts on other streams that have to stand before it in the same commit, such as the call
        /// of the session that a meeting is.
        #[serde(default)]
        with: Vec<ActOn>,
    },
    /// Record acts on streams of any kind, all in one commit.
    Act(Vec<ActOn>),
    /// Found a framework at once: it is proposed, and adopted as all its parties have accepted it.
    FoundFramework {
        /// Its key.
        key: String,
        /// What people are to call it; made from the title if nothing is said.
        #[serde(default)]
        handle: Option<Handle>,
        /// Its parties, whose acceptance the record names.
        #[serde(default)]
        consenting: Vec<PartyId>,
        /// The terms.
        foundation: Terms,
    },
    /// Record an act on one of the machines beside the text: one key that names the event, with its payload.
    Record {
        /// The agreement.
        agreement: String,
        /// The act.
        act: Box<AgreementEvent>,
    },
    /// Set up a body.
    EstablishBody {
        /// The framework.
        framework: String,
        /// The body.
        body: Body,
    },
    /// Adopt a roadmap.
    AdoptRoadmap {
        /// The framework.
        framework: String,
        /// The roadmap.
        roadmap: Roadmap,
    },
    /// Propose an agreement, and bring it under a framework.
    Propose {
        /// Its key.
        key: String,
        /// The framework and the area.
        #[serde(default)]
        under: Option<(String, String)>,
        /// The manifest, a file.
        manifest: String,
    },
    /// Propose a revision.
    Revise {
        /// The agreement.
        agreement: String,
        /// The revision.
        revision: RevisionData,
    },
    /// Accept a revision.
    Accept {
        /// The agreement.
        agreement: String,
        /// Which.
        revision: Revision,
    },
    /// Reject a revision.
    Reject {
        /// The agreement.
        agreement: String,
        /// Which.
        revision: Revision,
        /// Why.
        reason: Option<String>,
    },
    /// Withdraw a revision.
    Withdraw {
        /// The agreement.
        agreement: String,
        /// Which.
        revision: Revision,
        /// Why.
        reason: Option<String>,
    },
    /// Adopt a text.
    Adopt {
        /// The agreement.
        agreement: String,
        /// The revision.
        revision: Revision,
        /// From when it applies.
        #[serde(default)]
        effective_from: Option<NaiveDate>,
    },
    /// Authenticate a text.
    Authenticate {
        /// The agreement.
        agreement: String,
        /// How.
        method: String,
        /// The parties.
        parties: Vec<PartyId>,
    },
    /// Enter into force.
    EnterIntoForce {
        /// The agreement.
        agreement: String,
        /// From when.
        on: NaiveDate,
        /// On what basis.
        basis: String,
        /// Where the date is not the one that follows: the parties, which all agree on it.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// Propose a package.
    ProposePackage {
        /// Its key.
        key: String,
        /// What people are to call it; made from the title if nothing is said.
        #[serde(default)]
        handle: Option<Handle>,
        /// The framework.
        framework: Option<String>,
        /// What it is called.
        title: String,
        /// Its revisions, by agreement.
        revisions: Vec<(String, RevisionData)>,
    },
    /// Accept a package.
    AcceptPackage {
        /// Which.
        package: String,
    },
    /// Adopt a package.
    AdoptPackage {
        /// Which.
        package: String,
    },
}

/// An act on a stream.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActOn {
    /// The stream, by the key of what it is about; by `kind:key` where several have that key.
    pub on: String,
    /// The event, as where something begins.
    pub event: Value,
}

/// A revision in a scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisionData {
    /// What it is called.
    pub title: String,
    /// What it is.
    pub nature: Nature,
    /// The revision against which it is drawn up.
    pub base: Revision,
    /// From when it is to apply.
    #[serde(default)]
    pub effective_from: Option<NaiveDate>,
    /// The revision to which it is the counter-proposal.
    #[serde(default)]
    pub counters: Option<Revision>,
    /// The operations, a file.
    pub operations: String,
}
