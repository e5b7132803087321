//! What the events of a roadmap are made of.

use serde::{Deserialize, Serialize};

use super::{Due, Recurrence};
use crate::{
    FrameworkId, Name, PartyId,
    partnership::{ClauseRef, OfficeHolder, Words},
};

/// What a roadmap is, before it has actions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapPlan {
    /// The framework under which it stands.
    pub framework: FrameworkId,
    /// What it is called.
    pub title: String,
    /// Whose it is: parties to the framework, two or more. Where all have to consent, these have.
    pub parties: Vec<PartyId>,
    /// The zone in which its days begin and end, by its name in the IANA time zone database.
    pub zone: Name,
    /// The body that follows it: it assesses progress and accepts what was met, by what its
    /// sessions agree.
    #[serde(default)]
    pub body: Option<Name>,
    /// Whether that body may move a due date.
    #[serde(default)]
    pub body_moves: bool,
}

/// What is to be done. Its key names it for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its key.
    pub key: Name,
    /// What is to be done.
    pub title: Words,
    /// The area of the framework, by key.
    pub area: Name,
    /// The lead offices: one of each party that has one.
    pub leads: Vec<OfficeHolder>,
    /// The offices that support it.
    #[serde(default)]
    pub supports: Vec<OfficeHolder>,
    /// When it is planned to begin.
    #[serde(default)]
    pub start: Option<Due>,
    /// When it is due: for the first time, if it recurs.
    #[serde(default)]
    pub due: Option<Due>,
    /// How it recurs from then on.
    #[serde(default)]
    pub recurs: Option<Recurrence>,
    /// The clauses that it carries out.
    #[serde(default)]
    pub clauses: Vec<ClauseRef>,
}

impl Action {
    /// Whether a party has a lead office.
    pub fn is_led_by(&self, party: &PartyId) -> bool {
        self.leads.iter().any(|lead| lead.party == *party)
    }

    /// Whether nobody else than this party has a lead office.
    pub fn is_led_by_none_but(&self, party: &PartyId) -> bool {
        self.leads.iter().all(|lead| lead.party == *party)
    }
}

/// An action in the words of one of its revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRef {
    /// The action, by key.
    pub action: Name,
    /// Its revision, from 1.
    pub revision: u32,
}

/// A part of an action that is split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionPart {
    /// The new action.
    pub action: Action,
    /// The open milestones and targets that it takes over, by key.
    #[serde(default)]
    pub measures: Vec<Name>,
}

/// A qualitative step of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Its key, unique among the milestones and targets of the action.
    pub key: Name,
    /// What has to be there.
    pub title: Words,
    /// When it is due.
    #[serde(default)]
    pub due: Option<Due>,
}

/// A quantity that an action is to reach. Numbers are decimals, in words: `12.5`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its key, unique among the milestones and targets of the action.
    pub key: Name,
    /// What is counted.
    pub title: Words,
    /// The indicator with the exact version of its definition: `lpc-issued@1.0.0`.
    pub indicator: Name,
    /// The value from which it starts.
    pub baseline: Name,
    /// The value that it is to reach: from above, where that is less than the baseline.
    pub goal: Name,
    /// The unit of both.
    pub unit: Name,
    /// When it is due.
    #[serde(default)]
    pub due: Option<Due>,
}

/// A milestone or a target: what an action is measured by. It is never both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A qualitative step.
    Milestone(Milestone),
    /// A quantity.
    Target(Target),
}

impl Measure {
    /// Its key.
    pub fn key(&self) -> &Name {
        match self {
            Self::Milestone(milestone) => &milestone.key,
            Self::Target(target) => &target.key,
        }
    }

    /// What has to be there, or is counted.
    pub fn title(&self) -> &Words {
        match self {
            Self::Milestone(milestone) => &milestone.title,
            Self::Target(target) => &target.title,
        }
    }

    /// When it is due.
    pub fn due(&self) -> Option<&Due> {
        match self {
            Self::Milestone(milestone) => milestone.due.as_ref(),
            Self::Target(target) => target.due.as_ref(),
        }
    }
}

/// What of the one action has to come before what of the other (RFC 9253, 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DependencyKind {
    /// FS: the first is finished before the second starts.
    FinishToStart,
    /// SS: the first has started before the second starts.
    StartToStart,
    /// FF: the first is finished before the second is.
    FinishToFinish,
    /// SF: the first has started before the second is finished.
    StartToFinish,
}

/// That an action rests on another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dependency {
    /// The action that has to wait, by key.
    pub action: Name,
    /// The one that it waits for, by key.
    pub after: Name,
    /// What waits for what.
    pub kind: DependencyKind,
    /// How many days later; less than none, if it need not wait so long.
    #[serde(default)]
    pub lag: i32,
}

/// How far an action has come, as somebody who does not answer for it alone says (Open Government
/// Partnership, completion).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// There is no evidence.
    NoEvidence,
    /// It was not started.
    NotStarted,
    /// Some of it was done.
    Limited,
    /// Most of it was done.
    Substantial,
    /// All of it was done.
    Complete,
}

/// How an action ended that was not completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionEnd {
    /// Who proposed it took it back before it was adopted.
    Withdrawn {
        /// Why.
        reason: Option<String>,
    },
    /// It was cancelled.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// Another action took its place.
    Superseded {
        /// Which, by key.
        by: Name,
    },
    /// It was split.
    Split {
        /// Into which, by key.
        into: Vec<Name>,
    },
    /// It was merged with others.
    Merged {
        /// Into which, by key.
        into: Name,
    },
}

impl ActionEnd {
    /// The actions that go on in its place.
    pub fn became(&self) -> &[Name] {
        match self {
            Self::Withdrawn { .. } | Self::Cancelled { .. } => &[],
            Self::Superseded { by } => std::slice::from_ref(by),
            Self::Split { into } => into,
            Self::Merged { into } => std::slice::from_ref(into),
        }
    }
}
