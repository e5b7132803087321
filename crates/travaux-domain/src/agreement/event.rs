//! What happened to an agreement. Past tense; recorded for ever.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::{Digest, Format, Lang, Localized};

use super::{draft::RevisionProposed, machines::MachineEvent, restated::Restated};
use crate::{
    ActElsewhere, AgreementId, FrameworkId, PackageId, Party, PartyId, Profile, Provenance,
    Revision, Rule,
    clause::FinalClause,
    words::{Summary, because, names},
};

/// A text was proposed: the agreement begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its title.
    pub title: String,
    /// Its name in the field: accord, arrangement, declaration, policy.
    pub kind: String,
    /// The rules that apply.
    pub profile: Profile,
    /// The parties that negotiate.
    pub parties: Vec<Party>,
    /// The languages in which it is to be authentic.
    pub languages: Vec<Lang>,
    /// Languages for reading only; their text is never authentic.
    #[serde(default)]
    pub translations: Vec<Lang>,
    /// How its texts are divided into provisions.
    pub format: Format,
    /// The text in each language.
    pub texts: Localized<String>,
    /// What the text itself provides about its conclusion, force, change and end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub final_clauses: Vec<FinalClause>,
    /// The agreement that this one amends (VCLT 39).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<AgreementId>,
    /// The framework under which it stands.
    #[serde(default)]
    pub framework: Option<FrameworkId>,
    /// Where it came from, if it was imported.
    #[serde(default)]
    pub provenance: Option<Provenance>,
}

/// A party answered a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Which.
    pub revision: Revision,
    /// Who.
    pub party: PartyId,
    /// Its reasons.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A text was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// The revision that became the text.
    pub revision: Revision,
    /// SHA-256 of the whole text since then, per language.
    pub digests: Localized<Digest>,
    /// From when it applies, if that is settled.
    #[serde(default)]
    pub effective_from: Option<NaiveDate>,
    /// The package with which it was adopted.
    #[serde(default)]
    pub package: Option<PackageId>,
    /// The rule on which adoption rests.
    pub rule: Rule,
    /// The votes, if a conference adopted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes: Option<Votes>,
    /// Where the languages did not say the same, if it was adopted all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// The act of adoption, if it was done elsewhere.
    #[serde(default)]
    pub elsewhere: Option<ActElsewhere>,
}

/// Votes of those present and voting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// For.
    pub for_it: u32,
    /// Against. Abstentions do not count.
    pub against: u32,
}

/// What became of a proposal that was decided elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Its words came into the text with another revision.
    AdoptedAs {
        /// Which.
        revision: Revision,
        /// How: merged, squashed, rebased.
        how: String,
    },
    /// It was not taken up.
    NotAdopted,
}

/// An event of an agreement's stream: of its text, or of one of the machines beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub enum AgreementEvent {
    /// The agreement begins.
    AgreementProposed(Proposed),
    /// A revision was proposed.
    RevisionProposed(RevisionProposed),
    /// A revision was withdrawn by its proposer.
    RevisionWithdrawn(Answered),
    /// A party accepted a revision.
    RevisionAccepted(Answered),
    /// A party rejected a revision.
    RevisionRejected(Answered),
    /// What became of an imported proposal.
    RevisionConcluded {
        /// Which.
        revision: Revision,
        /// What became of it.
        outcome: Outcome,
    },
    /// A revision went to a part of a round that was split (FW11).
    RevisionRepackaged {
        /// Which.
        revision: Revision,
        /// The part.
        package: PackageId,
    },
    /// A text was adopted.
    TextAdopted(Adopted),
    /// The text was authenticated as definitive.
    TextAuthenticated {
        /// The languages in which it is authentic.
        languages: Vec<Lang>,
        /// How: signature, signature ad referendum, initialling, or a procedure that the text
        /// names.
        method: String,
        /// The parties that took part.
        parties: Vec<PartyId>,
    },
    /// Negotiation was given up.
    NegotiationAbandoned {
        /// Why.
        reason: Option<String>,
    },
    /// An act on another machine was recorded wrongly, and is restated.
    ActRestated(Restated),
    /// An act on another machine; its serde form is that of the act alone.
    #[serde(skip)]
    Machine(MachineEvent),
}

impl AgreementEvent {
    /// What happened, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::AgreementProposed(p) => {
                Summary::new(format!("proposed: {}", p.title)).proposed(p.provenance.as_ref())
            }
            Self::RevisionProposed(p) => p.describe(),
            Self::RevisionWithdrawn(a) => Summary::new(format!(
                "revision {} withdrawn{}",
                a.revision,
                because(a.reason.as_ref())
            )),
            Self::RevisionAccepted(a) => {
                Summary::new(format!("revision {} accepted by {}", a.revision, a.party))
            }
            Self::RevisionRejected(a) => Summary::new(format!(
                "revision {} rejected by {}{}",
                a.revision,
                a.party,
                because(a.reason.as_ref())
            )),
            Self::RevisionConcluded { revision, outcome } => Summary::new(match outcome {
                Outcome::AdoptedAs {
                    revision: other,
                    how,
                } => {
                    format!("proposal {revision} was adopted as revision {other} ({how})")
                }
                Outcome::NotAdopted => format!("proposal {revision} was not adopted"),
            }),
            Self::RevisionRepackaged { revision, package } => {
                Summary::new(format!("revision {revision} went to round {package}"))
            }
            Self::TextAdopted(a) => Summary::from(
                a.effective_from,
                format!("revision {} adopted [{}]", a.revision, a.rule),
            )
            .done(a.elsewhere.as_ref()),
            Self::TextAuthenticated {
                languages, method, ..
            } => Summary::new(format!(
                "text authenticated in {} by {method}",
                names(languages)
            )),
            Self::NegotiationAbandoned { reason } => {
                Summary::new(format!("negotiation abandoned{}", because(reason.as_ref())))
            }
            Self::ActRestated(restated) => restated.describe(),
            Self::Machine(act) => act.describe(),
        }
    }
}
