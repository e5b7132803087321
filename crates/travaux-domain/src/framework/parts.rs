//! What the events of a framework are made of: its terms, areas and organs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Area, Declaration, Foundation, FrameworkEvent};
use crate::{
    AgreementId, Name, Party, PartyId,
    partnership::{OfficeHolder, Words},
};

/// What the founding act is, and so how far it binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundingNature {
    /// A declaration: it binds nobody.
    #[default]
    Declaration,
    /// An arrangement between ministries: it takes effect between them, and binds no State.
    Arrangement,
    /// A treaty: it binds as its own consent and force say.
    Treaty,
}

/// An area as it is proposed, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaTerms {
    /// Its short name, unique within the framework, also among those that were closed.
    pub key: Name,
    /// Its name.
    pub title: String,
    /// What belongs to it, by language.
    #[serde(default)]
    pub scope: Words,
}

/// An organ or contact point of a party, by its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organ {
    /// What it is for, as a key: `contact`, `secretariat`. A party has one at a time of each role.
    pub role: Name,
    /// Whose it is, by office.
    pub who: OfficeHolder,
    /// How it is reached.
    #[serde(default)]
    pub address: Option<String>,
}

/// The terms of a framework: what is proposed and adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What it is called.
    pub title: String,
    /// What the founding act is.
    #[serde(default)]
    pub nature: FoundingNature,
    /// The founding act, where it is an agreement on record.
    #[serde(default)]
    pub instrument: Option<AgreementId>,
    /// The founding act.
    pub declaration: Declaration,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Its areas of cooperation.
    pub areas: Vec<AreaTerms>,
    /// The organs and contact points of its parties.
    #[serde(default)]
    pub organs: Vec<Organ>,
}

/// What a revision changes; what it leaves out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermChanges {
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// What the founding act is.
    #[serde(default)]
    pub nature: Option<FoundingNature>,
    /// The founding act, where it is an agreement on record.
    #[serde(default)]
    pub instrument: Option<AgreementId>,
    /// The founding act.
    #[serde(default)]
    pub declaration: Option<Declaration>,
    /// Its parties.
    #[serde(default)]
    pub parties: Option<Vec<Party>>,
    /// Its areas; only until it is adopted: then each is opened, expanded and closed by itself.
    #[serde(default)]
    pub areas: Option<Vec<AreaTerms>>,
    /// The organs of its parties; only until it is adopted: then each is named by itself.
    #[serde(default)]
    pub organs: Option<Vec<Organ>>,
}

/// How an agreement stands to the framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InclusionRelation {
    /// It was made under the framework, and carries it out.
    Implementing,
    /// It was there before, and comes under it.
    Preceding,
    /// It stands beside, and is kept in view.
    Related,
}

/// How an area is opened. Records of before have its key and title alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaOpening {
    /// Its key.
    pub key: Name,
    /// Its name.
    pub title: String,
    /// When; absent in records of before.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// From when it is open, if not from then on.
    #[serde(default)]
    pub effect: Option<NaiveDate>,
    /// What belongs to it, by language.
    #[serde(default)]
    pub scope: Words,
    /// All parties; absent in records of before, which say who recorded it alone.
    #[serde(default)]
    pub consenting: Option<Vec<PartyId>>,
}

impl Terms {
    /// The commands that found a framework at once, where all its parties have agreed: it is
    /// proposed, and adopted with the consent of each, whom the record names.
    pub fn agreed(self, on: NaiveDate) -> [FrameworkEvent; 2] {
        let consenting = self.parties.iter().map(|party| party.id.clone()).collect();
        self.adopted_by(on, consenting)
    }

    /// The same with those whom the record names: all parties have to be among them (FW13).
    pub fn adopted_by(self, on: NaiveDate, consenting: Vec<PartyId>) -> [FrameworkEvent; 2] {
        let terms = self.into();
        [
            FrameworkEvent::FrameworkProposed { on, terms },
            FrameworkEvent::FrameworkAdopted {
                on,
                effect: None,
                revision: 1,
                consenting,
            },
        ]
    }

    /// What stands once they are adopted.
    pub(super) fn foundation(&self) -> Foundation {
        let areas = self.areas.iter().map(AreaTerms::area);
        Foundation {
            title: self.title.clone(),
            declaration: self.declaration.clone(),
            parties: self.parties.clone(),
            areas: areas.collect(),
        }
    }

    /// The same with what a revision changes.
    pub(super) fn with(&self, changes: &TermChanges) -> Self {
        let TermChanges {
            title,
            nature,
            instrument,
            declaration,
            parties,
            areas,
            organs,
        } = changes.clone();
        let parties = parties.unwrap_or_else(|| self.parties.clone());
        // The organs of who is a party no more go with it.
        let organs = organs.unwrap_or_else(|| {
            let of_a_party = |o: &&Organ| parties.iter().any(|p| p.id == o.who.party);
            self.organs.iter().filter(of_a_party).cloned().collect()
        });
        Self {
            title: title.unwrap_or_else(|| self.title.clone()),
            nature: nature.unwrap_or(self.nature),
            instrument: instrument.or(self.instrument),
            declaration: declaration.unwrap_or_else(|| self.declaration.clone()),
            parties,
            areas: areas.unwrap_or_else(|| self.areas.clone()),
            organs,
        }
    }
}

impl From<Foundation> for Terms {
    fn from(foundation: Foundation) -> Self {
        let areas = foundation.areas.into_iter();
        Self {
            title: foundation.title,
            nature: FoundingNature::Declaration,
            instrument: None,
            declaration: foundation.declaration,
            parties: foundation.parties,
            areas: areas.map(AreaTerms::from).collect(),
            organs: Vec::new(),
        }
    }
}

impl AreaTerms {
    pub(super) fn area(&self) -> Area {
        Area {
            key: self.key.clone(),
            title: self.title.clone(),
        }
    }
}

impl From<Area> for AreaTerms {
    fn from(area: Area) -> Self {
        Self {
            key: area.key,
            title: area.title,
            scope: Words::new(),
        }
    }
}

impl From<Area> for AreaOpening {
    fn from(area: Area) -> Self {
        Self {
            key: area.key,
            title: area.title,
            on: None,
            effect: None,
            scope: Words::new(),
            consenting: None,
        }
    }
}
