//! Procedures and their cases, as lines of a list and as they stood on a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use travaux::{
    domain::{
        FrameworkId, Handle, Name, PartyId, ProcedureId, Version,
        partnership::ItemRef,
        procedure::{
            Case, Course, Gives, Procedure, ProcedureStatus, StepCounts, StepTable, VersionStatus,
            Visit, VisitEnd,
        },
    },
    projections::DossierView,
};
use travaux_text::Lang;

use super::wire::{described, documents, form, tagged, words};

form! {
    "version": Version;
}

words! {
    ProcedureStatus { Absent, Draft, Adopted, InForce, Superseded }
    VersionStatus { Adopted, InForce, Superseded }
    Gives { Obtained, Refused, Other }
}

tagged! {
    /// How a case left a step.
    ShownVisitEnd by "how" {
        /// It was done.
        Taken = "taken" {
            /// With which outcome.
            outcome: Name,
            /// What that gives.
            gives: Gives,
            /// By whom.
            by: PartyId,
            /// When.
            on: NaiveDate,
            /// Whether its limit had passed.
            late: bool,
        }
        /// Its limit passed, and silence led on.
        Silent = "silent" {
            /// What silence meant.
            means: String,
            /// When the limit passed.
            at: DateTime<Utc>,
        }
        /// The case was moved to a later version.
        Moved = "moved" {
            /// When.
            on: NaiveDate,
        }
        /// The case was closed.
        Closed = "closed" {
            /// On which ground.
            ground: Name,
            /// When.
            on: NaiveDate,
        }
    }
}

documents! {
    /// A procedure.
    pub(crate) struct ListedProcedure<'a> {
        /// Its id.
        id: ProcedureId,
        /// What people call it.
        handle: Option<&'a Handle>,
        /// Its title, by language.
        title: &'a BTreeMap<Lang, String>,
        /// Whose it is.
        parties: &'a [PartyId],
        /// The framework under which it stands.
        framework: FrameworkId,
        /// The area, by its key.
        area: Option<&'a Name>,
        /// Where it stands.
        status: ProcedureStatus,
        /// The version in force.
        in_force: Option<&'a Version>,
        /// How many cases began under it.
        cases: usize,
        /// How many of them go on.
        open: usize,
        /// The version of its stream.
        version: u64,
    }

    /// A procedure as it stood on a date.
    pub(crate) struct ShownProcedure<'a> {
        /// The procedure.
        #[serde(flatten)]
        procedure: ListedProcedure<'a>,
        /// The version, or the draft, whose steps are shown.
        shown: Option<&'a Version>,
        /// Its step table, as `procedure propose --help` says.
        table: serde_json::Value,
        /// The versions that were adopted.
        versions: Vec<ShownProcedureVersion<'a>>,
        /// The drafts, each under its label.
        drafts: Vec<ShownProcedureDraft<'a>>,
        /// From which day on no case begins, if that was agreed.
        superseded_from: Option<NaiveDate>,
        /// The procedure that takes its place.
        superseded_by: Option<ProcedureId>,
        /// The zone of each party, as it declared last.
        zones: BTreeMap<&'a PartyId, &'a Name>,
        /// The items of meetings that it follows up.
        follows: Vec<&'a ItemRef>,
    }

    /// A version of a procedure.
    pub(crate) struct ShownProcedureVersion<'a> {
        /// The version.
        label: &'a Version,
        /// Where it stands.
        status: VersionStatus,
        /// The draft that was adopted.
        draft: &'a Version,
        /// When it was adopted.
        on: NaiveDate,
        /// Cases that begin from this day on begin under it.
        from: NaiveDate,
    }

    /// A draft of a procedure.
    pub(crate) struct ShownProcedureDraft<'a> {
        /// Its label.
        label: &'a Version,
        /// What it changes.
        base: Option<&'a Version>,
        /// Who put it forward.
        by: &'a PartyId,
        /// When.
        on: NaiveDate,
    }

    /// A case.
    pub(crate) struct ListedCase<'a> {
        /// Its reference.
        case: &'a Name,
        /// The version under which it stands.
        under: &'a Version,
        /// Who asks.
        requesting: &'a PartyId,
        /// Who is asked.
        requested: &'a PartyId,
        /// When it began.
        opened: NaiveDate,
        /// The step at which it stands; null once it ended.
        step: Option<Name>,
        /// The last day of that step where who must act is; null while no limit runs, and of hours.
        last_day: Option<NaiveDate>,
        /// When that limit passes.
        due: Option<DateTime<Utc>>,
        /// Whether it has.
        overdue: bool,
    }

    /// A case, with the steps that it came through.
    pub(crate) struct ShownCase<'a> {
        /// The case.
        #[serde(flatten)]
        case: ListedCase<'a>,
        /// The steps, in the order in which it came to them.
        visits: Vec<ShownVisit>,
    }

    /// A step that a case came to.
    pub(crate) struct ShownVisit {
        /// The step.
        step: Name,
        /// The version that it is a step of.
        under: Version,
        /// When the case came to it.
        reached: NaiveDate,
        /// The last day of its limit, where who must act is.
        last_day: Option<NaiveDate>,
        /// When its limit passes.
        due: Option<DateTime<Utc>>,
        /// Why then.
        because: Vec<String>,
        /// On which ground the limit was put off.
        extended: Option<Name>,
        /// Whether its limit passed before it was left.
        passed: bool,
        /// How it was left; null where the case stands there.
        end: Option<ShownVisitEnd>,
    }

    /// What came of a step.
    pub(crate) struct ShownCounts {
        /// The step.
        step: Name,
        /// Who asked.
        requesting: PartyId,
        /// Who was asked.
        requested: PartyId,
        /// How often, and what came of it.
        counts: StepCounts,
    }
}

described! {
    /// How often a step was come to, and what came of it: all but the first sum up to the first.
    StepCounts = StepCounts {
        /// Cases came to it.
        requested: u32,
        /// What was asked for was obtained within the limit.
        in_time: u32,
        /// It was obtained after the limit.
        late: u32,
        /// It was refused.
        refused: u32,
        /// It was done, and neither given nor refused.
        other: u32,
        /// The limit passed, and nobody answered.
        unanswered: u32,
        /// It waits.
        running: u32,
        /// The case was closed, or moved elsewhere, before the limit passed.
        withdrawn: u32,
    }
}

impl<'a> ListedProcedure<'a> {
    /// A procedure as it stood on a day; none where it was not proposed.
    pub(crate) fn new(
        id: ProcedureId,
        view: &'a DossierView<Procedure>,
        on: NaiveDate,
    ) -> Option<Self> {
        let state = &view.state;
        let table = state.table()?;
        let open = state.cases.values();
        let open = open.filter(|case| state.course_on(case, on).standing().is_some());
        Some(Self {
            id,
            handle: view.handle.as_ref(),
            title: &table.title,
            parties: &state.parties,
            framework: state.framework?,
            area: state.area.as_ref(),
            status: state.status(on),
            in_force: state.in_force(on).map(|(version, _)| version),
            cases: state.cases.len(),
            open: open.count(),
            version: view.version,
        })
    }
}

impl<'a> ShownProcedure<'a> {
    /// The same with all that is on record of it, and the steps of one of its versions.
    pub(crate) fn new(
        id: ProcedureId,
        view: &'a DossierView<Procedure>,
        on: NaiveDate,
        (shown, table): (Option<&'a Version>, &'a StepTable),
    ) -> Option<Self> {
        let state = &view.state;
        let superseded = state.superseded.as_ref();
        let versions = state.adopted.iter().filter_map(|(label, adopted)| {
            Some(ShownProcedureVersion {
                label,
                status: state.version_status(label, on)?,
                draft: &adopted.draft,
                on: adopted.at.on,
                from: adopted.from,
            })
        });
        let drafts = state
            .drafts
            .iter()
            .map(|(label, draft)| ShownProcedureDraft {
                label,
                base: draft.base.as_ref(),
                by: &draft.by,
                on: draft.at.on,
            });
        let zones = state.calendars.iter().filter_map(|(party, declared)| {
            let (calendar, _) = declared.last()?;
            Some((party, &calendar.zone))
        });
        Some(Self {
            procedure: ListedProcedure::new(id, view, on)?,
            shown,
            table: serde_json::to_value(table).ok()?,
            versions: versions.collect(),
            drafts: drafts.collect(),
            superseded_from: superseded.map(|s| s.from),
            superseded_by: superseded.and_then(|s| s.by),
            zones: zones.collect(),
            follows: state.follows.iter().map(|(item, _)| item).collect(),
        })
    }
}

impl<'a> ListedCase<'a> {
    /// A case, with its course until the moment that is asked about.
    pub(crate) fn new(key: &'a Name, case: &'a Case, course: &Course) -> Self {
        let standing = course.standing();
        let due = standing.and_then(|visit| visit.due.as_ref());
        Self {
            case: key,
            under: case.current_version(),
            requesting: &case.requesting,
            requested: &case.requested,
            opened: case.opened.on,
            step: standing.map(|visit| visit.step.clone()),
            last_day: due.and_then(|due| due.last_day),
            due: due.map(|due| due.until),
            overdue: standing.is_some_and(|visit| visit.passed),
        }
    }
}

impl<'a> ShownCase<'a> {
    /// The same, with the steps that it came through.
    pub(crate) fn new(key: &'a Name, case: &'a Case, course: &Course) -> Self {
        Self {
            case: ListedCase::new(key, case, course),
            visits: course.visits.iter().map(ShownVisit::from).collect(),
        }
    }
}

impl From<&Visit> for ShownVisit {
    fn from(visit: &Visit) -> Self {
        let due = visit.due.as_ref();
        let because = due.into_iter().flat_map(|due| &due.because);
        Self {
            step: visit.step.clone(),
            under: visit.version.clone(),
            reached: visit.reached.on,
            last_day: due.and_then(|due| due.last_day),
            due: due.map(|due| due.until),
            because: because.map(ToString::to_string).collect(),
            extended: visit.extended.clone(),
            passed: visit.passed,
            end: visit.end.as_ref().map(ShownVisitEnd::from),
        }
    }
}

impl From<&VisitEnd> for ShownVisitEnd {
    fn from(end: &VisitEnd) -> Self {
        match end.clone() {
            VisitEnd::Taken {
                outcome,
                gives,
                by,
                at,
                late,
            } => Self::Taken {
                outcome,
                gives,
                by,
                on: at.on,
                late,
            },
            VisitEnd::Silent { silence, at } => Self::Silent {
                means: silence.to_string(),
                at,
            },
            VisitEnd::Moved(at) => Self::Moved { on: at.on },
            VisitEnd::Closed { ground, at } => Self::Closed { ground, on: at.on },
        }
    }
}

impl ShownCounts {
    /// What came of each step on these days.
    pub(crate) fn of(
        state: &Procedure,
        days: &std::ops::RangeInclusive<NaiveDate>,
        on: NaiveDate,
    ) -> Vec<Self> {
        let counts = state.counts_on(days, on).into_iter();
        let line = |(key, counts): (travaux::domain::procedure::CountKey, StepCounts)| Self {
            step: key.step,
            requesting: key.requesting,
            requested: key.requested,
            counts,
        };
        counts.map(line).collect()
    }
}
