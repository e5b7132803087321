//! What was asked for, obtained in time or late, refused or not answered (PR6): counted from the
//! times of steps, so that both parties count the same.

use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Gives, Procedure, Until, Visit, VisitEnd};
use crate::{Name, PartyId, limit::Moment};

/// How often a step was come to, and what came of it. All but the first sum up to the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepCounts {
    /// Cases came to it.
    pub requested: u32,
    /// What was asked for was obtained within the limit.
    pub in_time: u32,
    /// It was obtained after the limit.
    pub late: u32,
    /// It was refused, in time or late.
    pub refused: u32,
    /// It was done, and neither given nor refused.
    pub other: u32,
    /// The limit passed, and nobody answered: whatever silence meant.
    pub unanswered: u32,
    /// It waits, within its limit or without one.
    pub running: u32,
    /// The case was closed, or moved elsewhere, before the limit passed.
    pub withdrawn: u32,
}

/// What is counted apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CountKey {
    /// The step.
    pub step: Name,
    /// Who asked.
    pub requesting: PartyId,
    /// Who was asked.
    pub requested: PartyId,
}

impl StepCounts {
    fn add(&mut self, visit: &Visit) {
        self.requested += 1;
        let count = match &visit.end {
            Some(VisitEnd::Taken { gives, late, .. }) => match (gives, late) {
                (Gives::Obtained, false) => &mut self.in_time,
                (Gives::Obtained, true) => &mut self.late,
                (Gives::Refused, _) => &mut self.refused,
                (Gives::Other, _) => &mut self.other,
            },
            Some(VisitEnd::Silent { .. }) => &mut self.unanswered,
            _ if visit.passed => &mut self.unanswered,
            Some(VisitEnd::Moved(_) | VisitEnd::Closed { .. }) => &mut self.withdrawn,
            None => &mut self.running,
        };
        *count += 1;
    }
}

impl Procedure {
    /// What came of each step to which cases came on these days, as it stands at an instant (PR6).
    pub fn counts(
        &self,
        days: &RangeInclusive<NaiveDate>,
        instant: DateTime<Utc>,
    ) -> BTreeMap<CountKey, StepCounts> {
        self.counted(days, Until::Instant(instant))
    }

    /// The same, as it stood on a day.
    pub fn counts_on(
        &self,
        days: &RangeInclusive<NaiveDate>,
        on: NaiveDate,
    ) -> BTreeMap<CountKey, StepCounts> {
        self.counted(days, Until::Act(Moment::day(on)))
    }

    fn counted(
        &self,
        days: &RangeInclusive<NaiveDate>,
        until: Until,
    ) -> BTreeMap<CountKey, StepCounts> {
        let mut counts: BTreeMap<CountKey, StepCounts> = BTreeMap::new();
        for case in self.cases.values() {
            let course = self.course(case, until);
            let visits = course.visits.iter();
            for visit in visits.filter(|visit| days.contains(&visit.reached.on)) {
                let key = CountKey {
                    step: visit.step.clone(),
                    requesting: case.requesting.clone(),
                    requested: case.requested.clone(),
                };
                counts.entry(key).or_default().add(visit);
            }
        }
        counts
    }
}
