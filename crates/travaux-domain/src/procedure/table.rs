//! The step table of a procedure: who does what, within which limit, with which outcomes, and what
//! silence means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TimeLimit;
use crate::{
    Name,
    limit::Counting,
    partnership::{ClauseRef, Words},
};

/// Whose a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The party that opened the case.
    Requesting,
    /// The party that was asked.
    Requested,
    /// The joint body: both parties, together.
    Body,
}

/// What is accepted as a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Its key.
    pub key: Name,
    /// What it is called, by language.
    pub words: Words,
}

/// What who acts has to be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Its key.
    pub key: Name,
    /// What it is called, by language.
    pub words: Words,
    /// What is accepted as such; whatever fits, if none is named.
    #[serde(default)]
    pub accepts: Vec<Proof>,
    /// The annex in which it is listed, by its key in the table.
    #[serde(default)]
    pub list: Option<Name>,
    /// It need not be given.
    #[serde(default)]
    pub optional: bool,
}

/// What who acts gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Its key.
    pub key: Name,
    /// What it is called, by language.
    pub words: Words,
}

/// From when on the limit of a step runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Starts {
    /// From when the case reached the step.
    Reached,
    /// From when who must act received it; without receipt, no limit runs.
    Received,
    /// From something that happened, by key: the entry, the arrival; once its day was told.
    Event(Name),
}

/// Where an outcome leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leads {
    /// The case ends.
    End,
    /// To a step further down.
    To(Name),
    /// Back to a step further up, or to the same: a return, which has to be declared.
    BackTo(Name),
}

/// What an outcome is to who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// What was asked for.
    Obtained,
    /// A refusal.
    Refused,
    /// Neither.
    Other,
}

/// An outcome of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepOutcome {
    /// Its key.
    pub key: Name,
    /// What it is called, by language.
    pub words: Words,
    /// What it gives.
    pub gives: Gives,
    /// Where it leads.
    pub leads: Leads,
}

/// What it means when the limit of a step passes and nobody acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// As if this outcome had been given, which gives what was asked for.
    DeemedAgreed(Name),
    /// As if this outcome had been given, which refuses.
    DeemedRefused(Name),
    /// The case goes to this step.
    Escalates(Name),
    /// Nothing: the step waits on, and what comes is late.
    Nothing,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureStep {
    /// Its key.
    pub key: Name,
    /// What it is called, by language.
    pub words: Words,
    /// Whose it is.
    pub actor: Role,
    /// What who acts has to be given.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// What who acts gives.
    #[serde(default)]
    pub outputs: Vec<Output>,
    /// Within which it is to be done: `none`, or a period.
    pub limit: TimeLimit,
    /// From when on that runs.
    pub starts: Starts,
    /// Its outcomes.
    pub outcomes: Vec<StepOutcome>,
    /// What silence means.
    pub silence: Silence,
    /// Cases need not go through it: whoever leads there can lead elsewhere.
    #[serde(default)]
    pub optional: bool,
}

/// The step table of a version. A case begins at the first step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTable {
    /// What the procedure is called, by language.
    pub title: Words,
    /// The body whose steps those of the role `body` are, by its key in the framework.
    #[serde(default)]
    pub body: Option<Name>,
    /// How limits are counted.
    #[serde(default)]
    pub counting: Counting,
    /// The lists that steps refer to, by key.
    #[serde(default)]
    pub annexes: BTreeMap<Name, ClauseRef>,
    /// The steps.
    pub steps: Vec<ProcedureStep>,
}

impl StepTable {
    /// A step, by key.
    pub fn step(&self, key: &str) -> Option<&ProcedureStep> {
        self.steps.iter().find(|step| step.key == *key)
    }

    /// What has to have happened for limits to run, by key.
    pub fn events(&self) -> impl Iterator<Item = &Name> {
        self.steps.iter().filter_map(|step| match &step.starts {
            Starts::Event(key) => Some(key),
            Starts::Reached | Starts::Received => None,
        })
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.key == *key)
    }
}

impl ProcedureStep {
    /// An outcome, by key.
    pub fn outcome(&self, key: &str) -> Option<&StepOutcome> {
        self.outcomes.iter().find(|outcome| outcome.key == *key)
    }
}

impl Leads {
    /// The step to which it leads; none where the case ends.
    pub fn step(&self) -> Option<&Name> {
        match self {
            Self::End => None,
            Self::To(step) | Self::BackTo(step) => Some(step),
        }
    }
}

impl Silence {
    /// The outcome that is deemed to have been given.
    pub fn deemed(&self) -> Option<&Name> {
        match self {
            Self::DeemedAgreed(outcome) | Self::DeemedRefused(outcome) => Some(outcome),
            Self::Escalates(_) | Self::Nothing => None,
        }
    }
}
