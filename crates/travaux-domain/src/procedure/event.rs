//! What happens to a procedure: its versions, the calendars of its parties, its cases.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{ProcedureId, StepTable};
use crate::{
    BodyId, FrameworkId, Name, PartyId, StreamId, Version,
    limit::{Calendar, Moment},
    partnership::{ClauseRef, Deed as _, ItemRef, Words, deeds},
    words::{Summary, because, counted},
};

/// An event of a procedure's stream. What is done in a case names no person: keys and times alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcedureEvent {
    /// It was put forward, with the draft of its first version (PR2).
    ProcedureProposed {
        /// When.
        on: NaiveDate,
        /// The framework under which it stands.
        framework: FrameworkId,
        /// The area of the framework, by key.
        #[serde(default)]
        area: Option<Name>,
        /// Whose it is: parties to the framework, two or more.
        parties: Vec<PartyId>,
        /// The version, with an extension such as `-draft`.
        version: Version,
        /// Its steps.
        table: StepTable,
    },
    /// Another draft was put forward, on the latest before (PR2).
    ProcedureRevised {
        /// When.
        on: NaiveDate,
        /// The version, with an extension of its own.
        version: Version,
        /// The draft, or the adopted version, that it changes.
        base: Version,
        /// Its steps.
        table: StepTable,
    },
    /// A draft was adopted as a version (PR2).
    ProcedureAdopted {
        /// When.
        on: NaiveDate,
        /// The version.
        version: Version,
        /// The draft whose steps it has.
        draft: Version,
        /// Cases that begin from this day on begin under it.
        from: NaiveDate,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// No case begins under it any more; those that began go on (PR2).
    ProcedureSuperseded {
        /// When.
        on: NaiveDate,
        /// From which day on.
        from: NaiveDate,
        /// The procedure that takes its place, if one does.
        #[serde(default)]
        by: Option<ProcedureId>,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
        /// All parties.
        consenting: Vec<PartyId>,
    },
    /// A party said by which calendar it works, for limits that begin to run from then on (PR8).
    PartyCalendarDeclared {
        /// When.
        on: NaiveDate,
        /// The calendar.
        calendar: Calendar,
    },
    /// A case began, under the version in force (PR5).
    CaseOpened {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// Its reference.
        case: Name,
        /// The version.
        version: Version,
        /// Who is asked; who opens it asks.
        requested: PartyId,
        /// On which days that happened from which limits run, by key, as far as that is known.
        #[serde(default)]
        times: BTreeMap<Name, NaiveDate>,
    },
    /// The day of something was told from which a limit runs (PR1).
    CaseTimeTold {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The case.
        case: Name,
        /// Of what, by key.
        event: Name,
        /// On which day it happened.
        day: NaiveDate,
    },
    /// Who must act received what the step is about (PR1).
    CaseReceived {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The case.
        case: Name,
        /// The step.
        step: Name,
    },
    /// A step was done (PR1).
    CaseStepTaken {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The case.
        case: Name,
        /// The step.
        step: Name,
        /// With which outcome.
        outcome: Name,
        /// Both parties, where it is a step of the body.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// The limit of a step was put off to the longest that its table lets it be (PR1).
    CaseLimitExtended {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The case.
        case: Name,
        /// The step.
        step: Name,
        /// On which ground, by key.
        ground: Name,
    },
    /// A case was moved to a later version (PR5).
    CaseMigrated {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The case.
        case: Name,
        /// The version.
        to: Version,
        /// The step of that version at which it stands.
        step: Name,
        /// Both parties.
        consenting: Vec<PartyId>,
    },
    /// A case was closed before it came to its end (PR5).
    CaseClosed {
        /// When.
        on: NaiveDate,
        /// The instant, where it is known.
        #[serde(default)]
        at: Option<DateTime<FixedOffset>>,
        /// The case.
        case: Name,
        /// On which ground, by key.
        ground: Name,
        /// Both parties, where it is not closed by who opened it.
        #[serde(default)]
        consenting: Vec<PartyId>,
    },
    /// The procedure follows up what was agreed at a meeting (MT9).
    ProcedureFollowsItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
}

deeds!(ProcedureEvent {
    ProcedureProposed: PR2 "propose a procedure",
    ProcedureRevised: PR2 "revise a procedure",
    ProcedureAdopted: PR2 "adopt a version of a procedure",
    ProcedureSuperseded: PR2 "supersede a procedure",
    PartyCalendarDeclared: PR8 "declare a calendar",
    CaseOpened: PR5 "open a case",
    CaseTimeTold: PR1 "tell the day of something in a case",
    CaseReceived: PR1 "receive what a step is about",
    CaseStepTaken: PR1 "do a step of a case",
    CaseLimitExtended: PR1 "put the limit of a step off",
    CaseMigrated: PR5 "move a case to another version",
    CaseClosed: PR5 "close a case",
    ProcedureFollowsItem: MT9 "follow an item up",
});

impl ProcedureEvent {
    /// The streams beside its own that have to be known to decide it.
    pub(super) fn reads(&self, under: Option<FrameworkId>) -> Vec<StreamId> {
        let lists = |table: &StepTable| -> Vec<StreamId> {
            let agreements = ClauseRef::streams(table.annexes.values());
            let body = under.zip(table.body.as_ref());
            let body = body.map(|(under, key)| StreamId::Body(BodyId::of(under, key)));
            agreements.into_iter().chain(body).collect()
        };
        match self {
            Self::ProcedureProposed { table, .. } | Self::ProcedureRevised { table, .. } => {
                lists(table)
            }
            Self::ProcedureSuperseded { by, .. } => {
                by.iter().copied().map(StreamId::Procedure).collect()
            }
            Self::ProcedureAdopted { .. }
            | Self::PartyCalendarDeclared { .. }
            | Self::CaseOpened { .. }
            | Self::CaseTimeTold { .. }
            | Self::CaseReceived { .. }
            | Self::CaseStepTaken { .. }
            | Self::CaseLimitExtended { .. }
            | Self::CaseMigrated { .. }
            | Self::CaseClosed { .. }
            | Self::ProcedureFollowsItem { .. } => Vec::new(),
        }
    }

    /// The moment at which it was done.
    pub fn moment(&self) -> Moment {
        let at = match self {
            Self::CaseOpened { at, .. }
            | Self::CaseTimeTold { at, .. }
            | Self::CaseReceived { at, .. }
            | Self::CaseStepTaken { at, .. }
            | Self::CaseLimitExtended { at, .. }
            | Self::CaseMigrated { at, .. }
            | Self::CaseClosed { at, .. } => *at,
            Self::ProcedureProposed { .. }
            | Self::ProcedureRevised { .. }
            | Self::ProcedureAdopted { .. }
            | Self::ProcedureSuperseded { .. }
            | Self::PartyCalendarDeclared { .. }
            | Self::ProcedureFollowsItem { .. } => None,
        };
        Moment { on: self.on(), at }
    }

    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        Summary {
            done_on: Some(self.on()),
            ..Summary::new(self.what())
        }
    }

    fn what(&self) -> String {
        match self {
            Self::ProcedureProposed { version, table, .. } => {
                let title = first(&table.title);
                let steps = counted(table.steps.len(), "step");
                format!("procedure proposed: {title}, {version} ({steps})")
            }
            Self::ProcedureRevised {
                version,
                base,
                table,
                ..
            } => {
                let steps = counted(table.steps.len(), "step");
                format!("procedure revised: {version} on {base} ({steps})")
            }
            Self::ProcedureAdopted {
                version,
                draft,
                from,
                ..
            } => format!("version {version} adopted from {draft}, for cases from {from} on"),
            Self::ProcedureSuperseded {
                from, by, reason, ..
            } => {
                let by = by.map(|by| format!(" by procedure {by}"));
                format!(
                    "procedure superseded{}, from {from} on{}",
                    by.unwrap_or_default(),
                    because(reason.as_ref())
                )
            }
            Self::PartyCalendarDeclared { calendar, .. } => {
                format!("calendar declared: {}", calendar.zone)
            }
            Self::CaseOpened {
                case,
                version,
                requested,
                ..
            } => format!("case {case} opened under {version}: {requested} is asked"),
            Self::CaseTimeTold {
                case, event, day, ..
            } => format!("case {case}: {event} was on {day}"),
            Self::CaseReceived { case, step, .. } => format!("case {case}: received for {step}"),
            Self::CaseStepTaken {
                case,
                step,
                outcome,
                ..
            } => format!("case {case}: {step}, {outcome}"),
            Self::CaseLimitExtended {
                case, step, ground, ..
            } => format!("case {case}: limit of {step} put off ({ground})"),
            Self::CaseMigrated { case, to, step, .. } => {
                format!("case {case} moved to {to}, at {step}")
            }
            Self::CaseClosed { case, ground, .. } => format!("case {case} closed ({ground})"),
            Self::ProcedureFollowsItem { item, .. } => format!("procedure follows up {item}"),
        }
    }
}

/// Words in the first language in which they are on record.
fn first(words: &Words) -> &str {
    words.values().next().map_or("", String::as_str)
}
