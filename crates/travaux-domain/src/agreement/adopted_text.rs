//! From when an adopted text counts, and which of them make up the text of a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Adoption, Agreement, AgreementEvent, ForceState, MachineEvent, Nature, RevisionProposed,
};
use crate::{Context, Revision, clause::Term};

/// A revision that was adopted, as far as it follows from that from when it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedText {
    /// Which.
    pub revision: Revision,
    /// What it is.
    pub nature: Nature,
    /// From when it applies, if that is settled.
    pub effective_from: Option<NaiveDate>,
    /// When it was adopted: by the source's account if it was done elsewhere.
    pub on: NaiveDate,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
}

impl From<&Adoption> for AdoptedText {
    fn from(adoption: &Adoption) -> Self {
        Self {
            revision: adoption.revision,
            nature: adoption.nature,
            effective_from: adoption.effective_from,
            on: adoption.adopted_at.date_naive(),
            recorded_at: adoption.recorded_at,
        }
    }
}

/// What makes up the text of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextOn {
    /// The revisions that make it up, in the order in which they were adopted; none before it applies.
    pub applied: Vec<Revision>,
    /// Those that were adopted and do not count yet, with the days from which they do.
    pub pending: Vec<(Revision, NaiveDate)>,
}

impl Agreement {
    /// From when an adopted text counts, where its force stands so: an amendment from its effect on, a
    /// correction from the beginning (VCLT 79(4)) unless a clause says otherwise (X7).
    pub fn counts_from(&self, adopted: &AdoptedText, force: &ForceState) -> NaiveDate {
        let living = self.is_living();
        if adopted.nature == Nature::Correction && !living && !self.corrections_count_from_now() {
            return NaiveDate::MIN;
        }
        let since = match force {
            _ if adopted.nature != Nature::Draft => None,
            _ if living => self.machines.force.entered.as_ref().map(|e| e.on),
            ForceState::Provisional { since, .. } => Some(*since),
            ForceState::NotInForce
            | ForceState::NotForeseen
            | ForceState::ToBeInForce { .. }
            | ForceState::InForce { .. }
            | ForceState::Suspended { .. }
            | ForceState::Void { .. }
            | ForceState::Ended { .. }
            | ForceState::Never => self.in_force_since(),
        };
        adopted.effective_from.or(since).unwrap_or(adopted.on)
    }

    /// Whether a clause has corrections count from when they are made (X7).
    pub fn corrections_count_from_now(&self) -> bool {
        let from_now = |term: &Term| matches!(term, Term::CorrectionFromNow).then_some(());
        self.machines.clauses.find(from_now).is_some()
    }

    /// Whether each of its texts replaces the one before as a whole.
    pub fn is_living(&self) -> bool {
        let identity = self.identity.as_ref();
        identity.is_some_and(|identity| identity.profile.living_text)
    }

    /// What makes up the text of a day, of what was adopted, where its force stands so on that day.
    pub(super) fn text_on(
        &self,
        adopted: &[AdoptedText],
        on: NaiveDate,
        force: &ForceState,
    ) -> TextOn {
        let dated = adopted
            .iter()
            .map(|adopted| (adopted, self.counts_from(adopted, force)));
        let (counted, later): (Vec<_>, Vec<_>) = dated.partition(|(_, from)| *from <= on);
        let pending = later
            .iter()
            .map(|(adopted, from)| (adopted.revision, *from));
        let pending = pending.collect();
        let revision = |(adopted, _): &(&AdoptedText, _)| adopted.revision;
        let applied = if self.is_living() {
            let latest = counted.iter().enumerate();
            let latest = latest.max_by_key(|(at, (_, from))| (*from, *at));
            latest.map(|(_, one)| revision(one)).into_iter().collect()
        } else if counted.iter().any(|(a, _)| a.nature == Nature::Draft) {
            counted.iter().map(revision).collect()
        } else {
            Vec::new()
        };
        TextOn { applied, pending }
    }
}

/// The texts of an agreement that were adopted, kept without their words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AdoptedTexts {
    pub(super) all: Vec<AdoptedText>,
    /// What was proposed and is not adopted: drafts that say nothing of their day are left out.
    proposed: BTreeMap<Revision, (Nature, Option<NaiveDate>)>,
}

impl AdoptedTexts {
    pub(super) fn evolve(&mut self, event: &AgreementEvent, context: &Context) {
        match event {
            AgreementEvent::RevisionProposed(RevisionProposed {
                revision, draft, ..
            }) => {
                let (nature, from) = (draft.nature, draft.effective_from);
                if nature != Nature::Draft || from.is_some() {
                    self.proposed.insert(*revision, (nature, from));
                }
            }
            AgreementEvent::TextAdopted(adopted) => {
                let elsewhere = adopted.elsewhere.as_ref().map(|e| e.at);
                let on = context.day_of(elsewhere);
                self.adopt(adopted.revision, adopted.effective_from, on, context);
            }
            AgreementEvent::Machine(MachineEvent::Correction(act)) => {
                if let Some((revision, on)) = act.makes() {
                    self.adopt(revision, None, on, context);
                }
            }
            AgreementEvent::RevisionWithdrawn(withdrawn) => {
                self.proposed.remove(&withdrawn.revision);
            }
            AgreementEvent::AgreementProposed(_)
            | AgreementEvent::RevisionAccepted(_)
            | AgreementEvent::RevisionRejected(_)
            | AgreementEvent::RevisionConcluded { .. }
            | AgreementEvent::RevisionRepackaged { .. }
            | AgreementEvent::TextAuthenticated { .. }
            | AgreementEvent::NegotiationAbandoned { .. }
            | AgreementEvent::ActRestated(_)
            | AgreementEvent::Machine(_) => {}
        }
    }

    fn adopt(
        &mut self,
        revision: Revision,
        effective_from: Option<NaiveDate>,
        on: NaiveDate,
        context: &Context,
    ) {
        let proposed = self.proposed.remove(&revision);
        let (nature, from) = proposed.unwrap_or((Nature::Draft, None));
        self.all.push(AdoptedText {
            revision,
            nature,
            effective_from: effective_from.or(from),
            on,
            recorded_at: context.now,
        });
    }
}
