//! Machine R: reservations, each with a standing of its own between every two parties.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::EventMeta;
use crate::{
    Decided, PartyId, Refusal, Rule,
    agreement::{Agreement, DecisionContext},
    clause::{ReservationsAllowed, Term},
    effect::Period,
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
    /// The party confirmed, with its consent, a reservation that it had formulated at signature (R2).
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
    /// The party received notice that a reservation was withdrawn (R9).
    WithdrawalReceived {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
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
    /// When it accepted.
    pub accepted_on: Option<NaiveDate>,
    /// When it objected, and whether it opposes force between the two.
    pub objected: Option<(NaiveDate, bool)>,
    /// From when its objection is withdrawn.
    pub objection_withdrawn_on: Option<NaiveDate>,
    /// When it received notice that the reservation is withdrawn.
    pub withdrawal_received_on: Option<NaiveDate>,
    /// The last event about it.
    pub event: u64,
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

/// Months after which silence is acceptance (VCLT 20(5)).
const TACIT_MONTHS: u32 = 12;

impl Agreement {
    fn tacit_months(&self) -> u32 {
        self.machines
            .clauses
            .find(|t| {
                if let Term::TacitAcceptance(n) = t {
                    Some(*n)
                } else {
                    None
                }
            })
            .map_or(TACIT_MONTHS, |(n, _)| n)
    }

    /// When `other` will have accepted a reservation by silence: months after its notification, or on its own consent if that
    /// is later (R4).
    pub fn tacit_acceptance(
        &self,
        reservation: &Reservation,
        other: &PartyId,
    ) -> Option<NaiveDate> {
        let notified = reservation.reactions.get(other)?.notified_on?;
        let consent = self.machines.consents.expressed_on(other)?;
        Some(
            Period::Months(self.tacit_months())
                .after(notified)
                .max(consent),
        )
    }

    /// How a reservation stands towards one party on a date, whatever the others say.
    fn towards(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> PairStanding {
        let reaction = r.reactions.get(other);
        if let Some((objected, opposes)) = reaction
            .and_then(|x| x.objected)
            .filter(|(at, _)| *at <= on)
        {
            let withdrawn = reaction
                .and_then(|x| x.objection_withdrawn_on)
                .is_some_and(|at| at <= on && objected <= at);
            return match (withdrawn, opposes) {
                (true, _) => PairStanding::Accepted,
                (false, true) => PairStanding::NoRelation,
                (false, false) => PairStanding::Objected,
            };
        }
        if reaction
            .and_then(|x| x.accepted_on)
            .is_some_and(|at| at <= on)
        {
            return PairStanding::Accepted;
        }
        match self.tacit_acceptance(r, other) {
            Some(at) if at <= on => PairStanding::AcceptedTacitly,
            _ => PairStanding::Formulated,
        }
    }

    /// How a reservation stands between its party and `other` on a date (R2 to R10); where all must accept it, it waits for all (R7).
    pub fn pair_standing(&self, r: &Reservation, other: &PartyId, on: NaiveDate) -> PairStanding {
        if on < r.on {
            return PairStanding::NotMade;
        }
        let known = |x: &Reaction| x.withdrawal_received_on.is_some_and(|at| at <= on);
        if r.withdrawn_on.is_some_and(|at| at <= on) && r.reactions.get(other).is_some_and(known) {
            return PairStanding::Withdrawn;
        }
        if self.lapsed(r, on) {
            return PairStanding::Lapsed;
        }
        let standing = self.towards(r, other, on);
        let all = self
            .machines
            .clauses
            .find(|t| matches!(t, Term::AllAcceptReservations).then_some(()))
            .is_some();
        if all
            && matches!(
                standing,
                PairStanding::Accepted | PairStanding::AcceptedTacitly
            )
        {
            let others = self
                .machines
                .consents
                .contracting(on)
                .filter(|p| **p != r.by);
            let accepted = |p| {
                matches!(
                    self.towards(r, p, on),
                    PairStanding::Accepted | PairStanding::AcceptedTacitly
                )
            };
            return if others.into_iter().all(accepted) {
                standing
            } else {
                PairStanding::Formulated
            };
        }
        standing
    }

    fn lapsed(&self, r: &Reservation, on: NaiveDate) -> bool {
        if r.late {
            // Practice: a late one stands only if nobody objects while their months run.
            return r.reactions.values().any(|x| {
                x.objected.is_some_and(|(at, _)| at <= on) && x.objection_withdrawn_on.is_none()
            });
        }
        let Some(consent) = self.machines.consents.of(&r.by) else {
            return false;
        };
        let simple = consent.signed.as_ref().is_some_and(|s| {
            s.on >= r.on && s.manner == super::consent::Manner::SubjectToRatification
        });
        let bound = consent
            .expressed
            .as_ref()
            .is_some_and(|e| e.on > r.on && e.on <= on);
        simple && bound && r.confirmed_on.is_none()
    }
}

impl Reservations {
    /// A reservation, by its number.
    pub fn get(&self, number: u32) -> Option<&Reservation> {
        self.0.get(number.checked_sub(1)? as usize)
    }

    fn known<'a>(
        decision: &DecisionContext<'a>,
        number: u32,
        rule: Rule,
    ) -> Result<&'a Reservation, Refusal> {
        let all = &decision.agreement.machines.reservations;
        let missing = || {
            decision.refuse(
                rule,
                format!("a reservation from 1 to {}", all.0.len()),
                format!("reservation {number}"),
            )
        };
        let r = all.get(number).ok_or_else(missing)?;
        match r.withdrawn_on {
            Some(on) if !matches!(rule, Rule::R9) => Err(decision.refuse(
                rule,
                "a reservation that stands",
                format!("reservation {number}, withdrawn on {on}"),
            )),
            _ => Ok(r),
        }
    }

    /// A reservation of another party, to which the actor answers.
    fn of_another<'a>(
        decision: &DecisionContext<'a>,
        number: u32,
        rule: Rule,
    ) -> Result<&'a Reservation, Refusal> {
        decision.standing()?;
        let r = Self::known(decision, number, rule)?;
        if r.by == *decision.party() {
            return Err(decision.refuse(
                rule,
                "the reservation of another party",
                format!("its own, {number}"),
            ));
        }
        Ok(r)
    }

    fn own<'a>(
        decision: &DecisionContext<'a>,
        number: u32,
        rule: Rule,
    ) -> Result<&'a Reservation, Refusal> {
        decision.standing()?;
        let r = Self::known(decision, number, rule)?;
        if r.by != *decision.party() {
            return Err(decision.refuse(
                rule,
                format!("an act of its party ({})", r.by),
                format!("one of `{}`", decision.party()),
            ));
        }
        Ok(r)
    }

    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: ReservationAct,
    ) -> Result<Decided<ReservationAct>, Refusal> {
        match act {
            ReservationAct::ReservationFormulated {
                on,
                provisions,
                words,
                late,
                ..
            } => formulate(decision, on, provisions, words, late),
            ReservationAct::ReservationConfirmed { on, number } => {
                let r = Self::own(decision, number, Rule::R2)?;
                if on < r.on {
                    return Err(decision.refuse(
                        Rule::R2,
                        format!("a date from {} on", r.on),
                        on.to_string(),
                    ));
                }
                if let Some(bound) = decision
                    .agreement
                    .machines
                    .consents
                    .expressed_on(&r.by)
                    .filter(|bound| *bound < on)
                {
                    return Err(decision.refuse(
                        Rule::R2,
                        format!("confirmation with the consent, on {bound}"),
                        on.to_string(),
                    ));
                }
                decision.on(
                    Rule::R2,
                    ReservationAct::ReservationConfirmed { on, number },
                )
            }
            ReservationAct::ReservationNotified { on, number, to } => {
                let r = Self::known(decision, number, Rule::R4)?;
                decision.all_are_parties(&to)?;
                if to.is_empty() || to.contains(&r.by) || on < r.on {
                    let expected = format!("other parties, from {} on", r.on);
                    return Err(decision.refuse(
                        Rule::R4,
                        expected,
                        format!("{} on {on}", names(&to)),
                    ));
                }
                decision.on(
                    Rule::R4,
                    ReservationAct::ReservationNotified { on, number, to },
                )
            }
            ReservationAct::ReservationAccepted { on, number } => {
                let r = Self::of_another(decision, number, Rule::R3)?;
                match r.reactions.get(decision.party()) {
                    Some(Reaction {
                        objected: Some(_),
                        objection_withdrawn_on: None,
                        ..
                    }) => Err(decision.refuse(
                        Rule::R3,
                        "a party that has not objected",
                        format!("{}, which has", decision.party()),
                    )),
                    Some(Reaction {
                        accepted_on: Some(at),
                        ..
                    }) => Err(decision.refuse(
                        Rule::R3,
                        "a first acceptance",
                        format!("that of {at}"),
                    )),
                    _ => decision.on(Rule::R3, ReservationAct::ReservationAccepted { on, number }),
                }
            }
            ReservationAct::ObjectionMade {
                on,
                number,
                opposes_force,
            } => {
                let rule = if opposes_force { Rule::R6 } else { Rule::R5 };
                let r = Self::of_another(decision, number, rule)?;
                match decision.agreement.towards(r, decision.party(), on) {
                    PairStanding::Accepted => Err(decision.refuse(
                        rule,
                        "a reservation not accepted",
                        "one that it accepted",
                    )),
                    PairStanding::AcceptedTacitly => {
                        let until = decision
                            .agreement
                            .tacit_acceptance(r, decision.party())
                            .unwrap_or_default();
                        Err(decision.refuse(
                            Rule::R4,
                            format!("an objection before {until}"),
                            on.to_string(),
                        ))
                    }
                    PairStanding::Objected | PairStanding::NoRelation => {
                        Err(decision.refuse(rule, "a first objection", "one that stands"))
                    }
                    PairStanding::NotMade
                    | PairStanding::Lapsed
                    | PairStanding::Formulated
                    | PairStanding::Withdrawn => decision.on(
                        rule,
                        ReservationAct::ObjectionMade {
                            on,
                            number,
                            opposes_force,
                        },
                    ),
                }
            }
            ReservationAct::ReservationWithdrawn { on, number } => {
                let r = Self::own(decision, number, Rule::R9)?;
                if let Some(at) = r.withdrawn_on {
                    return Err(decision.refuse(
                        Rule::R9,
                        "a reservation that stands",
                        format!("one withdrawn on {at}"),
                    ));
                }
                decision.on(
                    Rule::R9,
                    ReservationAct::ReservationWithdrawn { on, number },
                )
            }
            ReservationAct::WithdrawalReceived { on, number } => {
                let r = Self::of_another(decision, number, Rule::R9)?;
                match r.withdrawn_on {
                    Some(at) if at <= on => {
                        decision.on(Rule::R9, ReservationAct::WithdrawalReceived { on, number })
                    }
                    Some(at) => Err(decision.refuse(
                        Rule::R9,
                        format!("a date from {at} on"),
                        on.to_string(),
                    )),
                    None => Err(decision.refuse(
                        Rule::R9,
                        "a reservation that was withdrawn",
                        "one that stands",
                    )),
                }
            }
            ReservationAct::ObjectionWithdrawn {
                received_on,
                number,
            } => {
                let r = Self::of_another(decision, number, Rule::R10)?;
                match r.reactions.get(decision.party()) {
                    Some(Reaction {
                        objected: Some((at, _)),
                        objection_withdrawn_on: None,
                        ..
                    }) if *at <= received_on => decision.on(
                        Rule::R10,
                        ReservationAct::ObjectionWithdrawn {
                            received_on,
                            number,
                        },
                    ),
                    _ => Err(decision.refuse(
                        Rule::R10,
                        "an objection that stands",
                        format!("none of {}", decision.party()),
                    )),
                }
            }
        }
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
                reactions: BTreeMap::new(),
                event: meta.event,
            }),
            ReservationAct::ReservationConfirmed { on, number } => {
                self.change(*number, |r| r.confirmed_on = Some(*on));
            }
            ReservationAct::ReservationWithdrawn { on, number } => {
                self.change(*number, |r| r.withdrawn_on = Some(*on));
            }
            ReservationAct::ReservationNotified { on, number, to } => {
                for party in to {
                    self.react(*number, party, meta.event, |x| {
                        x.notified_on.get_or_insert(*on);
                    });
                }
            }
            ReservationAct::ReservationAccepted { on, number } => {
                self.react(*number, &meta.party, meta.event, |x| {
                    x.accepted_on = Some(*on)
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
            ReservationAct::WithdrawalReceived { on, number } => {
                self.react(*number, &meta.party, meta.event, |x| {
                    x.withdrawal_received_on = Some(*on);
                });
            }
            ReservationAct::ObjectionWithdrawn {
                received_on,
                number,
            } => self.react(*number, &meta.party, meta.event, |x| {
                x.objection_withdrawn_on = Some(*received_on);
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

fn formulate(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    provisions: Vec<ProvisionId>,
    words: String,
    late: bool,
) -> Result<Decided<ReservationAct>, Refusal> {
    let identity = decision.standing()?;
    decision.ground(Rule::R1)?;
    decision.adopted(Rule::R1)?;
    if identity.parties.len() == 2 {
        let found =
            "a bilateral one: propose a revision before its adoption, an amendment after it";
        return Err(decision.refuse(Rule::R1, "a multilateral agreement", found));
    }
    if provisions.is_empty() || words.trim().is_empty() {
        return Err(decision.refuse(
            Rule::R1,
            "the provisions that it concerns, and what it says",
            "less",
        ));
    }
    let text = decision
        .agreement
        .history
        .text_at(decision.agreement.history.len());
    if let Some(absent) = provisions.iter().find(|p| text.get(**p).is_none()) {
        return Err(decision.refuse(
            Rule::R1,
            "provisions that stand",
            format!("provision {absent}"),
        ));
    }
    if let Some((allowed, label)) = decision.clause(|t| {
        if let Term::Reservations(allowed) = t {
            Some(allowed)
        } else {
            None
        }
    }) {
        let barred = |p: &&ProvisionId| match allowed {
            ReservationsAllowed::None => true,
            ReservationsAllowed::Only(list) => !list.contains(p),
            ReservationsAllowed::AllBut(list) => list.contains(p),
        };
        if let Some(p) = provisions.iter().find(barred) {
            return Err(decision
                .refuse(
                    Rule::R1,
                    "a reservation that the agreement lets be made",
                    format!("one to provision {p}"),
                )
                .by(label));
        }
    }
    let bound = decision
        .agreement
        .machines
        .consents
        .expressed_on(decision.party());
    if let Some(bound) = bound.filter(|bound| *bound < on && !late) {
        return Err(decision.refuse(
            Rule::R1,
            format!("a reservation made with the consent, by {bound}"),
            on.to_string(),
        ));
    }
    if late && bound.is_none_or(|bound| on <= bound) {
        return Err(decision.refuse(
            Rule::R1,
            "a late reservation after the consent",
            format!("one on {on}"),
        ));
    }
    let number = u32::try_from(decision.agreement.machines.reservations.0.len())
        .ok()
        .map(|n| n + 1);
    decision.on(
        Rule::R1,
        ReservationAct::ReservationFormulated {
            on,
            provisions,
            words,
            late,
            number,
        },
    )
}
