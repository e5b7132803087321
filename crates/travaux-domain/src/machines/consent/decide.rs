//! Machine C: which acts of consent the law admits.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{ConsentAct, Consents, Establishment, Manner, PartyConsent, Representative};
use crate::{
    Decided, PartyId, Refusal, Rule,
    agreement::{Desk, names},
    clause::{Means, Term},
    effect::Period,
};

impl Consents {
    pub(crate) fn decide(desk: &Desk<'_>, act: ConsentAct) -> Result<Decided<ConsentAct>, Refusal> {
        match act {
            ConsentAct::Signed { on, manner, by }
            | ConsentAct::UnauthorisedActRecorded { on, manner, by } => sign(desk, on, manner, by),
            ConsentAct::ActConfirmed { on } => {
                desk.standing()?;
                match own(desk).and_then(|c| c.unauthorised.as_ref()) {
                    Some(s) if s.on <= on => desk.on(Rule::C2, ConsentAct::ActConfirmed { on }),
                    Some(s) => Err(desk.refuse(
                        Rule::C2,
                        format!("a date from {} on", s.on),
                        on.to_string(),
                    )),
                    None => Err(desk.refuse(
                        Rule::C2,
                        "an act that was done without authority",
                        "none on record",
                    )),
                }
            }
            ConsentAct::SignatureConfirmed { on } => {
                desk.standing()?;
                match own(desk)
                    .and_then(|c| c.signed.as_ref())
                    .filter(|s| s.manner == Manner::AdReferendum)
                {
                    Some(s) if s.confirmed_on.is_some() => Err(desk.refuse(
                        Rule::C5,
                        "a signature that waits for confirmation",
                        "one that was confirmed",
                    )),
                    Some(s) if s.on <= on => {
                        desk.on(Rule::C5, ConsentAct::SignatureConfirmed { on })
                    }
                    Some(s) => Err(desk.refuse(
                        Rule::C5,
                        format!("a date from {} on", s.on),
                        on.to_string(),
                    )),
                    None => Err(desk.refuse(
                        Rule::C5,
                        "a signature ad referendum",
                        format!("none of {}", desk.party()),
                    )),
                }
            }
            ConsentAct::InstrumentsExchanged { on, instruments } => exchange(desk, on, instruments),
            ConsentAct::InstrumentMade { on, means } => made(desk, on, means),
            ConsentAct::InstrumentEstablished {
                on,
                means,
                how,
                chosen,
            } => established(desk, on, means, how, chosen),
            ConsentAct::DeclinedToBecomeParty { on } => decline(desk, on),
            ConsentAct::WithdrawalNotified {
                received_on,
                admitted,
                provisions,
                ..
            } => withdraw(desk, received_on, admitted, provisions),
            ConsentAct::NotificationRevoked { on } => {
                desk.standing()?;
                match own(desk).and_then(|c| c.withdrawal) {
                    Some(w) if on < w.effective_on => {
                        desk.on(Rule::C15, ConsentAct::NotificationRevoked { on })
                    }
                    Some(w) => Err(desk.refuse(
                        Rule::C15,
                        format!("a date before {}, when it takes effect", w.effective_on),
                        on.to_string(),
                    )),
                    None => Err(desk.refuse(
                        Rule::C15,
                        "a notice that has not taken effect",
                        format!("none of {}", desk.party()),
                    )),
                }
            }
        }
    }
}

fn own<'a>(desk: &Desk<'a>) -> Option<&'a PartyConsent> {
    desk.agreement.machines.consents.of(desk.party())
}

/// That the agreement lets consent be expressed by `means`; the clause that says so, if one does.
fn allowed<'a>(desk: &Desk<'a>, rule: Rule, means: Means) -> Result<Option<&'a str>, Refusal> {
    match desk.clause(|t| {
        if let Term::Consent(means) = t {
            Some(means)
        } else {
            None
        }
    }) {
        Some((all, label)) if !all.contains(&means) => {
            let expected = format!("consent by {}", names(all.iter().map(|m| m.name())));
            Err(desk.refuse(rule, expected, means.name()).by(label))
        }
        Some((_, label)) => Ok(Some(label)),
        None => Ok(None),
    }
}

fn not_bound_yet(desk: &Desk<'_>, rule: Rule) -> Result<(), Refusal> {
    match own(desk) {
        Some(c) if c.expressed.is_some() => {
            let found = format!("the consent that {} expressed already", desk.party());
            Err(desk.refuse(rule, "a party that is not bound yet", found))
        }
        Some(PartyConsent {
            declined_on: Some(on),
            ..
        }) => Err(desk.refuse(
            rule,
            "a party that has not declined",
            format!("one that declined on {on}"),
        )),
        _ => Ok(()),
    }
}

fn grounded(
    desk: &Desk<'_>,
    rule: Rule,
    clause: Option<&str>,
    act: ConsentAct,
) -> Result<Decided<ConsentAct>, Refusal> {
    match clause {
        Some(label) => desk.by(rule, label, act),
        None => desk.on(rule, act),
    }
}

fn sign(
    desk: &Desk<'_>,
    on: NaiveDate,
    manner: Manner,
    by: Representative,
) -> Result<Decided<ConsentAct>, Refusal> {
    let identity = desk.standing()?;
    let rule = match manner {
        Manner::Definitive => Rule::C6,
        Manner::SubjectToRatification => Rule::C3,
        Manner::AdReferendum => Rule::C4,
    };
    desk.ground(rule)?;
    desk.adopted(rule)?;
    not_bound_yet(desk, rule)?;
    if let Some(signed) = own(desk).and_then(|c| c.signed.as_ref()) {
        return Err(desk.refuse(rule, "a first signature", format!("one of {}", signed.on)));
    }
    let clause = if manner == Manner::Definitive {
        allowed(desk, rule, Means::Signature)?
    } else {
        None
    };
    if identity.profile.applies(Rule::C1) && !by.has_authority() {
        return desk.on(
            Rule::C1,
            ConsentAct::UnauthorisedActRecorded { on, manner, by },
        );
    }
    grounded(desk, rule, clause, ConsentAct::Signed { on, manner, by })
}

fn exchange(
    desk: &Desk<'_>,
    on: NaiveDate,
    instruments: BTreeMap<PartyId, String>,
) -> Result<Decided<ConsentAct>, Refusal> {
    let identity = desk.standing()?;
    desk.ground(Rule::C7)?;
    desk.adopted(Rule::C7)?;
    not_bound_yet(desk, Rule::C7)?;
    let parties: Vec<_> = instruments.keys().cloned().collect();
    desk.all_are_parties(&parties)?;
    let missing: Vec<_> = identity
        .parties
        .iter()
        .filter(|p| !instruments.contains_key(&p.id))
        .map(|p| p.id.to_string())
        .collect();
    if !missing.is_empty() {
        return Err(desk
            .refuse(Rule::C7, "an instrument of each party", names(parties))
            .missing(missing));
    }
    let clause = allowed(desk, Rule::C7, Means::Exchange)?;
    grounded(
        desk,
        Rule::C7,
        clause,
        ConsentAct::InstrumentsExchanged { on, instruments },
    )
}

fn made(desk: &Desk<'_>, on: NaiveDate, means: Means) -> Result<Decided<ConsentAct>, Refusal> {
    if means == Means::Accession {
        may_accede(desk)?;
    } else {
        desk.standing()?;
    }
    desk.ground(Rule::C8)?;
    desk.adopted(Rule::C8)?;
    not_bound_yet(desk, Rule::C8)?;
    if matches!(means, Means::Signature | Means::Exchange) {
        return Err(desk.refuse(
            Rule::C8,
            "ratification, acceptance, approval or accession",
            means.name(),
        ));
    }
    let clause = if means == Means::Accession {
        None
    } else {
        allowed(desk, Rule::C8, means)?
    };
    grounded(
        desk,
        Rule::C8,
        clause,
        ConsentAct::InstrumentMade { on, means },
    )
}

/// That the acting State may accede; the clause that says so.
fn may_accede<'a>(desk: &Desk<'a>) -> Result<Option<&'a str>, Refusal> {
    desk.going_on()?;
    desk.ground(Rule::C9)?;
    let open = desk.clause(|t| {
        if let Term::Accession(to) = t {
            Some(to)
        } else {
            None
        }
    });
    match open {
        Some((to, label)) if to.is_empty() || to.contains(desk.party()) => Ok(Some(label)),
        Some((to, label)) => Err(desk
            .refuse(
                Rule::C9,
                format!("one of {}", names(to)),
                desk.party().to_string(),
            )
            .by(label)),
        None => Err(desk.refuse(
            Rule::C9,
            "a clause that opens the agreement to accession",
            "none",
        )),
    }
}

fn established(
    desk: &Desk<'_>,
    on: NaiveDate,
    means: Means,
    how: Establishment,
    chosen: Vec<ProvisionId>,
) -> Result<Decided<ConsentAct>, Refusal> {
    let acceding = means == Means::Accession;
    let rule = if acceding { Rule::C9 } else { Rule::C8 };
    let mut clause = None;
    if acceding {
        clause = may_accede(desk)?;
    } else {
        desk.standing()?;
        desk.ground(rule)?;
    }
    desk.adopted(rule)?;
    not_bound_yet(desk, rule)?;
    let own = own(desk);
    let signed = own.and_then(|c| c.signed.as_ref());
    if !acceding {
        clause = allowed(desk, rule, means)?;
        if signed.is_none() {
            return Err(desk.refuse(
                rule,
                "a signature to ratify",
                format!("none of {}", desk.party()),
            ));
        }
    }
    match own.and_then(|c| c.made) {
        Some((made, _)) if made != means => {
            return Err(desk.refuse(
                rule,
                format!("the instrument of {} that was made", made.name()),
                means.name(),
            ));
        }
        Some((_, at)) if on < at => {
            return Err(desk.refuse(
                rule,
                format!("a date from {at} on, when it was made"),
                on.to_string(),
            ));
        }
        Some(_) => {}
        None => return Err(desk.refuse(rule, "an instrument that was made", "none")),
    }
    let kept = desk.agreement.machines.depositary.keeper.as_deref();
    match (how, kept) {
        (Establishment::Deposit, None) => {
            return Err(desk.refuse(Rule::D1, "a depositary", "none was designated"));
        }
        (Establishment::Exchange | Establishment::Notification, Some(keeper)) => {
            return Err(desk.refuse(Rule::D4, format!("a deposit with {keeper}"), "another way"));
        }
        _ => {}
    }
    if !chosen.is_empty() {
        let Some((_, label)) = desk.clause(|t| matches!(t, Term::PartialConsent).then_some(()))
        else {
            return Err(desk.refuse(Rule::C10, "a clause that permits consent to a part", "none"));
        };
        let act = ConsentAct::InstrumentEstablished {
            on,
            means,
            how,
            chosen,
        };
        return desk.by(Rule::C10, label, act);
    }
    grounded(
        desk,
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

fn decline(desk: &Desk<'_>, on: NaiveDate) -> Result<Decided<ConsentAct>, Refusal> {
    desk.standing()?;
    if desk
        .agreement
        .force_for(desk.party())
        .is_some_and(|since| since <= on)
    {
        let found = "an agreement in force for it: give notice of withdrawal instead";
        return Err(desk.refuse(
            Rule::C12,
            "an agreement that is not yet in force for the party",
            found,
        ));
    }
    match own(desk) {
        Some(PartyConsent {
            declined_on: Some(on),
            ..
        }) => Err(desk.refuse(
            Rule::C12,
            "a party that has not declined",
            format!("one that declined on {on}"),
        )),
        Some(c) if c.signed.is_some() || c.expressed.is_some() => {
            desk.on(Rule::C12, ConsentAct::DeclinedToBecomeParty { on })
        }
        _ => Err(desk.refuse(
            Rule::C12,
            "a party that has signed or consented",
            format!("{}, which has not", desk.party()),
        )),
    }
}

/// What VCLT 56(2) asks for where no clause speaks.
const NOTICE_WITHOUT_CLAUSE: Period = Period::Months(12);

fn withdraw(
    desk: &Desk<'_>,
    received_on: NaiveDate,
    admitted: Option<String>,
    provisions: Vec<ProvisionId>,
) -> Result<Decided<ConsentAct>, Refusal> {
    desk.standing()?;
    let since = desk.agreement.force_for(desk.party());
    if since.is_none_or(|since| received_on < since) {
        return Err(desk.refuse(
            Rule::C14,
            "a party for which the agreement is in force",
            format!("{}", desk.party()),
        ));
    }
    if let Some(w) = own(desk).and_then(|c| c.withdrawal) {
        return Err(desk.refuse(
            Rule::C14,
            "a first notice",
            format!("that received on {}", w.received_on),
        ));
    }
    if !provisions.is_empty() {
        let separable = desk.clause(|t| {
            if let Term::Separable(p) = t {
                Some(p)
            } else {
                None
            }
        });
        if !separable.is_some_and(|(p, _)| provisions.iter().all(|provision| p.contains(provision)))
        {
            let found = format!("a notice for {}", names(&provisions));
            return Err(desk.refuse(Rule::E17, "a notice for the whole agreement", found));
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
    match desk.clause(|t| {
        if let Term::Denunciation(notice) = t {
            Some(*notice)
        } else {
            None
        }
    }) {
        Some((notice, label)) => desk.by(Rule::C14, label, act(notice, admitted)),
        None if admitted
            .as_ref()
            .is_none_or(|reason| reason.trim().is_empty()) =>
        {
            let expected = "a clause on denunciation, or an intention or a nature of the agreement that admits it";
            Err(desk.refuse(Rule::E4, expected, "neither"))
        }
        None => desk.on(Rule::E4, act(NOTICE_WITHOUT_CLAUSE, admitted)),
    }
}
