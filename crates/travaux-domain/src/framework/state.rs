//! A framework as it stands, and what follows from it on a day.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Body, Foundation, InclusionRelation, Organ, Roadmap, Terms};
use crate::{
    AgreementId, Name, PartyId,
    partnership::{Dated, Words},
};

/// When something was done, and from when it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timed {
    /// When it was done.
    pub done: Dated,
    /// From when it applies.
    pub from: NaiveDate,
}

/// A revision of the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkRevision {
    /// The terms as a whole.
    pub terms: Arc<Terms>,
    /// Who proposed it, and so accepts it.
    pub proposer: PartyId,
    /// When.
    pub proposed: Dated,
    /// Those who accepted it themselves.
    pub accepted: BTreeMap<PartyId, Dated>,
    /// Its adoption.
    pub adopted: Option<Adoption>,
}

/// The adoption of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// When.
    pub at: Timed,
    /// Who recorded it.
    pub told_by: PartyId,
    /// Those whose acceptance is on record by the word of who recorded it alone.
    pub named: Vec<PartyId>,
}

/// An area, from its proposal to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaRecord {
    /// Its name.
    pub title: String,
    /// Who proposed it by itself, and when.
    pub proposed: Option<(PartyId, Dated)>,
    /// When it was opened.
    pub opened: Option<Timed>,
    /// What belongs to it: as opened, and as expanded.
    pub scopes: Vec<(Words, Timed)>,
    /// Why and when it was closed.
    pub closed: Option<(String, Timed)>,
}

/// An agreement under a framework, and until when it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InclusionRecord {
    /// The agreement.
    pub agreement: AgreementId,
    /// The area, by key.
    pub area: Name,
    /// How it stands to the framework, where that is on record.
    pub relation: Option<InclusionRelation>,
    /// When it came.
    pub included: Dated,
    /// Why and when it was released.
    pub released: Option<(String, Dated)>,
}

/// An organ, and when it was that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganRecord {
    /// Which.
    pub organ: Organ,
    /// When it was named.
    pub named: Dated,
    /// From when it is that.
    pub from: NaiveDate,
    /// The last day on which it was, if it is no more.
    pub until: Option<NaiveDate>,
}

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkSuspension {
    /// Why.
    pub reason: String,
    /// From when.
    pub from: Timed,
    /// When it was taken up again.
    pub until: Option<Timed>,
}

/// A framework, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// How many events there were.
    pub version: u64,
    /// As it was adopted, with the areas that are open; absent before. Shared with the event that
    /// says so, as bodies and roadmaps are.
    pub foundation: Option<Arc<Foundation>>,
    /// When the log learnt of it.
    pub recorded_at: Option<DateTime<Utc>>,
    /// The agreements under it, with their areas.
    pub agreements: Vec<(AgreementId, Name)>,
    /// Its bodies.
    pub bodies: Vec<Arc<Body>>,
    /// Its roadmaps; the last one holds.
    pub roadmaps: Vec<Arc<Roadmap>>,
    /// The revisions of its terms, by number from 1.
    pub revisions: Vec<FrameworkRevision>,
    /// All areas that were ever opened or proposed by themselves.
    pub areas: BTreeMap<Name, AreaRecord>,
    /// All agreements that ever came under it.
    pub inclusions: Vec<InclusionRecord>,
    /// All organs, in the order in which they were named.
    pub organs: Vec<OrganRecord>,
    /// When it was suspended.
    pub suspensions: Vec<FrameworkSuspension>,
    /// Why and when it was ended.
    pub ended: Option<(String, Timed)>,
}

/// Where a framework stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameworkStatus {
    /// Nothing was proposed.
    Absent,
    /// It waits for its adoption.
    Proposed,
    /// It was adopted.
    Adopted,
    /// It is suspended.
    Suspended,
    /// It was ended.
    Ended,
}

impl AreaRecord {
    /// Whether it is open on a day.
    pub fn is_open(&self, on: NaiveDate) -> bool {
        let opened = self.opened.is_some_and(|opened| opened.from <= on);
        let closed = self.closed.as_ref();
        opened && closed.is_none_or(|(_, closed)| closed.from > on)
    }
}

impl FrameworkSuspension {
    fn covers(&self, on: NaiveDate) -> bool {
        self.from.from <= on && self.until.is_none_or(|until| until.from > on)
    }
}

impl Framework {
    /// Where it stands on a day.
    pub fn status(&self, on: NaiveDate) -> FrameworkStatus {
        let ended = self.ended.as_ref().map(|(_, at)| at.from);
        let adopted = self.adoptions().map(|(_, adoption)| adoption.at.from).min();
        let begun = self.revisions.first().map(|first| first.proposed.on);
        let by = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
        match () {
            () if by(ended) => FrameworkStatus::Ended,
            () if self.suspension(on).is_some() => FrameworkStatus::Suspended,
            () if by(adopted) => FrameworkStatus::Adopted,
            () if by(begun) => FrameworkStatus::Proposed,
            () => FrameworkStatus::Absent,
        }
    }

    /// The suspension that there is on a day.
    pub fn suspension(&self, on: NaiveDate) -> Option<&FrameworkSuspension> {
        self.suspensions.iter().find(|s| s.covers(on))
    }

    /// The latest revision, with its number.
    pub fn latest(&self) -> Option<(u32, &FrameworkRevision)> {
        let number = u32::try_from(self.revisions.len()).ok()?;
        Some((number, self.revisions.last()?))
    }

    /// Its adoptions, by the numbers of the revisions, in order.
    pub fn adoptions(&self) -> impl Iterator<Item = (u32, &Adoption)> {
        let numbered = (1..).zip(&self.revisions);
        numbered.filter_map(|(number, revision)| Some((number, revision.adopted.as_ref()?)))
    }

    /// The revision that was adopted last, with its number.
    pub fn adopted(&self) -> Option<(u32, &FrameworkRevision)> {
        let (number, _) = self.adoptions().last()?;
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        Some((number, self.revisions.get(at)?))
    }

    /// Who has to accept a revision of these terms: its parties, and those of the framework as it
    /// stands (FW13).
    pub fn accepting<'a>(&'a self, terms: &'a Terms) -> Vec<&'a PartyId> {
        let standing = self.foundation.iter().flat_map(|f| &f.parties);
        let mut all: Vec<_> = standing.chain(&terms.parties).map(|p| &p.id).collect();
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|party| seen.insert(*party));
        all
    }

    /// Who has yet to accept the latest revision, if that was not adopted.
    pub fn waits_for(&self) -> Vec<&PartyId> {
        let open = self.latest().filter(|(_, r)| r.adopted.is_none());
        let Some((_, revision)) = open else {
            return Vec::new();
        };
        let mut missing = self.accepting(&revision.terms);
        missing.retain(|party| !revision.accepted.contains_key(*party));
        missing
    }

    /// The organs and contact points of a day (FW8).
    pub fn organs_on(&self, on: NaiveDate) -> impl Iterator<Item = &OrganRecord> {
        let organs = self.organs.iter();
        organs.filter(move |o| o.from <= on && o.until.is_none_or(|until| until >= on))
    }

    /// Counts an event that is not taken in, so that those behind it keep their numbers.
    pub fn skip(&mut self) {
        self.version += 1;
    }
}
