//! What follows from the record for a day: the lifecycle, late, at risk, slip. Nothing of it is
//! stored (RM14, RM15).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Offset as _, TimeDelta, TimeZone as _, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ActionEnd, ActionRecord, Baseline, BaselineDates, Cause, DependencyKind, Due, MeasureRecord,
    Roadmap, graph::Wait,
};
use crate::{
    Name,
    effect::{Evaluation, Step},
    partnership::Dated,
};

/// Where an action stands: the codes of the International Aid Transparency Initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// It has not begun.
    Pipeline,
    /// It has begun.
    Implementation,
    /// It was completed, and not all that it is measured by is accepted.
    Finalisation,
    /// It was completed, and all is accepted.
    Closed,
    /// It was withdrawn or cancelled, or others go on in its place.
    Cancelled,
    /// It is suspended.
    Suspended,
}

impl Lifecycle {
    /// The code of the list ActivityStatus.
    pub fn code(self) -> u8 {
        match self {
            Self::Pipeline => 1,
            Self::Implementation => 2,
            Self::Finalisation => 3,
            Self::Closed => 4,
            Self::Cancelled => 5,
            Self::Suspended => 6,
        }
    }
}

/// How an action stands to its due date on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// It has none.
    Undated,
    /// It is settled by something that has not come.
    Pending {
        /// What.
        missing: Vec<String>,
    },
    /// It is to come.
    OnTrack,
    /// It is to come, and an action that it waits for is not to be expected in time.
    AtRisk {
        /// Which, by key.
        by: Name,
        /// When it can begin or be finished, as that one stands.
        forecast: NaiveDate,
    },
    /// It has passed.
    Late {
        /// How many days ago.
        days: i64,
    },
    /// It was completed.
    Done {
        /// How many days after it was due; 0 if it was in time.
        late: i64,
    },
    /// It ended otherwise.
    Ended,
}

/// How an action stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Its lifecycle.
    pub lifecycle: Lifecycle,
    /// When it is planned to begin.
    pub planned_start: Option<Evaluation>,
    /// When it is due: for the first time, if it recurs.
    pub due: Option<Evaluation>,
    /// The day on which it falls due next; if it recurs, the first that was not kept.
    pub next_due: Option<NaiveDate>,
    /// How it stands to that.
    pub timing: Timing,
    /// How many days it was moved since its first version was adopted; none where a date of the two
    /// is open.
    pub slip_to_first: Option<i64>,
    /// The same since the version that is in force.
    pub slip_to_current: Option<i64>,
    /// How often it was moved.
    pub moves: usize,
    /// How many days it was suspended, which is no slip.
    pub suspended_days: i64,
}

/// When an action can be expected to begin and to be finished.
#[derive(Clone, Debug, Default)]
struct Forecast<'a> {
    start: Option<NaiveDate>,
    finish: Option<NaiveDate>,
    /// What holds it up, until when.
    held_up: Option<(&'a Name, NaiveDate)>,
}

impl Roadmap {
    /// The day that it is in the roadmap's zone.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        let zone = self.plan.as_ref().map(|plan| plan.zone.parse());
        let seconds = match zone {
            Some(Ok::<chrono_tz::Tz, _>(zone)) => {
                let offset = zone.offset_from_utc_datetime(&now.naive_utc());
                offset.fix().local_minus_utc()
            }
            _ => 0,
        };
        let local = now
            .naive_utc()
            .checked_add_signed(TimeDelta::seconds(seconds.into()));
        local.unwrap_or(now.naive_utc()).date()
    }

    /// What a due date of an action comes to on what is on record.
    pub fn evaluate(&self, key: &Name, due: &Due) -> Evaluation {
        let record = self.actions.get(key);
        let adopted = record.and_then(|record| record.adopted);
        let adopted = adopted.map(|at| (at.on, at.event));
        due.evaluate(adopted, &|cause| self.came(cause))
    }

    /// When a cause came, or that it is missing. What was replaced has come when all that go on in
    /// its place have.
    fn came(&self, cause: Cause<'_>) -> Evaluation {
        let missing = |why: String| Evaluation::Pending {
            missing: vec![format!("the {cause}{why}")],
        };
        let date = |at: Dated| Evaluation::Date {
            on: at.on,
            trace: vec![Step {
                what: cause.to_string(),
                on: at.on,
                event: Some(at.event),
            }],
        };
        let (key, milestone) = match cause {
            Cause::Start(key) | Cause::Completion(key) => (key, None),
            Cause::Milestone(key, milestone) => (key, Some(milestone)),
        };
        let end = |key| {
            self.actions
                .get(key)
                .and_then(|r: &ActionRecord| r.end.as_ref())
        };
        let heirs: Vec<_> = self.heirs(key);
        let of = |key: &Name| -> Option<Dated> {
            let record = self.actions.get(key)?;
            match (cause, milestone) {
                (Cause::Start(_), _) => record.started,
                (Cause::Completion(_), _) => record.completed,
                (Cause::Milestone(..), Some(milestone)) => {
                    let measure = record.measure(milestone).filter(|m| m.is_settled())?;
                    let met = measure.met.as_ref().map(|met| met.at);
                    met.or_else(|| measure.waived.as_ref().map(|(_, at)| *at))
                }
                (Cause::Milestone(..), None) => None,
            }
        };
        // A milestone stands with the action or with one that took it over.
        if milestone.is_some() {
            let found = heirs.iter().copied().chain([key]).find_map(of);
            return found.map_or_else(|| missing(String::new()), date);
        }
        if let Some(own) = of(key) {
            return date(own);
        }
        if heirs.is_empty() {
            let why = end(key).map(|(how, at)| format!(", which was {how} on {}", at.on));
            return missing(why.unwrap_or_default());
        }
        let each: Option<Vec<_>> = heirs.iter().map(|key| of(key)).collect();
        let last = each.and_then(|each| each.into_iter().max());
        last.map_or_else(|| missing(String::new()), date)
    }

    /// When a milestone or target of an action is due.
    pub fn measure_due(&self, key: &Name, measure: &MeasureRecord) -> Option<Evaluation> {
        let due = measure.measure.due()?;
        Some(self.evaluate(key, due))
    }

    /// The versions in which an action stands, with its dates there and the action that they are
    /// of: it, or the one from which it goes on.
    fn baselines<'a>(&'a self, key: &'a Name) -> Vec<(&'a Baseline, &'a BaselineDates, &'a Name)> {
        let mut found = Vec::new();
        let mut line = vec![key];
        while let Some(key) = line.last()
            && let Some(of) = self.actions.get(*key).and_then(|r| r.heir_of.as_ref())
            && !line.contains(&of)
        {
            line.push(of);
        }
        for key in line {
            for baseline in &self.baselines {
                if let Some(dates) = baseline.actions.get(key) {
                    found.push((baseline, dates, key));
                }
            }
        }
        found.sort_by_key(|(baseline, ..)| baseline.version);
        found
    }

    /// When an action was due in the first version in which it stands, or that from which it goes on
    /// does; none where it had no due date there.
    pub fn first_due(&self, key: &Name) -> Option<Evaluation> {
        let (_, dates, of) = *self.baselines(key).first()?;
        Some(self.evaluate(of, dates.due.as_ref()?))
    }

    /// By how many days an action was moved against a version.
    fn slip(&self, key: &Name, against: Option<(&BaselineDates, &Name)>) -> Option<i64> {
        let (dates, of) = against?;
        let was = self.evaluate(of, dates.due.as_ref()?).date()?;
        let due = self.actions.get(key)?.action.due.as_ref()?;
        let is = self.evaluate(key, due).date()?;
        Some((is - was).num_days())
    }

    /// The moves of an action, and of that from which it goes on, in their order.
    pub fn moves<'a>(&'a self, key: &'a Name) -> Vec<&'a super::DueMove> {
        let mut moves = Vec::new();
        let (mut key, mut seen) = (Some(key), Vec::new());
        while let Some(own) = key.filter(|key| !seen.contains(key)) {
            seen.push(own);
            let record = self.actions.get(own);
            moves.extend(record.into_iter().flat_map(|record| &record.moves));
            key = record.and_then(|record| record.heir_of.as_ref());
        }
        moves.sort_by_key(|m| m.at.event);
        moves
    }

    /// How each action stands on a day, on a state of that day: late, at risk (RM14), by how much it
    /// was moved since the first version and the one in force (RM15).
    pub fn schedules(&self, on: NaiveDate) -> BTreeMap<&Name, Schedule> {
        let forecasts = self.forecasts(on);
        let each = self.actions.iter().map(|(key, record)| {
            let forecast = forecasts.get(key);
            let held_up = forecast.and_then(|forecast| forecast.held_up);
            (key, self.schedule_of(key, record, held_up, on))
        });
        each.collect()
    }

    /// How an action stands on a day, on a state of that day; none where there is no such action.
    pub fn schedule(&self, key: &Name, on: NaiveDate) -> Option<Schedule> {
        self.schedules(on).remove(key)
    }

    fn schedule_of(
        &self,
        key: &Name,
        record: &ActionRecord,
        held_up: Option<(&Name, NaiveDate)>,
        on: NaiveDate,
    ) -> Schedule {
        let due = record.action.due.as_ref();
        let due = due.map(|due| self.evaluate(key, due));
        let first_due = due.as_ref().and_then(Evaluation::date);
        let next_due = first_due.and_then(|first| record.next_due(first));
        let timing = match (&record.end, record.completed, next_due) {
            (Some(_), ..) => Timing::Ended,
            (None, Some(completed), _) => {
                let last = first_due.and_then(|first| record.last_due(first));
                let late = last.map_or(0, |due| (completed.on - due).num_days());
                let late = late.max(0);
                Timing::Done { late }
            }
            (None, None, Some(next)) if next < on => {
                let days = (on - next).num_days();
                Timing::Late { days }
            }
            (None, None, _) => match (held_up, &due) {
                (Some((by, forecast)), _) => {
                    let by = by.clone();
                    Timing::AtRisk { by, forecast }
                }
                (None, Some(Evaluation::Pending { missing })) => {
                    let missing = missing.clone();
                    Timing::Pending { missing }
                }
                (None, Some(Evaluation::Date { .. })) => Timing::OnTrack,
                (None, None) => Timing::Undated,
            },
        };
        let baselines = self.baselines(key);
        let of = |found: Option<&(&Baseline, &'_ BaselineDates, &'_ Name)>| {
            self.slip(key, found.map(|(_, dates, of)| (*dates, *of)))
        };
        let start = record.action.start.as_ref();
        Schedule {
            lifecycle: record.lifecycle(),
            planned_start: start.map(|start| self.evaluate(key, start)),
            next_due,
            timing,
            slip_to_first: of(baselines.first()),
            slip_to_current: of(baselines.last()),
            moves: self.moves(key).len(),
            suspended_days: record.suspended_days(on),
            due,
        }
    }

    /// When each action that goes on can be expected to begin and to be finished: not before the
    /// day, not before it is planned, and not before what it waits for lets it.
    fn forecasts(&self, on: NaiveDate) -> BTreeMap<&Name, Forecast<'_>> {
        let waits = self.waits(on);
        let (order, _) = self.in_order(&waits);
        let mut by_action: BTreeMap<&Name, Vec<&Wait<'_>>> = BTreeMap::new();
        for wait in &waits {
            by_action.entry(wait.action).or_default().push(wait);
        }
        let mut found: BTreeMap<&Name, Forecast<'_>> = BTreeMap::new();
        for key in order {
            let Some(record) = self.actions.get(key).filter(|r| r.end.is_none()) else {
                continue;
            };
            let waits = by_action.get(key).map_or(&[][..], Vec::as_slice);
            let forecast = self.forecast(key, record, (waits, &found), on);
            found.insert(key, forecast);
        }
        found
    }

    fn forecast<'a>(
        &'a self,
        key: &Name,
        record: &ActionRecord,
        (waits, others): (&[&Wait<'a>], &BTreeMap<&'a Name, Forecast<'a>>),
        on: NaiveDate,
    ) -> Forecast<'a> {
        if let Some(completed) = record.completed {
            return Forecast {
                start: record.started.map(|at| at.on),
                finish: Some(completed.on),
                held_up: None,
            };
        }
        let date = |due: Option<&Due>| due.and_then(|due| self.evaluate(key, due).date());
        let planned = date(record.action.start.as_ref());
        let due = date(record.action.due.as_ref()).and_then(|first| record.last_due(first));
        let length = planned.zip(due).map(|(start, due)| due - start);
        let length = length.unwrap_or_default().max(TimeDelta::zero());
        let latest_start = planned.or(due);
        let mut start = match record.started {
            Some(at) => Some(at.on),
            None => planned.map(|planned| planned.max(on)),
        };
        let mut finish = due.map(|due| due.max(on));
        let mut held_up: Option<(i64, &Name, NaiveDate)> = None;
        for wait in waits {
            let Some(other) = others.get(wait.after) else {
                continue;
            };
            let (moment, of_start) = match wait.kind {
                DependencyKind::FinishToStart => (other.finish, true),
                DependencyKind::StartToStart => (other.start, true),
                DependencyKind::FinishToFinish => (other.finish, false),
                DependencyKind::StartToFinish => (other.start, false),
            };
            let Some(until) = moment.map(|moment| later(moment, i64::from(wait.lag))) else {
                continue;
            };
            let limit = match (of_start, record.started) {
                // It has begun: what its start waited for does not hold it up.
                (true, Some(_)) => continue,
                (true, None) => {
                    start = start.max(Some(until));
                    latest_start
                }
                (false, _) => {
                    finish = finish.max(Some(until));
                    due
                }
            };
            let over = limit.map_or(0, |limit| (until - limit).num_days());
            if over > 0 && held_up.is_none_or(|(most, ..)| over > most) {
                held_up = Some((over, wait.after, until));
            }
        }
        if record.started.is_none()
            && let Some(start) = start
            && due.is_some()
        {
            finish = finish.max(Some(later(start, length.num_days())));
        }
        Forecast {
            start,
            finish,
            held_up: held_up.map(|(_, by, until)| (by, until)),
        }
    }
}

/// So many days later; the end of the calendar where there is none.
fn later(day: NaiveDate, days: i64) -> NaiveDate {
    let end = if days < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    };
    let days = TimeDelta::try_days(days).unwrap_or_default();
    day.checked_add_signed(days).unwrap_or(end)
}

impl ActionRecord {
    /// Where it stands.
    pub fn lifecycle(&self) -> Lifecycle {
        match () {
            () if self.end.is_some() => Lifecycle::Cancelled,
            () if self.completed.is_some() && self.measures.iter().all(|m| m.is_accepted()) => {
                Lifecycle::Closed
            }
            () if self.completed.is_some() => Lifecycle::Finalisation,
            () if self.is_suspended() => Lifecycle::Suspended,
            () if self.started.is_some() => Lifecycle::Implementation,
            () => Lifecycle::Pipeline,
        }
    }

    /// How many days it was suspended by a day.
    fn suspended_days(&self, on: NaiveDate) -> i64 {
        let each = self.suspended.iter().map(|s| {
            let to = s.to.map_or(on, |to| to.on);
            (to - s.from.on).num_days().max(0)
        });
        each.fold(0, i64::saturating_add)
    }

    /// The days on which it falls due that were kept, by what was reported.
    fn kept(&self, day: NaiveDate) -> bool {
        self.reports.iter().any(|r| r.occurrence == Some(day))
    }

    /// The first day on which it falls due that was not kept; none, if all were.
    pub(super) fn next_due(&self, first: NaiveDate) -> Option<NaiveDate> {
        match &self.action.recurs {
            None => Some(first),
            Some(rule) => rule.from(first).find(|day| !self.kept(*day)),
        }
    }

    /// The last day on which it falls due; none, if there is no end of them.
    fn last_due(&self, first: NaiveDate) -> Option<NaiveDate> {
        match &self.action.recurs {
            None => Some(first),
            Some(rule) => rule.ends().then(|| rule.from(first).last()).flatten(),
        }
    }

    /// Whether it ended by a withdrawal.
    pub(super) fn is_withdrawn(&self) -> bool {
        let end = self.end.as_ref().map(|(how, _)| how);
        matches!(end, Some(ActionEnd::Withdrawn { .. }))
    }
}
