//! Links between what was agreed and what follows it up. Each end says so in its own stream, both in
//! one commit: so no stream tells of a link that the other does not know (INV8).

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::DeedRow;
use crate::{
    AgreementId, Event, FrameworkId, Name, PackageId, Reason, Refusal, Rule, StreamCommand,
    StreamId,
    agreement::relation::RelationAct,
    body::{BodyEvent, BodyId},
    framework::FrameworkEvent,
    indicator::{IndicatorEvent, IndicatorId},
    meeting::{MeetingEvent, MeetingId},
    package::PackageCommand,
    procedure::{ProcedureEvent, ProcedureId},
    roadmap::{RoadmapEvent, RoadmapId},
};

/// An item that was agreed at a meeting, as others name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemRef {
    /// The meeting.
    pub meeting: MeetingId,
    /// The item, by key.
    pub item: Name,
}

impl fmt::Display for ItemRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {} of meeting {}", self.item, self.meeting)
    }
}

/// What follows an agreed item up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUp {
    /// An agreement.
    Agreement(AgreementId),
    /// A revision round: a package of revisions.
    Round(PackageId),
    /// An area of a framework.
    Area {
        /// The framework.
        framework: FrameworkId,
        /// The area, by key.
        area: Name,
    },
    /// Another meeting.
    Meeting(MeetingId),
    /// A joint body.
    Body(BodyId),
    /// A procedure.
    Procedure(ProcedureId),
    /// An action of a roadmap.
    Action {
        /// The roadmap.
        roadmap: RoadmapId,
        /// The action, by key.
        action: Name,
    },
    /// An indicator.
    Indicator(IndicatorId),
}

impl FollowUp {
    /// The stream in which it says that it follows the item up.
    pub fn stream(&self) -> StreamId {
        match self {
            Self::Agreement(id) => StreamId::Agreement(*id),
            Self::Round(id) => StreamId::Package(*id),
            Self::Area { framework, .. } => StreamId::Framework(*framework),
            Self::Meeting(id) => StreamId::Meeting(*id),
            Self::Body(id) => StreamId::Body(*id),
            Self::Procedure(id) => StreamId::Procedure(*id),
            Self::Action { roadmap, .. } => StreamId::Roadmap(*roadmap),
            Self::Indicator(id) => StreamId::Indicator(*id),
        }
    }
}

impl fmt::Display for FollowUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agreement(id) => write!(f, "agreement {id}"),
            Self::Round(id) => write!(f, "revision round {id}"),
            Self::Area { framework, area } => write!(f, "area {area} of framework {framework}"),
            Self::Meeting(id) => write!(f, "meeting {id}"),
            Self::Body(id) => write!(f, "body {id}"),
            Self::Procedure(id) => write!(f, "procedure {id}"),
            Self::Action { roadmap, action } => write!(f, "action {action} of roadmap {roadmap}"),
            Self::Indicator(id) => write!(f, "indicator {id}"),
        }
    }
}

/// A link: what was agreed, what follows it up, and since when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The item.
    pub item: ItemRef,
    /// What follows it up.
    pub to: FollowUp,
    /// Since when.
    pub on: NaiveDate,
}

/// Which end of a link an event stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// At the meeting's.
    Item,
    /// At that of what follows it up.
    FollowUp,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Item => Self::FollowUp,
            Self::FollowUp => Self::Item,
        }
    }
}

impl Link {
    /// The commands that tell of it at both ends, for one commit.
    pub fn commands(self) -> [StreamCommand; 2] {
        let Self { item, to, on } = self;
        let ItemRef { meeting, item: key } = item.clone();
        let by = to.clone();
        let at_the_item = MeetingEvent::ItemFollowedUp { on, item: key, by };
        let at_the_other = match to {
            FollowUp::Agreement(id) => {
                let follows = RelationAct::AgreementFollowsItem { on, item };
                StreamCommand::Agreement(id, follows.into())
            }
            FollowUp::Round(id) => {
                StreamCommand::Package(id, PackageCommand::FollowItem { on, item })
            }
            FollowUp::Area { framework, area } => {
                let follows = FrameworkEvent::AreaFollowsItem { on, area, item };
                StreamCommand::Framework(framework, follows)
            }
            FollowUp::Meeting(id) => {
                StreamCommand::Meeting(id, MeetingEvent::MeetingFollowsItem { on, item })
            }
            FollowUp::Body(id) => StreamCommand::Body(id, BodyEvent::BodyFollowsItem { on, item }),
            FollowUp::Procedure(id) => {
                StreamCommand::Procedure(id, ProcedureEvent::ProcedureFollowsItem { on, item })
            }
            FollowUp::Action { roadmap, action } => {
                let follows = RoadmapEvent::ActionFollowsItem { on, action, item };
                StreamCommand::Roadmap(roadmap, follows)
            }
            FollowUp::Indicator(id) => {
                let follows = IndicatorEvent::IndicatorFollowsItem { on, item };
                StreamCommand::Indicator(id, follows)
            }
        };
        [at_the_other, StreamCommand::Meeting(meeting, at_the_item)]
    }

    /// The stream in which a side tells of it.
    fn stream(&self, side: Side) -> StreamId {
        match side {
            Side::Item => StreamId::Meeting(self.item.meeting),
            Side::FollowUp => self.to.stream(),
        }
    }
}

/// What asking for a link is called.
const ACT: &str = "link what was agreed and what follows it up";

/// What other kinds of stream than those of deeds record of links.
const fn follows(event: &'static str) -> DeedRow {
    let (rule, act) = (Rule::MT9, ACT);
    DeedRow { event, rule, act }
}

pub(crate) const RELATION_FOLLOWS: DeedRow = follows("AgreementFollowsItem");
pub(crate) const PACKAGE_FOLLOWS: DeedRow = follows("RoundFollowsItem");

/// An event that another stream has to record in the same commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// The other stream.
    pub stream: StreamId,
    /// The name of the event's type.
    pub event: &'static str,
    /// The row that asks for it.
    pub rule: Rule,
}

/// That each link of which a commit's events tell is told of at both ends, with the same day, and
/// that each has its counterparts.
///
/// # Errors
/// MT9, naming the end that is missing; the row of a counterpart that is missing.
pub fn check_links<'a>(
    commit: impl IntoIterator<Item = (StreamId, &'a Event)>,
) -> Result<(), Refusal> {
    let commit: Vec<_> = commit.into_iter().collect();
    for counterpart in commit.iter().flat_map(|(_, event)| event.counterparts()) {
        let Counterpart {
            stream,
            event,
            rule,
        } = counterpart;
        let there =
            |(other, told): &&(StreamId, &Event)| *other == stream && told.type_name() == event;
        if !commit.iter().any(|told| there(&told)) {
            let act = "record one without the other";
            let expected = format!("{event} of {stream} in the same commit");
            return Err(Refusal::new(
                Reason::ConditionUnmet,
                rule,
                act,
                expected,
                "none",
            ));
        }
    }
    let links = commit
        .iter()
        .filter_map(|(stream, event)| event.link(*stream));
    let told: BTreeSet<_> = links.collect();
    for (link, side) in &told {
        if !told.contains(&(link.clone(), side.other())) {
            let (item, to, on) = (&link.item, &link.to, link.on);
            let expected = format!("both ends of the link from {item} to {to} on {on}");
            let missing = format!(
                "{} has to tell of it in the same commit",
                link.stream(side.other())
            );
            return Err(
                Refusal::new(Reason::ConditionUnmet, Rule::MT9, ACT, expected, "one")
                    .missing([missing]),
            );
        }
    }
    Ok(())
}
