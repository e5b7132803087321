//! Machine L: the language versions, their concordance, their divergences.

mod conclude;
mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_text::{Digest, Lang, Localized, ProvisionId};

pub(crate) use self::rules::RULES;
use crate::{
    PartyId, Revision,
    agreement::meta::EventMeta,
    words::{Summary, names},
};

/// On what one ground a divergence is resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// The prevailing text (VCLT 33(1)).
    PrevailingText,
    /// An interpretation that all parties agree on (VCLT 31(3)(a)).
    AgreedInterpretation {
        /// The parties that agree.
        consenting: Vec<PartyId>,
    },
    /// A correction that was made (VCLT 79(3)).
    Correction {
        /// The correcting revision.
        revision: Revision,
    },
    /// The meaning that best reconciles the texts (VCLT 33(4)).
    BestReconciling {
        /// The meaning.
        meaning: String,
    },
}

/// An act about language versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LanguageAct {
    /// A version was opened for drafting (L1).
    LanguageVersionOpened {
        /// When.
        on: NaiveDate,
        /// The language.
        lang: Lang,
    },
    /// Concordance of the versions was certified (L2).
    ConcordanceCertified {
        /// When.
        on: NaiveDate,
        /// Who certified it.
        by: String,
        /// The revision whose text was compared.
        revision: Revision,
        /// SHA-256 of that text, per language; found by the decision.
        #[serde(default)]
        digests: Localized<Digest>,
        /// Differences that were looked at and found to be none of meaning, by their keys.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        settled: Vec<String>,
    },
    /// Another version was declared authentic (L4).
    DeclaredAuthentic {
        /// When.
        on: NaiveDate,
        /// The language.
        lang: Lang,
        /// The parties that agree, where the agreement does not provide it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
    },
    /// A version was designated to prevail (L5).
    PrevailingDesignated {
        /// When.
        on: NaiveDate,
        /// The language.
        lang: Lang,
        /// The parties that agree, where the agreement does not provide it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
    },
    /// An official translation was added (L6).
    TranslationAdded {
        /// When.
        on: NaiveDate,
        /// The language.
        lang: Lang,
        /// Who made it.
        by: String,
        /// Its text.
        text: String,
    },
    /// A divergence between authentic versions was recorded (L7).
    DivergenceRecorded {
        /// When.
        on: NaiveDate,
        /// What each version says, where it diverges: at least two.
        says: Localized<String>,
        /// The provisions.
        provisions: Vec<ProvisionId>,
        /// What the difference is.
        note: String,
        /// Its number; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// A divergence was resolved (L8).
    DivergenceResolved {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// The ground.
        ground: Resolution,
    },
}

impl LanguageAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::LanguageVersionOpened { on, .. }
            | Self::ConcordanceCertified { on, .. }
            | Self::DeclaredAuthentic { on, .. }
            | Self::PrevailingDesignated { on, .. }
            | Self::TranslationAdded { on, .. }
            | Self::DivergenceRecorded { on, .. }
            | Self::DivergenceResolved { on, .. } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::LanguageVersionOpened { lang, .. } => format!("{lang} version opened"),
            Self::ConcordanceCertified {
                by,
                revision,
                settled,
                ..
            } => {
                let settled = if settled.is_empty() {
                    String::new()
                } else {
                    format!(" ({} differences settled)", settled.len())
                };
                format!("concordance of revision {revision} certified by {by}{settled}")
            }
            Self::DeclaredAuthentic { lang, .. } => format!("{lang} version declared authentic"),
            Self::PrevailingDesignated { lang, .. } => format!("{lang} version prevails"),
            Self::TranslationAdded { lang, by, .. } => {
                format!("{lang} translation by {by} added")
            }
            Self::DivergenceRecorded {
                says, note, number, ..
            } => {
                format!(
                    "divergence {} between {} recorded: {note}",
                    number.unwrap_or(0),
                    names(says.keys())
                )
            }
            Self::DivergenceResolved { number, .. } => format!("divergence {number} resolved"),
        })
    }
}

/// How a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is being drafted.
    Working,
    /// It is certified to say what the others say.
    Concordant,
    /// It is authentic.
    Authentic,
    /// It is authentic, and prevails.
    AuthenticPrevailing,
    /// It is an official translation.
    OfficialTranslation,
    /// It is authentic, and a divergence from another version is open.
    Divergent,
}

/// A certificate of concordance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub by: String,
    /// The text that was compared.
    pub digests: Localized<Digest>,
    /// Differences that were found to be none of meaning.
    pub settled: Vec<String>,
    /// The event.
    pub event: u64,
    /// The event that undid it, and when the log learnt of that.
    pub lapsed: Option<(u64, DateTime<Utc>)>,
}

/// A divergence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Divergence {
    /// When it was recorded.
    pub on: NaiveDate,
    /// What each version says.
    pub says: Localized<String>,
    /// The provisions.
    pub provisions: Vec<ProvisionId>,
    /// What the difference is.
    pub note: String,
    /// When and how it was resolved.
    pub resolved: Option<(NaiveDate, Resolution)>,
    /// The event.
    pub event: u64,
}

/// The language versions on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Languages {
    /// Versions opened beside those of the proposal.
    pub opened: Vec<Lang>,
    /// Versions that are authentic: those of the testimonium once the text is authenticated (L3),
    /// and any declared so.
    pub authentic: Vec<Lang>,
    /// The version that prevails.
    pub prevailing: Option<Lang>,
    /// Translations, with who made them.
    pub translations: BTreeMap<Lang, (String, String)>,
    /// Certificates of concordance, in order.
    pub certificates: Vec<Certificate>,
    /// The register of divergences, numbered from 1.
    pub divergences: Vec<Divergence>,
}

impl Languages {
    /// The certificate that stands.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificates.last().filter(|c| c.lapsed.is_none())
    }

    /// The versions of the testimonium are authentic (L3), before any that were declared so.
    pub(crate) fn are_authentic(&mut self, languages: &[Lang]) {
        let declared = std::mem::replace(&mut self.authentic, languages.to_vec());
        let declared = declared
            .into_iter()
            .filter(|lang| !languages.contains(lang));
        self.authentic.extend(declared);
    }

    /// How a version stands.
    pub fn standing(&self, lang: Lang) -> Option<Standing> {
        let open = |d: &Divergence| d.resolved.is_none() && d.says.contains_key(&lang);
        if self.authentic.contains(&lang) {
            return Some(
                match (
                    self.divergences.iter().any(open),
                    self.prevailing == Some(lang),
                ) {
                    (true, _) => Standing::Divergent,
                    (false, true) => Standing::AuthenticPrevailing,
                    (false, false) => Standing::Authentic,
                },
            );
        }
        if self.translations.contains_key(&lang) {
            return Some(Standing::OfficialTranslation);
        }
        match self.certificate() {
            Some(c) if c.digests.contains_key(&lang) => Some(Standing::Concordant),
            _ => Some(Standing::Working),
        }
    }

    /// A change of any version undoes the certificate (L2).
    pub(crate) fn text_changed(&mut self, event: u64, recorded_at: DateTime<Utc>) {
        if let Some(certificate) = self.certificates.last_mut().filter(|c| c.lapsed.is_none()) {
            certificate.lapsed = Some((event, recorded_at));
        }
    }

    /// Certificates that were undone by a change of the text, as `later` knows, by `at`.
    pub(crate) fn lapse_as_in(&mut self, later: &Self, at: DateTime<Utc>) {
        for (certificate, known) in self.certificates.iter_mut().zip(&later.certificates) {
            certificate.lapsed = known.lapsed.filter(|(_, recorded_at)| *recorded_at <= at);
        }
    }

    pub(crate) fn evolve(&mut self, act: &LanguageAct, meta: &EventMeta) {
        let event = meta.event;
        match act {
            LanguageAct::LanguageVersionOpened { lang, .. } => {
                self.opened.push(*lang);
                self.text_changed(event, meta.recorded_at);
            }
            LanguageAct::ConcordanceCertified {
                on,
                by,
                digests,
                settled,
                ..
            } => {
                self.text_changed(event, meta.recorded_at);
                let (by, digests, settled) = (by.clone(), digests.clone(), settled.clone());
                self.certificates.push(Certificate {
                    on: *on,
                    by,
                    digests,
                    settled,
                    event,
                    lapsed: None,
                });
            }
            LanguageAct::DeclaredAuthentic { lang, .. } => {
                self.translations.remove(lang);
                self.authentic.push(*lang);
            }
            LanguageAct::PrevailingDesignated { lang, .. } => self.prevailing = Some(*lang),
            LanguageAct::TranslationAdded { lang, by, text, .. } => {
                self.translations.insert(*lang, (by.clone(), text.clone()));
            }
            LanguageAct::DivergenceRecorded {
                on,
                says,
                provisions,
                note,
                ..
            } => self.divergences.push(Divergence {
                on: *on,
                says: says.clone(),
                provisions: provisions.clone(),
                note: note.clone(),
                resolved: None,
                event,
            }),
            LanguageAct::DivergenceResolved { on, number, ground } => {
                if let Some(d) = number
                    .checked_sub(1)
                    .and_then(|at| self.divergences.get_mut(at as usize))
                {
                    d.resolved = Some((*on, ground.clone()));
                }
            }
        }
    }
}
