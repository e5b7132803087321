//! Discrepancies of figures, with what was answered.

use chrono::{DateTime, NaiveDate, Utc};
use travaux::domain::{
    IndicatorId, PartyId,
    indicator::{Breakdown, Cause, Discrepancy, DiscrepancyId, FigureAt, Indicator},
};

use super::{
    figures::{NamedFigure, named},
    wire::documents,
};
use crate::output::one_line;

documents! {
    /// A discrepancy.
    pub(crate) struct ListedDiscrepancy {
        /// The indicator.
        indicator: IndicatorId,
        /// Its number.
        discrepancy: u64,
        /// The two figures, at their revisions.
        figures: Vec<NamedFigure>,
        /// Their reporters.
        reporters: Vec<PartyId>,
        /// The first less the second; null where there is none, or one may not be seen by all.
        gap: Option<String>,
        /// Where it stands, in words.
        status: String,
        /// Whether it was not reconciled.
        open: bool,
        /// Since when it is open, or was last opened again.
        since: NaiveDate,
        /// Until when it is to be answered.
        due: Option<NaiveDate>,
        /// Whether that day has passed, and one has not answered.
        overdue: bool,
        /// Who has not answered; both, once all have, until it is reconciled.
        waits_for: Vec<PartyId>,
        /// What was answered.
        answers: Vec<ShownAnswer>,
        /// How it was reconciled, in words; null while it is open.
        outcome: Option<String>,
    }

    /// An answer to a discrepancy: the amounts and the residual are the gap.
    pub(crate) struct ShownAnswer {
        /// Who answered.
        by: PartyId,
        /// When.
        on: NaiveDate,
        /// The causes.
        causes: Vec<ShownCause>,
        /// What is left.
        residual: String,
    }

    /// A cause of a discrepancy.
    pub(crate) struct ShownCause {
        /// The cause, in words.
        cause: String,
        /// The nature of the adjustment, in words.
        nature: String,
        /// How much of the gap it makes up.
        amount: String,
        /// More of it.
        note: Option<String>,
    }
}

impl ListedDiscrepancy {
    pub(crate) fn new(
        (indicator, state): (IndicatorId, &Indicator),
        id: DiscrepancyId,
        of: &Discrepancy,
        (on, at): (NaiveDate, DateTime<Utc>),
    ) -> Option<Self> {
        let round = of.round()?;
        let public = |figure: &FigureAt| {
            let said = state.at(*figure);
            said.is_some_and(|said| said.observation.confidentiality.is_public(at))
        };
        // What one may not see is not to be worked out from the other and the gap.
        let shown = round.figures.iter().all(public);
        let answers = round.answers.iter().filter(|_| shown);
        let answers = answers.map(|(by, (answer, at))| ShownAnswer::new(by, answer, at.on));
        Some(Self {
            indicator,
            discrepancy: id.0,
            figures: round.figures.into_iter().map(Into::into).collect(),
            reporters: of.reporters.to_vec(),
            gap: round.gap.filter(|_| shown).map(|gap| gap.to_string()),
            status: of.status().to_string(),
            open: of.is_open(),
            since: round.since.on,
            due: of.due,
            overdue: of.is_overdue(on),
            waits_for: of.waits_for().into_iter().cloned().collect(),
            answers: answers.collect(),
            outcome: round
                .outcome
                .as_ref()
                .filter(|_| shown)
                .map(|(outcome, _)| outcome.to_string()),
        })
    }

    pub(crate) fn row(&self) -> Vec<String> {
        let due = self.due.map(|due| format!("due {due}"));
        let overdue = if self.overdue { ", overdue" } else { "" };
        let figures: Vec<_> = self.figures.iter().map(|f| named(Some(f))).collect();
        vec![
            self.discrepancy.to_string(),
            figures.join(", "),
            self.gap
                .as_ref()
                .map_or_else(|| "no gap".to_owned(), |gap| format!("gap {gap}")),
            self.outcome.clone().unwrap_or_else(|| self.status.clone()),
            format!("{}{overdue}", due.unwrap_or_default()),
        ]
    }

    /// What was answered, a line each.
    pub(crate) fn answered(&self) -> String {
        let lines = self.answers.iter().map(|answer| {
            let causes = answer.causes.iter().map(|cause| {
                let note = cause
                    .note
                    .as_ref()
                    .map(|note| format!(": {}", one_line(note)));
                let note = note.unwrap_or_default();
                format!("{} {} ({}{note})", cause.cause, cause.amount, cause.nature)
            });
            let causes: Vec<_> = causes.collect();
            format!(
                "{} answered by {} on {}: {}; residual {}\n",
                self.discrepancy,
                answer.by,
                answer.on,
                causes.join(", "),
                answer.residual
            )
        });
        lines.collect()
    }
}

impl ShownAnswer {
    fn new(by: &PartyId, answer: &Breakdown, on: NaiveDate) -> Self {
        let cause = |cause: &Cause| cause.to_string();
        let causes = answer.adjustments.iter().map(|adjustment| ShownCause {
            cause: cause(&adjustment.cause),
            nature: adjustment.nature.to_string(),
            amount: adjustment.amount.to_string(),
            note: adjustment.note.clone(),
        });
        Self {
            by: by.clone(),
            on,
            causes: causes.collect(),
            residual: answer.residual.to_string(),
        }
    }
}
