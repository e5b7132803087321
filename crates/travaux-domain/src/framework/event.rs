//! What happens to a framework. A command asks for one event, and is worded like it. Those that say
//! on which day they were done are acts of the lifecycle; the others, from before, count from their
//! recording.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AreaOpening, AreaTerms, Body, Foundation, InclusionRelation, Organ, Roadmap};
use super::{TermChanges, Terms};
use crate::{
    AgreementId, Name, PartyId,
    partnership::{ItemRef, Words, rows},
    shared::shared,
    words::{Summary, counted},
};

/// An event of a framework's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FrameworkEvent {
    /// The framework begins, in records of before: proposed and adopted at once.
    FrameworkFounded(#[serde(deserialize_with = "shared")] Arc<Foundation>),
    /// An area was opened (FW15).
    AreaOpened(#[serde(deserialize_with = "shared")] Arc<AreaOpening>),
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
    /// It was proposed: its first revision, which its proposer accepts (FW2).
    FrameworkProposed {
        /// When.
        on: NaiveDate,
        /// Its terms.
        #[serde(deserialize_with = "shared")]
        terms: Arc<Terms>,
    },
    /// A revision of its terms was proposed, which its proposer accepts (FW2).
    FrameworkRevised {
        /// When.
        on: NaiveDate,
        /// The revision that it changes: the latest.
        base: u32,
        /// What it changes.
        #[serde(deserialize_with = "shared")]
        changes: Arc<TermChanges>,
    },
    /// The party accepted a revision (FW13).
    FrameworkAccepted {
        /// When.
        on: NaiveDate,
        /// Which.
        revision: u32,
    },
    /// A revision was adopted (FW13).
    FrameworkAdopted {
        /// When.
        on: NaiveDate,
        /// From when it applies, if not from then on.
        #[serde(default)]
        effect: Option<NaiveDate>,
        /// Which.
        revision: u32,
        /// Those whose acceptance this record names, beside those who accepted it themselves.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// It was suspended (FW12).
    FrameworkSuspended {
        /// When.
        on: NaiveDate,
        /// From when, if not from then on.
        #[serde(default)]
        effect: Option<NaiveDate>,
        /// Why.
        reason: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It was taken up again (FW12).
    FrameworkResumed {
        /// When.
        on: NaiveDate,
        /// From when, if not from then on.
        #[serde(default)]
        effect: Option<NaiveDate>,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// It was ended; what stands under it stays as it is (FW12).
    FrameworkEnded {
        /// When.
        on: NaiveDate,
        /// From when, if not from then on.
        #[serde(default)]
        effect: Option<NaiveDate>,
        /// Why.
        reason: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// A party proposed an area (FW15).
    AreaProposed {
        /// When.
        on: NaiveDate,
        /// The area.
        #[serde(deserialize_with = "shared")]
        area: Arc<AreaTerms>,
    },
    /// An area was expanded (FW15).
    AreaExpanded {
        /// When.
        on: NaiveDate,
        /// From when, if not from then on.
        #[serde(default)]
        effect: Option<NaiveDate>,
        /// The area, by key.
        area: Name,
        /// What belongs to it beside what did before, by language.
        scope: Words,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An area was closed (FW16).
    AreaClosed {
        /// When.
        on: NaiveDate,
        /// From when, if not from then on.
        #[serde(default)]
        effect: Option<NaiveDate>,
        /// The area, by key.
        area: Name,
        /// Why.
        reason: String,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// An agreement was brought under it (FW4).
    AgreementIncluded {
        /// When.
        on: NaiveDate,
        /// Which.
        agreement: AgreementId,
        /// The area, by key.
        area: Name,
        /// How it stands to the framework.
        relation: InclusionRelation,
    },
    /// An agreement was released (FW7).
    AgreementReleased {
        /// When.
        on: NaiveDate,
        /// Which.
        agreement: AgreementId,
        /// Why.
        reason: String,
        /// All parties; absent in records of before, which say who recorded it alone.
        #[serde(default)]
        consenting: Option<Vec<PartyId>>,
    },
    /// A party named an organ or contact point of its own (FW8).
    OrganNamed {
        /// When.
        on: NaiveDate,
        /// From when it is that, if not from then on.
        #[serde(default)]
        from: Option<NaiveDate>,
        /// Which.
        #[serde(deserialize_with = "shared")]
        organ: Arc<Organ>,
    },
    /// A party named another in the place of the one before (FW8).
    OrganReplaced {
        /// When.
        on: NaiveDate,
        /// From when it is that, if not from then on; until the day before, the other was.
        #[serde(default)]
        from: Option<NaiveDate>,
        /// Which.
        #[serde(deserialize_with = "shared")]
        organ: Arc<Organ>,
    },
}

rows!(FrameworkEvent {
    FrameworkFounded: FW2 "found a framework",
    AreaOpened: FW15 "open an area",
    AgreementJoined: FW4 "bring an agreement under the framework",
    BodyEstablished: FW5 "establish a body",
    RoadmapAdopted: FW6 "adopt a roadmap",
    AreaFollowsItem: MT9 "follow an item up by an area",
    FrameworkProposed: FW2 "propose a framework",
    FrameworkRevised: FW2 "revise a framework",
    FrameworkAccepted: FW13 "accept a framework",
    FrameworkAdopted: FW13 "adopt a framework",
    FrameworkSuspended: FW12 "suspend a framework",
    FrameworkResumed: FW12 "take a framework up again",
    FrameworkEnded: FW12 "end a framework",
    AreaProposed: FW15 "propose an area",
    AreaExpanded: FW15 "expand an area",
    AreaClosed: FW16 "close an area",
    AgreementIncluded: FW4 "include an agreement",
    AgreementReleased: FW7 "release an agreement",
    OrganNamed: FW8 "name an organ",
    OrganReplaced: FW8 "replace an organ",
});

impl FrameworkEvent {
    /// The day on which it was done, where it says so.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::FrameworkFounded(_) | Self::AgreementJoined { .. } | Self::BodyEstablished(_) => {
                None
            }
            Self::AreaOpened(opening) => opening.on,
            Self::RoadmapAdopted(roadmap) => Some(roadmap.adopted_on),
            Self::AreaFollowsItem { on, .. }
            | Self::FrameworkProposed { on, .. }
            | Self::FrameworkRevised { on, .. }
            | Self::FrameworkAccepted { on, .. }
            | Self::FrameworkAdopted { on, .. }
            | Self::FrameworkSuspended { on, .. }
            | Self::FrameworkResumed { on, .. }
            | Self::FrameworkEnded { on, .. }
            | Self::AreaProposed { on, .. }
            | Self::AreaExpanded { on, .. }
            | Self::AreaClosed { on, .. }
            | Self::AgreementIncluded { on, .. }
            | Self::AgreementReleased { on, .. }
            | Self::OrganNamed { on, .. }
            | Self::OrganReplaced { on, .. } => Some(*on),
        }
    }

    /// From when it applies, where that is another day than the one on which it was done.
    pub fn effect(&self) -> Option<NaiveDate> {
        match self {
            Self::AreaOpened(opening) => opening.effect,
            Self::FrameworkAdopted { effect, .. }
            | Self::FrameworkSuspended { effect, .. }
            | Self::FrameworkResumed { effect, .. }
            | Self::FrameworkEnded { effect, .. }
            | Self::AreaExpanded { effect, .. }
            | Self::AreaClosed { effect, .. } => *effect,
            Self::OrganNamed { from, .. } | Self::OrganReplaced { from, .. } => *from,
            Self::FrameworkFounded(_)
            | Self::AgreementJoined { .. }
            | Self::BodyEstablished(_)
            | Self::RoadmapAdopted(_)
            | Self::AreaFollowsItem { .. }
            | Self::FrameworkProposed { .. }
            | Self::FrameworkRevised { .. }
            | Self::FrameworkAccepted { .. }
            | Self::AreaProposed { .. }
            | Self::AgreementIncluded { .. }
            | Self::AgreementReleased { .. } => None,
        }
    }

    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        // Roadmaps of before say when in their own words.
        let done_on = self
            .on()
            .filter(|_| !matches!(self, Self::RoadmapAdopted(_)));
        Summary {
            done_on,
            ..Summary::from(self.effect(), self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::FrameworkFounded(f) => {
                let Foundation {
                    title, declaration, ..
                } = &**f;
                let (act, made) = (&declaration.title, &declaration.made);
                format!("founded: {title}, on the {act} ({made})")
            }
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
            Self::FrameworkProposed { terms, .. } => {
                let nature = terms.nature;
                format!("framework proposed: {}, on a {nature}", terms.title)
            }
            Self::FrameworkRevised { base, .. } => {
                let revision = base.saturating_add(1);
                format!("revision {revision} of the framework proposed, on revision {base}")
            }
            Self::FrameworkAccepted { revision, .. } => {
                format!("revision {revision} of the framework accepted")
            }
            Self::FrameworkAdopted { revision, .. } => {
                format!("revision {revision} of the framework adopted")
            }
            Self::FrameworkSuspended { reason, .. } => format!("framework suspended: {reason}"),
            Self::FrameworkResumed { .. } => "framework taken up again".to_owned(),
            Self::FrameworkEnded { reason, .. } => format!("framework ended: {reason}"),
            Self::AreaProposed { area, .. } => format!("area proposed: {}", area.title),
            Self::AreaExpanded { area, .. } => format!("area {area} expanded"),
            Self::AreaClosed { area, reason, .. } => format!("area {area} closed: {reason}"),
            Self::AgreementIncluded {
                agreement, area, ..
            } => format!("agreement {agreement} included in area {area}"),
            Self::AgreementReleased {
                agreement, reason, ..
            } => format!("agreement {agreement} released: {reason}"),
            Self::OrganNamed { organ, .. } => {
                format!(
                    "{} of {} named: {}",
                    organ.role, organ.who.party, organ.who.office
                )
            }
            Self::OrganReplaced { organ, .. } => {
                format!(
                    "{} of {} is now: {}",
                    organ.role, organ.who.party, organ.who.office
                )
            }
        }
    }
}
