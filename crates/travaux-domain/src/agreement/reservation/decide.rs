//! Machine R: which acts about a reservation the law admits.

mod narrow;

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{PairStanding, Reaction, Reservation, ReservationAct, Reservations};
use crate::{
    Decided, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    clause::{ReservationsAllowed, Term},
    words::{names, numbered},
};

impl Reservations {
    fn known<'a>(
        decision: &DecisionContext<'a>,
        number: u32,
        rule: Rule,
    ) -> Result<&'a Reservation, Refusal> {
        let all = &decision.agreement.machines.reservations;
        let missing = || {
            decision.refuse(
                Reason::Unknown,
                rule,
                numbered("a reservation", all.0.len()),
                format!("reservation {number}"),
            )
        };
        let r = all.get(number).ok_or_else(missing)?;
        match r.withdrawn_on {
            // A partial withdrawal and its receipt are held to the day of the whole one.
            Some(on) if rule != Rule::R9 && rule != Rule::R12 => Err(decision.refuse(
                Reason::WrongState,
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
                Reason::NotEntitled,
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
                Reason::NotEntitled,
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
                    return Err(decision.too_early(Rule::R2, on, r.on, ""));
                }
                if let Some(bound) = decision
                    .agreement
                    .machines
                    .consents
                    .expressed_on(&r.by)
                    .filter(|bound| *bound < on)
                {
                    return Err(decision.refuse(
                        Reason::TooLate,
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
                let refused = if to.is_empty() || to.contains(&r.by) {
                    Some(Reason::Malformed)
                } else if on < r.on {
                    Some(Reason::TooEarly)
                } else {
                    None
                };
                if let Some(reason) = refused {
                    let expected = format!("other parties, from {} on", r.on);
                    return Err(decision.refuse(
                        reason,
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
            ReservationAct::ReservationAccepted { on, number } => accept(decision, on, number),
            ReservationAct::ObjectionMade {
                on,
                number,
                opposes_force,
            } => object(decision, on, number, opposes_force),
            ReservationAct::ReservationWithdrawn { on, number } => {
                let r = Self::own(decision, number, Rule::R9)?;
                if let Some(at) = r.withdrawn_on {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::R9,
                        "a reservation that stands",
                        format!("one withdrawn on {at}"),
                    ));
                }
                after_it_was_made(decision, r, Rule::R9, on)?;
                narrow::before_the_whole(decision, r, on)?;
                decision.on(
                    Rule::R9,
                    ReservationAct::ReservationWithdrawn { on, number },
                )
            }
            ReservationAct::ReservationNarrowed {
                on,
                number,
                provisions,
                words,
                ..
            } => narrow::narrow(decision, on, number, provisions, words),
            ReservationAct::WithdrawalReceived {
                on,
                number,
                narrowing: Some(narrowing),
            } => narrow::receive(decision, on, number, narrowing),
            ReservationAct::WithdrawalReceived {
                on,
                number,
                narrowing: None,
            } => {
                let r = Self::of_another(decision, number, Rule::R9)?;
                let known = r.reactions.get(decision.party());
                let known = known.and_then(|x| x.withdrawal_received_on);
                if let Some(at) = known.filter(|_| decision.is_new()) {
                    let found = format!("that of {at}");
                    let expected = "a first receipt";
                    return Err(decision.refuse(Reason::Already, Rule::R9, expected, found));
                }
                match r.withdrawn_on {
                    Some(at) if at <= on => decision.on(
                        Rule::R9,
                        ReservationAct::WithdrawalReceived {
                            on,
                            number,
                            narrowing: None,
                        },
                    ),
                    Some(at) => Err(decision.too_early(Rule::R9, on, at, "")),
                    None => Err(decision.refuse(
                        Reason::WrongState,
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
                        Reason::WrongState,
                        Rule::R10,
                        "an objection that stands",
                        format!("none of {}", decision.party()),
                    )),
                }
            }
        }
    }
}

fn accept(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
) -> Result<Decided<ReservationAct>, Refusal> {
    let r = Reservations::of_another(decision, number, Rule::R3)?;
    after_it_was_made(decision, r, Rule::R3, on)?;
    match r.reactions.get(decision.party()) {
        Some(Reaction {
            objected: Some(_),
            objection_withdrawn_on: None,
            ..
        }) => Err(decision.refuse(
            Reason::WrongState,
            Rule::R3,
            "a party that has not objected",
            format!("{}, which has", decision.party()),
        )),
        Some(Reaction {
            accepted_on: Some(at),
            ..
        }) => Err(decision.refuse(
            Reason::Already,
            Rule::R3,
            "a first acceptance",
            format!("that of {at}"),
        )),
        _ => decision.on(Rule::R3, ReservationAct::ReservationAccepted { on, number }),
    }
}

fn object(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    opposes_force: bool,
) -> Result<Decided<ReservationAct>, Refusal> {
    let rule = if opposes_force { Rule::R6 } else { Rule::R5 };
    let r = Reservations::of_another(decision, number, rule)?;
    after_it_was_made(decision, r, rule, on)?;
    let (agreement, party) = (decision.agreement, decision.party());
    match agreement.towards(r, party, on) {
        PairStanding::Accepted => Err(decision.refuse(
            Reason::WrongState,
            rule,
            "a reservation not accepted",
            "one that it accepted",
        )),
        PairStanding::AcceptedTacitly => {
            let until = agreement.objection_until(r, party).unwrap_or_default();
            Err(decision.refuse(
                Reason::TooLate,
                Rule::R4,
                format!("an objection by {until}"),
                on.to_string(),
            ))
        }
        PairStanding::Objected | PairStanding::NoRelation => Err(decision.refuse(
            Reason::Already,
            rule,
            "a first objection",
            "one that stands",
        )),
        PairStanding::NotMade
        | PairStanding::Lapsed
        | PairStanding::Formulated
        | PairStanding::Withdrawn
            if opposes_force && decision.is_new() && agreement.is_force_between(r, party, on) =>
        {
            Err(decision.refuse(
                Reason::TooLate,
                rule,
                "an objection to force before it begins between the two; a simple one is possible",
                format!("one on {on}, when it is in force between them"),
            ))
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

/// That nobody answers a reservation before it was made.
fn after_it_was_made(
    decision: &DecisionContext<'_>,
    r: &Reservation,
    rule: Rule,
    on: NaiveDate,
) -> Result<(), Refusal> {
    if r.on <= on || !decision.is_new() {
        return Ok(());
    }
    Err(decision.too_early(rule, on, r.on, ", when it was made"))
}

fn formulate(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    provisions: Vec<ProvisionId>,
    words: String,
    late: bool,
) -> Result<Decided<ReservationAct>, Refusal> {
    let identity = decision.standing()?;
    decision.legal_basis(Rule::R1)?;
    decision.adopted(Rule::R1)?;
    // Who joins a bilateral agreement that is open to others changes none of its words.
    if identity.parties.len() == 2 && identity.has_party(decision.party()) {
        let found =
            "a bilateral one: propose a revision before its adoption, an amendment after it";
        return Err(decision.refuse(
            Reason::Forbidden,
            Rule::R1,
            "a multilateral agreement",
            found,
        ));
    }
    if provisions.is_empty() || words.trim().is_empty() {
        return Err(decision.refuse(
            Reason::Malformed,
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
            Reason::Unknown,
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
            ReservationsAllowed::Only(list) => !decision.agreement.is_within(**p, list),
            // Records of before were held to the provisions that it names.
            ReservationsAllowed::AllBut(list) if !decision.is_new() => list.contains(p),
            ReservationsAllowed::AllBut(list) => decision.agreement.touches(**p, list),
        };
        if let Some(p) = provisions.iter().find(barred) {
            return Err(decision
                .refuse(
                    Reason::Forbidden,
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
        .of(decision.party())
        .and_then(|own| own.standing(on));
    let bound = bound.map(|consent| consent.on);
    if let Some(bound) = bound.filter(|bound| *bound < on && !late) {
        return Err(decision.refuse(
            Reason::TooLate,
            Rule::R1,
            format!("a reservation made with the consent, by {bound}"),
            on.to_string(),
        ));
    }
    if late && bound.is_none_or(|bound| on <= bound) {
        return Err(decision.refuse(
            Reason::Malformed,
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
