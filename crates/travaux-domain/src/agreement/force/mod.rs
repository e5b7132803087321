//! Machine F: force, of the whole and for each party; provisional application.
//!
//! Entry into force is a conclusion from the log: what
//! [`crate::agreement::Agreement::entry_into_force`] finds. An event that records it is evidence: it
//! gives way to what follows, unless all agreed on the date.

mod conclude;
mod decide;
mod facts;
mod late;
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
        /// Where the date is not the one that follows: the negotiating States, which all agree on it
        /// (VCLT 24(1)).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
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

    /// The day on which it was done, where it says that; not that from which it has effect, which may
    /// be to come.
    pub(crate) fn own_day(&self) -> Option<NaiveDate> {
        match self {
            Self::ClauseAgreed { on, .. } => Some(*on),
            Self::EnteredIntoForce { .. }
            | Self::EnteredIntoForceFor { .. }
            | Self::ProvisionalApplicationBegan { .. }
            | Self::ProvisionalApplicationEnded { .. } => None,
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
    /// Whether all agreed on the date; else it is the one that follows.
    pub agreed: bool,
    /// The event.
    pub event: u64,
}

/// What follows from the log on force. It is concluded once for each event, as every answer asks for
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concluded {
    /// Since when the agreement is in force.
    pub since: Option<NaiveDate>,
    /// The day of the last act on which its entry into force waited.
    pub settled_on: Option<NaiveDate>,
    /// When it ends, and the row that this rests on.
    pub end: Option<(NaiveDate, Rule)>,
    /// When its term ran out, where it could not enter into force before.
    pub lapsed: Option<NaiveDate>,
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
    /// What follows.
    pub concluded: Concluded,
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
                consenting,
                trace,
            } => {
                self.entered = Some(Entered {
                    on: *on,
                    basis: basis.clone(),
                    // Records of before do not say who agreed; they trace the date that follows.
                    agreed: !consenting.is_empty() || trace.is_empty(),
                    event,
                });
            }
            ForceAct::EnteredIntoForceFor { on: Some(on) } => {
                let entered = Entered {
                    on: *on,
                    basis: Rule::F3.to_string(),
                    agreed: false,
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
