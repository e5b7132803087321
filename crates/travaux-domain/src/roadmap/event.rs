//! What happens to a roadmap and its actions. Each event says on which day it was done; a command
//! asks for one, and is worded like it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Action, ActionPart, ActionRef, Completion, Dependency, Due, Milestone, RoadmapPlan, Target,
};
use crate::{
    Name, PartyId,
    partnership::{ItemRef, Words, deeds},
};

/// An event of a roadmap's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoadmapEvent {
    /// A roadmap was proposed: it has no actions yet (RM2).
    RoadmapProposed {
        /// When.
        on: NaiveDate,
        /// What it is.
        plan: RoadmapPlan,
    },
    /// A version was adopted: it is the baseline from then on (RM2, RM15).
    RoadmapVersionAdopted {
        /// When.
        on: NaiveDate,
        /// Its number, from 1.
        version: u32,
        /// Its actions, each in the words of one revision.
        actions: Vec<ActionRef>,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An action was proposed (RM1).
    ActionProposed {
        /// When.
        on: NaiveDate,
        /// What is to be done.
        action: Action,
    },
    /// An action was put in other words (RM1).
    ActionRevised {
        /// When.
        on: NaiveDate,
        /// The revision that it changes.
        base: u32,
        /// What is to be done, as a whole.
        action: Action,
        /// All parties, where it was adopted and more than one's own offices changes.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// An action was taken back before it was adopted (RM1).
    ActionWithdrawn {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// An action follows up an item that was agreed at a meeting (MT9).
    ActionFollowsItem {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The item.
        item: ItemRef,
    },
    /// An action rests on another (RM4).
    DependencyAdded {
        /// When.
        on: NaiveDate,
        /// What waits for what.
        dependency: Dependency,
        /// All parties, where the one that waits was adopted and is not led by who adds it.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// An action rests on another no longer (RM4).
    DependencyRemoved {
        /// When.
        on: NaiveDate,
        /// The action that waited.
        action: Name,
        /// The one that it waited for.
        after: Name,
        /// All parties, where the one that waited was adopted and is not led by who removes it.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// A qualitative step was set (RM5).
    MilestoneSet {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The step.
        milestone: Milestone,
        /// All parties, where the action was adopted.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// A quantity to reach was set (RM5).
    TargetSet {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The quantity.
        target: Target,
        /// All parties, where the action was adopted.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// An action has begun (RM6).
    ActionStarted {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
    },
    /// One that leads an action told how far it has come (RM7).
    ProgressReported {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The day for which it is told.
        as_of: NaiveDate,
        /// What has been done.
        words: Words,
        /// How much of it, in per cent.
        #[serde(default)]
        percent: Option<u8>,
        /// Where that is to be seen.
        #[serde(default)]
        evidence: Vec<String>,
        /// The day of a recurring action that was kept by it.
        #[serde(default)]
        occurrence: Option<NaiveDate>,
    },
    /// Somebody who does not answer for it alone said how far an action has come (RM8).
    ProgressAssessed {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The day for which it is said.
        as_of: NaiveDate,
        /// How far.
        completion: Completion,
        /// On what grounds.
        #[serde(default)]
        words: Words,
        /// What a session of the body agreed; else it is the party that says so.
        #[serde(default)]
        decided: Option<ItemRef>,
    },
    /// A due date was moved (RM9).
    DueMoved {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// When it was due.
        from: Due,
        /// When it is due now.
        to: Due,
        /// Why.
        reason: String,
        /// All parties, where the body did not decide it.
        #[serde(default)]
        consenting: Vec<PartyId>,
        /// What a session of the body agreed, where it has that power.
        #[serde(default)]
        decided: Option<ItemRef>,
    },
    /// One that leads an action told that a milestone or target was met (RM10).
    MilestoneMet {
        /// When it was met.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The milestone or target.
        milestone: Name,
        /// Where that is to be seen.
        evidence: String,
        /// The value that was reached, of a target.
        #[serde(default)]
        value: Option<Name>,
        /// All parties, where the time to remedy had passed.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// It was accepted as met (RM10).
    MilestoneAccepted {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The milestone or target.
        milestone: Name,
        /// What a session of the body agreed; else it is the party that accepts.
        #[serde(default)]
        decided: Option<ItemRef>,
    },
    /// It was not accepted as met: six months are left to remedy (RM10).
    MilestoneNotAccepted {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The milestone or target.
        milestone: Name,
        /// Why.
        reason: String,
        /// What a session of the body agreed; else it is the party that does not accept.
        #[serde(default)]
        decided: Option<ItemRef>,
    },
    /// A milestone or target was waived (RM11).
    MilestoneWaived {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The milestone or target.
        milestone: Name,
        /// Why.
        reason: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An action was completed (RM11).
    ActionCompleted {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
    },
    /// An action that was completed goes on (RM12).
    ActionReopened {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// Why.
        reason: String,
    },
    /// An action was suspended (RM13).
    ActionSuspended {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// Why.
        reason: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An action that was suspended goes on (RM13).
    ActionResumed {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An action was cancelled (RM13).
    ActionCancelled {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// Why.
        reason: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// Another action takes the place of one (RM13).
    ActionSuperseded {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// The one that takes its place.
        by: Name,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An action was split: its parts are new actions, which go on in its place (RM13).
    ActionSplit {
        /// When.
        on: NaiveDate,
        /// The action.
        action: Name,
        /// Its parts, two or more.
        into: Vec<ActionPart>,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// Actions were merged into a new one, which goes on in their place (RM13).
    ActionsMerged {
        /// When.
        on: NaiveDate,
        /// The actions, two or more.
        actions: Vec<Name>,
        /// The new one.
        into: Action,
        /// All parties.
        consenting: Vec<PartyId>,
    },
}

deeds!(RoadmapEvent {
    RoadmapProposed: RM2 "propose a roadmap",
    RoadmapVersionAdopted: RM2 "adopt a roadmap",
    ActionProposed: RM1 "propose an action",
    ActionRevised: RM1 "revise an action",
    ActionWithdrawn: RM1 "withdraw an action",
    ActionFollowsItem: MT9 "follow an item up",
    DependencyAdded: RM4 "let an action rest on another",
    DependencyRemoved: RM4 "let an action rest on another no longer",
    MilestoneSet: RM5 "set a milestone",
    TargetSet: RM5 "set a target",
    ActionStarted: RM6 "start an action",
    ProgressReported: RM7 "report progress",
    ProgressAssessed: RM8 "assess progress",
    DueMoved: RM9 "move a due date",
    MilestoneMet: RM10 "report a milestone met",
    MilestoneAccepted: RM10 "accept a milestone as met",
    MilestoneNotAccepted: RM10 "not accept a milestone as met",
    MilestoneWaived: RM11 "waive a milestone",
    ActionCompleted: RM11 "complete an action",
    ActionReopened: RM12 "reopen an action",
    ActionSuspended: RM13 "suspend an action",
    ActionResumed: RM13 "resume an action",
    ActionCancelled: RM13 "cancel an action",
    ActionSuperseded: RM13 "let an action supersede another",
    ActionSplit: RM13 "split an action",
    ActionsMerged: RM13 "merge actions",
});

impl RoadmapEvent {
    /// The actions in whose words it puts something.
    pub(super) fn actions(&self) -> Vec<&Action> {
        match self {
            Self::ActionProposed { action, .. } | Self::ActionRevised { action, .. } => {
                vec![action]
            }
            Self::ActionSplit { into, .. } => into.iter().map(|part| &part.action).collect(),
            Self::ActionsMerged { into, .. } => vec![into],
            Self::RoadmapProposed { .. }
            | Self::RoadmapVersionAdopted { .. }
            | Self::ActionWithdrawn { .. }
            | Self::ActionFollowsItem { .. }
            | Self::DependencyAdded { .. }
            | Self::DependencyRemoved { .. }
            | Self::MilestoneSet { .. }
            | Self::TargetSet { .. }
            | Self::ActionStarted { .. }
            | Self::ProgressReported { .. }
            | Self::ProgressAssessed { .. }
            | Self::DueMoved { .. }
            | Self::MilestoneMet { .. }
            | Self::MilestoneAccepted { .. }
            | Self::MilestoneNotAccepted { .. }
            | Self::MilestoneWaived { .. }
            | Self::ActionCompleted { .. }
            | Self::ActionReopened { .. }
            | Self::ActionSuspended { .. }
            | Self::ActionResumed { .. }
            | Self::ActionCancelled { .. }
            | Self::ActionSuperseded { .. } => Vec::new(),
        }
    }

    /// The item of a session of the body on which it rests, if the body decided it.
    pub(super) fn decided(&self) -> Option<&ItemRef> {
        match self {
            Self::ProgressAssessed { decided, .. }
            | Self::DueMoved { decided, .. }
            | Self::MilestoneAccepted { decided, .. }
            | Self::MilestoneNotAccepted { decided, .. } => decided.as_ref(),
            Self::RoadmapProposed { .. }
            | Self::RoadmapVersionAdopted { .. }
            | Self::ActionProposed { .. }
            | Self::ActionRevised { .. }
            | Self::ActionWithdrawn { .. }
            | Self::ActionFollowsItem { .. }
            | Self::DependencyAdded { .. }
            | Self::DependencyRemoved { .. }
            | Self::MilestoneSet { .. }
            | Self::TargetSet { .. }
            | Self::ActionStarted { .. }
            | Self::ProgressReported { .. }
            | Self::MilestoneMet { .. }
            | Self::MilestoneWaived { .. }
            | Self::ActionCompleted { .. }
            | Self::ActionReopened { .. }
            | Self::ActionSuspended { .. }
            | Self::ActionResumed { .. }
            | Self::ActionCancelled { .. }
            | Self::ActionSuperseded { .. }
            | Self::ActionSplit { .. }
            | Self::ActionsMerged { .. } => None,
        }
    }
}
