//! The internal mandate of a party, by French practice (circular of 30 May 1997). It is a house of its own: what was left out there
//! undoes nothing between the parties (VCLT 27, 46), and no other machine asks for it.

mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::Lang;

pub(crate) use self::rules::RULES;
use crate::{
    PartyId, Rule,
    agreement::{
        consent::{Office, Representative},
        meta::EventMeta,
    },
    words::{Summary, names},
};

/// How an agreement is concluded, by its form in the party's own law (FR8). Both have the same force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Ratified, powers signed by the President (Constitution 52).
    Solemn,
    /// Approved, powers signed by the foreign minister.
    Simplified,
}

/// An act of a party's own administration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MandateAct {
    /// A minister told the foreign ministry of the need (FR1).
    MandateRequested {
        /// When.
        on: NaiveDate,
        /// The minister.
        by: String,
        /// The need.
        need: String,
    },
    /// The ministers concerned were consulted (FR3).
    MinistersConsulted {
        /// When.
        on: NaiveDate,
        /// Who.
        ministers: Vec<String>,
        /// Those that disagree.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<String>,
    },
    /// The Prime Minister arbitrated (FR2).
    Arbitrated {
        /// When.
        on: NaiveDate,
        /// Whether to negotiate.
        go_on: bool,
    },
    /// It was decided whether parliament must authorise (FR4).
    AuthorisationAssessed {
        /// When.
        on: NaiveDate,
        /// Whether it must.
        needed: bool,
        /// Why.
        reason: String,
    },
    /// Mandate and delegation were given (FR3).
    MandateGiven {
        /// When.
        on: NaiveDate,
        /// The delegation's head.
        to: String,
    },
    /// Powers were issued (FR7, FR8).
    PowersIssued {
        /// When.
        on: NaiveDate,
        /// For whom.
        to: Representative,
        /// The form of the agreement.
        form: Form,
        /// Who signed the powers.
        signed_by: Office,
    },
}

impl MandateAct {
    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::MandateRequested { by, need, .. } => {
                format!("mandate asked for by {by}: {need}")
            }
            Self::MinistersConsulted {
                ministers, against, ..
            } if against.is_empty() => {
                format!("ministers consulted: {}", names(ministers))
            }
            Self::MinistersConsulted { against, .. } => {
                format!("ministers consulted; {} disagree", names(against))
            }
            Self::Arbitrated { go_on, .. } => format!(
                "arbitrated: {}",
                if *go_on {
                    "negotiate"
                } else {
                    "do not negotiate"
                }
            ),
            Self::AuthorisationAssessed { needed, .. } => {
                format!(
                    "authorisation by parliament {}",
                    if *needed { "needed" } else { "not needed" }
                )
            }
            Self::MandateGiven { to, .. } => format!("mandate given to {to}"),
            Self::PowersIssued { to, .. } => format!("powers issued to {}", to.name),
        })
    }
}

/// How far a party's mandate has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing was asked.
    #[default]
    None,
    /// It was asked for.
    Requested,
    /// The ministers were consulted, and some disagree.
    Disputed,
    /// The ministers were consulted.
    Consulted,
    /// It was refused.
    Refused,
    /// It was given.
    Given,
    /// Powers were issued.
    PowersIssued,
}

/// One party's mandate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// How far it has come.
    pub progress: Progress,
    /// Whether parliament must authorise, once that is decided.
    pub authorisation: Option<bool>,
    /// Who has powers.
    pub powers: Vec<(Representative, Form)>,
}

/// All parties' mandates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandates(pub BTreeMap<PartyId, Mandate>);

impl Mandates {
    pub(crate) fn evolve(&mut self, act: &MandateAct, meta: &EventMeta) {
        let own = self.0.entry(meta.party.clone()).or_default();
        match act {
            MandateAct::MandateRequested { .. } => own.progress = Progress::Requested,
            MandateAct::MinistersConsulted { against, .. } => {
                own.progress = if against.is_empty() {
                    Progress::Consulted
                } else {
                    Progress::Disputed
                };
            }
            MandateAct::Arbitrated { go_on, .. } => {
                own.progress = if *go_on {
                    Progress::Consulted
                } else {
                    Progress::Refused
                };
            }
            MandateAct::AuthorisationAssessed { needed, .. } => own.authorisation = Some(*needed),
            MandateAct::MandateGiven { .. } => own.progress = Progress::Given,
            MandateAct::PowersIssued { to, form, .. } => {
                own.progress = Progress::PowersIssued;
                own.powers.push((to.clone(), *form));
            }
        }
    }
}

/// What French practice says of a draft, and the draft does not heed. Advice: nothing is refused by it.
///
/// It looks at the languages (FR5: `official` are those of the parties), the title, the preamble and the tense of the articles (FR6).
pub fn drafting_notes(
    title: &str,
    languages: &[Lang],
    official: &[Lang],
    parties: &[&str],
    french: &str,
) -> Vec<(Rule, String)> {
    let mut notes = Vec::new();
    for lang in languages.iter().filter(|l| !official.contains(l)) {
        notes.push((
            Rule::FR5,
            format!("{lang} is an official language of no party"),
        ));
    }
    for party in parties
        .iter()
        .filter(|p| !title.to_lowercase().contains(&p.to_lowercase()))
    {
        notes.push((Rule::FR6, format!("the title does not name {party}")));
    }
    let first = french.find("Article").unwrap_or(french.len());
    let preamble = french.get(..first).unwrap_or_default();
    let recalls = [
        "Rappelant",
        "Considérant",
        "Vu ",
        "Soucieux",
        "Désireux",
        "Se référant",
        "Conscient",
    ];
    if !recalls.iter().any(|word| preamble.contains(word)) {
        notes.push((
            Rule::FR6,
            "there is no preamble that recalls earlier agreements".to_owned(),
        ));
    }
    let articles = french.get(first..).unwrap_or_default();
    for word in articles
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| FUTURE.contains(&w.to_lowercase().as_str()))
    {
        notes.push((Rule::FR6, format!("`{word}` is in the future tense")));
    }
    notes
}

/// The forms of the future that drafters reach for.
const FUTURE: [&str; 12] = [
    "sera",
    "seront",
    "aura",
    "auront",
    "devra",
    "devront",
    "pourra",
    "pourront",
    "fera",
    "feront",
    "prendra",
    "prendront",
];

impl Progress {
    fn words(self) -> &'static str {
        match self {
            Self::None => "none that was asked for",
            Self::Requested => "one that was asked for",
            Self::Disputed => "one on which ministers disagree",
            Self::Consulted => "one on which ministers were consulted",
            Self::Refused => "one that was refused",
            Self::Given => "one that was given",
            Self::PowersIssued => "one with powers",
        }
    }
}
