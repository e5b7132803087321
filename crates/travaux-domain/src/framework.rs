//! A framework: the composite above the agreements.

mod rules;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub(crate) use self::rules::RULES;
use crate::{
    Aggregate, AgreementId, Context, Decided, Name, Others, Party, PartyId, Reason, Refusal, Rule,
    StreamId,
    agreement::Agreement,
    partnership::{DeedRow, FRAMEWORK_FOLLOWS, FollowUp, ItemRef, Link, Side},
    provenance::are_parties,
    shared::shared,
    words::{Summary, counted, names},
};

/// The act on which a framework is founded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// What it is called.
    pub title: String,
    /// When it was made: a date, or a month where only that is known (`2024-10`).
    pub made: Name,
    /// Who made it.
    pub by: Vec<Name>,
}

/// An area of cooperation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its short name, unique within the framework.
    pub key: Name,
    /// Its name.
    pub title: String,
}

/// A joint body, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its short name, unique within the framework.
    pub key: Name,
    /// Its name.
    pub title: String,
    /// Its area, by key.
    pub area: Name,
    /// What it may do.
    pub mandate: String,
}

/// A step of a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapStep {
    /// The area, by key.
    pub area: Name,
    /// What is to be done.
    pub title: String,
    /// By when.
    #[serde(default)]
    pub due: Option<NaiveDate>,
}

/// A roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roadmap {
    /// What it is called.
    pub title: String,
    /// When it was adopted.
    pub adopted_on: NaiveDate,
    /// Its steps.
    pub steps: Vec<RoadmapStep>,
}

/// The foundation of a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foundation {
    /// What it is called.
    pub title: String,
    /// The act on which it is founded.
    pub declaration: Declaration,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Its areas of cooperation.
    pub areas: Vec<Area>,
}

/// An event of a framework's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FrameworkEvent {
    /// The framework begins.
    FrameworkFounded(#[serde(deserialize_with = "shared")] Arc<Foundation>),
    /// An area was added.
    AreaOpened(Area),
    /// An agreement came under it.
    AgreementJoined {
        /// Which.
        agreement: AgreementId,
        /// The area, by key.
        area: Name,
    },
    /// A joint body was set up.
    BodyEstablished(#[serde(deserialize_with = "shared")] Arc<Body>),
    /// A roadmap was adopted; it takes the place of the one before.
    RoadmapAdopted(#[serde(deserialize_with = "shared")] Arc<Roadmap>),
    /// An area follows up an item that was agreed at a meeting (MT9).
    AreaFollowsItem {
        /// When.
        on: NaiveDate,
        /// The area, by key.
        area: Name,
        /// The item.
        item: ItemRef,
    },
}

impl FrameworkEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::FrameworkFounded(f) => format!(
                "founded: {}, on the {} ({})",
                f.title, f.declaration.title, f.declaration.made
            ),
            Self::AreaOpened(area) => format!("area opened: {}", area.title),
            Self::AgreementJoined { agreement, area } => {
                format!("agreement {agreement} joined in area {area}")
            }
            Self::BodyEstablished(body) => format!("body established: {}", body.title),
            Self::RoadmapAdopted(roadmap) => {
                let steps = counted(roadmap.steps.len(), "step");
                format!("roadmap adopted: {} ({steps})", roadmap.title)
            }
            Self::AreaFollowsItem { area, item, .. } => format!("area {area} follows up {item}"),
        })
    }
}

/// A command to a framework: each asks for one event, and is worded like it.
pub type FrameworkCommand = FrameworkEvent;

/// A framework, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Its foundation; absent before. Shared with the event that says so, as bodies and roadmaps are.
    pub foundation: Option<Arc<Foundation>>,
    /// When the log learnt of it.
    pub recorded_at: Option<DateTime<Utc>>,
    /// The agreements under it, with their areas.
    pub agreements: Vec<(AgreementId, Name)>,
    /// Its bodies.
    pub bodies: Vec<Arc<Body>>,
    /// Its roadmaps; the last one holds.
    pub roadmaps: Vec<Arc<Roadmap>>,
}

impl Framework {
    /// Decides `command` on this state.
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(
        &self,
        command: FrameworkCommand,
        context: &Context,
    ) -> Result<Decided<FrameworkEvent>, Refusal> {
        let rule = match &command {
            FrameworkEvent::FrameworkFounded(foundation) => self.may_found(foundation, context)?,
            FrameworkEvent::AreaOpened(area) => self.standing(context)?.may_open(area)?,
            FrameworkEvent::AgreementJoined { agreement, area } => {
                let act = "bring an agreement under the framework";
                self.standing(context)?.has_area(area, act)?;
                self.may_join(*agreement, act)?
            }
            FrameworkEvent::BodyEstablished(body) => {
                let act = "establish a body";
                self.standing(context)?.has_area(&body.area, act)?;
                self.may_establish(body, act)?
            }
            FrameworkEvent::RoadmapAdopted(roadmap) => {
                let foundation = self.standing(context)?;
                if roadmap.steps.is_empty() {
                    let act = "adopt a roadmap";
                    let (expected, found) = ("one step or more", "none");
                    return Err(Refusal::new(
                        Reason::Malformed,
                        Rule::FW6,
                        act,
                        expected,
                        found,
                    ));
                }
                let areas = roadmap.steps.iter().map(|step| &step.area);
                for area in areas {
                    foundation.has_area(area, "adopt a roadmap")?;
                }
                Rule::FW6
            }
            // That the item is there, its meeting decides in the same commit.
            FrameworkEvent::AreaFollowsItem { area, .. } => {
                self.standing(context)?
                    .has_area(area, "follow an item up")?;
                Rule::MT9
            }
        };
        Ok(Decided::on(rule, command))
    }

    fn may_found(&self, foundation: &Foundation, context: &Context) -> Result<Rule, Refusal> {
        let act = "found a framework";
        if self.foundation.is_some() {
            let found = "a framework of that id";
            return Err(Refusal::new(
                Reason::Already,
                Rule::RC1,
                act,
                "a new id",
                found,
            ));
        }
        let malformed = |(expected, found): (&str, String)| {
            Refusal::new(Reason::Malformed, Rule::FW2, act, expected, found)
        };
        if foundation.title.trim().is_empty() {
            return Err(malformed(("a title", "none".to_owned())));
        }
        are_parties(&foundation.parties).map_err(malformed)?;
        foundation.has_party(context, act)?;
        if has_repetition(foundation.areas.iter().map(|a| a.key.as_str())) {
            let expected = "areas of different keys";
            return Err(Refusal::new(
                Reason::Malformed,
                Rule::FW3,
                act,
                expected,
                "a key twice",
            ));
        }
        Ok(Rule::FW2)
    }

    /// The foundation, for an actor who is one of its parties.
    fn standing(&self, context: &Context) -> Result<&Foundation, Refusal> {
        let act = "act under a framework";
        let Some(foundation) = &self.foundation else {
            let found = "no framework of that id";
            return Err(Refusal::new(
                Reason::Unknown,
                Rule::RC1,
                act,
                "a framework",
                found,
            ));
        };
        foundation.has_party(context, act)?;
        Ok(foundation)
    }

    fn may_join(&self, agreement: AgreementId, act: &str) -> Result<Rule, Refusal> {
        if self.agreements.iter().any(|(a, _)| *a == agreement) {
            let expected = "an agreement that is not under it";
            return Err(Refusal::new(
                Reason::Already,
                Rule::FW4,
                act,
                expected,
                "one that is",
            ));
        }
        Ok(Rule::FW4)
    }

    fn may_establish(&self, body: &Body, act: &str) -> Result<Rule, Refusal> {
        if self.bodies.iter().any(|b| b.key == body.key) {
            return Err(Refusal::new(
                Reason::Already,
                Rule::FW5,
                act,
                "a new key",
                body.key.as_str(),
            ));
        }
        Ok(Rule::FW5)
    }

    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &FrameworkEvent, context: &Context) {
        match event {
            FrameworkEvent::FrameworkFounded(foundation) => {
                self.foundation = Some(Arc::clone(foundation));
                self.recorded_at = Some(context.now);
            }
            FrameworkEvent::AreaOpened(area) => {
                if let Some(foundation) = &mut self.foundation {
                    Arc::make_mut(foundation).areas.push(area.clone());
                }
            }
            FrameworkEvent::AgreementJoined { agreement, area } => {
                self.agreements.push((*agreement, area.clone()))
            }
            FrameworkEvent::BodyEstablished(body) => self.bodies.push(Arc::clone(body)),
            FrameworkEvent::RoadmapAdopted(roadmap) => self.roadmaps.push(Arc::clone(roadmap)),
            // The meeting holds the link.
            FrameworkEvent::AreaFollowsItem { .. } => {}
        }
    }
}

impl Foundation {
    /// That the actor is one of its parties.
    fn has_party(&self, context: &Context, act: &str) -> Result<(), Refusal> {
        let party = &context.actor.party;
        if self.parties.iter().any(|p| p.id == *party) {
            return Ok(());
        }
        let expected = names(self.parties.iter().map(|p| &p.id));
        let found = format!("`{party}`");
        Err(Refusal::new(
            Reason::NotAParty,
            Rule::P0,
            act,
            expected,
            found,
        ))
    }

    fn may_open(&self, area: &Area) -> Result<Rule, Refusal> {
        if self.areas.iter().any(|a| a.key == area.key) {
            return Err(Refusal::new(
                Reason::Already,
                Rule::FW3,
                "open an area",
                "a new key",
                area.key.as_str(),
            ));
        }
        Ok(Rule::FW3)
    }

    /// That what `act` brings under the framework stands in one of its areas.
    fn has_area(&self, key: &str, act: &str) -> Result<(), Refusal> {
        if self.areas.iter().any(|a| a.key == key) {
            return Ok(());
        }
        let keys = names(self.areas.iter().map(|a| &a.key));
        let expected = format!("an area of the framework ({keys})");
        Err(Refusal::new(Reason::Unknown, Rule::FW1, act, expected, key))
    }
}

fn has_repetition<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    !keys.into_iter().all(|key| seen.insert(key))
}

crate::ids::id!(
    /// The identity of a framework.
    FrameworkId,
    Framework
);

crate::event::named!(FrameworkEvent {
    FrameworkFounded,
    AreaOpened,
    AgreementJoined,
    BodyEstablished,
    RoadmapAdopted,
    AreaFollowsItem
});

impl Aggregate for Framework {
    type Command = FrameworkCommand;
    type Event = FrameworkEvent;

    const PREFIX: &'static str = "framework";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[FrameworkEvent::TYPES];
    const DEEDS: &'static [DeedRow] = &[FRAMEWORK_FOLLOWS];

    fn decide(
        &self,
        command: FrameworkCommand,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<FrameworkEvent>, Refusal> {
        if let FrameworkEvent::AgreementJoined { agreement, .. } = &command
            && others
                .get::<Agreement>(StreamId::Agreement(*agreement))
                .is_none()
        {
            let act = "bring an agreement under the framework";
            let (expected, found) = (
                "an agreement on record",
                format!("no agreement {agreement}"),
            );
            return Err(Refusal::new(
                Reason::Unknown,
                Rule::FW4,
                act,
                expected,
                found,
            ));
        }
        self.decide(command, context)
    }

    fn reads(&self, command: &FrameworkCommand) -> Vec<StreamId> {
        if let FrameworkEvent::AgreementJoined { agreement, .. } = command {
            return vec![StreamId::Agreement(*agreement)];
        }
        Vec::new()
    }

    fn evolve(&mut self, event: &FrameworkEvent, context: &Context) {
        self.evolve(event, context);
    }

    fn behind(event: &FrameworkEvent) -> FrameworkCommand {
        event.clone()
    }

    fn type_name(event: &FrameworkEvent) -> &'static str {
        event.type_name()
    }

    fn describe(event: &FrameworkEvent) -> Summary {
        event.describe()
    }

    fn link(stream: StreamId, event: &FrameworkEvent) -> Option<(Link, Side)> {
        match (stream, event) {
            (
                StreamId::Framework(framework),
                FrameworkEvent::AreaFollowsItem { on, area, item },
            ) => {
                let area = area.clone();
                let to = FollowUp::Area { framework, area };
                let (item, on) = (item.clone(), *on);
                Some((Link { item, to, on }, Side::FollowUp))
            }
            _ => None,
        }
    }

    fn parties(&self) -> Option<Vec<&PartyId>> {
        let foundation = self.foundation.as_ref()?;
        Some(foundation.parties.iter().map(|p| &p.id).collect())
    }
}
