//! What happens to an indicator: its definitions, its figures, its discrepancies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Breakdown, Definition, DiscrepancyId, FigureId, FigureKey, Observation, Outcome, RevisionKind,
    discrepancy::Pair, words::said,
};
use crate::{
    FrameworkId, PartyId, StreamId, Version,
    partnership::{ClauseRef, Deed as _, ItemRef, deeds},
    words::{Summary, counted},
};

/// An event of an indicator's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IndicatorEvent {
    /// A draft of a version of its definition was put forward, or changed (ST3).
    IndicatorDrafted {
        /// When.
        on: NaiveDate,
        /// The framework under which it stands.
        framework: FrameworkId,
        /// The version, with an extension such as `-draft`.
        version: Version,
        /// What it would count.
        definition: Box<Definition>,
    },
    /// A version of its definition was adopted (ST1, ST2).
    IndicatorAdopted {
        /// When.
        on: NaiveDate,
        /// The framework under which it stands.
        framework: FrameworkId,
        /// The version.
        version: Version,
        /// Periods that begin from this day on are counted by it, or by a later one.
        from: NaiveDate,
        /// What it counts.
        definition: Box<Definition>,
        /// All parties to the framework.
        consenting: Vec<PartyId>,
    },
    /// The party reported a figure (ST4).
    FigureReported {
        /// When.
        on: NaiveDate,
        /// The exact version of the definition.
        version: Version,
        /// Which figure.
        key: FigureKey,
        /// What it says.
        observation: Observation,
    },
    /// The party revised its figure; what it said before stays on record (ST9).
    FigureRevised {
        /// When.
        on: NaiveDate,
        /// The figure.
        figure: FigureId,
        /// Why.
        kind: RevisionKind,
        /// The exact version of the definition.
        version: Version,
        /// What it says now.
        observation: Observation,
    },
    /// The party took its figure back (ST9).
    FigureWithdrawn {
        /// When.
        on: NaiveDate,
        /// The figure.
        figure: FigureId,
        /// Why.
        reason: String,
    },
    /// A discrepancy between two figures was opened (ST12).
    DiscrepancyOpened {
        /// When.
        on: NaiveDate,
        /// The figures, at their revisions of the day.
        figures: Pair,
        /// Until when it is to be answered.
        #[serde(default)]
        due: Option<NaiveDate>,
    },
    /// One of the reporters answered (ST12).
    DiscrepancyAnswered {
        /// When.
        on: NaiveDate,
        /// The discrepancy.
        discrepancy: DiscrepancyId,
        /// What makes up the gap, as the party sees it.
        answer: Breakdown,
    },
    /// A discrepancy was reconciled (ST15).
    DiscrepancyReconciled {
        /// When.
        on: NaiveDate,
        /// The discrepancy.
        discrepancy: DiscrepancyId,
        /// How.
        outcome: Outcome,
        /// Both reporters.
        consenting: Vec<PartyId>,
    },
    /// The indicator follows up what was agreed at a meeting (MT9).
    IndicatorFollowsItem {
        /// When.
        on: NaiveDate,
        /// The item.
        item: ItemRef,
    },
}

deeds!(IndicatorEvent {
    IndicatorDrafted: ST3 "draft a definition",
    IndicatorAdopted: ST2 "adopt a definition",
    FigureReported: ST4 "report a figure",
    FigureRevised: ST9 "revise a figure",
    FigureWithdrawn: ST9 "withdraw a figure",
    DiscrepancyOpened: ST12 "open a discrepancy",
    DiscrepancyAnswered: ST12 "answer a discrepancy",
    DiscrepancyReconciled: ST15 "reconcile a discrepancy",
    IndicatorFollowsItem: MT9 "follow an item up",
});

impl IndicatorEvent {
    /// The streams beside its own that have to be known to decide it.
    pub(super) fn reads(&self) -> Vec<StreamId> {
        match self {
            Self::IndicatorDrafted {
                framework,
                definition,
                ..
            }
            | Self::IndicatorAdopted {
                framework,
                definition,
                ..
            } => {
                let ratio = definition.ratio.iter();
                let of = ratio.flat_map(|ratio| [&ratio.numerator, &ratio.denominator]);
                let of = of.map(|reference| StreamId::Indicator(reference.indicator));
                let of = of.chain(ClauseRef::streams(&definition.clauses));
                [StreamId::Framework(*framework)]
                    .into_iter()
                    .chain(of)
                    .collect()
            }
            Self::IndicatorFollowsItem { item, .. } => vec![StreamId::Meeting(item.meeting)],
            Self::FigureReported { .. }
            | Self::FigureRevised { .. }
            | Self::FigureWithdrawn { .. }
            | Self::DiscrepancyOpened { .. }
            | Self::DiscrepancyAnswered { .. }
            | Self::DiscrepancyReconciled { .. } => Vec::new(),
        }
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
            Self::IndicatorDrafted { version, .. } => format!("definition {version} drafted"),
            Self::IndicatorAdopted { version, from, .. } => {
                format!("definition {version} adopted, for periods from {from} on")
            }
            Self::FigureReported {
                version,
                key,
                observation,
                ..
            } => format!("figure reported by {version}: {key}, {}", said(observation)),
            Self::FigureRevised {
                figure,
                kind,
                version,
                observation,
                ..
            } => format!(
                "figure {figure} revised by {version} ({kind}): {}",
                said(observation)
            ),
            Self::FigureWithdrawn { figure, reason, .. } => {
                format!("figure {figure} withdrawn: {reason}")
            }
            Self::DiscrepancyOpened {
                figures: [one, other],
                ..
            } => format!("discrepancy opened: {one}, {other}"),
            Self::DiscrepancyAnswered {
                discrepancy,
                answer,
                ..
            } => {
                let causes = counted(answer.adjustments.len(), "cause");
                format!("discrepancy {discrepancy} answered: {causes}")
            }
            Self::DiscrepancyReconciled {
                discrepancy,
                outcome,
                ..
            } => format!("discrepancy {discrepancy} {outcome}"),
            Self::IndicatorFollowsItem { item, .. } => format!("indicator follows up {item}"),
        }
    }
}
