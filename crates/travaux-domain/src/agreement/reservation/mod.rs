//! Machine R: reservations, each with a standing of its own between every two parties.

mod conclude;
mod decide;
mod rules;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub(crate) use self::rules::RULES;
use crate::{
    PartyId,
    agreement::meta::EventMeta,
    words::{Summary, names},
};

/// An act about a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReservationAct {
    /// The party formulated a reservation (R1).
    ReservationFormulated {
        /// When.
        on: NaiveDate,
        /// The provisions that it concerns.
        provisions: Vec<ProvisionId>,
        /// What it says.
        words: String,
        /// Whether it comes after the party's consent, as practice admits while nobody objects.
        #[serde(default)]
        late: bool,
        /// Its number; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// The party confirmed, with its consent, a reservation that it had formulated at signature
    /// (R2).
    ReservationConfirmed {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// A reservation was notified to others: from here on their twelve months run (R4).
    ReservationNotified {
        /// When they received it.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// To whom.
        to: Vec<PartyId>,
    },
    /// The party accepted a reservation in writing (R3).
    ReservationAccepted {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The party objected to a reservation (R5, R6).
    ObjectionMade {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// Whether it also opposes that the agreement be in force between the two.
        #[serde(default)]
        opposes_force: bool,
    },
    /// The party withdrew its reservation (R9).
    ReservationWithdrawn {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The party withdrew its reservation in part (R12).
    ReservationNarrowed {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// The provisions that it still concerns.
        provisions: Vec<ProvisionId>,
        /// What it says now.
        words: String,
        /// The number of this narrowing among those of the reservation; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        narrowing: Option<u32>,
    },
    /// The party received notice that a reservation was withdrawn (R9), or withdrawn in part (R12).
    WithdrawalReceived {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
        /// Which narrowing of it, where it was withdrawn in part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        narrowing: Option<u32>,
    },
    /// The party withdrew its objection (R10).
    ObjectionWithdrawn {
        /// When the reserving State received notice of it.
        received_on: NaiveDate,
        /// The reservation's number.
        number: u32,
    },
}

impl ReservationAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::ReservationFormulated { on, .. }
            | Self::ReservationConfirmed { on, .. }
            | Self::ReservationNotified { on, .. }
            | Self::ReservationAccepted { on, .. }
            | Self::ObjectionMade { on, .. }
            | Self::ReservationWithdrawn { on, .. }
            | Self::ReservationNarrowed { on, .. }
            | Self::WithdrawalReceived { on, .. } => Some(*on),
            Self::ObjectionWithdrawn {
                received_on: on, ..
            } => Some(*on),
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        Summary::new(match self {
            Self::ReservationFormulated {
                provisions,
                number,
                words,
                ..
            } => {
                format!(
                    "reservation {} to {}: {words}",
                    number.unwrap_or(0),
                    names(provisions)
                )
            }
            Self::ReservationConfirmed { number, .. } => {
                format!("reservation {number} confirmed")
            }
            Self::ReservationNotified { number, to, .. } => {
                format!("reservation {number} notified to {}", names(to))
            }
            Self::ReservationAccepted { number, .. } => {
                format!("reservation {number} accepted")
            }
            Self::ObjectionMade {
                number,
                opposes_force: false,
                ..
            } => format!("objected to reservation {number}"),
            Self::ObjectionMade { number, .. } => {
                format!(
                    "objected to reservation {number} and to the treaty being in force between the two"
                )
            }
            Self::ReservationWithdrawn { number, .. } => {
                format!("reservation {number} withdrawn")
            }
            Self::ReservationNarrowed {
                number,
                provisions,
                words,
                ..
            } => {
                format!(
                    "reservation {number} narrowed to {}: {words}",
                    names(provisions)
                )
            }
            Self::WithdrawalReceived {
                number,
                narrowing: Some(narrowing),
                ..
            } => {
                format!("notice of narrowing {narrowing} of reservation {number} received")
            }
            Self::WithdrawalReceived { number, .. } => {
                format!("notice of the withdrawal of reservation {number} received")
            }
            Self::ObjectionWithdrawn { number, .. } => {
                format!("objection to reservation {number} withdrawn")
            }
        })
    }
}

/// What another party did about a reservation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// When it was notified.
    pub notified_on: Option<NaiveDate>,
    /// The event by which it was.
    pub notified_by: Option<u64>,
    /// When it accepted.
    pub accepted_on: Option<NaiveDate>,
    /// The event by which it did.
    pub accepted_by: Option<u64>,
    /// When it objected, and whether it opposes force between the two.
    pub objected: Option<(NaiveDate, bool)>,
    /// From when its objection is withdrawn.
    pub objection_withdrawn_on: Option<NaiveDate>,
    /// The event by which it was.
    pub objection_withdrawn_by: Option<u64>,
    /// When it received notice that the reservation is withdrawn.
    pub withdrawal_received_on: Option<NaiveDate>,
    /// The last event about it.
    pub event: u64,
}

/// A partial withdrawal of a reservation (VCLT 22; Guide to Practice 2.5.10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrowing {
    /// When.
    pub on: NaiveDate,
    /// The provisions that the reservation still concerns.
    pub provisions: Vec<ProvisionId>,
    /// What it says now.
    pub words: String,
    /// Who received notice of it, when, and by which event.
    pub received: BTreeMap<PartyId, (NaiveDate, u64)>,
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// Its number, from 1.
    pub number: u32,
    /// Whose it is.
    pub by: PartyId,
    /// The provisions that it concerns.
    pub provisions: Vec<ProvisionId>,
    /// What it says.
    pub words: String,
    /// When it was formulated.
    pub on: NaiveDate,
    /// Whether it came late.
    pub late: bool,
    /// When it was confirmed, if it had to be.
    pub confirmed_on: Option<NaiveDate>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
    /// The event by which it was.
    pub withdrawn_by: Option<u64>,
    /// Its partial withdrawals, as they were recorded; their dates say which narrows which.
    pub narrowings: Vec<Narrowing>,
    /// What the others did.
    pub reactions: BTreeMap<PartyId, Reaction>,
    /// The event.
    pub event: u64,
}

/// How a reservation stands between its party and another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairStanding {
    /// It was not made yet.
    NotMade,
    /// It lapsed: it was not confirmed with the consent (R2), or came late and was objected to.
    Lapsed,
    /// It waits for an answer.
    Formulated,
    /// It was accepted in writing.
    Accepted,
    /// It was accepted by silence (R4).
    AcceptedTacitly,
    /// It was objected to: the reserved provisions do not apply between the two to its extent (R5).
    Objected,
    /// It was objected to in such a way that the agreement is not in force between the two (R6).
    NoRelation,
    /// It was withdrawn, and the other one knows (R9).
    Withdrawn,
}

/// All reservations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservations(pub Vec<Reservation>);

impl Reservations {
    /// A reservation, by its number.
    pub fn get(&self, number: u32) -> Option<&Reservation> {
        self.0.get(number.checked_sub(1)? as usize)
    }

    pub(crate) fn evolve(&mut self, act: &ReservationAct, meta: &EventMeta) {
        match act {
            ReservationAct::ReservationFormulated {
                on,
                provisions,
                words,
                late,
                ..
            } => self.0.push(Reservation {
                number: u32::try_from(self.0.len())
                    .unwrap_or(u32::MAX)
                    .saturating_add(1),
                by: meta.party.clone(),
                provisions: provisions.clone(),
                words: words.clone(),
                on: *on,
                late: *late,
                confirmed_on: None,
                withdrawn_on: None,
                withdrawn_by: None,
                narrowings: Vec::new(),
                reactions: BTreeMap::new(),
                event: meta.event,
            }),
            ReservationAct::ReservationConfirmed { on, number } => {
                self.change(*number, |r| r.confirmed_on = Some(*on));
            }
            ReservationAct::ReservationWithdrawn { on, number } => {
                self.change(*number, |r| {
                    r.withdrawn_on = Some(*on);
                    r.withdrawn_by = Some(meta.event);
                });
            }
            ReservationAct::ReservationNotified { on, number, to } => {
                let confirmed = self.get(*number).and_then(|r| r.confirmed_on);
                for party in to {
                    self.react(*number, party, meta.event, |x| {
                        // Before it was confirmed it was not made (23(2)): a notification after that counts.
                        let early = |at: NaiveDate| confirmed.is_some_and(|made| at < made);
                        match x.notified_on {
                            Some(at) if !early(at) => {}
                            Some(_) | None => {
                                x.notified_on = Some(*on);
                                x.notified_by = Some(meta.event);
                            }
                        }
                    });
                }
            }
            ReservationAct::ReservationAccepted { on, number } => {
                self.react(*number, &meta.party, meta.event, |x| {
                    x.accepted_on = Some(*on);
                    x.accepted_by = Some(meta.event);
                });
            }
            ReservationAct::ObjectionMade {
                on,
                number,
                opposes_force,
            } => self.react(*number, &meta.party, meta.event, |x| {
                x.objected = Some((*on, *opposes_force));
                x.objection_withdrawn_on = None;
            }),
            ReservationAct::ReservationNarrowed {
                on,
                number,
                provisions,
                words,
                ..
            } => self.change(*number, |r| {
                r.narrowings.push(Narrowing {
                    on: *on,
                    provisions: provisions.clone(),
                    words: words.clone(),
                    received: BTreeMap::new(),
                });
            }),
            ReservationAct::WithdrawalReceived {
                on,
                number,
                narrowing: Some(narrowing),
            } => self.change(*number, |r| {
                let at = narrowing.checked_sub(1);
                if let Some(of) = at.and_then(|at| r.narrowings.get_mut(at as usize)) {
                    of.received.insert(meta.party.clone(), (*on, meta.event));
                }
            }),
            ReservationAct::WithdrawalReceived {
                on,
                number,
                narrowing: None,
            } => {
                self.react(*number, &meta.party, meta.event, |x| {
                    x.withdrawal_received_on = Some(*on);
                });
            }
            ReservationAct::ObjectionWithdrawn {
                received_on,
                number,
            } => self.react(*number, &meta.party, meta.event, |x| {
                x.objection_withdrawn_on = Some(*received_on);
                x.objection_withdrawn_by = Some(meta.event);
            }),
        }
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut Reservation)) {
        if let Some(r) = number
            .checked_sub(1)
            .and_then(|at| self.0.get_mut(at as usize))
        {
            change(r);
        }
    }

    /// What a party did about a reservation, by an event.
    fn react(
        &mut self,
        number: u32,
        party: &PartyId,
        event: u64,
        change: impl FnOnce(&mut Reaction),
    ) {
        self.change(number, |r| {
            let reaction = r.reactions.entry(party.clone()).or_default();
            reaction.event = event;
            change(reaction);
        });
    }
}
