//! A procedure as it stands: its versions, calendars and cases.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{ProcedureId, Role, StepTable, TimeLimit, Whose, Within};
use crate::{
    FrameworkId, Name, PartyId, Version,
    limit::{Calendar, Moment},
    partnership::{Dated, ItemRef},
};

/// A draft of a version. It never changes under its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureDraft {
    /// Its steps.
    pub table: StepTable,
    /// Who put it forward.
    pub by: PartyId,
    /// What it changes; none for the first.
    pub base: Option<Version>,
    /// When.
    pub at: Dated,
}

/// A version that was adopted. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedProcedure {
    /// Its steps.
    pub table: StepTable,
    /// The draft that was adopted.
    pub draft: Version,
    /// Cases that begin from this day on begin under it, or under a later one.
    pub from: NaiveDate,
    /// When it was adopted.
    pub at: Dated,
}

/// The end of new cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupersededProcedure {
    /// From which day on none begins.
    pub from: NaiveDate,
    /// The procedure that takes its place.
    pub by: Option<ProcedureId>,
    /// Why.
    pub reason: Option<String>,
    /// When that was agreed.
    pub at: Dated,
}

/// What was done in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseDeed {
    /// The day of something was told.
    Told {
        /// Of what, by key.
        event: Name,
        /// The day.
        day: NaiveDate,
    },
    /// What a step is about was received.
    Received {
        /// The step.
        step: Name,
    },
    /// A step was done.
    Taken {
        /// The step.
        step: Name,
        /// With which outcome.
        outcome: Name,
    },
    /// The limit of a step was put off.
    Extended {
        /// The step.
        step: Name,
        /// On which ground.
        ground: Name,
    },
    /// It was moved to a later version.
    Migrated {
        /// Which.
        to: Version,
        /// At which step.
        step: Name,
    },
    /// It was closed.
    Closed {
        /// On which ground.
        ground: Name,
    },
}

/// An act in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAct {
    /// What was done.
    pub what: CaseDeed,
    /// By whom.
    pub by: PartyId,
    /// On which day, and the event that says so.
    pub dated: Dated,
    /// The instant, where it is known.
    pub at: Option<DateTime<FixedOffset>>,
}

impl CaseAct {
    /// When it was done.
    pub fn moment(&self) -> Moment {
        let (on, at) = (self.dated.on, self.at);
        Moment { on, at }
    }
}

/// A case: references and times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The version under which it began.
    pub version: Version,
    /// Who asks.
    pub requesting: PartyId,
    /// Who is asked.
    pub requested: PartyId,
    /// When it began.
    pub opened: Dated,
    /// The instant, where it is known.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// The days that were told when it began, by key.
    pub times: BTreeMap<Name, NaiveDate>,
    /// What was done, in order.
    pub acts: Vec<CaseAct>,
}

/// A procedure, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// How many events it has.
    pub version: u64,
    /// The framework under which it stands.
    pub framework: Option<FrameworkId>,
    /// The area of the framework.
    pub area: Option<Name>,
    /// Whose it is.
    pub parties: Vec<PartyId>,
    /// When it was put forward.
    pub proposed: Option<Dated>,
    /// The drafts of its versions.
    pub drafts: BTreeMap<Version, ProcedureDraft>,
    /// Its versions.
    pub adopted: BTreeMap<Version, AdoptedProcedure>,
    /// The end of new cases.
    pub superseded: Option<SupersededProcedure>,
    /// The calendars of each party, in the order in which they were declared.
    pub calendars: BTreeMap<PartyId, Vec<(Calendar, Dated)>>,
    /// Its cases, by reference.
    pub cases: BTreeMap<Name, Case>,
    /// The items of meetings that it follows up.
    pub follows: Vec<(ItemRef, Dated)>,
}

/// Where a procedure stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureStatus {
    /// It was not proposed.
    Absent,
    /// Only drafts are there.
    Draft,
    /// A version was adopted, and none is in force yet.
    Adopted,
    /// A version is in force: cases begin under it.
    InForce,
    /// No case begins any more.
    Superseded,
}

/// Where a version stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionStatus {
    /// It was adopted, for later.
    Adopted,
    /// Cases begin under it.
    InForce,
    /// Cases that began under it go on; no other does.
    Superseded,
}

impl Procedure {
    /// The version under which cases begin on a day.
    pub fn in_force(&self, on: NaiveDate) -> Option<(&Version, &AdoptedProcedure)> {
        if self.superseded.as_ref().is_some_and(|s| s.from <= on) {
            return None;
        }
        let mut begun = self.adopted.iter().rev();
        begun.find(|(_, version)| version.from <= on && version.at.on <= on)
    }

    /// Where it stands on a day.
    pub fn status(&self, on: NaiveDate) -> ProcedureStatus {
        let by = |at: Dated| at.on <= on;
        match () {
            () if !self.proposed.is_some_and(by) => ProcedureStatus::Absent,
            () if self.superseded.as_ref().is_some_and(|s| s.from <= on) => {
                ProcedureStatus::Superseded
            }
            () if self.in_force(on).is_some() => ProcedureStatus::InForce,
            () if self.adopted.values().any(|version| by(version.at)) => ProcedureStatus::Adopted,
            () => ProcedureStatus::Draft,
        }
    }

    /// Where one of its versions stands on a day; none where it was not adopted by then.
    pub fn version_status(&self, version: &Version, on: NaiveDate) -> Option<VersionStatus> {
        let adopted = self.adopted.get(version).filter(|a| a.at.on <= on)?;
        let current = self.in_force(on).map(|(current, _)| current);
        Some(match () {
            () if current == Some(version) => VersionStatus::InForce,
            () if adopted.from > on && self.superseded.is_none() => VersionStatus::Adopted,
            () => VersionStatus::Superseded,
        })
    }

    /// The drafts of versions that were not adopted.
    pub fn open_drafts(&self) -> impl Iterator<Item = (&Version, &ProcedureDraft)> {
        let drafts = self.drafts.iter();
        drafts.filter(|(label, _)| !self.adopted.contains_key(&label.stable()))
    }

    /// The draft that was put forward last of the version that another is a draft of; of all, if none.
    pub fn latest_draft(&self, of: Option<&Version>) -> Option<&Version> {
        let drafts = self.drafts.iter();
        let own = drafts.filter(|(label, _)| of.is_none_or(|of| label.stable() == *of));
        own.max_by_key(|(label, draft)| (draft.at.event, *label))
            .map(|(label, _)| label)
    }

    /// The calendar by which a party works, for a limit that begins to run on a day: the last one
    /// that it declared by then; else the first, which says of the days before, too (PR8).
    pub fn calendar_on(&self, party: &PartyId, on: NaiveDate) -> Option<&Calendar> {
        let declared = self.calendars.get(party)?;
        let by_then = declared.iter().rev().find(|(_, at)| at.on <= on);
        by_then.or(declared.first()).map(|(calendar, _)| calendar)
    }

    /// A title to show: in English, else in the first language on record; of the version adopted
    /// last, else of the last draft.
    pub fn table(&self) -> Option<&StepTable> {
        let adopted = self.adopted.values().next_back().map(|a| &a.table);
        let draft = || Some(&self.drafts.get(self.latest_draft(None)?)?.table);
        adopted.or_else(draft)
    }
}

impl Case {
    /// When it began.
    pub fn begun(&self) -> Moment {
        let (on, at) = (self.opened.on, self.opened_at);
        Moment { on, at }
    }

    /// Who has a role; none has that of the body alone.
    pub fn holder(&self, role: Role) -> Option<&PartyId> {
        match role {
            Role::Requesting => Some(&self.requesting),
            Role::Requested => Some(&self.requested),
            Role::Body => None,
        }
    }

    /// The two parties.
    pub fn parties(&self) -> [&PartyId; 2] {
        [&self.requesting, &self.requested]
    }

    /// Whose calendar a limit runs by (PR8).
    pub fn calendar_of<'a>(&'a self, within: &'a Within, actor: Role) -> Option<&'a PartyId> {
        match &within.calendar {
            None => self.holder(actor),
            Some(Whose::Role(role)) => self.holder(*role),
            Some(Whose::Party(party)) => Some(party),
        }
    }

    /// The version under which it stands, after all that was done.
    pub fn current_version(&self) -> &Version {
        let mut moved = self.acts.iter().rev().filter_map(|act| match &act.what {
            CaseDeed::Migrated { to, .. } => Some(to),
            CaseDeed::Told { .. }
            | CaseDeed::Received { .. }
            | CaseDeed::Taken { .. }
            | CaseDeed::Extended { .. }
            | CaseDeed::Closed { .. } => None,
        });
        moved.next().unwrap_or(&self.version)
    }

    /// When something was last done in it.
    pub fn last_moment(&self) -> Moment {
        self.acts.last().map_or(self.begun(), CaseAct::moment)
    }

    /// Those of its parties, and those that its limits name, whose calendars have to be known.
    pub(super) fn calendars_of<'a>(&'a self, table: &'a StepTable) -> Vec<&'a PartyId> {
        let limits = table.steps.iter().filter_map(|step| match &step.limit {
            TimeLimit::None => None,
            TimeLimit::Within(within) => self.calendar_of(within, step.actor),
        });
        let mut parties: Vec<_> = limits.collect();
        parties.sort();
        parties.dedup();
        parties
    }
}
