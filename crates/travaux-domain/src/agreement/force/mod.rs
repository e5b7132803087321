//! Machine F: force, of the whole and for each party; provisional application.
//!
//! Entry into force is a conclusion from the log: what
//! [`crate::agreement::Agreement::entry_into_force`] finds. The event that records it says the
//! same, and names its basis.

mod conclude;
mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub(crate) use self::rules::RULES;
use crate::{
    PartyId, Rule,
    agreement::meta::EventMeta,
    clause::FinalClause,
    effect::Step,
    words::{Summary, names},
};

/// An act of force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForceAct {
    /// The agreement entered into force (F1, F2).
    EnteredIntoForce {
        /// From when; found by the decision where a clause settles it.
        #[serde(default)]
        on: Option<NaiveDate>,
        /// On what basis: the clause or the later understanding.
        basis: String,
        /// How the date was found.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        trace: Vec<Step>,
    },
    /// It entered into force for the party, which consented later (F3).
    EnteredIntoForceFor {
        /// From when; found by the decision.
        #[serde(default)]
        on: Option<NaiveDate>,
    },
    /// Provisional application began (F4).
    ProvisionalApplicationBegan {
        /// From when.
        on: NaiveDate,
        /// For whom.
        parties: Vec<PartyId>,
        /// Of which provisions; all, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
        /// Where no clause provides for it: the negotiating States that agree.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
    },
    /// The party ended provisional application for itself (F5).
    ProvisionalApplicationEnded {
        /// From when.
        on: NaiveDate,
    },
    /// The parties agreed on a clause after the text was adopted, as by an exchange of notes (F1,
    /// K5).
    ClauseAgreed {
        /// When.
        on: NaiveDate,
        /// The clause; its label names the instrument.
        clause: FinalClause,
        /// The parties that agree.
        consenting: Vec<PartyId>,
    },
}

impl ForceAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::EnteredIntoForce { on, .. } | Self::EnteredIntoForceFor { on, .. } => *on,
            Self::ProvisionalApplicationBegan { on, .. }
            | Self::ProvisionalApplicationEnded { on, .. }
            | Self::ClauseAgreed { on, .. } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::EnteredIntoForce { on, basis, .. } => Summary {
                effective_from: *on,
                ..Summary::new(format!("entered into force: {basis}"))
            },
            Self::EnteredIntoForceFor { on } => Summary {
                effective_from: *on,
                ..Summary::new("entered into force for the party")
            },
            Self::ProvisionalApplicationBegan { on, parties, .. } => Summary::from(
                *on,
                format!("applied provisionally between {}", names(parties)),
            ),
            Self::ProvisionalApplicationEnded { on } => {
                Summary::from(*on, "provisional application ended for the party")
            }
            Self::ClauseAgreed { clause, .. } => {
                Summary::new(format!("clause agreed: {}", clause.label))
            }
        }
    }
}

/// An entry into force on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// From when.
    pub on: NaiveDate,
    /// On what basis.
    pub basis: String,
    /// The event.
    pub event: u64,
}

/// A provisional application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisional {
    /// From when.
    pub on: NaiveDate,
    /// For whom, and until when for those that ended it.
    pub parties: BTreeMap<PartyId, Option<NaiveDate>>,
    /// Of which provisions; all, if none is named.
    pub provisions: Vec<ProvisionId>,
    /// The event.
    pub event: u64,
}

/// Force on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Force {
    /// Of the whole.
    pub entered: Option<Entered>,
    /// For parties that consented later.
    pub later: BTreeMap<PartyId, Entered>,
    /// Before it.
    pub provisional: Vec<Provisional>,
}

impl Force {
    /// Whether two parties apply the agreement, or a provision of it, provisionally on a date.
    pub fn provisionally_between(
        &self,
        a: &PartyId,
        b: &PartyId,
        on: NaiveDate,
    ) -> Option<&Provisional> {
        let runs = |p: &Provisional, party| {
            p.parties
                .get(party)
                .is_some_and(|until| until.is_none_or(|until| on < until))
        };
        self.provisional
            .iter()
            .find(|p| p.on <= on && runs(p, a) && runs(p, b))
    }

    pub(crate) fn evolve(&mut self, act: &ForceAct, meta: &EventMeta) {
        let event = meta.event;
        match act {
            ForceAct::EnteredIntoForce {
                on: Some(on),
                basis,
                ..
            } => {
                self.entered = Some(Entered {
                    on: *on,
                    basis: basis.clone(),
                    event,
                });
            }
            ForceAct::EnteredIntoForceFor { on: Some(on) } => {
                let entered = Entered {
                    on: *on,
                    basis: Rule::F3.to_string(),
                    event,
                };
                self.later.insert(meta.party.clone(), entered);
            }
            ForceAct::ProvisionalApplicationBegan {
                on,
                parties,
                provisions,
                ..
            } => self.provisional.push(Provisional {
                on: *on,
                parties: parties.iter().map(|p| (p.clone(), None)).collect(),
                provisions: provisions.clone(),
                event,
            }),
            ForceAct::ProvisionalApplicationEnded { on } => self.end_provisional(&meta.party, *on),
            ForceAct::EnteredIntoForce { .. }
            | ForceAct::EnteredIntoForceFor { .. }
            | ForceAct::ClauseAgreed { .. } => {}
        }
    }

    /// For a party that will not become one (C12, F5).
    pub(crate) fn end_provisional(&mut self, party: &PartyId, on: NaiveDate) {
        for until in self
            .provisional
            .iter_mut()
            .filter_map(|p| p.parties.get_mut(party))
        {
            until.get_or_insert(on);
        }
    }
}
