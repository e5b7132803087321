//! Machine T as dated facts: what became of the text, and when.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::event::AgreementEvent;
use crate::{Context, Revision};

/// Machine T: the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextState {
    /// Nothing was proposed.
    #[default]
    Absent,
    /// Proposed, not yet revised.
    Draft,
    /// Under negotiation.
    Negotiating,
    /// Adopted.
    Adopted,
    /// Authenticated: definitive.
    Authenticated,
    /// Given up.
    Abandoned,
}

impl TextState {
    /// Its name, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "not there",
            Self::Draft => "a draft",
            Self::Negotiating => "under negotiation",
            Self::Adopted => "adopted",
            Self::Authenticated => "authenticated",
            Self::Abandoned => "given up",
        }
    }
}

/// A moment in the life of the text, and how the log knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedFact {
    /// When it was.
    pub on: NaiveDate,
    /// The event, by its version in the stream.
    pub event: u64,
    /// When the log learnt of it.
    pub recorded_at: DateTime<Utc>,
}

/// Of which facts the day was said; of the others it is that on which the log learnt of them. Beside
/// them and as one number, since views keep these facts of every agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
struct Said {
    proposed: bool,
    adopted: bool,
    authenticated: bool,
}

impl From<u8> for Said {
    fn from(bits: u8) -> Self {
        Self {
            proposed: bits & 1 != 0,
            adopted: bits & 2 != 0,
            authenticated: bits & 4 != 0,
        }
    }
}

impl From<Said> for u8 {
    fn from(said: Said) -> Self {
        Self::from(said.proposed)
            | Self::from(said.adopted) << 1
            | Self::from(said.authenticated) << 2
    }
}

/// What became of the text, and when. Its state on any date follows from these facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFacts {
    /// When it was proposed.
    pub proposed: Option<DatedFact>,
    /// When the first revision of it was proposed, before any adoption.
    pub negotiated: Option<DatedFact>,
    /// When it was first adopted.
    pub adopted: Option<DatedFact>,
    /// When it was authenticated, as was recorded.
    pub authenticated: Option<DatedFact>,
    /// When the last of all had signed it, where nothing else is provided: that authenticates it too (T6,
    /// VCLT 10(b)).
    pub signed: Option<DatedFact>,
    /// When it was given up.
    pub abandoned: Option<DatedFact>,
    /// From when it applies, where its adoption says so or it is a living text; each date is earlier than those before it.
    pub applies: Vec<DatedFact>,
    /// Whether an adopted text may go on being revised.
    living: bool,
    said: Said,
    /// From when revisions are to apply that were proposed so and not yet adopted.
    planned: BTreeMap<Revision, NaiveDate>,
}

impl TextFacts {
    /// Takes an event in, the `version`th of the agreement's stream.
    pub(super) fn evolve(&mut self, event: &AgreementEvent, version: u64, context: &Context) {
        let fact = |on| DatedFact {
            on,
            event: version,
            recorded_at: context.now,
        };
        let done = |at: Option<DateTime<Utc>>| fact(context.day_of(at));
        let is_said = |at: Option<DateTime<Utc>>| at.is_some() || context.done_on.is_some();
        match event {
            AgreementEvent::AgreementProposed(p) => {
                self.living = p.profile.living_text;
                let at = p.provenance.as_ref().map(|p| p.at);
                self.proposed = Some(done(at));
                self.said.proposed = is_said(at);
            }
            AgreementEvent::RevisionProposed(p) => {
                if self.adopted.is_none() {
                    let at = p.draft.provenance.as_ref().map(|p| p.at);
                    self.negotiated.get_or_insert_with(|| done(at));
                }
                self.planned
                    .extend(p.draft.effective_from.map(|from| (p.revision, from)));
            }
            AgreementEvent::TextAdopted(a) => {
                let at = a.elsewhere.as_ref().map(|e| e.at);
                let adopted = done(at);
                let planned = self.planned.remove(&a.revision);
                let from = a.effective_from.or(planned);
                if self.living {
                    self.applies_from(fact(from.unwrap_or(adopted.on)));
                } else if let Some(from) = from.filter(|_| self.adopted.is_none()) {
                    self.applies_from(fact(from));
                }
                if self.adopted.is_none() {
                    self.adopted = Some(adopted);
                    self.said.adopted = is_said(at);
                }
            }
            AgreementEvent::TextAuthenticated { .. } => {
                self.authenticated = Some(done(None));
                self.said.authenticated = is_said(None);
            }
            AgreementEvent::NegotiationAbandoned { .. } => self.abandoned = Some(done(None)),
            AgreementEvent::RevisionWithdrawn(_)
            | AgreementEvent::RevisionAccepted(_)
            | AgreementEvent::RevisionRejected(_)
            | AgreementEvent::RevisionConcluded { .. }
            | AgreementEvent::RevisionRepackaged { .. }
            | AgreementEvent::ActRestated(_)
            | AgreementEvent::Machine(_) => {}
        }
    }

    fn applies_from(&mut self, fact: DatedFact) {
        if self.applies.last().is_none_or(|last| fact.on < last.on) {
            self.applies.push(fact);
        }
    }

    /// The furthest state on record, and the fact that brought it.
    pub fn last(&self) -> (TextState, Option<DatedFact>) {
        self.furthest(self.authentication(), |_| true)
    }

    /// The state on record.
    pub fn state(&self) -> TextState {
        self.last().0
    }

    /// The state on a date, and the fact that brought it.
    pub fn on(&self, date: NaiveDate) -> (TextState, Option<DatedFact>) {
        self.furthest(self.authentication(), |fact| fact.on <= date)
    }

    fn furthest(
        &self,
        authenticated: Option<DatedFact>,
        counts: impl Fn(&DatedFact) -> bool,
    ) -> (TextState, Option<DatedFact>) {
        let states = [
            (TextState::Abandoned, self.abandoned),
            (TextState::Authenticated, authenticated),
            (TextState::Adopted, self.adopted),
            (TextState::Negotiating, self.negotiated),
            (TextState::Draft, self.proposed),
        ];
        let found = states
            .into_iter()
            .find(|(_, fact)| fact.as_ref().is_some_and(&counts));
        found.unwrap_or((TextState::Absent, None))
    }

    /// When it was authenticated: by an act that was recorded, or as all had signed.
    pub fn authentication(&self) -> Option<DatedFact> {
        let both = self.authenticated.into_iter().chain(self.signed);
        both.min_by_key(|fact| fact.on)
    }

    /// The day of its proposal, if that was said: what rests on it is not before it.
    pub(super) fn said_of_proposal(&self) -> Option<NaiveDate> {
        let proposed = self.proposed.filter(|_| self.said.proposed);
        proposed.map(|fact| fact.on)
    }

    /// The same of its adoption.
    pub(super) fn said_of_adoption(&self) -> Option<NaiveDate> {
        let adopted = self.adopted.filter(|_| self.said.adopted);
        adopted.map(|fact| fact.on)
    }

    /// The same of its authentication, unless the signatures of all brought that before.
    pub(super) fn said_of_authentication(&self) -> Option<NaiveDate> {
        let first = self.authentication().filter(|_| self.said.authenticated);
        first
            .filter(|fact| self.authenticated == Some(*fact))
            .map(|fact| fact.on)
    }

    /// The state on record, without what follows from signatures: what records of before were held to.
    pub(super) fn recorded_state(&self) -> TextState {
        self.furthest(self.authenticated, |_| true).0
    }

    /// From when it applies by its adoption alone, without any consent to be bound.
    pub fn applies_since(&self) -> Option<NaiveDate> {
        self.applies.last().map(|fact| fact.on)
    }

    /// The facts that were recorded by a time.
    #[must_use]
    pub fn known_at(&self, at: DateTime<Utc>) -> Self {
        let known = |fact: Option<DatedFact>| fact.filter(|f| f.recorded_at <= at);
        let applies = self.applies.iter().filter(|f| f.recorded_at <= at);
        Self {
            proposed: known(self.proposed),
            negotiated: known(self.negotiated),
            adopted: known(self.adopted),
            authenticated: known(self.authenticated),
            // It follows again from the signatures of then.
            signed: None,
            abandoned: known(self.abandoned),
            applies: applies.copied().collect(),
            living: self.living && known(self.proposed).is_some(),
            said: Said {
                proposed: self.said.proposed && known(self.proposed).is_some(),
                adopted: self.said.adopted && known(self.adopted).is_some(),
                authenticated: self.said.authenticated && known(self.authenticated).is_some(),
            },
            planned: BTreeMap::new(),
        }
    }

    /// Whether all of them were recorded by a time.
    pub(super) fn all_known_at(&self, at: DateTime<Utc>) -> bool {
        [
            self.proposed,
            self.negotiated,
            self.adopted,
            self.authenticated,
            self.abandoned,
        ]
        .iter()
        .flatten()
        .chain(&self.applies)
        .all(|fact| fact.recorded_at <= at)
    }
}
