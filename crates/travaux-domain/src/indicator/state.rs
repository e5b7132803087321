//! An indicator as it stands: definitions, figures with all their revisions, discrepancies.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::standing::Standing;
use super::{
    Breakdown, Decimal, Definition, DiscrepancyId, FigureAt, FigureId, FigureKey, Observation,
    Outcome, RevisionKind, discrepancy::Pair,
};
use crate::{
    FrameworkId, PartyId, Version,
    partnership::{Dated, ItemRef},
};

/// A draft of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it would count.
    pub definition: Definition,
    /// Who put it forward last.
    pub by: PartyId,
    /// When.
    pub at: Dated,
}

/// A version that was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// What it counts.
    pub definition: Definition,
    /// From which day on periods are counted by it.
    pub from: NaiveDate,
    /// When it was adopted.
    pub at: Dated,
}

/// What a figure says, or said once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// The exact version of the definition.
    pub version: Version,
    /// What is said.
    pub observation: Observation,
    /// Why it was revised; none of the first.
    pub kind: Option<RevisionKind>,
    /// When.
    pub at: Dated,
}

/// A figure, with all that was ever said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Whose it is.
    pub reporter: PartyId,
    /// Which one.
    pub key: FigureKey,
    /// Its revisions: the first as it was reported, the last as it stands.
    pub revisions: Vec<Revised>,
    /// Why it was taken back, and when.
    pub withdrawn: Option<(String, Dated)>,
}

impl Figure {
    /// How it stands: its number among its revisions, and what it says.
    pub fn current(&self) -> Option<(u32, &Revised)> {
        let last = self.revisions.last()?;
        Some((u32::try_from(self.revisions.len()).ok()?, last))
    }

    /// Whether a reader may see at a time what it says, or said once: its reporter does (ST8).
    pub fn shows(&self, said: &Revised, reader: Option<&PartyId>, at: DateTime<Utc>) -> bool {
        let secrecy = &said.observation.confidentiality;
        reader == Some(&self.reporter) || secrecy.is_shown(reader, at)
    }

    /// What it says, unless it was taken back.
    pub fn stands(&self) -> Option<&Revised> {
        self.revisions.last().filter(|_| self.withdrawn.is_none())
    }
}

/// A discrepancy, since it was opened or last opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Since when.
    pub since: Dated,
    /// The figures, at their revisions.
    pub figures: Pair,
    /// The first less the second; none while one of them has no value or was taken back.
    pub gap: Option<Decimal>,
    /// What each reporter answered last.
    pub answers: BTreeMap<PartyId, (Breakdown, Dated)>,
    /// How it was reconciled.
    pub outcome: Option<(Outcome, Dated)>,
}

/// A discrepancy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discrepancy {
    /// The reporters of the two figures, in their order.
    pub reporters: [PartyId; 2],
    /// Who opened it.
    pub opened_by: PartyId,
    /// Until when it is to be answered.
    pub due: Option<NaiveDate>,
    /// From the first to the present: a new one begins when a figure is revised (INV26).
    pub rounds: Vec<Round>,
}

/// Where a discrepancy stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscrepancyStatus {
    /// Nobody has answered.
    Open,
    /// One has answered, and others have not.
    Answered {
        /// Who has.
        by: Vec<PartyId>,
    },
    /// All have answered.
    AnsweredByAll,
    /// All agree on what makes up the gap.
    Explained,
    /// The figures were corrected.
    Corrected,
    /// A third figure was agreed on.
    AgreedFigure,
    /// It cannot be resolved.
    Irreducible,
}

impl Discrepancy {
    /// The present round.
    pub fn round(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// Those who have not answered.
    pub fn unanswered(&self) -> Vec<&PartyId> {
        let answers = self.round().map(|round| &round.answers);
        let answered =
            |party: &&PartyId| answers.is_some_and(|answers| answers.contains_key(*party));
        self.reporters
            .iter()
            .filter(|party| !answered(party))
            .collect()
    }

    /// Where it stands.
    pub fn status(&self) -> DiscrepancyStatus {
        let outcome = self.round().and_then(|round| round.outcome.as_ref());
        match outcome.map(|(outcome, _)| outcome) {
            Some(Outcome::Explained(_)) => DiscrepancyStatus::Explained,
            Some(Outcome::Corrected) => DiscrepancyStatus::Corrected,
            Some(Outcome::Agreed { .. }) => DiscrepancyStatus::AgreedFigure,
            Some(Outcome::Irreducible { .. }) => DiscrepancyStatus::Irreducible,
            None => {
                let answers = self.round().map(|round| &round.answers);
                let by: Vec<_> = answers
                    .into_iter()
                    .flat_map(|a| a.keys().cloned())
                    .collect();
                match by.len() {
                    0 => DiscrepancyStatus::Open,
                    2.. => DiscrepancyStatus::AnsweredByAll,
                    1 => DiscrepancyStatus::Answered { by },
                }
            }
        }
    }

    /// Whether it has not been reconciled.
    pub fn is_open(&self) -> bool {
        self.round().is_none_or(|round| round.outcome.is_none())
    }

    /// Those for whom it waits: who has not answered, and then, or where no gap is left to answer
    /// for, both, until it is reconciled.
    pub fn waits_for(&self) -> Vec<&PartyId> {
        if !self.is_open() {
            return Vec::new();
        }
        let unanswered = self.unanswered();
        let gap = self.round().and_then(|round| round.gap);
        if gap.is_none() || unanswered.is_empty() {
            return self.reporters.iter().collect();
        }
        unanswered
    }

    /// Whether it is open, and one has not answered by the day until which it was to be.
    pub fn is_overdue(&self, on: NaiveDate) -> bool {
        let late = self.due.is_some_and(|due| due < on);
        late && self.is_open() && !self.unanswered().is_empty()
    }
}

/// An indicator, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// How many events there were.
    pub version: u64,
    /// The framework under which it stands; absent before it begins.
    pub framework: Option<FrameworkId>,
    /// Drafts of versions that were not adopted.
    pub drafts: BTreeMap<Version, Draft>,
    /// The versions that were adopted.
    pub adopted: BTreeMap<Version, Adopted>,
    /// The figures.
    pub figures: BTreeMap<FigureId, Figure>,
    /// Which of them stand: none has to be looked for among all of them.
    pub(super) standing: BTreeMap<PartyId, Standing>,
    /// The discrepancies.
    pub discrepancies: BTreeMap<DiscrepancyId, Discrepancy>,
    /// The agreed items that it follows up.
    pub follows: Vec<(ItemRef, Dated)>,
}

impl Indicator {
    /// The definition to show: the latest that was adopted, else the latest draft.
    pub fn definition(&self) -> Option<(&Version, &Definition)> {
        let mut adopted = self
            .adopted
            .iter()
            .map(|(v, adopted)| (v, &adopted.definition));
        let mut drafts = self.drafts.iter().map(|(v, draft)| (v, &draft.definition));
        adopted.next_back().or_else(|| drafts.next_back())
    }

    /// All definitions: those that were adopted, then the drafts, each in the order of versions.
    pub fn definitions(&self) -> impl Iterator<Item = (&Version, &Definition)> {
        let adopted = self.adopted.iter();
        let adopted = adopted.map(|(version, adopted)| (version, &adopted.definition));
        let drafts = self.drafts.iter();
        adopted.chain(drafts.map(|(version, draft)| (version, &draft.definition)))
    }

    /// The version by which a period that begins on a day is counted: later ones may be used too.
    pub fn version_for(&self, first_day: NaiveDate) -> Option<&Version> {
        let begun = self
            .adopted
            .iter()
            .filter(|(_, adopted)| adopted.from <= first_day);
        begun.map(|(version, _)| version).next_back()
    }

    /// What a figure says at a revision: the same at whatever time it is asked for (INV21).
    pub fn at(&self, figure: FigureAt) -> Option<&Revised> {
        let nth = usize::try_from(figure.revision).ok()?.checked_sub(1)?;
        self.figures.get(&figure.figure)?.revisions.get(nth)
    }

    /// The figure of a reporter under a key that stands.
    pub fn figure(&self, reporter: &PartyId, key: &FigureKey) -> Option<(FigureId, &Figure)> {
        let id = self.standing.get(reporter)?.at(key)?;
        Some((id, self.figures.get(&id)?))
    }

    /// When the last figure of a reporter under a key was taken back, if none stands there.
    pub(super) fn free_from(&self, reporter: &PartyId, key: &FigureKey) -> Option<NaiveDate> {
        self.standing.get(reporter)?.free_from(key)
    }

    /// The last figure of a reporter's series before the period of a key, of those that stand.
    pub(super) fn figure_before(&self, reporter: &PartyId, key: &FigureKey) -> Option<&Figure> {
        self.figures.get(&self.standing.get(reporter)?.before(key)?)
    }
}
