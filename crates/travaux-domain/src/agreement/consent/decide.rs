//! Machine C: which acts of consent the law admits.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{ConsentAct, Consents, Establishment, Manner, PartyConsent, Representative};
use crate::{
    Decided, PartyId, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    clause::{Means, Term},
    effect::Period,
    words::names,
};

impl Consents {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: ConsentAct,
    ) -> Result<Decided<ConsentAct>, Refusal> {
        match act {
            ConsentAct::Signed { on, manner, by }
            | ConsentAct::UnauthorisedActRecorded { on, manner, by } => {
                sign(decision, on, manner, by)
            }
            ConsentAct::ActConfirmed { on } => {
                decision.standing()?;
                match own(decision).and_then(|c| c.unauthorised.as_ref()) {
                    Some(s) if s.on <= on => decision.on(Rule::C2, ConsentAct::ActConfirmed { on }),
                    Some(s) => Err(decision.refuse(
                        Reason::TooEarly,
                        Rule::C2,
                        format!("a date from {} on", s.on),
                        on.to_string(),
                    )),
                    None => Err(decision.refuse(
                        Reason::WrongState,
                        Rule::C2,
                        "an act that was done without authority",
                        "none on record",
                    )),
                }
            }
            ConsentAct::SignatureConfirmed { on } => {
                decision.standing()?;
                match own(decision)
                    .and_then(|c| c.signed.as_ref())
                    .filter(|s| s.manner == Manner::AdReferendum)
                {
                    Some(s) if s.confirmed_on.is_some() => Err(decision.refuse(
                        Reason::Already,
                        Rule::C5,
                        "a signature that waits for confirmation",
                        "one that was confirmed",
                    )),
                    Some(s) if s.on <= on => {
                        decision.on(Rule::C5, ConsentAct::SignatureConfirmed { on })
                    }
                    Some(s) => Err(decision.refuse(
                        Reason::TooEarly,
                        Rule::C5,
                        format!("a date from {} on", s.on),
                        on.to_string(),
                    )),
                    None => Err(decision.refuse(
                        Reason::WrongState,
                        Rule::C5,
                        "a signature ad referendum",
                        format!("none of {}", decision.party()),
                    )),
                }
            }
            ConsentAct::InstrumentsExchanged { on, instruments } => {
                exchange(decision, on, instruments)
            }
            ConsentAct::InstrumentMade { on, means } => made(decision, on, means),
            ConsentAct::InstrumentEstablished {
                on,
                means,
                how,
                chosen,
            } => established(decision, on, means, how, chosen),
            ConsentAct::DeclinedToBecomeParty { on } => decline(decision, on),
            ConsentAct::WithdrawalNotified {
                received_on,
                admitted,
                provisions,
                ..
            } => withdraw(decision, received_on, admitted, provisions),
            ConsentAct::NotificationRevoked { on } => {
                decision.standing()?;
                match own(decision).and_then(|c| c.withdrawal) {
                    Some(w) if on < w.effective_on => {
                        decision.on(Rule::C15, ConsentAct::NotificationRevoked { on })
                    }
                    Some(w) => Err(decision.refuse(
                        Reason::TooLate,
                        Rule::C15,
                        format!("a date before {}, when it takes effect", w.effective_on),
                        on.to_string(),
                    )),
                    None => Err(decision.refuse(
                        Reason::WrongState,
                        Rule::C15,
                        "a notice that has not taken effect",
                        format!("none of {}", decision.party()),
                    )),
                }
            }
        }
    }
}

fn own<'a>(decision: &DecisionContext<'a>) -> Option<&'a PartyConsent> {
    decision.agreement.machines.consents.of(decision.party())
}

/// That the agreement lets consent be expressed by `means`; the clause that says so, if one does.
fn allowed<'a>(
    decision: &DecisionContext<'a>,
    rule: Rule,
    means: Means,
) -> Result<Option<&'a str>, Refusal> {
    match decision.clause(|t| {
        if let Term::Consent(means) = t {
            Some(means)
        } else {
            None
        }
    }) {
        Some((all, label)) if !all.contains(&means) => {
            let expected = format!("consent by {}", names(all.iter().map(|m| m.name())));
            Err(decision
                .refuse(Reason::Forbidden, rule, expected, means.name())
                .by(label))
        }
        Some((_, label)) => Ok(Some(label)),
        None => Ok(None),
    }
}

fn not_bound_yet(decision: &DecisionContext<'_>, rule: Rule) -> Result<(), Refusal> {
    match own(decision) {
        Some(c) if c.expressed.is_some() => {
            let found = format!("the consent that {} expressed already", decision.party());
            Err(decision.refuse(
                Reason::Already,
                rule,
                "a party that is not bound yet",
                found,
            ))
        }
        Some(PartyConsent {
            declined_on: Some(on),
            ..
        }) => Err(decision.refuse(
            Reason::WrongState,
            rule,
            "a party that has not declined",
            format!("one that declined on {on}"),
        )),
        _ => Ok(()),
    }
}

fn grounded(
    decision: &DecisionContext<'_>,
    rule: Rule,
    clause: Option<&str>,
    act: ConsentAct,
) -> Result<Decided<ConsentAct>, Refusal> {
    match clause {
        Some(label) => decision.by(rule, label, act),
        None => decision.on(rule, act),
    }
}

fn sign(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    manner: Manner,
    by: Representative,
) -> Result<Decided<ConsentAct>, Refusal> {
    let identity = decision.standing()?;
    let rule = match manner {
        Manner::Definitive => Rule::C6,
        Manner::SubjectToRatification => Rule::C3,
        Manner::AdReferendum => Rule::C4,
    };
    decision.ground(rule)?;
    decision.adopted(rule)?;
    not_bound_yet(decision, rule)?;
    if let Some(signed) = own(decision).and_then(|c| c.signed.as_ref()) {
        return Err(decision.refuse(
            Reason::Already,
            rule,
            "a first signature",
            format!("one of {}", signed.on),
        ));
    }
    let clause = if manner == Manner::Definitive {
        allowed(decision, rule, Means::Signature)?
    } else {
        None
    };
    if identity.profile.applies(Rule::C1) && !by.has_authority() {
        return decision.on(
            Rule::C1,
            ConsentAct::UnauthorisedActRecorded { on, manner, by },
        );
    }
    grounded(
        decision,
        rule,
        clause,
        ConsentAct::Signed { on, manner, by },
    )
}

fn exchange(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    instruments: BTreeMap<PartyId, String>,
) -> Result<Decided<ConsentAct>, Refusal> {
    let identity = decision.standing()?;
    decision.ground(Rule::C7)?;
    decision.adopted(Rule::C7)?;
    not_bound_yet(decision, Rule::C7)?;
    let parties: Vec<_> = instruments.keys().cloned().collect();
    decision.all_are_parties(&parties)?;
    let missing: Vec<_> = identity
        .parties
        .iter()
        .filter(|p| !instruments.contains_key(&p.id))
        .map(|p| p.id.to_string())
        .collect();
    if !missing.is_empty() {
        return Err(decision
            .refuse(
                Reason::ConsentMissing,
                Rule::C7,
                "an instrument of each party",
                names(parties),
            )
            .missing(missing));
    }
    let clause = allowed(decision, Rule::C7, Means::Exchange)?;
    grounded(
        decision,
        Rule::C7,
        clause,
        ConsentAct::InstrumentsExchanged { on, instruments },
    )
}

fn made(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    means: Means,
) -> Result<Decided<ConsentAct>, Refusal> {
    if means == Means::Accession {
        may_accede(decision)?;
    } else {
        decision.standing()?;
    }
    decision.ground(Rule::C8)?;
    decision.adopted(Rule::C8)?;
    not_bound_yet(decision, Rule::C8)?;
    if matches!(means, Means::Signature | Means::Exchange) {
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::C8,
            "ratification, acceptance, approval or accession",
            means.name(),
        ));
    }
    let clause = if means == Means::Accession {
        None
    } else {
        allowed(decision, Rule::C8, means)?
    };
    grounded(
        decision,
        Rule::C8,
        clause,
        ConsentAct::InstrumentMade { on, means },
    )
}

/// That the acting State may accede; the clause that says so.
fn may_accede<'a>(decision: &DecisionContext<'a>) -> Result<Option<&'a str>, Refusal> {
    decision.going_on()?;
    decision.ground(Rule::C9)?;
    let open = decision.clause(|t| {
        if let Term::Accession(to) = t {
            Some(to)
        } else {
            None
        }
    });
    match open {
        Some((to, label)) if to.is_empty() || to.contains(decision.party()) => Ok(Some(label)),
        Some((to, label)) => Err(decision
            .refuse(
                Reason::NotEntitled,
                Rule::C9,
                format!("one of {}", names(to)),
                decision.party().to_string(),
            )
            .by(label)),
        None => Err(decision.refuse(
            Reason::Forbidden,
            Rule::C9,
            "a clause that opens the agreement to accession",
            "none",
        )),
    }
}

fn established(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    means: Means,
    how: Establishment,
    chosen: Vec<ProvisionId>,
) -> Result<Decided<ConsentAct>, Refusal> {
    let acceding = means == Means::Accession;
    let rule = if acceding { Rule::C9 } else { Rule::C8 };
    let mut clause = None;
    if acceding {
        clause = may_accede(decision)?;
    } else {
        decision.standing()?;
        decision.ground(rule)?;
    }
    decision.adopted(rule)?;
    not_bound_yet(decision, rule)?;
    let own = own(decision);
    let signed = own.and_then(|c| c.signed.as_ref());
    if !acceding {
        clause = allowed(decision, rule, means)?;
        if signed.is_none() {
            return Err(decision.refuse(
                Reason::WrongState,
                rule,
                "a signature to ratify",
                format!("none of {}", decision.party()),
            ));
        }
    }
    match own.and_then(|c| c.made) {
        Some((made, _)) if made != means => {
            return Err(decision.refuse(
                Reason::Malformed,
                rule,
                format!("the instrument of {} that was made", made.name()),
                means.name(),
            ));
        }
        Some((_, at)) if on < at => {
            return Err(decision.refuse(
                Reason::TooEarly,
                rule,
                format!("a date from {at} on, when it was made"),
                on.to_string(),
            ));
        }
        Some(_) => {}
        None => {
            return Err(decision.refuse(
                Reason::WrongState,
                rule,
                "an instrument that was made",
                "none",
            ));
        }
    }
    let kept = decision.agreement.machines.depositary.keeper.as_deref();
    match (how, kept) {
        (Establishment::Deposit, None) => {
            return Err(decision.refuse(
                Reason::WrongState,
                Rule::D1,
                "a depositary",
                "none was designated",
            ));
        }
        (Establishment::Exchange | Establishment::Notification, Some(keeper)) => {
            return Err(decision.refuse(
                Reason::Forbidden,
                Rule::D4,
                format!("a deposit with {keeper}"),
                "another way",
            ));
        }
        _ => {}
    }
    if !chosen.is_empty() {
        let Some((_, label)) = decision.clause(|t| matches!(t, Term::PartialConsent).then_some(()))
        else {
            return Err(decision.refuse(
                Reason::Forbidden,
                Rule::C10,
                "a clause that permits consent to a part",
                "none",
            ));
        };
        let act = ConsentAct::InstrumentEstablished {
            on,
            means,
            how,
            chosen,
        };
        return decision.by(Rule::C10, label, act);
    }
    grounded(
        decision,
        rule,
        clause,
        ConsentAct::InstrumentEstablished {
            on,
            means,
            how,
            chosen,
        },
    )
}

fn decline(decision: &DecisionContext<'_>, on: NaiveDate) -> Result<Decided<ConsentAct>, Refusal> {
    decision.standing()?;
    if decision
        .agreement
        .force_for(decision.party())
        .is_some_and(|since| since <= on)
    {
        let found = "an agreement in force for it: give notice of withdrawal instead";
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::C12,
            "an agreement that is not yet in force for the party",
            found,
        ));
    }
    match own(decision) {
        Some(PartyConsent {
            declined_on: Some(on),
            ..
        }) => Err(decision.refuse(
            Reason::Already,
            Rule::C12,
            "a party that has not declined",
            format!("one that declined on {on}"),
        )),
        Some(c) if c.signed.is_some() || c.expressed.is_some() => {
            decision.on(Rule::C12, ConsentAct::DeclinedToBecomeParty { on })
        }
        _ => Err(decision.refuse(
            Reason::WrongState,
            Rule::C12,
            "a party that has signed or consented",
            format!("{}, which has not", decision.party()),
        )),
    }
}

/// What VCLT 56(2) asks for where no clause speaks.
const NOTICE_WITHOUT_CLAUSE: Period = Period::Months(12);

fn withdraw(
    decision: &DecisionContext<'_>,
    received_on: NaiveDate,
    admitted: Option<String>,
    provisions: Vec<ProvisionId>,
) -> Result<Decided<ConsentAct>, Refusal> {
    decision.standing()?;
    let refused = match decision.agreement.force_for(decision.party()) {
        None => Some(Reason::WrongState),
        Some(since) if received_on < since => Some(Reason::TooEarly),
        Some(_) => None,
    };
    if let Some(reason) = refused {
        return Err(decision.refuse(
            reason,
            Rule::C14,
            "a party for which the agreement is in force",
            format!("{}", decision.party()),
        ));
    }
    if let Some(w) = own(decision).and_then(|c| c.withdrawal) {
        return Err(decision.refuse(
            Reason::Already,
            Rule::C14,
            "a first notice",
            format!("that received on {}", w.received_on),
        ));
    }
    if !provisions.is_empty() {
        let separable = decision.clause(|t| {
            if let Term::Separable(p) = t {
                Some(p)
            } else {
                None
            }
        });
        if !separable.is_some_and(|(p, _)| provisions.iter().all(|provision| p.contains(provision)))
        {
            let found = format!("a notice for {}", names(&provisions));
            return Err(decision.refuse(
                Reason::Forbidden,
                Rule::E17,
                "a notice for the whole agreement",
                found,
            ));
        }
    }
    let act = |notice: Period, admitted| {
        let effective_on = Some(notice.after(received_on));
        ConsentAct::WithdrawalNotified {
            received_on,
            admitted,
            provisions: provisions.clone(),
            effective_on,
        }
    };
    match decision.clause(|t| {
        if let Term::Denunciation(notice) = t {
            Some(*notice)
        } else {
            None
        }
    }) {
        Some((notice, label)) => decision.by(Rule::C14, label, act(notice, admitted)),
        None if admitted
            .as_ref()
            .is_none_or(|reason| reason.trim().is_empty()) =>
        {
            let expected = "a clause on denunciation, or an intention or a nature of the agreement that admits it";
            Err(decision.refuse(Reason::ConditionUnmet, Rule::E4, expected, "neither"))
        }
        None => decision.on(Rule::E4, act(NOTICE_WITHOUT_CLAUSE, admitted)),
    }
}
