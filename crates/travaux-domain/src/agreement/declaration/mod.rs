//! Declarations: what a party states of the agreement beside its consent and its reservations (C19). They
//! modify nothing (VCLT 2(1)(d)); a clause may let them say to which territories it applies (VCLT 29).

mod conclude;
mod decide;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub use self::conclude::{Declared, Territory};
use crate::{
    PartyId,
    agreement::meta::EventMeta,
    words::{Summary, names},
};

/// What a declaration is to do, by its own account. Only what clarifies or informs is one; the others
/// are reservations, whatever they are called (Guide to Practice 1.3.2, 1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// To clarify, or to inform.
    #[default]
    Clarify,
    /// To exclude or modify the effect of provisions.
    Modify,
    /// To make its interpretation a condition of its consent.
    Condition,
}

impl Intent {
    fn is_clarify(&self) -> bool {
        *self == Self::Clarify
    }
}

/// What is declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Declares {
    /// How the party understands the agreement (Guide to Practice 1.2).
    Interpretation {
        /// The provisions that it is about; the whole, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
    },
    /// To which further territories the agreement applies (VCLT 29).
    Extension {
        /// The territories, by name.
        territories: Vec<String>,
    },
    /// To which territories it does not apply, where a clause leaves that to the party (VCLT 29).
    Exclusion {
        /// The territories, by name.
        territories: Vec<String>,
    },
    /// Who acts for the party under the agreement.
    Authority {
        /// For what: `requests for mutual assistance`.
        purpose: String,
        /// Who.
        name: String,
    },
    /// Something else.
    Other,
}

/// What another party makes of an interpretation (Guide to Practice 2.9.1 to 2.9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// It agrees.
    Approves,
    /// It disagrees.
    Opposes,
    /// It treats it as a reservation.
    Recharacterises,
}

impl View {
    /// What the party does with a declaration, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approves => "approves of",
            Self::Opposes => "opposes",
            Self::Recharacterises => "sees a reservation in",
        }
    }
}

/// An act about a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeclarationAct {
    /// The party made a declaration.
    DeclarationMade {
        /// When: on the day of its receipt, where it is addressed to a depositary.
        on: NaiveDate,
        /// What is declared.
        declares: Declares,
        /// In which words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// What it is to do.
        #[serde(default, skip_serializing_if = "Intent::is_clarify")]
        intent: Intent,
        /// Its number; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// A declaration was notified to others.
    DeclarationNotified {
        /// When they received it.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// To whom.
        to: Vec<PartyId>,
    },
    /// The party said what it makes of another's interpretation.
    DeclarationAnswered {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// What.
        view: View,
    },
    /// The party withdrew its declaration, as a whole or for some of its territories.
    DeclarationWithdrawn {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// The territories that it is withdrawn for; as a whole, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        territories: Vec<String>,
    },
}

impl DeclarationAct {
    /// The date of the act.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::DeclarationMade { on, .. }
            | Self::DeclarationNotified { on, .. }
            | Self::DeclarationAnswered { on, .. }
            | Self::DeclarationWithdrawn { on, .. } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::DeclarationMade {
                declares,
                words,
                number,
                ..
            } => {
                let what = declares.describe(words);
                format!("declaration {}: {what}", number.unwrap_or(0))
            }
            Self::DeclarationNotified { number, to, on } => {
                format!("declaration {number} notified to {} on {on}", names(to))
            }
            Self::DeclarationAnswered { number, view, on } => {
                format!("{} declaration {number}, on {on}", view.name())
            }
            Self::DeclarationWithdrawn {
                number,
                territories,
                on,
            } => {
                let part = match territories.is_empty() {
                    true => String::new(),
                    false => format!(" for {}", names(territories)),
                };
                format!("declaration {number} withdrawn{part} on {on}")
            }
        })
    }
}

impl Declares {
    /// What is declared, in words, with those of the declaration itself.
    pub fn describe(&self, words: &str) -> String {
        let said = |what: String| match words.is_empty() {
            true => what,
            false => format!("{what}: {words}"),
        };
        match self {
            Self::Interpretation { provisions } if provisions.is_empty() => {
                said("interpretation".to_owned())
            }
            Self::Interpretation { provisions } => {
                said(format!("interpretation of {}", names(provisions)))
            }
            Self::Extension { territories } => {
                said(format!("extends it to {}", names(territories)))
            }
            Self::Exclusion { territories } => said(format!("leaves out {}", names(territories))),
            Self::Authority { purpose, name } => said(format!("for {purpose}: {name}")),
            Self::Other => words.to_owned(),
        }
    }

    /// The same, without blanks around names.
    fn trimmed(self) -> Self {
        match self {
            Self::Extension { territories } => Self::Extension {
                territories: trimmed(territories),
            },
            Self::Exclusion { territories } => Self::Exclusion {
                territories: trimmed(territories),
            },
            Self::Authority { purpose, name } => Self::Authority {
                purpose: purpose.trim().to_owned(),
                name: name.trim().to_owned(),
            },
            same @ (Self::Interpretation { .. } | Self::Other) => same,
        }
    }

    /// The territories that it names.
    fn territories(&self) -> &[String] {
        match self {
            Self::Extension { territories } | Self::Exclusion { territories } => territories,
            Self::Interpretation { .. } | Self::Authority { .. } | Self::Other => &[],
        }
    }
}

fn trimmed(names: Vec<String>) -> Vec<String> {
    let names = names.iter().map(|name| name.trim().to_owned());
    names.collect()
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Its number, from 1.
    pub number: u32,
    /// Whose it is.
    pub by: PartyId,
    /// When it was made.
    pub on: NaiveDate,
    /// What is declared.
    pub declares: Declares,
    /// In which words.
    pub words: String,
    /// Who received it, when, and by which event.
    pub notified: BTreeMap<PartyId, (NaiveDate, u64)>,
    /// What others made of it, as they were recorded.
    pub views: Vec<(PartyId, NaiveDate, View)>,
    /// When it was withdrawn, for which territories, and by which event; for all, if none is named.
    pub withdrawn: Vec<(NaiveDate, Vec<String>, u64)>,
    /// The event.
    pub event: u64,
}

/// All declarations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declarations(pub Vec<Declaration>);

impl Declarations {
    /// A declaration, by its number.
    pub fn get(&self, number: u32) -> Option<&Declaration> {
        self.0.get(number.checked_sub(1)? as usize)
    }

    pub(crate) fn evolve(&mut self, act: &DeclarationAct, meta: &EventMeta) {
        let event = meta.event;
        match act {
            DeclarationAct::DeclarationMade {
                on,
                declares,
                words,
                ..
            } => {
                let number = self.next();
                self.0.push(Declaration {
                    number,
                    by: meta.party.clone(),
                    on: *on,
                    declares: declares.clone(),
                    words: words.clone(),
                    notified: BTreeMap::new(),
                    views: Vec::new(),
                    withdrawn: Vec::new(),
                    event,
                });
            }
            DeclarationAct::DeclarationNotified { on, number, to } => self.change(*number, |own| {
                for party in to {
                    own.notified.entry(party.clone()).or_insert((*on, event));
                }
            }),
            DeclarationAct::DeclarationAnswered { on, number, view } => {
                self.change(*number, |own| {
                    own.views.push((meta.party.clone(), *on, *view));
                });
            }
            DeclarationAct::DeclarationWithdrawn {
                on,
                number,
                territories,
            } => self.change(*number, |own| {
                own.withdrawn.push((*on, territories.clone(), event));
            }),
        }
    }

    fn next(&self) -> u32 {
        u32::try_from(self.0.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1)
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut Declaration)) {
        let at = number.checked_sub(1).map(|at| at as usize);
        if let Some(own) = at.and_then(|at| self.0.get_mut(at)) {
            change(own);
        }
    }
}
