//! Machine L: the language versions, their concordance, their divergences.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_text::{Digest, Gap, Lang, Localized, ProvisionId, gaps};

use super::EventMeta;
use crate::{
    Decided, PartyId, Refusal, Revision, Rule,
    agreement::{Agreement, DecisionContext, TextState},
    clause::Term,
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
    /// Versions that are authentic: those of the testimonium once the text is authenticated (L3), and any declared so.
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

    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: LanguageAct,
    ) -> Result<Decided<LanguageAct>, Refusal> {
        let identity = decision.standing()?;
        let machine = &decision.agreement.machines.languages;
        match act {
            LanguageAct::LanguageVersionOpened { on, lang } => {
                if identity.all_languages().contains(&lang) || machine.opened.contains(&lang) {
                    return Err(decision.refuse(
                        Rule::L1,
                        "a new language",
                        format!("{lang}, which is there"),
                    ));
                }
                if !matches!(
                    decision.agreement.text.state(),
                    TextState::Draft | TextState::Negotiating
                ) {
                    return Err(decision.refuse(
                        Rule::L1,
                        "a text under negotiation",
                        format!("one that is {}", decision.agreement.text.state().name()),
                    ));
                }
                decision.on(Rule::L1, LanguageAct::LanguageVersionOpened { on, lang })
            }
            LanguageAct::ConcordanceCertified {
                on,
                by,
                revision,
                settled,
                ..
            } => certify(decision, on, by, revision, settled),
            LanguageAct::DeclaredAuthentic {
                on,
                lang,
                consenting,
            } => {
                decision.ground(Rule::L4)?;
                decision.authenticated(Rule::L4)?;
                if machine.authentic.contains(&lang) {
                    return Err(decision.refuse(
                        Rule::L4,
                        "a version that is not authentic",
                        lang.to_string(),
                    ));
                }
                let provided = decision
                    .clause(|t| matches!(t, Term::AlsoAuthentic(l) if *l == lang).then_some(()));
                if let Some((_, label)) = provided {
                    return decision.by(
                        Rule::L4,
                        label,
                        LanguageAct::DeclaredAuthentic {
                            on,
                            lang,
                            consenting,
                        },
                    );
                }
                decision.all_consent(Rule::L4, &consenting)?;
                decision.on(
                    Rule::L4,
                    LanguageAct::DeclaredAuthentic {
                        on,
                        lang,
                        consenting,
                    },
                )
            }
            LanguageAct::PrevailingDesignated {
                on,
                lang,
                consenting,
            } => {
                decision.ground(Rule::L5)?;
                decision.authenticated(Rule::L5)?;
                if !machine.authentic.contains(&lang) {
                    let expected = format!("an authentic version ({})", names(&machine.authentic));
                    return Err(decision.refuse(Rule::L5, expected, lang.to_string()));
                }
                if let Some(other) = machine.prevailing {
                    return Err(decision.refuse(
                        Rule::L5,
                        "no version that prevails",
                        format!("{other}, which does"),
                    ));
                }
                decision.all_consent(Rule::L5, &consenting)?;
                decision.on(
                    Rule::L5,
                    LanguageAct::PrevailingDesignated {
                        on,
                        lang,
                        consenting,
                    },
                )
            }
            LanguageAct::TranslationAdded { on, lang, by, text } => {
                if identity.languages.contains(&lang) || machine.authentic.contains(&lang) {
                    return Err(decision.refuse(
                        Rule::L6,
                        "a language of no authentic version",
                        lang.to_string(),
                    ));
                }
                decision.on(
                    Rule::L6,
                    LanguageAct::TranslationAdded { on, lang, by, text },
                )
            }
            LanguageAct::DivergenceRecorded {
                on,
                says,
                provisions,
                note,
                ..
            } => {
                decision.authenticated(Rule::L7)?;
                if says.len() < 2 || !says.keys().all(|l| machine.authentic.contains(l)) {
                    let expected = format!(
                        "the words of two authentic versions or more ({})",
                        names(&machine.authentic)
                    );
                    return Err(decision.refuse(Rule::L7, expected, names(says.keys())));
                }
                let text = decision
                    .agreement
                    .history
                    .text_at(decision.agreement.history.len());
                if provisions.is_empty() || provisions.iter().any(|p| text.get(*p).is_none()) {
                    return Err(decision.refuse(
                        Rule::L7,
                        "provisions that stand",
                        names(&provisions),
                    ));
                }
                let number = u32::try_from(machine.divergences.len()).ok().map(|n| n + 1);
                decision.on(
                    Rule::L7,
                    LanguageAct::DivergenceRecorded {
                        on,
                        says,
                        provisions,
                        note,
                        number,
                    },
                )
            }
            LanguageAct::DivergenceResolved { on, number, ground } => {
                machine.resolve(decision, on, number, ground)
            }
        }
    }

    fn resolve(
        &self,
        decision: &DecisionContext<'_>,
        on: NaiveDate,
        number: u32,
        ground: Resolution,
    ) -> Result<Decided<LanguageAct>, Refusal> {
        let divergence = number
            .checked_sub(1)
            .and_then(|at| self.divergences.get(at as usize));
        let Some(divergence) = divergence else {
            let expected = format!("a divergence from 1 to {}", self.divergences.len());
            return Err(decision.refuse(Rule::L8, expected, format!("divergence {number}")));
        };
        if let Some((on, _)) = &divergence.resolved {
            return Err(decision.refuse(
                Rule::L8,
                "an open divergence",
                format!("one resolved on {on}"),
            ));
        }
        match &ground {
            Resolution::PrevailingText
                if self
                    .prevailing
                    .is_none_or(|l| !divergence.says.contains_key(&l)) =>
            {
                return Err(decision.refuse(
                    Rule::L8,
                    "a version that prevails, among those that diverge",
                    "none",
                ));
            }
            Resolution::AgreedInterpretation { consenting } => {
                decision.all_consent(Rule::L8, consenting)?
            }
            Resolution::Correction { revision } => {
                let made = decision
                    .agreement
                    .adoption_of(*revision)
                    .is_some_and(|a| a.nature == crate::agreement::Nature::Correction);
                if !made {
                    return Err(decision.refuse(
                        Rule::L8,
                        "a correction that was made",
                        format!("revision {revision}"),
                    ));
                }
            }
            Resolution::BestReconciling { meaning } if meaning.trim().is_empty() => {
                return Err(decision.refuse(
                    Rule::L8,
                    "the meaning that reconciles the texts",
                    "none",
                ));
            }
            Resolution::PrevailingText | Resolution::BestReconciling { .. } => {}
        }
        decision.on(
            Rule::L8,
            LanguageAct::DivergenceResolved { on, number, ground },
        )
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

impl Agreement {
    /// Where the languages of a revision's text do not say the same, less what a certificate for that very text has settled.
    pub fn open_gaps(&self, text: &travaux_text::Text) -> Vec<Gap> {
        let Some(identity) = &self.identity else {
            return Vec::new();
        };
        let languages: Vec<Lang> = identity
            .languages
            .iter()
            .chain(&self.machines.languages.opened)
            .copied()
            .collect();
        let mut found = gaps(text, &languages);
        if let Some(certificate) = self.machines.languages.certificate() {
            let same = |l: &Lang| {
                certificate.digests.get(l) == Some(&Digest::of(text.print(*l).as_bytes()))
            };
            if languages.iter().all(same) {
                found.retain(|gap| !certificate.settled.contains(&gap.key()));
            }
        }
        found
    }
}

fn certify(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    by: String,
    revision: Revision,
    settled: Vec<String>,
) -> Result<Decided<LanguageAct>, Refusal> {
    let identity = decision.standing()?;
    decision.ground(Rule::L2)?;
    decision.revision(revision, Rule::L2)?;
    let languages: Vec<Lang> = identity
        .languages
        .iter()
        .chain(&decision.agreement.machines.languages.opened)
        .copied()
        .collect();
    if languages.len() < 2 {
        return Err(decision.refuse(Rule::L2, "two languages or more", names(&languages)));
    }
    let text = decision
        .agreement
        .text_of(revision)
        .map_err(|c| decision.refuse(Rule::L2, "a text", c.to_string()))?;
    if let Some(open) = decision
        .agreement
        .machines
        .languages
        .divergences
        .iter()
        .position(|d| d.resolved.is_none())
    {
        return Err(decision.refuse(
            Rule::L2,
            "no open divergence",
            format!("divergence {}", open + 1),
        ));
    }
    let found = gaps(&text, &languages);
    // A provision that one language lacks cannot be explained away; a number that is written in words can.
    let open: Vec<_> = found
        .iter()
        .filter(|gap| !gap.can_be_settled() || !settled.contains(&gap.key()))
        .collect();
    if !open.is_empty() {
        let refusal = decision.refuse(
            Rule::L2,
            "versions that say the same",
            format!("{} differences", open.len()),
        );
        return Err(refusal.missing(open.iter().map(|gap| gap.to_string())));
    }
    let digests = languages
        .iter()
        .map(|l| (*l, Digest::of(text.print(*l).as_bytes())))
        .collect();
    decision.on(
        Rule::L2,
        LanguageAct::ConcordanceCertified {
            on,
            by,
            revision,
            digests,
            settled,
        },
    )
}
