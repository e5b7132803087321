//! A roadmap under a framework: its actions, what they are due by and measured by, how far they have
//! come (rows RM1 to RM15).
//!
//! An action has no one status. Its lifecycle ([`Lifecycle`]), its completion as others assess it
//! ([`Completion`]) and how it stands to its due date ([`Timing`]) are three axes; the first and the
//! last follow from the record for a day, and are not stored.

mod actions;
mod course;
mod decide;
mod decimal;
mod due;
mod event;
mod evolve;
mod graph;
mod lineage;
mod measures;
mod parts;
mod recurrence;
mod rules;
mod schedule;
mod state;
mod words;

pub(crate) use self::rules::RULES;
pub use self::{
    due::{Cause, Due, ParseDueError},
    event::RoadmapEvent,
    parts::{
        Action, ActionEnd, ActionPart, ActionRef, Completion, Dependency, DependencyKind, Measure,
        Milestone, RoadmapPlan, Target,
    },
    recurrence::{ParseRecurrenceError, Recurrence},
    schedule::{Lifecycle, Schedule, Timing},
    state::{
        ActionRecord, Assessment, Assessor, Baseline, BaselineDates, DependencyRecord, DueMove,
        MeasureRecord, Met, ProgressReport, Reopening, Roadmap, Suspension, Verdict,
    },
};
use crate::{
    Aggregate, BodyId, Context, Decided, FrameworkId, Others, PartyId, Refusal, StreamId,
    partnership::{self, ClauseRef, DeedRow, Dossier, FollowUp, Hold, Link, Side},
    words::Summary,
};

crate::ids::id!(
    /// The identity of a roadmap.
    RoadmapId,
    Roadmap
);

/// A command to a roadmap: each asks for one event, and is worded like it.
pub type RoadmapCommand = RoadmapEvent;

impl Aggregate for Roadmap {
    type Command = RoadmapCommand;
    type Event = RoadmapEvent;

    const PREFIX: &'static str = "roadmap";
    const VERSION: u32 = 2;
    const TYPES: &'static [&'static [&'static str]] = &[RoadmapEvent::TYPES];
    const DEEDS: &'static [DeedRow] = RoadmapEvent::DEEDS;

    /// An action that has no end holds its area (FW16).
    fn keeps(&self, stream: StreamId) -> Vec<partnership::Held> {
        let Some(plan) = &self.plan else {
            return Vec::new();
        };
        let open = self.actions.values().filter(|record| record.is_open());
        let held = open.map(|record| partnership::Held {
            hold: Hold::Area {
                framework: plan.framework,
                area: record.action.area.clone(),
            },
            by: format!("action {} of {stream}", record.action.key),
        });
        held.collect()
    }

    fn decide(
        &self,
        command: RoadmapCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<RoadmapEvent>, Refusal> {
        self.check(command, context, others)
    }

    fn evolve(&mut self, event: &RoadmapEvent, context: &Context) {
        self.take(event, context);
    }

    fn behind(event: &RoadmapEvent) -> RoadmapCommand {
        event.clone()
    }

    fn type_name(event: &RoadmapEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &RoadmapEvent) -> Summary {
        event.describe()
    }

    /// Its framework, the meeting whose item is followed up or decided it, and the agreements whose
    /// clauses an action carries out.
    fn reads(&self, command: &RoadmapCommand) -> Vec<StreamId> {
        let plan = if let RoadmapEvent::RoadmapProposed { plan, .. } = command {
            Some(plan)
        } else {
            self.plan.as_ref()
        };
        let own = plan.map(|plan| plan.framework);
        let item = if let RoadmapEvent::ActionFollowsItem { item, .. } = command {
            Some(item)
        } else {
            command.decided()
        };
        let mut reads = Vec::from_iter(own.map(StreamId::Framework));
        reads.extend(item.map(|item| StreamId::Meeting(item.meeting)));
        let said = command.actions().into_iter();
        reads.extend(ClauseRef::streams(said.flat_map(|action| &action.clauses)));
        if let RoadmapEvent::RoadmapProposed { plan, .. } = command {
            let body = plan.body.iter();
            reads.extend(body.map(|key| StreamId::Body(BodyId::of(plan.framework, key))));
        }
        reads
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let plan = self.plan.as_ref()?;
        Some(plan.parties.iter().collect())
    }

    fn link(stream: StreamId, event: &RoadmapEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (StreamId::Roadmap(roadmap), RoadmapEvent::ActionFollowsItem { on, action, item }) => {
                let action = action.clone();
                let to = FollowUp::Action { roadmap, action };
                let (item, on) = (item.clone(), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }
}

impl Dossier for Roadmap {
    fn skip(&mut self) {
        self.version += 1;
    }

    fn framework(&self) -> Option<FrameworkId> {
        Some(self.plan.as_ref()?.framework)
    }
}
