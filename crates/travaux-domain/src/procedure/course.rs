//! The course of a case: which steps it came through, when each was due, how each ended. Silence is
//! found here, for the moment that is asked, and never kept.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Case, CaseAct, CaseDeed, Gives, Leads, Procedure, ProcedureStep, Silence, Starts, StepTable,
};
use crate::{
    Name, PartyId, Version,
    limit::{Calendar, Clock, Due, Moment, due},
};

/// Until when a case is followed.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// As it stands at an instant.
    Instant(DateTime<Utc>),
    /// As it stands when something is done.
    Act(Moment),
}

/// How a case left a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitEnd {
    /// It was done.
    Taken {
        /// With which outcome.
        outcome: Name,
        /// What that gives.
        gives: Gives,
        /// By whom.
        by: PartyId,
        /// When.
        at: Moment,
        /// Whether its limit had passed.
        late: bool,
    },
    /// Its limit passed, and silence led on.
    Silent {
        /// What silence meant.
        silence: Silence,
        /// When the limit passed.
        at: DateTime<Utc>,
    },
    /// The case was moved to another step of a later version.
    Moved(Moment),
    /// The case was closed.
    Closed {
        /// On which ground.
        ground: Name,
        /// When.
        at: Moment,
    },
}

/// A step that a case came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The step.
    pub step: Name,
    /// The version that it is a step of.
    pub version: Version,
    /// When the case came to it.
    pub reached: Moment,
    /// When who must act received what it is about, where that was told.
    pub received: Option<Moment>,
    /// On which ground its limit was put off, if it was.
    pub extended: Option<Name>,
    /// When it is due; none without a limit, or while none runs.
    pub due: Option<Due>,
    /// Whether its limit passed before it was left.
    pub passed: bool,
    /// Whether both moved the case here from an earlier version: no limit runs from before.
    pub moved: bool,
    /// How the case left it; none where it stands there.
    pub end: Option<VisitEnd>,
}

/// The course of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The steps, in the order in which it came to them.
    pub visits: Vec<Visit>,
}

impl Course {
    /// The step at which it stands; none where it ended.
    pub fn standing(&self) -> Option<&Visit> {
        self.visits.last().filter(|visit| visit.end.is_none())
    }

    /// How it left the last step, where it ended.
    pub fn end(&self) -> Option<&VisitEnd> {
        self.visits.last()?.end.as_ref()
    }
}

impl Procedure {
    /// The course of a case until a moment (PR1, PR5): under the version with which it began, or to
    /// which both moved it.
    pub fn course(&self, case: &Case, until: Until) -> Course {
        let mut walk = Walk {
            procedure: self,
            case,
            table: None,
            version: case.version.clone(),
            times: case.times.iter().map(|(key, day)| (key, *day)).collect(),
            last: case.begun(),
            visits: Vec::new(),
        };
        if let Until::Instant(instant) = until
            && !case
                .begun()
                .had_come(instant, self.calendar_on(&case.requesting, case.opened.on))
        {
            let visits = walk.visits;
            return Course { visits };
        }
        walk.under(&case.version);
        if let Some(first) = walk.table.and_then(|table| table.steps.first()) {
            walk.enter(&first.key, case.begun());
        }
        for act in &case.acts {
            let moment = act.moment();
            if let Until::Instant(instant) = until
                && !moment.had_come(instant, self.calendar_on(&act.by, moment.on))
            {
                break;
            }
            walk.pass(|due, calendar| !due.is_kept(moment, calendar));
            walk.take(act);
        }
        match until {
            Until::Instant(instant) => walk.pass(|due, _| !due.is_running(instant)),
            Until::Act(moment) => walk.pass(|due, calendar| !due.is_kept(moment, calendar)),
        }
        let visits = walk.visits;
        Course { visits }
    }

    /// The course of a case as it stood on a day: a limit has not passed on its last one.
    pub fn course_on(&self, case: &Case, on: NaiveDate) -> Course {
        self.course(case, Until::Act(Moment::day(on)))
    }
}

struct Walk<'a> {
    procedure: &'a Procedure,
    case: &'a Case,
    table: Option<&'a StepTable>,
    version: Version,
    times: BTreeMap<&'a Name, NaiveDate>,
    /// When something was last done.
    last: Moment,
    visits: Vec<Visit>,
}

impl<'a> Walk<'a> {
    fn under(&mut self, version: &Version) {
        let adopted = self.procedure.adopted.get(version);
        self.table = adopted.map(|adopted| &adopted.table);
        self.version = version.clone();
    }

    fn enter(&mut self, step: &Name, reached: Moment) {
        self.visits.push(Visit {
            step: step.clone(),
            version: self.version.clone(),
            reached,
            received: None,
            extended: None,
            due: None,
            passed: false,
            moved: false,
            end: None,
        });
        self.set_due();
    }

    fn current(&mut self) -> Option<&mut Visit> {
        self.visits.last_mut().filter(|visit| visit.end.is_none())
    }

    fn step(&self) -> Option<&'a ProcedureStep> {
        let visit = self.visits.last().filter(|visit| visit.end.is_none())?;
        self.table?.step(&visit.step)
    }

    /// Ends the visit, and goes where that leads.
    fn leave(&mut self, end: VisitEnd, leads: &Leads, at: Moment) {
        if let Some(visit) = self.current() {
            visit.end = Some(end);
        }
        if let Some(step) = leads.step() {
            self.enter(step, at);
        }
    }

    /// When the step is due, by the calendar that was declared when its limit began to run (PR8).
    fn set_due(&mut self) {
        let found = self.find_due().map(|(due, _)| due);
        if let Some(visit) = self.current() {
            visit.due = found;
        }
    }

    fn find_due(&self) -> Option<(Due, &'a Calendar)> {
        let (step, visit) = (self.step()?, self.visits.last()?);
        let within = step.limit.within()?;
        let start = match &step.starts {
            Starts::Reached => visit.reached,
            Starts::Received => visit.received?,
            Starts::Event(key) => Moment::day(*self.times.get(key)?),
        };
        let start = if visit.moved && start.is_before(visit.reached) {
            visit.reached
        } else {
            start
        };
        let whose = self.case.calendar_of(within, step.actor)?;
        let calendar = self.procedure.calendar_on(whose, start.on)?;
        let longest = visit.extended.as_ref().and(within.at_most);
        let period = longest.unwrap_or(within.period);
        match due(period, self.table?.counting, calendar, start, &[])? {
            Clock::Runs(due) => Some((due, calendar)),
            Clock::Stands { .. } => None,
        }
    }

    /// Goes on through all steps whose limits have passed and where silence leads on: each leads
    /// further down, so there are no more of them than steps.
    fn pass(&mut self, has_passed: impl Fn(&Due, &Calendar) -> bool) {
        let most = self.table.map_or(0, |table| table.steps.len());
        for _ in 0..most {
            let (Some(step), Some((due, calendar))) = (self.step(), self.find_due()) else {
                return;
            };
            if !has_passed(&due, calendar) {
                return;
            }
            if let Some(visit) = self.current() {
                visit.passed = true;
            }
            let escalates;
            let leads = match &step.silence {
                Silence::Nothing => return,
                Silence::Escalates(to) => {
                    escalates = Leads::To(to.clone());
                    &escalates
                }
                Silence::DeemedAgreed(outcome) | Silence::DeemedRefused(outcome) => {
                    match step.outcome(outcome) {
                        Some(outcome) => &outcome.leads,
                        None => return,
                    }
                }
            };
            // Nobody could tell before the day was told from which the limit runs.
            let passed_at = end_of(&due, calendar);
            let at = if passed_at.is_before(self.last) {
                self.last
            } else {
                passed_at
            };
            let silence = step.silence.clone();
            let end = VisitEnd::Silent {
                silence,
                at: due.until,
            };
            self.leave(end, leads, at);
        }
    }

    fn take(&mut self, act: &'a CaseAct) {
        let at = act.moment();
        self.last = at;
        match &act.what {
            CaseDeed::Told { event, day } => {
                self.times.insert(event, *day);
            }
            CaseDeed::Received { .. } => {
                if let Some(visit) = self.current() {
                    visit.received.get_or_insert(at);
                }
            }
            CaseDeed::Extended { ground, .. } => {
                if let Some(visit) = self.current() {
                    visit.extended = Some(ground.clone());
                }
            }
            CaseDeed::Taken { outcome, .. } => {
                let found = self.step().and_then(|step| step.outcome(outcome));
                let Some(found) = found else { return };
                let late = self.visits.last().is_some_and(|visit| visit.passed);
                let end = VisitEnd::Taken {
                    outcome: outcome.clone(),
                    gives: found.gives,
                    by: act.by.clone(),
                    at,
                    late,
                };
                self.leave(end, &found.leads, at);
            }
            CaseDeed::Migrated { to, step } => self.migrate(to, step, at),
            CaseDeed::Closed { ground } => {
                let ground = ground.clone();
                self.leave(VisitEnd::Closed { ground, at }, &Leads::End, at);
            }
        }
        self.set_due();
    }

    /// The case stands at a step of a later version. Where its limit and what silence means are as
    /// they were, it goes on; else it runs from the move on, so that none has passed unseen.
    fn migrate(&mut self, to: &Version, step: &Name, at: Moment) {
        let (was, counted) = (self.step(), self.table.map(|table| table.counting));
        self.under(to);
        let is = self.table.and_then(|table| table.step(step));
        let same = was.zip(is).is_some_and(|(was, is)| {
            let rights = |step: &'a ProcedureStep| {
                (
                    &step.key,
                    step.actor,
                    &step.limit,
                    &step.starts,
                    &step.silence,
                )
            };
            rights(was) == rights(is)
        });
        let version = self.version.clone();
        if same && counted == self.table.map(|table| table.counting) {
            if let Some(visit) = self.current() {
                visit.version = version;
            }
            return;
        }
        let received = self.current().and_then(|visit| visit.received);
        self.leave(VisitEnd::Moved(at), &Leads::To(step.clone()), at);
        if let Some(visit) = self.current() {
            visit.moved = true;
            visit.received = received.filter(|_| visit.step == *step);
        }
    }
}

/// The moment at which a limit passed.
fn end_of(due: &Due, calendar: &Calendar) -> Moment {
    let local = calendar
        .tz()
        .map(|zone| due.until.with_timezone(&zone).fixed_offset());
    match (due.last_day, local) {
        (Some(last), _) => Moment::day(last),
        (None, Some(at)) => Moment {
            on: at.date_naive(),
            at: Some(at),
        },
        (None, None) => Moment::day(due.until.date_naive()),
    }
}
