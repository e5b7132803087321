//! Roadmaps and their actions, as lines of a list and as they stood on a day.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use travaux::{
    domain::{
        FrameworkId, Handle, Name, PartyId, RoadmapId,
        effect::Evaluation,
        partnership::{ClauseRef, Dated, ItemRef, OfficeHolder},
        roadmap::{
            ActionRecord, Assessment, Completion, DependencyKind, DependencyRecord, DueMove,
            Lifecycle, Measure, MeasureRecord, ProgressReport, Reopening, Roadmap, Schedule,
            Suspension, Timing,
        },
    },
    projections::DossierView,
};
use travaux_text::Lang;

use super::{
    counted,
    wire::{documents, form, tagged, words},
};

form! {
    "number": i64, i32;
}

words! {
    Lifecycle { Pipeline, Implementation, Finalisation, Closed, Cancelled, Suspended }
    Completion { NoEvidence, NotStarted, Limited, Substantial, Complete }
    DependencyKind { FinishToStart, StartToStart, FinishToFinish, StartToFinish }
}

tagged! {
    /// How an action stands to its due date.
    ShownTiming by "timing" {
        /// It has none.
        Undated = "undated" {}
        /// It is settled by something that has not come.
        Pending = "pending" {
            /// What, in words.
            missing: Vec<String>,
        }
        /// It is to come.
        OnTrack = "on_track" {}
        /// It is to come, and an action that it waits for is not to be expected in time.
        AtRisk = "at_risk" {
            /// That action, by its key.
            by: Name,
            /// When it can begin or be finished, as that one stands.
            forecast: NaiveDate,
        }
        /// It has passed.
        Late = "late" {
            /// How many days ago.
            days: i64,
        }
        /// It was completed.
        Done = "done" {
            /// How many days after it was due; 0 if it was in time.
            late: i64,
        }
        /// It ended otherwise.
        Ended = "ended" {}
    }
}

documents! {
    /// A roadmap.
    pub(crate) struct ListedRoadmap<'a> {
        /// Its id.
        id: RoadmapId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title.
        title: &'a str,
        /// The framework under which it stands.
        framework: FrameworkId,
        /// Whose it is.
        parties: &'a [PartyId],
        /// The zone in which its days begin and end.
        zone: &'a Name,
        /// The body that follows it, by its key.
        body: Option<&'a Name>,
        /// The version in force; null before one was adopted.
        in_force: Option<u32>,
        /// The day for which the rest is told.
        on: NaiveDate,
        /// How many actions go on or were completed.
        total: usize,
        /// How many of them were completed.
        done: usize,
        /// How many have begun.
        running: usize,
        /// How many are late.
        late: usize,
        /// How many are at risk.
        at_risk: usize,
        /// How many were moved.
        moved: usize,
        /// The version of its stream.
        version: u64,
    }

    /// A roadmap as it stood on a date.
    pub(crate) struct ShownRoadmap<'a> {
        /// The roadmap.
        #[serde(flatten)]
        roadmap: ListedRoadmap<'a>,
        /// The versions that were adopted.
        versions: Vec<ShownVersion<'a>>,
        /// Its actions, in the order in which they are due.
        actions: Vec<ListedAction<'a>>,
        /// What waits for what.
        dependencies: Vec<ShownDependency<'a>>,
    }

    /// A version of a roadmap.
    pub(crate) struct ShownVersion<'a> {
        /// Its number, from 1.
        version: u32,
        /// When it was adopted.
        on: NaiveDate,
        /// When each action was due in it, in the words that were adopted; null for one without.
        actions: BTreeMap<&'a Name, Option<String>>,
    }

    /// That an action waits for another.
    pub(crate) struct ShownDependency<'a> {
        /// The action that waits, by its key.
        action: &'a Name,
        /// The one that it waits for, by its key.
        after: &'a Name,
        /// What of the one comes before what of the other.
        kind: DependencyKind,
        /// How many days later.
        lag: i32,
        /// Since when.
        since: NaiveDate,
    }

    /// An action of a roadmap.
    pub(crate) struct ListedAction<'a> {
        /// The roadmap.
        roadmap: RoadmapId,
        /// Its key.
        key: &'a Name,
        /// What is to be done, by language.
        title: &'a BTreeMap<Lang, String>,
        /// The area, by its key.
        area: &'a Name,
        /// The lead offices.
        leads: &'a [OfficeHolder],
        /// Its lifecycle.
        lifecycle: Lifecycle,
        /// The same as a code of IATI, from 1 to 6.
        code: u8,
        /// How it stands to its due date.
        standing: ShownTiming,
        /// When it is planned to begin; null while that is open.
        planned_start: Option<NaiveDate>,
        /// When it falls due next; null while that is open.
        due: Option<NaiveDate>,
        /// When it is due, in the words on record.
        due_words: Option<String>,
        /// When it was due in the first version in which it stands, or the one that it goes on from.
        first_due: Option<NaiveDate>,
        /// When it began.
        started: Option<NaiveDate>,
        /// When it was completed.
        completed: Option<NaiveDate>,
        /// When it ended otherwise.
        ended: Option<NaiveDate>,
        /// How much of it was done, in per cent, as one that leads it told for the latest day.
        percent: Option<u8>,
        /// How far it has come, as each of those who assessed it said for the latest day.
        assessed: BTreeMap<String, Completion>,
        /// By how many days it was moved since its first version; null where a date is open.
        slip_to_first: Option<i64>,
        /// The same since the version in force.
        slip_to_current: Option<i64>,
        /// How often it was moved.
        moves: usize,
        /// How many days it was suspended, which is no slip.
        suspended_days: i64,
    }

    /// An action as it stood on a date.
    pub(crate) struct ShownAction<'a> {
        /// The action.
        #[serde(flatten)]
        action: ListedAction<'a>,
        /// The number of its words, from 1.
        revision: u32,
        /// The offices that support it.
        supports: &'a [OfficeHolder],
        /// How it recurs, as a recurrence rule.
        recurs: Option<String>,
        /// The clauses that it carries out.
        clauses: &'a [ClauseRef],
        /// How it ended, in words; null if it was completed or goes on.
        end: Option<String>,
        /// Its milestones and targets.
        measures: Vec<ShownMeasure<'a>>,
        /// What those that lead it told.
        reports: Vec<ShownReport<'a>>,
        /// What others said of how far it has come.
        assessments: Vec<ShownAssessment<'a>>,
        /// How its due date was moved.
        due_moves: Vec<ShownMove<'a>>,
        /// Completions that did not last.
        reopened: Vec<ShownReopening<'a>>,
        /// The times for which it was suspended.
        suspended: Vec<ShownSuspension<'a>>,
        /// The items that it follows up.
        follows: Vec<&'a ItemRef>,
        /// The actions in whose place it stands, by their keys.
        of: &'a [Name],
        /// Those that go on in its place, by their keys.
        became: &'a [Name],
    }

    /// A milestone or target.
    pub(crate) struct ShownMeasure<'a> {
        /// Its key.
        key: &'a Name,
        /// What has to be there, or is counted, by language.
        title: &'a BTreeMap<Lang, String>,
        /// The indicator of a target, with the version of its definition; null for a milestone.
        indicator: Option<&'a Name>,
        /// The value from which a target starts.
        baseline: Option<&'a Name>,
        /// The value that a target is to reach.
        goal: Option<&'a Name>,
        /// The unit of both.
        unit: Option<&'a Name>,
        /// When it is due.
        due: Option<NaiveDate>,
        /// When it was reported met.
        met: Option<NaiveDate>,
        /// The value that was reached.
        value: Option<&'a Name>,
        /// Whether it was accepted as met; null where nobody said so.
        accepted: Option<bool>,
        /// Why it was not accepted, or was waived.
        reason: Option<&'a str>,
        /// When it was waived.
        waived: Option<NaiveDate>,
    }

    /// What one that leads an action told of it.
    pub(crate) struct ShownReport<'a> {
        /// Who.
        by: &'a PartyId,
        /// The day for which it was told.
        as_of: NaiveDate,
        /// What has been done, by language.
        words: &'a BTreeMap<Lang, String>,
        /// How much of it, in per cent.
        percent: Option<u8>,
        /// Where that is to be seen.
        evidence: &'a [String],
        /// The day of a recurring action that was kept.
        occurrence: Option<NaiveDate>,
        /// When it was told.
        at: Dated,
    }

    /// What somebody else said of how far an action has come.
    pub(crate) struct ShownAssessment<'a> {
        /// Who.
        by: String,
        /// The day for which it was said.
        as_of: NaiveDate,
        /// How far.
        completion: Completion,
        /// On what grounds, by language.
        words: &'a BTreeMap<Lang, String>,
        /// When it was said.
        at: Dated,
    }

    /// A move of a due date.
    pub(crate) struct ShownMove<'a> {
        /// When it was due.
        from: String,
        /// When it is due since.
        to: String,
        /// Why.
        reason: &'a str,
        /// Whose decision it was.
        by: String,
        /// When.
        at: Dated,
    }

    /// A completion that did not last.
    pub(crate) struct ShownReopening<'a> {
        /// When it had been completed.
        completed: NaiveDate,
        /// Why it goes on.
        reason: &'a str,
        /// Since when.
        on: NaiveDate,
    }

    /// A time for which an action was suspended.
    pub(crate) struct ShownSuspension<'a> {
        /// Why.
        reason: &'a str,
        /// Since when.
        from: NaiveDate,
        /// Until when.
        to: Option<NaiveDate>,
    }
}

impl From<&Timing> for ShownTiming {
    fn from(timing: &Timing) -> Self {
        match timing.clone() {
            Timing::Undated => Self::Undated {},
            Timing::Pending { missing } => Self::Pending { missing },
            Timing::OnTrack => Self::OnTrack {},
            Timing::AtRisk { by, forecast } => Self::AtRisk { by, forecast },
            Timing::Late { days } => Self::Late { days },
            Timing::Done { late } => Self::Done { late },
            Timing::Ended => Self::Ended {},
        }
    }
}

impl<'a> ListedRoadmap<'a> {
    /// A roadmap on a day; `view` is of that day. None where it was not proposed.
    pub(crate) fn new(
        id: RoadmapId,
        view: &'a DossierView<Roadmap>,
        on: NaiveDate,
    ) -> Option<Self> {
        let state = &view.state;
        let plan = state.plan.as_ref()?;
        let all = state.schedules(on).into_values();
        let all: Vec<_> = all.filter(|s| s.timing != Timing::Ended).collect();
        let count = |those: fn(&Schedule) -> bool| all.iter().filter(|s| those(s)).count();
        Some(Self {
            id,
            handle: view.handle.as_ref(),
            title: &plan.title,
            framework: plan.framework,
            parties: &plan.parties,
            zone: &plan.zone,
            body: plan.body.as_ref(),
            in_force: state.baselines.last().map(|version| version.version),
            on,
            total: all.len(),
            done: count(|s| matches!(s.timing, Timing::Done { .. })),
            running: count(|s| s.lifecycle == Lifecycle::Implementation),
            late: count(|s| matches!(s.timing, Timing::Late { .. })),
            at_risk: count(|s| matches!(s.timing, Timing::AtRisk { .. })),
            moved: count(|s| s.moves > 0),
            version: view.version,
        })
    }

    /// How it stands, in words.
    pub(crate) fn standing(&self) -> String {
        let version = match self.in_force {
            Some(version) => format!("version {version}"),
            None => "proposed".to_owned(),
        };
        format!(
            "{version}, {}: {} done, {} running, {} late, {} at risk, {} moved",
            counted(self.total, "action"),
            self.done,
            self.running,
            self.late,
            self.at_risk,
            self.moved
        )
    }
}

impl<'a> ShownRoadmap<'a> {
    /// The same with its versions and actions.
    pub(crate) fn new(
        id: RoadmapId,
        view: &'a DossierView<Roadmap>,
        on: NaiveDate,
    ) -> Option<Self> {
        let state = &view.state;
        let versions = state.baselines.iter().map(|version| {
            let dues = version.actions.iter();
            ShownVersion {
                version: version.version,
                on: version.at.on,
                actions: dues
                    .map(|(key, dates)| (key, dates.due.as_ref().map(ToString::to_string)))
                    .collect(),
            }
        });
        let held = state.dependencies.iter().filter(|d| d.removed.is_none());
        Some(Self {
            roadmap: ListedRoadmap::new(id, view, on)?,
            versions: versions.collect(),
            actions: ListedAction::all(id, state, on),
            dependencies: held.map(ShownDependency::from).collect(),
        })
    }
}

impl<'a> From<&'a DependencyRecord> for ShownDependency<'a> {
    fn from(held: &'a DependencyRecord) -> Self {
        let dependency = &held.dependency;
        Self {
            action: &dependency.action,
            after: &dependency.after,
            kind: dependency.kind,
            lag: dependency.lag,
            since: held.added.on,
        }
    }
}

impl fmt::Display for ShownDependency<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, since) = (self.kind, self.since);
        write!(f, "{} waits for {} ({kind}", self.action, self.after)?;
        match self.lag {
            0 => write!(f, ", since {since})"),
            lag => write!(f, ", {lag:+} days, since {since})"),
        }
    }
}

impl<'a> ListedAction<'a> {
    /// All actions of a roadmap on a day, of which `state` is, in the order in which they are due.
    pub(crate) fn all(id: RoadmapId, state: &'a Roadmap, on: NaiveDate) -> Vec<Self> {
        let mut schedules = state.schedules(on);
        let each = state.actions.iter().filter_map(|(key, record)| {
            let schedule = schedules.remove(key)?;
            Some(Self::new((id, key), record, &schedule, state))
        });
        let mut all: Vec<_> = each.collect();
        all.sort_by_key(|action| (action.due.is_none(), action.due, action.key));
        all
    }

    fn new(
        (roadmap, key): (RoadmapId, &'a Name),
        record: &'a ActionRecord,
        schedule: &Schedule,
        state: &Roadmap,
    ) -> Self {
        let action = &record.action;
        let date = |found: &Option<Evaluation>| found.as_ref().and_then(Evaluation::date);
        let said = record.latest_assessments().into_iter();
        Self {
            roadmap,
            key,
            title: &action.title,
            area: &action.area,
            leads: &action.leads,
            lifecycle: schedule.lifecycle,
            code: schedule.lifecycle.code(),
            standing: (&schedule.timing).into(),
            planned_start: date(&schedule.planned_start),
            due: schedule.next_due.or_else(|| date(&schedule.due)),
            due_words: action.due.as_ref().map(ToString::to_string),
            first_due: state.first_due(key).and_then(|found| found.date()),
            started: record.started.map(|at| at.on),
            completed: record.completed.map(|at| at.on),
            ended: record.end.as_ref().map(|(_, at)| at.on),
            percent: record.latest_report().and_then(|report| report.percent),
            assessed: said
                .map(|said| (said.by.to_string(), said.completion))
                .collect(),
            slip_to_first: schedule.slip_to_first,
            slip_to_current: schedule.slip_to_current,
            moves: schedule.moves,
            suspended_days: schedule.suspended_days,
        }
    }

    /// The same as the domain says it.
    pub(crate) fn timing_is(&self) -> Timing {
        match self.standing.clone() {
            ShownTiming::Undated {} => Timing::Undated,
            ShownTiming::Pending { missing } => Timing::Pending { missing },
            ShownTiming::OnTrack {} => Timing::OnTrack,
            ShownTiming::AtRisk { by, forecast } => Timing::AtRisk { by, forecast },
            ShownTiming::Late { days } => Timing::Late { days },
            ShownTiming::Done { late } => Timing::Done { late },
            ShownTiming::Ended {} => Timing::Ended,
        }
    }

    /// How far it is said to have come, in words: as told, and as assessed.
    pub(crate) fn progress(&self) -> String {
        let told = self.percent.map(|percent| format!("{percent} %"));
        let said = self.assessed.iter();
        let said = said.map(|(by, completion)| format!("{completion} ({by})"));
        let all: Vec<_> = told.into_iter().chain(said).collect();
        all.join(", ")
    }
}

impl<'a> ShownAction<'a> {
    /// An action on a day, of which `state` is; none where there is no such action.
    pub(crate) fn new(
        (id, key): (RoadmapId, &Name),
        state: &'a Roadmap,
        on: NaiveDate,
    ) -> Option<Self> {
        let (key, record) = state.actions.get_key_value(key)?;
        let schedule = state.schedule(key, on)?;
        let end = record.end.as_ref().map(|(how, _)| how);
        let measures = record.measures.iter();
        Some(Self {
            action: ListedAction::new((id, key), record, &schedule, state),
            revision: record.revision,
            supports: &record.action.supports,
            recurs: record.action.recurs.as_ref().map(ToString::to_string),
            clauses: &record.action.clauses,
            end: end.map(ToString::to_string),
            measures: measures
                .map(|measure| ShownMeasure::new(measure, key, state))
                .collect(),
            reports: record.reports.iter().map(ShownReport::from).collect(),
            assessments: record.assessments.iter().map(Into::into).collect(),
            due_moves: state.moves(key).into_iter().map(ShownMove::from).collect(),
            reopened: record.reopened.iter().map(ShownReopening::from).collect(),
            suspended: record.suspended.iter().map(Into::into).collect(),
            follows: record.follows.iter().map(|(item, _)| item).collect(),
            of: &record.of,
            became: end.map_or(&[][..], |end| end.became()),
        })
    }
}

impl<'a> ShownMeasure<'a> {
    fn new(record: &'a MeasureRecord, key: &Name, state: &Roadmap) -> Self {
        let target = match &record.measure {
            Measure::Target(target) => Some(target),
            Measure::Milestone(_) => None,
        };
        let refused = record.verdict.as_ref();
        let refused = refused.and_then(|verdict| verdict.refused.as_deref());
        let waived = record.waived.as_ref();
        Self {
            key: record.measure.key(),
            title: record.measure.title(),
            indicator: target.map(|target| &target.indicator),
            baseline: target.map(|target| &target.baseline),
            goal: target.map(|target| &target.goal),
            unit: target.map(|target| &target.unit),
            due: state.measure_due(key, record).and_then(|due| due.date()),
            met: record.met.as_ref().map(|met| met.at.on),
            value: record.met.as_ref().and_then(|met| met.value.as_ref()),
            accepted: record.verdict.as_ref().map(|v| v.refused.is_none()),
            reason: waived.map(|(why, _)| &**why).or(refused),
            waived: waived.map(|(_, at)| at.on),
        }
    }
}

impl<'a> From<&'a ProgressReport> for ShownReport<'a> {
    fn from(report: &'a ProgressReport) -> Self {
        Self {
            by: &report.by,
            as_of: report.as_of,
            words: &report.words,
            percent: report.percent,
            evidence: &report.evidence,
            occurrence: report.occurrence,
            at: report.at,
        }
    }
}

impl<'a> From<&'a Assessment> for ShownAssessment<'a> {
    fn from(said: &'a Assessment) -> Self {
        Self {
            by: said.by.to_string(),
            as_of: said.as_of,
            completion: said.completion,
            words: &said.words,
            at: said.at,
        }
    }
}

impl<'a> From<&'a DueMove> for ShownMove<'a> {
    fn from(moved: &'a DueMove) -> Self {
        Self {
            from: moved.from.to_string(),
            to: moved.to.to_string(),
            reason: &moved.reason,
            by: moved.by.to_string(),
            at: moved.at,
        }
    }
}

impl<'a> From<&'a Reopening> for ShownReopening<'a> {
    fn from(again: &'a Reopening) -> Self {
        Self {
            completed: again.completed.on,
            reason: &again.reason,
            on: again.at.on,
        }
    }
}

impl<'a> From<&'a Suspension> for ShownSuspension<'a> {
    fn from(suspension: &'a Suspension) -> Self {
        Self {
            reason: &suspension.reason,
            from: suspension.from.on,
            to: suspension.to.map(|to| to.on),
        }
    }
}
