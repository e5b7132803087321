//! A framework: the composite above the agreements.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Aggregate, AgreementId, Context, Decided, Others, Party, Refusal, Rule, words::Summary,
};

/// The act on which a framework is founded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// What it is called.
    pub title: String,
    /// When it was made: a date, or a month where only that is known (`2024-10`).
    pub made: String,
    /// Who made it.
    pub by: Vec<String>,
}

/// An area of cooperation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its short name, unique within the framework.
    pub key: String,
    /// Its name.
    pub title: String,
}

/// A joint body, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its short name, unique within the framework.
    pub key: String,
    /// Its name.
    pub title: String,
    /// Its area, by key.
    pub area: String,
    /// What it may do.
    pub mandate: String,
}

/// A step of a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapStep {
    /// The area, by key.
    pub area: String,
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
    FrameworkFounded(Foundation),
    /// An area was added.
    AreaOpened(Area),
    /// An agreement came under it.
    AgreementJoined {
        /// Which.
        agreement: AgreementId,
        /// The area, by key.
        area: String,
    },
    /// A joint body was set up.
    BodyEstablished(Body),
    /// A roadmap was adopted; it takes the place of the one before.
    RoadmapAdopted(Roadmap),
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
                let steps = roadmap.steps.len();
                format!("roadmap adopted: {} ({steps} steps)", roadmap.title)
            }
        })
    }
}

/// A command to a framework: each asks for one event, and is worded like it.
pub type FrameworkCommand = FrameworkEvent;

/// A framework, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Its foundation; absent before.
    pub foundation: Option<Foundation>,
    /// When the log learnt of it.
    pub recorded_at: Option<DateTime<Utc>>,
    /// The agreements under it, with their areas.
    pub agreements: Vec<(AgreementId, String)>,
    /// Its bodies.
    pub bodies: Vec<Body>,
    /// Its roadmaps; the last one holds.
    pub roadmaps: Vec<Roadmap>,
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
        self.check(command, context)
            .map(|event| Decided::on(Rule::FW1, event))
    }

    fn check(
        &self,
        command: FrameworkCommand,
        context: &Context,
    ) -> Result<FrameworkEvent, Refusal> {
        let refuse = |act: &str, expected: String, found: &str| {
            Refusal::new(Rule::FW1, act, expected, found)
        };
        let Some(foundation) = &self.foundation else {
            return match &command {
                FrameworkEvent::FrameworkFounded(f) if f.parties.len() < 2 => Err(refuse(
                    "found a framework",
                    "two parties or more".into(),
                    "fewer",
                )),
                FrameworkEvent::FrameworkFounded(f)
                    if has_repetition(f.areas.iter().map(|a| a.key.as_str())) =>
                {
                    Err(refuse(
                        "found a framework",
                        "areas of different keys".into(),
                        "a key twice",
                    ))
                }
                FrameworkEvent::FrameworkFounded(_) => Ok(command),
                FrameworkEvent::AreaOpened(_)
                | FrameworkEvent::AgreementJoined { .. }
                | FrameworkEvent::BodyEstablished(_)
                | FrameworkEvent::RoadmapAdopted(_) => Err(refuse(
                    "act under a framework",
                    "a framework".into(),
                    "no framework of that id",
                )),
            };
        };
        let party = &context.actor.party;
        if !foundation.parties.iter().any(|p| p.id == *party) {
            let expected = foundation
                .parties
                .iter()
                .map(|p| p.id.0.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            return Err(Refusal::new(
                Rule::P0,
                "act under a framework",
                expected,
                format!("`{party}`"),
            ));
        }
        let area_exists = |key: &str| foundation.areas.iter().any(|a| a.key == key);
        let areas = || {
            let keys: Vec<_> = foundation.areas.iter().map(|a| a.key.as_str()).collect();
            format!("an area of the framework ({})", keys.join(", "))
        };
        match &command {
            FrameworkEvent::FrameworkFounded(_) => Err(refuse(
                "found a framework",
                "a new id".into(),
                "a framework of that id",
            )),
            FrameworkEvent::AreaOpened(area) if area_exists(&area.key) => {
                Err(refuse("open an area", "a new key".into(), &area.key))
            }
            FrameworkEvent::AgreementJoined { area, .. } if !area_exists(area) => Err(refuse(
                "bring an agreement under the framework",
                areas(),
                area,
            )),
            FrameworkEvent::AgreementJoined { agreement, .. }
                if self.agreements.iter().any(|(a, _)| a == agreement) =>
            {
                Err(refuse(
                    "bring an agreement under the framework",
                    "an agreement that is not under it".into(),
                    "one that is",
                ))
            }
            FrameworkEvent::BodyEstablished(body) if !area_exists(&body.area) => {
                Err(refuse("establish a body", areas(), &body.area))
            }
            FrameworkEvent::BodyEstablished(body)
                if self.bodies.iter().any(|b| b.key == body.key) =>
            {
                Err(refuse("establish a body", "a new key".into(), &body.key))
            }
            FrameworkEvent::RoadmapAdopted(roadmap) => {
                match roadmap.steps.iter().find(|s| !area_exists(&s.area)) {
                    Some(step) => Err(refuse("adopt a roadmap", areas(), &step.area)),
                    None => Ok(command),
                }
            }
            FrameworkEvent::AreaOpened(_)
            | FrameworkEvent::AgreementJoined { .. }
            | FrameworkEvent::BodyEstablished(_) => Ok(command),
        }
    }

    /// Takes `event` in, which `context` recorded.
    pub fn evolve(&mut self, event: &FrameworkEvent, context: &Context) {
        match event {
            FrameworkEvent::FrameworkFounded(foundation) => {
                self.foundation = Some(foundation.clone());
                self.recorded_at = Some(context.now);
            }
            FrameworkEvent::AreaOpened(area) => {
                if let Some(foundation) = &mut self.foundation {
                    foundation.areas.push(area.clone());
                }
            }
            FrameworkEvent::AgreementJoined { agreement, area } => {
                self.agreements.push((*agreement, area.clone()))
            }
            FrameworkEvent::BodyEstablished(body) => self.bodies.push(body.clone()),
            FrameworkEvent::RoadmapAdopted(roadmap) => self.roadmaps.push(roadmap.clone()),
        }
    }
}

fn has_repetition<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    !keys.into_iter().all(|key| seen.insert(key))
}

impl Aggregate for Framework {
    type Command = FrameworkCommand;
    type Event = FrameworkEvent;

    const PREFIX: &'static str = "framework";
    const VERSION: u32 = 1;
    const TYPES: &'static [&'static [&'static str]] = &[FrameworkEvent::TYPES];

    fn decide(
        &self,
        command: FrameworkCommand,
        context: &Context,
        _: &Others,
    ) -> Result<Decided<FrameworkEvent>, Refusal> {
        self.decide(command, context)
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
}
