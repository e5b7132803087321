//! What an agreement is at a moment: machines side by side, none a field of another.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_text::{Collisions, Digest, Format, History, Lang, Localized, Text};

use super::{
    Answers, MachineEvent, Machines, Nature, Outcome, Proposed, RevisionDraft, TextFacts,
    TextState, consent::PartyConsent,
};
use crate::{
    Actor, AgreementId, Context, FrameworkId, PackageId, Party, PartyId, Profile, Revision,
    clause::{Clauses, FinalClause},
};

/// What does not change about an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its title.
    pub title: String,
    /// Its name in the field.
    pub kind: String,
    /// The rules that apply.
    pub profile: Profile,
    /// The parties.
    pub parties: Vec<Party>,
    /// The authentic languages.
    pub languages: Vec<Lang>,
    /// The languages for reading only.
    pub translations: Vec<Lang>,
    /// How its texts are divided.
    pub format: Format,
    /// The framework under which it stands.
    pub framework: Option<FrameworkId>,
    /// The final clauses as proposed.
    pub clauses: Vec<FinalClause>,
    /// The agreement that it amends.
    pub amends: Option<AgreementId>,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
}

impl Identity {
    /// As proposed.
    pub(super) fn of(p: &Proposed, context: &Context) -> Self {
        Self {
            title: p.title.clone(),
            kind: p.kind.clone(),
            profile: p.profile.clone(),
            parties: p.parties.clone(),
            languages: p.languages.clone(),
            translations: p.translations.clone(),
            format: p.format,
            framework: p.framework,
            clauses: p.final_clauses.clone(),
            amends: p.amends,
            recorded_at: context.now,
        }
    }

    /// All languages, authentic ones first.
    pub fn all_languages(&self) -> Vec<Lang> {
        self.languages
            .iter()
            .chain(&self.translations)
            .copied()
            .collect()
    }

    /// Whether `party` is one of the parties.
    pub fn has_party(&self, party: &PartyId) -> bool {
        self.parties.iter().any(|p| p.id == *party)
    }
}

/// What became of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionState {
    /// It waits for answers.
    Open,
    /// Its proposer withdrew it.
    Withdrawn,
    /// It is part of the adopted text.
    Adopted,
    /// It binds some parties, or all, as an amendment or a modification.
    InForce,
    /// It was notified as an amendment that silence accepts: who objects, and when, decides (A12).
    LeftToSilence,
    /// It was decided elsewhere.
    Concluded(Outcome),
}

/// A revision and all that is known about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRecord {
    /// Its number.
    pub revision: Revision,
    /// What was proposed; its operations for as long as they may be needed again.
    pub draft: RevisionDraft,
    /// How many operations it has.
    pub operation_count: u32,
    /// SHA-256 of the text that results on its base, per language.
    pub digests: Localized<Digest>,
    /// Who proposed it.
    pub proposer: Actor,
    /// When it was proposed: by the source's account if it was imported.
    pub proposed_at: DateTime<Utc>,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
    /// On which day it was proposed, if that was said.
    pub done_on: Option<NaiveDate>,
    /// The days that were said of the parties' answers.
    pub answered_on: BTreeMap<PartyId, NaiveDate>,
    /// The parties' answers; its proposer's own acceptance is among them.
    pub answers: Answers,
    /// What became of it.
    pub state: RevisionState,
}

/// An adoption: when a text became the text. A correction replaces the defective text from the beginning (X7), an amendment the
/// text from its effect on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// The adopted revision.
    pub revision: Revision,
    /// The step of the history that holds the text since then.
    pub step: u32,
    /// What the revision is.
    pub nature: Nature,
    /// From when it applies, if that is settled.
    pub effective_from: Option<NaiveDate>,
    /// Who adopted it.
    pub adopter: Actor,
    /// When: by the source's account if it was done elsewhere.
    pub adopted_at: DateTime<Utc>,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
    /// The package with which it was adopted.
    pub package: Option<PackageId>,
    /// The event, by its version in the stream.
    pub event: u64,
}

/// An act, as the log has it. Kept so that every machine can be asked what it was at an earlier known time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedAct {
    /// The event, by its version in the stream.
    pub event: u64,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
    /// Who acted.
    pub party: PartyId,
    /// The act.
    pub act: MachineEvent,
    /// The event whose act it restates, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restates: Option<u64>,
    /// Whether it states that nothing was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
}

/// An agreement, folded from its events. A copy shares what is large with it, so it costs little: who reads has one, and who decides
/// works on another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// What does not change; absent before the proposal.
    pub identity: Option<Identity>,
    /// Machine T.
    pub text: TextFacts,
    /// The machines beside it.
    pub machines: Machines,
    /// All acts on them, in order.
    pub acts: Vec<Arc<LoggedAct>>,
    /// How many events there were.
    pub version: u64,
    /// All revisions ever proposed.
    pub revisions: Vec<Arc<RevisionRecord>>,
    /// All adoptions, in order.
    pub adoptions: Vec<Arc<Adoption>>,
    /// The line of texts: the first as proposed, then every revision that was adopted or is part of one that was.
    pub history: Arc<History>,
}

impl Agreement {
    /// The revision of that number.
    pub fn revision(&self, revision: Revision) -> Option<&RevisionRecord> {
        let at = revision.0.checked_sub(1)? as usize;
        self.revisions.get(at).map(|record| &**record)
    }

    /// Whether it has ended by a date and not gone on, or is void by then.
    pub fn has_ended(&self, on: NaiveDate) -> bool {
        self.end_on(on).is_some()
    }

    /// The parties that negotiate.
    pub fn negotiating(&self) -> impl Iterator<Item = &PartyId> {
        self.identity
            .iter()
            .flat_map(|i| i.parties.iter().map(|p| &p.id))
    }

    /// Those and the ones that acceded.
    pub fn all_parties(&self) -> Vec<PartyId> {
        let mut all: Vec<PartyId> = self.negotiating().cloned().collect();
        all.extend(
            self.machines
                .consents
                .0
                .iter()
                .filter(|(p, c)| c.has_consented() && !all.contains(p))
                .map(|(p, _)| p.clone())
                .collect::<Vec<_>>(),
        );
        all
    }

    /// Whether `party` negotiates or has acceded.
    pub fn has_party(&self, party: &PartyId) -> bool {
        self.negotiating().any(|p| p == party)
            || self
                .machines
                .consents
                .of(party)
                .is_some_and(PartyConsent::has_consented)
    }

    /// Those whose agreement counts on a date: the parties once it is in force, before that all that negotiate and have not
    /// declined.
    pub fn present_parties(&self, on: NaiveDate) -> Vec<PartyId> {
        let asks = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.asks_for_consent());
        if asks && self.in_force_since().is_some_and(|since| since <= on) {
            return self.machines.consents.contracting(on).cloned().collect();
        }
        let stays = |p: &PartyId| {
            // Who accedes later is none of them yet.
            let later = || {
                self.machines
                    .consents
                    .of(p)
                    .is_none_or(|c| c.life(on).is_none())
            };
            if self.negotiating().all(|own| own != p) && later() {
                return false;
            }
            let left = |c: &PartyConsent| c.life(on).is_some_and(|life| life.is_over(on));
            !self.machines.consents.of(p).is_some_and(left)
        };
        self.all_parties().into_iter().filter(stays).collect()
    }

    /// Whether an open revision can no longer be adopted: a draft of a text that was adopted without it
    /// (T2, T8), or whose negotiation was given up (T9).
    pub fn leaves_behind(&self, record: &RevisionRecord) -> bool {
        let living = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.living_text);
        let settled = matches!(
            self.text.state(),
            TextState::Adopted | TextState::Authenticated | TextState::Abandoned
        );
        let draft = record.draft.nature == Nature::Draft && record.state == RevisionState::Open;
        draft && settled && !living
    }

    /// The final clauses, once they operate: from the adoption of the text (T7, VCLT 24(4)).
    pub fn operative_clauses(&self) -> Option<&Clauses> {
        self.text.adopted.map(|_| &self.machines.clauses)
    }

    /// The last adoption.
    pub fn last_adoption(&self) -> Option<&Adoption> {
        self.adoptions.last().map(|adoption| &**adoption)
    }

    /// The last adoption by a day, if one is named: by the day on which it was done, in UTC.
    pub(crate) fn last_adoption_by(&self, on: Option<NaiveDate>) -> Option<&Adoption> {
        let adoptions = self.adoptions.iter().map(|adoption| &**adoption);
        let by = |adoption: &&Adoption| on.is_none_or(|on| adoption.adopted_at.date_naive() <= on);
        adoptions.rev().find(by)
    }

    /// The adoption that brought `revision` into the text.
    pub fn adoption_of(&self, revision: Revision) -> Option<&Adoption> {
        let step = self.history.step_of(revision.0)?;
        let at = self
            .adoptions
            .partition_point(|adoption| adoption.step < step);
        self.adoptions.get(at).map(|adoption| &**adoption)
    }

    /// The revision that new revisions are drawn up against by default: the last of the line, or the last one proposed on it.
    pub fn current(&self) -> Revision {
        Revision(self.history.revision(self.history.len()).unwrap_or(1))
    }

    /// The document's path at the last adopted revision, if it was imported.
    pub fn path(&self) -> Option<&str> {
        let line = (1..=self.history.len())
            .rev()
            .filter_map(|step| self.history.revision(step));
        line.filter_map(|r| self.revision(Revision(r))?.draft.provenance.as_ref())
            .map(|p| p.path.as_str())
            .next()
    }

    /// The revisions that lead from the line of texts to `revision`, itself last; empty if it is on the line.
    pub fn chain(&self, revision: Revision) -> Vec<&RevisionRecord> {
        let mut chain = Vec::new();
        let mut next = self.revision(revision);
        while let Some(record) = next.filter(|r| self.history.step_of(r.revision.0).is_none()) {
            chain.push(record);
            next = if record.draft.base < record.revision {
                self.revision(record.draft.base)
            } else {
                None
            };
        }
        chain.reverse();
        chain
    }

    /// The text of `revision` as its proposer saw it: its operations on its base.
    ///
    /// # Errors
    /// [`Collisions`] cannot occur for a revision that was recorded; it is reported all the same.
    pub fn text_of(&self, revision: Revision) -> Result<Text, Collisions> {
        if let Some(step) = self.history.step_of(revision.0) {
            return Ok(self.history.text_at(step));
        }
        let chain = self.chain(revision);
        let base = chain
            .first()
            .and_then(|first| self.history.step_of(first.draft.base.0))
            .unwrap_or(0);
        let mut text = self.history.text_at(base);
        for record in chain {
            text.apply(&record.draft.operations, record.revision.0)?;
        }
        Ok(text)
    }
}

/// SHA-256 of the text in each of its languages.
pub(super) fn digests(text: &Text, languages: &[Lang]) -> Localized<Digest> {
    languages
        .iter()
        .map(|lang| (*lang, Digest::of(text.print(*lang).as_bytes())))
        .collect()
}
