//! The record of one agreement: its state, and the custody of its words.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Aggregate, Recorded, Revision,
    agreement::{Agreement, Nature, Outcome, RevisionOutcome, RevisionState},
};
use travaux_text::{Custody, History, Lang, Redline, Text};

use crate::{RevisionError, StateError};

/// All that is known of one agreement. It shares its state, so a copy costs next to nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementRecord {
    /// Its state.
    pub agreement: Arc<Agreement>,
    /// The version of its stream that was seen.
    pub version: u64,
    /// Large, needed by few questions, and so kept apart; see [`Self::custody_state`].
    #[serde(skip)]
    custody: Arc<Custody>,
}

/// A revision in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionLine {
    /// Its number.
    pub revision: Revision,
    /// Its name at the source that it was imported from.
    pub source: Option<String>,
    /// The document's path there.
    pub path: Option<String>,
    /// The revision against which it was drawn up.
    pub base: Revision,
    /// What it is.
    pub nature: Nature,
    /// What it is called.
    pub title: Option<String>,
    /// The party that proposed it.
    pub proposer: String,
    /// The person who did, where that is known.
    pub proposer_person: Option<String>,
    /// The party that adopted it.
    pub adopter: Option<String>,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
    /// From when it applies.
    pub effective_from: Option<NaiveDate>,
    /// What became of it: adopted, open, withdrawn, rejected, not adopted.
    pub outcome: RevisionOutcome,
    /// The revision with which an imported proposal came into the text.
    pub adopted_as: Option<Revision>,
    /// How many operations it has.
    pub operations: u32,
    /// Whether they were read off two texts.
    pub inferred: bool,
}

impl AgreementRecord {
    /// The version of the state; raised whenever the same events would give another one.
    pub const VERSION: u32 = <Agreement as Aggregate>::VERSION;

    /// The version of the algorithm that finds custody; raised whenever the same history would give another answer.
    pub const CUSTODY_VERSION: u32 = 3;

    /// The record of an agreement at a version of its stream.
    pub fn new(agreement: Arc<Agreement>, version: u64) -> Self {
        Self {
            agreement,
            version,
            custody: Arc::default(),
        }
    }

    /// The same record, with a custody that followed its text so far.
    pub fn with_custody(self, custody: Arc<Custody>) -> Self {
        Self { custody, ..self }
    }

    /// The custody of the words, to be shared with another record of the same agreement.
    pub fn shared_custody(&self) -> &Arc<Custody> {
        &self.custody
    }

    /// Takes an event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Some(event) = recorded.event.agreement() {
            Arc::make_mut(&mut self.agreement).evolve(event, &recorded.context());
            self.version = recorded.version;
        }
    }

    /// The bytes of the state, for a snapshot: the words of all texts, the history of the text without them (postcard), the rest
    /// (JSON, in which alone fields may be left out, as the events' own do), and the lengths of the first two (8 bytes each,
    /// big-endian). The words stand first so that [`Self::restore`] can keep them where they are.
    ///
    /// # Errors
    /// [`StateError`] where it does not serialise.
    pub fn state(&self) -> Result<Vec<u8>, StateError> {
        let history = &self.agreement.history;
        let words = history.words();
        let mut state = postcard::to_extend(&history.without_words(), words.to_vec())
            .map_err(|e| unreadable(&e))?;
        let lengths = [words.len(), state.len() - words.len()];
        serde_json::to_writer(&mut state, &self.without_history()).map_err(|e| unreadable(&e))?;
        lengths
            .iter()
            .for_each(|length| state.extend_from_slice(&(*length as u64).to_be_bytes()));
        Ok(state)
    }

    /// The same record with no text.
    fn without_history(&self) -> Self {
        let agreement = Agreement {
            history: Arc::default(),
            ..Agreement::clone(&self.agreement)
        };
        Self::new(Arc::new(agreement), self.version)
    }

    /// The record whose state it is.
    ///
    /// # Errors
    /// [`StateError`] where the bytes are no state.
    pub fn restore(mut state: Vec<u8>) -> Result<Self, StateError> {
        let damaged = || unreadable(&"it is cut off");
        let length = |bytes: &[u8; 8]| {
            usize::try_from(u64::from_be_bytes(*bytes)).map_err(|e| unreadable(&e))
        };
        let (front, history) = state.split_last_chunk().ok_or_else(damaged)?;
        let (front, words) = front.split_last_chunk().ok_or_else(damaged)?;
        let (words, history) = (length(words)?, length(history)?);
        let (history, rest) = front
            .get(words..)
            .and_then(|f| f.split_at_checked(history))
            .ok_or_else(damaged)?;
        let mut record: Self = serde_json::from_slice(rest).map_err(|e| unreadable(&e))?;
        let mut history: History = postcard::from_bytes(history).map_err(|e| unreadable(&e))?;
        state.truncate(words);
        history.put_words(state);
        Arc::make_mut(&mut record.agreement).history = Arc::new(history);
        Ok(record)
    }

    /// Brings custody up to date with the text; needed before [`Self::custody`].
    pub fn follow(&mut self) {
        if self.custody.steps() < self.agreement.history.len() {
            Arc::make_mut(&mut self.custody).follow(&self.agreement.history);
        }
    }

    /// The bytes of the custody, for a snapshot of its own.
    ///
    /// # Errors
    /// [`StateError`] where it does not serialise.
    pub fn custody_state(&self) -> Result<Vec<u8>, StateError> {
        postcard::to_stdvec(&*self.custody).map_err(|e| StateError {
            name: "custody",
            reason: e.to_string(),
        })
    }

    /// Takes the custody back from a snapshot, if this record has followed fewer steps.
    pub fn restore_custody(&mut self, state: &[u8]) {
        let ahead = |c: &Custody| {
            c.steps() > self.custody.steps() && c.steps() <= self.agreement.history.len()
        };
        if let Some(custody) = postcard::from_bytes(state).ok().filter(ahead) {
            self.custody = Arc::new(custody);
        }
    }

    /// The custody of the words, as of the last [`Self::follow`].
    pub fn custody(&self) -> &Custody {
        &self.custody
    }

    /// The language that is shown where none is asked for: the first authentic one.
    pub fn default_language(&self) -> Lang {
        self.agreement
            .identity
            .as_ref()
            .and_then(|i| i.languages.first().copied())
            .unwrap_or(Lang::UNDETERMINED)
    }

    /// All revisions, in order.
    pub fn revisions(&self) -> Vec<RevisionLine> {
        self.agreement
            .revisions
            .iter()
            .map(|r| self.line(r.revision))
            .collect::<Option<_>>()
            .unwrap_or_default()
    }

    /// One revision in a line.
    pub fn line(&self, revision: Revision) -> Option<RevisionLine> {
        let r = self.agreement.revision(revision)?;
        let adopted_as = match &r.state {
            RevisionState::Concluded(Outcome::AdoptedAs { revision, .. }) => Some(*revision),
            _ => None,
        };
        let in_text = matches!(r.state, RevisionState::Adopted);
        let adoption = self
            .agreement
            .adoption_of(adopted_as.unwrap_or(revision))
            .filter(|_| in_text || adopted_as.is_some());
        Some(RevisionLine {
            revision,
            source: r.draft.provenance.as_ref().map(|p| p.source.clone()),
            path: r.draft.provenance.as_ref().map(|p| p.path.clone()),
            base: r.draft.base,
            nature: r.draft.nature,
            title: r.draft.title.clone(),
            proposer: r.proposer.party.to_string(),
            proposer_person: r.proposer.person.as_deref().map(str::to_owned),
            adopter: adoption.map(|a| a.adopter.party.to_string()),
            proposed_at: r.proposed_at,
            recorded_at: r.recorded_at,
            adopted_at: adoption.map(|a| a.adopted_at),
            effective_from: adoption
                .map(|a| self.effective(a))
                .or(r.draft.effective_from),
            outcome: self.agreement.outcome_of(r),
            adopted_as,
            operations: r.operation_count,
            inferred: r.draft.inferred,
        })
    }

    /// The redline between the texts of two revisions.
    ///
    /// # Errors
    /// [`RevisionError`] where one of them has no text.
    pub fn redline(
        &self,
        from: Revision,
        to: Revision,
        lang: Lang,
    ) -> Result<Redline, RevisionError> {
        Ok(Redline::between(
            &self.text_of(from)?,
            &self.text_of(to)?,
            lang,
        ))
    }

    /// The text of a revision.
    ///
    /// # Errors
    /// [`RevisionError`] where there is no such revision, or its operations do not fit its base.
    pub fn text_of(&self, revision: Revision) -> Result<Text, RevisionError> {
        self.exists(revision)?;
        self.agreement
            .text_of(revision)
            .map_err(|collisions| RevisionError::DoesNotFit {
                revision,
                collisions,
            })
    }

    /// The text of a revision in one language, byte for byte.
    ///
    /// # Errors
    /// [`RevisionError`] where there is no such revision, or its operations do not fit its base.
    pub fn print(&self, revision: Revision, lang: Lang) -> Result<String, RevisionError> {
        self.exists(revision)?;
        match self.agreement.history.step_of(revision.0) {
            Some(step) => Ok(self.agreement.history.print_at(step, lang)),
            None => Ok(self.text_of(revision)?.print(lang)),
        }
    }

    fn exists(&self, revision: Revision) -> Result<(), RevisionError> {
        match self.agreement.revision(revision) {
            Some(_) => Ok(()),
            None => Err(RevisionError::NotFound {
                revision,
                revisions: self.agreement.revisions.len(),
            }),
        }
    }
}

fn unreadable(reason: &impl ToString) -> StateError {
    StateError {
        name: "agreement",
        reason: reason.to_string(),
    }
}
