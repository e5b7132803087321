//! A roadmap as it stands: what is on record of each action. What follows from it for a day is in
//! `schedule.rs`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Action, ActionEnd, Completion, Dependency, Due, Measure, RoadmapPlan};
use crate::{
    Name, PartyId,
    partnership::{Dated, ItemRef, Words},
};

/// The dates of an action in a version that was adopted. They never change (INV10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineDates {
    /// The revision that was adopted.
    pub revision: u32,
    /// When it was planned to begin.
    pub start: Option<Due>,
    /// When it was due.
    pub due: Option<Due>,
}

/// A version that was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Its number, from 1.
    pub version: u32,
    /// When it was adopted.
    pub at: Dated,
    /// Its actions, by key.
    pub actions: BTreeMap<Name, BaselineDates>,
}

/// A dependency, and when it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyRecord {
    /// What waits for what.
    pub dependency: Dependency,
    /// Since when.
    pub added: Dated,
    /// Until when.
    pub removed: Option<Dated>,
}

/// A move of a due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueMove {
    /// When it was due.
    pub from: Due,
    /// When it is due since.
    pub to: Due,
    /// Why.
    pub reason: String,
    /// Whose decision it was.
    pub by: Assessor,
    /// When it was moved.
    pub at: Dated,
}

/// Who speaks: a party, or the body by what its session agreed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assessor {
    /// A party.
    Party(PartyId),
    /// The body, by key.
    Body(Name),
}

/// What one that leads an action told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressReport {
    /// The party.
    pub by: PartyId,
    /// The day for which it was told.
    pub as_of: NaiveDate,
    /// What has been done.
    pub words: Words,
    /// How much of it, in per cent.
    pub percent: Option<u8>,
    /// Where that is to be seen.
    pub evidence: Vec<String>,
    /// The day of a recurring action that was kept.
    pub occurrence: Option<NaiveDate>,
    /// When it was told.
    pub at: Dated,
}

/// What somebody else said of how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Who.
    pub by: Assessor,
    /// The day for which it was said.
    pub as_of: NaiveDate,
    /// How far.
    pub completion: Completion,
    /// On what grounds.
    pub words: Words,
    /// When it was said.
    pub at: Dated,
}

/// That a milestone or target was reported met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// By which party.
    pub by: PartyId,
    /// Where that is to be seen.
    pub evidence: String,
    /// The value that was reached.
    pub value: Option<Name>,
    /// When it was met.
    pub at: Dated,
}

/// What was said of a milestone or target that was reported met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who said it.
    pub by: Assessor,
    /// Why it was not accepted; none, if it was.
    pub refused: Option<String>,
    /// When.
    pub at: Dated,
}

/// A milestone or target, and what became of it. That it was met and that it was accepted as met
/// are two facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureRecord {
    /// What it is.
    pub measure: Measure,
    /// When it was set.
    pub set: Dated,
    /// That it was reported met.
    pub met: Option<Met>,
    /// What was said of that.
    pub verdict: Option<Verdict>,
    /// What was reported, and not accepted, before.
    pub earlier: Vec<(Met, Verdict)>,
    /// Why it was waived, and when.
    pub waived: Option<(String, Dated)>,
}

/// A time for which an action was suspended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Why.
    pub reason: String,
    /// Since when.
    pub from: Dated,
    /// Until when.
    pub to: Option<Dated>,
}

/// A completion that did not last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// When it had been completed.
    pub completed: Dated,
    /// Why it goes on.
    pub reason: String,
    /// Since when.
    pub at: Dated,
}

/// What is on record of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionRecord {
    /// The action, in its words of now and as due now.
    pub action: Action,
    /// The number of its words, from 1.
    pub revision: u32,
    /// Who proposed it.
    pub by: PartyId,
    /// When it was proposed.
    pub proposed: Dated,
    /// When its words were last changed.
    pub revised: Dated,
    /// When it was first adopted.
    pub adopted: Option<Dated>,
    /// When it began.
    pub started: Option<Dated>,
    /// When it was completed.
    pub completed: Option<Dated>,
    /// Completions that did not last.
    pub reopened: Vec<Reopening>,
    /// The times for which it was suspended.
    pub suspended: Vec<Suspension>,
    /// How it ended otherwise, and when.
    pub end: Option<(ActionEnd, Dated)>,
    /// Ends that did not last: it was proposed again.
    pub earlier_ends: Vec<(ActionEnd, Dated)>,
    /// How its due date was moved.
    pub moves: Vec<DueMove>,
    /// Its milestones and targets, in the order in which they were set.
    pub measures: Vec<MeasureRecord>,
    /// What those that lead it told.
    pub reports: Vec<ProgressReport>,
    /// What others said.
    pub assessments: Vec<Assessment>,
    /// The items that it follows up.
    pub follows: Vec<(ItemRef, Dated)>,
    /// The actions in whose place it stands: of which it is a part, or which were merged.
    pub of: Vec<Name>,
    /// The one of them whose baseline and moves it goes on from.
    pub heir_of: Option<Name>,
}

/// A roadmap, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roadmap {
    /// How many events there were.
    pub version: u64,
    /// What it is; absent before.
    pub plan: Option<RoadmapPlan>,
    /// When it was proposed.
    pub proposed: Option<Dated>,
    /// Its actions, by key.
    pub actions: BTreeMap<Name, ActionRecord>,
    /// The versions that were adopted.
    pub baselines: Vec<Baseline>,
    /// What waited for what.
    pub dependencies: Vec<DependencyRecord>,
}

impl MeasureRecord {
    /// Whether it was waived, or met and not refused since.
    pub fn is_settled(&self) -> bool {
        let refused = self.verdict.as_ref().is_some_and(|v| v.refused.is_some());
        self.waived.is_some() || (self.met.is_some() && !refused)
    }

    /// Whether it was waived, or accepted as met.
    pub fn is_accepted(&self) -> bool {
        let accepted = self.verdict.as_ref().is_some_and(|v| v.refused.is_none());
        self.waived.is_some() || accepted
    }
}

impl ActionRecord {
    /// What was told for the latest day, and of several of one day, last.
    pub fn latest_report(&self) -> Option<&ProgressReport> {
        self.reports.iter().max_by_key(|r| (r.as_of, r.at.event))
    }

    /// What each of those who assess it said for the latest day: where they differ, all stand.
    pub fn latest_assessments(&self) -> Vec<&Assessment> {
        let mut latest: BTreeMap<&Assessor, &Assessment> = BTreeMap::new();
        for said in &self.assessments {
            let newer = |before: &&&Assessment| {
                (before.as_of, before.at.event) > (said.as_of, said.at.event)
            };
            if latest.get(&said.by).filter(newer).is_none() {
                latest.insert(&said.by, said);
            }
        }
        latest.into_values().collect()
    }

    /// A milestone or target, by key.
    pub fn measure(&self, key: &Name) -> Option<&MeasureRecord> {
        self.measures.iter().find(|m| m.measure.key() == key)
    }

    /// Whether it is suspended.
    pub fn is_suspended(&self) -> bool {
        self.suspended.last().is_some_and(|s| s.to.is_none())
    }

    /// Whether it neither was completed nor ended otherwise.
    pub fn is_open(&self) -> bool {
        self.completed.is_none() && self.end.is_none()
    }

    /// The last change of its course.
    pub(super) fn last_turn(&self) -> Option<Dated> {
        let suspended = self.suspended.last().map(|s| s.to.unwrap_or(s.from));
        let reopened = self.reopened.last().map(|r| r.at);
        let ended = self.end.as_ref().map(|(_, at)| *at);
        let turns = [self.started, self.completed, suspended, reopened, ended];
        turns.into_iter().flatten().max()
    }
}

impl Roadmap {
    /// The actions of an area that are open: those that have to be closed or moved with it (INV34).
    pub fn open_in<'a>(&'a self, area: &'a Name) -> impl Iterator<Item = &'a Name> {
        let open = self.actions.iter().filter(|(_, record)| record.is_open());
        open.filter(move |(_, record)| record.action.area == *area)
            .map(|(key, _)| key)
    }

    /// The actions that go on in the place of one, by the first of each line that is no further
    /// replaced; itself, if it goes on. None of one that was withdrawn or cancelled.
    pub fn heirs<'a>(&'a self, key: &'a Name) -> Vec<&'a Name> {
        let mut heirs = Vec::new();
        let mut open = vec![key];
        let mut seen = Vec::new();
        while let Some(key) = open.pop() {
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            match self.actions.get(key).map(|record| &record.end) {
                Some(Some((end, _))) => open.extend(end.became().iter().rev()),
                Some(None) => heirs.push(key),
                None => {}
            }
        }
        heirs
    }
}
