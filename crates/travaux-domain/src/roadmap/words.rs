//! How roadmaps and their parts read.

use std::fmt;

use super::{
    ActionEnd, Assessor, Completion, Dependency, DependencyKind, Lifecycle, Measure, RoadmapEvent,
    Timing,
};
use crate::{
    partnership::Deed as _,
    words::{Summary, because, counted, names},
};

impl fmt::Display for DependencyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FinishToStart => "FS",
            Self::StartToStart => "SS",
            Self::FinishToFinish => "FF",
            Self::StartToFinish => "SF",
        })
    }
}

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} after {} ({}", self.action, self.after, self.kind)?;
        match self.lag {
            0 => f.write_str(")"),
            lag => write!(f, ", {lag:+} days)"),
        }
    }
}

impl fmt::Display for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoEvidence => "no evidence",
            Self::NotStarted => "not started",
            Self::Limited => "limited",
            Self::Substantial => "substantial",
            Self::Complete => "complete",
        })
    }
}

impl fmt::Display for ActionEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn { reason } => write!(f, "withdrawn{}", because(reason.as_ref())),
            Self::Cancelled { reason } => write!(f, "cancelled: {reason}"),
            Self::Superseded { by } => write!(f, "superseded by {by}"),
            Self::Split { into } => write!(f, "split into {}", names(into)),
            Self::Merged { into } => write!(f, "merged into {into}"),
        }
    }
}

impl fmt::Display for Assessor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Party(party) => party.fmt(f),
            Self::Body(body) => write!(f, "body {body}"),
        }
    }
}

impl fmt::Display for Lifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pipeline => "not begun",
            Self::Implementation => "running",
            Self::Finalisation => "completed, not yet accepted",
            Self::Closed => "completed",
            Self::Cancelled => "ended",
            Self::Suspended => "suspended",
        })
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = |count: i64| {
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} day{plural}")
        };
        match self {
            Self::Undated => f.write_str("no due date"),
            Self::Pending { missing } => write!(f, "waits for {}", missing.join(", ")),
            Self::OnTrack => f.write_str("on track"),
            Self::AtRisk { by, forecast } => write!(f, "at risk: {by} lets it on {forecast}"),
            Self::Late { days: late } => write!(f, "late by {}", days(*late)),
            Self::Done { late: 0 } => f.write_str("done in time"),
            Self::Done { late } => write!(f, "done {} late", days(*late)),
            Self::Ended => f.write_str("over"),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Milestone(milestone) => write!(f, "milestone {}", milestone.key),
            Self::Target(target) => write!(
                f,
                "target {}: {} from {} to {} {}",
                target.key, target.indicator, target.baseline, target.goal, target.unit
            ),
        }
    }
}

impl RoadmapEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary {
            done_on: Some(self.on()),
            ..Summary::new(self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::RoadmapProposed { plan, .. } => format!("roadmap proposed: {}", plan.title),
            Self::RoadmapVersionAdopted {
                version, actions, ..
            } => {
                let actions = counted(actions.len(), "action");
                format!("version {version} adopted: {actions}")
            }
            Self::ActionProposed { action, .. } => format!("action {} proposed", action.key),
            Self::ActionRevised { action, base, .. } => {
                let next = base.saturating_add(1);
                format!("action {} revised: revision {next}", action.key)
            }
            Self::ActionWithdrawn { action, reason, .. } => {
                format!("action {action} withdrawn{}", because(reason.as_ref()))
            }
            Self::ActionFollowsItem { action, item, .. } => {
                format!("action {action} follows up {item}")
            }
            Self::DependencyAdded { dependency, .. } => format!("action {dependency}"),
            Self::DependencyRemoved { action, after, .. } => {
                format!("action {action} after {after} no longer")
            }
            Self::MilestoneSet {
                action, milestone, ..
            } => format!("milestone {} of action {action} set", milestone.key),
            Self::TargetSet { action, target, .. } => {
                format!("target {} of action {action} set", target.key)
            }
            Self::ActionStarted { action, .. } => format!("action {action} started"),
            Self::ProgressReported {
                action,
                as_of,
                percent,
                ..
            } => {
                let percent = percent.map_or(String::new(), |percent| format!(": {percent} %"));
                format!("action {action} as of {as_of} reported{percent}")
            }
            Self::ProgressAssessed {
                action,
                as_of,
                completion,
                ..
            } => format!("action {action} as of {as_of} assessed: {completion}"),
            Self::DueMoved {
                action,
                from,
                to,
                reason,
                ..
            } => format!("action {action} moved from {from} to {to}: {reason}"),
            Self::MilestoneMet {
                action, milestone, ..
            } => format!("{milestone} of action {action} met"),
            Self::MilestoneAccepted {
                action, milestone, ..
            } => format!("{milestone} of action {action} accepted as met"),
            Self::MilestoneNotAccepted {
                action,
                milestone,
                reason,
                ..
            } => format!("{milestone} of action {action} not accepted: {reason}"),
            Self::MilestoneWaived {
                action,
                milestone,
                reason,
                ..
            } => format!("{milestone} of action {action} waived: {reason}"),
            Self::ActionCompleted { action, .. } => format!("action {action} completed"),
            Self::ActionReopened { action, reason, .. } => {
                format!("action {action} reopened: {reason}")
            }
            Self::ActionSuspended { action, reason, .. } => {
                format!("action {action} suspended: {reason}")
            }
            Self::ActionResumed { action, .. } => format!("action {action} resumed"),
            Self::ActionCancelled { action, reason, .. } => {
                format!("action {action} cancelled: {reason}")
            }
            Self::ActionSuperseded { action, by, .. } => {
                format!("action {action} superseded by {by}")
            }
            Self::ActionSplit { action, into, .. } => {
                let into = names(into.iter().map(|part| &part.action.key));
                format!("action {action} split into {into}")
            }
            Self::ActionsMerged { actions, into, .. } => {
                format!("actions {} merged into {}", names(actions), into.key)
            }
        }
    }
}
