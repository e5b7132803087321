//! What founds a framework in one event, as records of before have it; its bodies and roadmaps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Name, Party, PartyId};

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
    /// All parties of the framework; absent in records of before, which say who recorded it alone.
    #[serde(default)]
    pub consenting: Option<Vec<PartyId>>,
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
    /// All parties of the framework; absent in records of before, which say who recorded it alone.
    #[serde(default)]
    pub consenting: Option<Vec<PartyId>>,
}

/// A framework as it stands: its title, the act on which it is founded, its parties, and its areas
/// that are open.
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
