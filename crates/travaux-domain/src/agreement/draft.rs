//! A revision as its proposer draws it up: what is asked, what is recorded and what is kept of it
//! are the same.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::{Digest, Localized, Operation};

use crate::{
    AgreementId, PackageId, Provenance, Revision,
    words::{Summary, because, counted},
};

/// What a revision is: which rules it is under, and what it does to earlier dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A change to a text under negotiation, or to a living text.
    Draft,
    /// A change to an adopted text, from its effect date on (VCLT 39).
    Amendment,
    /// A correction of wording, from the beginning (VCLT 79).
    Correction,
}

impl fmt::Display for Nature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "revision",
            Self::Amendment => "amendment",
            Self::Correction => "correction",
        })
    }
}

/// A revision as it is drawn up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionDraft {
    /// The revision against which it is drawn up; itself for the first.
    pub base: Revision,
    /// What it is.
    pub nature: Nature,
    /// What it is called.
    pub title: Option<String>,
    /// The changes.
    pub operations: Vec<Operation>,
    /// From when it is to apply.
    pub effective_from: Option<NaiveDate>,
    /// The revision to which it is the counter-proposal.
    pub counters: Option<Revision>,
    /// The package that it is part of.
    pub package: Option<PackageId>,
    /// The agreement by which it is made, if it is an amendment by an agreement of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<AgreementId>,
    /// Whether the operations were read off two texts instead of being drawn up.
    pub inferred: bool,
    /// Where it came from, if it was imported.
    pub provenance: Option<Provenance>,
}

impl RevisionDraft {
    /// A draft against `base`.
    pub fn new(base: Revision, operations: Vec<Operation>) -> Self {
        Self {
            base,
            nature: Nature::Draft,
            title: None,
            operations,
            effective_from: None,
            counters: None,
            package: None,
            instrument: None,
            inferred: false,
            provenance: None,
        }
    }
}

/// A revision was proposed. Its serde form is one flat map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct RevisionProposed {
    /// Its number.
    pub revision: Revision,
    /// What was proposed.
    #[serde(flatten)]
    pub draft: RevisionDraft,
    /// SHA-256 of the text that results on its base, per language.
    pub digests: Localized<Digest>,
}

impl RevisionProposed {
    /// What happened, in words.
    pub(crate) fn describe(&self) -> Summary {
        let draft = &self.draft;
        let title = because(draft.title.as_ref());
        let counter = draft
            .counters
            .map(|r| format!(", counter-proposal to revision {r}"))
            .unwrap_or_default();
        let operations = counted(draft.operations.len(), "operation");
        let what = format!(
            "{} {} proposed on {}{counter} ({operations}){title}",
            draft.nature, self.revision, draft.base
        );
        Summary::from(draft.effective_from, what).proposed(draft.provenance.as_ref())
    }
}

/// A proposal as it is read: serde's own `flatten` would keep every operation twice to find out
/// whose field it is.
#[derive(Deserialize)]
struct Stored {
    revision: Revision,
    base: Revision,
    nature: Nature,
    #[serde(default)]
    title: Option<String>,
    operations: Vec<Operation>,
    digests: Localized<Digest>,
    #[serde(default)]
    effective_from: Option<NaiveDate>,
    #[serde(default)]
    counters: Option<Revision>,
    #[serde(default)]
    package: Option<PackageId>,
    #[serde(default)]
    instrument: Option<AgreementId>,
    #[serde(default)]
    inferred: bool,
    #[serde(default)]
    provenance: Option<Provenance>,
}

impl From<Stored> for RevisionProposed {
    fn from(stored: Stored) -> Self {
        Self {
            revision: stored.revision,
            draft: RevisionDraft {
                base: stored.base,
                nature: stored.nature,
                title: stored.title,
                operations: stored.operations,
                effective_from: stored.effective_from,
                counters: stored.counters,
                package: stored.package,
                instrument: stored.instrument,
                inferred: stored.inferred,
                provenance: stored.provenance,
            },
            digests: stored.digests,
        }
    }
}
