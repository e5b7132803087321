//! The internal mandate of a party: what its own administration does before it negotiates and
//! signs. Which steps there are, and who takes them, is the party's own practice
//! ([`crate::practice`]). What was left out there undoes nothing between the parties (VCLT 27, 46),
//! and no other machine asks for it.

mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(crate) use self::rules::RULES;
pub use crate::practice::Form;
use crate::{
    PartyId,
    agreement::meta::EventMeta,
    office::{Office, Representative},
    words::{Summary, names},
};

/// An act of a party's own administration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MandateAct {
    /// Somebody told of the need to negotiate: in France, a minister the foreign ministry.
    MandateRequested {
        /// When.
        on: NaiveDate,
        /// The minister.
        by: String,
        /// The need.
        need: String,
    },
    /// The ministers concerned were consulted.
    MinistersConsulted {
        /// When.
        on: NaiveDate,
        /// Who.
        ministers: Vec<String>,
        /// Those that disagree.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<String>,
    },
    /// A disagreement between ministers was arbitrated.
    Arbitrated {
        /// When.
        on: NaiveDate,
        /// Whether to negotiate.
        go_on: bool,
    },
    /// It was decided whether parliament must authorise.
    AuthorisationAssessed {
        /// When.
        on: NaiveDate,
        /// Whether it must.
        needed: bool,
        /// Why.
        reason: String,
    },
    /// Mandate and delegation were given.
    MandateGiven {
        /// When.
        on: NaiveDate,
        /// The delegation's head.
        to: String,
    },
    /// Powers were issued.
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
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::MandateRequested { on, .. }
            | Self::MinistersConsulted { on, .. }
            | Self::Arbitrated { on, .. }
            | Self::AuthorisationAssessed { on, .. }
            | Self::MandateGiven { on, .. }
            | Self::PowersIssued { on, .. } => Some(*on),
        }
    }

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

impl Progress {
    pub(super) fn words(self) -> &'static str {
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
