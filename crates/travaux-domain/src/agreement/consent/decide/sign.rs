//! Signature, and what confirms one.

use chrono::NaiveDate;

use super::{Decision, allowed, not_bound_yet, own};
use crate::{
    Reason, Refusal, Rule,
    agreement::{
        consent::{ConsentAct, Manner, PartyConsent, Representative, Signature},
        decision::DecisionContext,
    },
    clause::{Means, Term},
};

pub(super) fn sign(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    manner: Manner,
    by: Representative,
) -> Decision {
    let identity = decision.standing()?;
    let rule = match manner {
        Manner::Definitive => Rule::C6,
        Manner::SubjectToRatification => Rule::C3,
        Manner::AdReferendum => Rule::C4,
    };
    decision.legal_basis(rule)?;
    decision.adopted(rule)?;
    not_bound_yet(decision, rule, on)?;
    // Who left, or declined, may sign again (C16).
    let anew = |own: &&PartyConsent| {
        let is_over = own.life(on).is_some_and(|life| life.is_over(on));
        is_over || own.signature_is_spent(on)
    };
    let own = own(decision).filter(|own| !anew(own));
    if let Some(signed) = own.and_then(|c| c.signed.as_ref()) {
        return Err(decision.refuse(
            Reason::Already,
            rule,
            "a first signature",
            format!("one of {}", signed.on),
        ));
    }
    is_open(decision, on)?;
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
    decision.based(rule, clause, ConsentAct::Signed { on, manner, by })
}

/// That the text is open for signature on a day, where a clause says when it is (C20). Records of before
/// did not ask that.
fn is_open(decision: &DecisionContext<'_>, on: NaiveDate) -> Result<(), Refusal> {
    let Some(((from, until), label)) = decision.clause(Term::open_for_signature) else {
        return Ok(());
    };
    let outside = match (from, until) {
        (Some(from), _) if on < from => Some((Reason::TooEarly, format!("from {from} on"))),
        (_, Some(until)) if until < on => Some((Reason::TooLate, format!("until {until}"))),
        (Some(_) | None, Some(_) | None) => None,
    };
    match outside.filter(|_| decision.is_new()) {
        Some((reason, days)) => {
            let expected = format!("a signature {days}");
            let refusal = decision.refuse(reason, Rule::C20, expected, format!("one of {on}"));
            Err(refusal.by(label))
        }
        None => Ok(()),
    }
}

/// The State answers for an act that was done without authority.
pub(super) fn confirm_act(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.standing()?;
    let signed = own(decision).and_then(|c| c.unauthorised.as_ref());
    not_declined(decision, Rule::C2, signed, on)?;
    match own(decision).and_then(|c| c.unauthorised.as_ref()) {
        Some(s) if s.on <= on => decision.on(Rule::C2, ConsentAct::ActConfirmed { on }),
        Some(s) => Err(decision.too_early(Rule::C2, on, s.on, "")),
        None => Err(decision.refuse(
            Reason::WrongState,
            Rule::C2,
            "an act that was done without authority",
            "none on record",
        )),
    }
}

/// The State confirms a signature ad referendum.
pub(super) fn confirm_signature(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.standing()?;
    let signed = own(decision).and_then(|c| c.signed.as_ref());
    not_declined(decision, Rule::C5, signed, on)?;
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
        Some(s) if s.on <= on => decision.on(Rule::C5, ConsentAct::SignatureConfirmed { on }),
        Some(s) => Err(decision.too_early(Rule::C5, on, s.on, "")),
        None => Err(decision.refuse(
            Reason::WrongState,
            Rule::C5,
            "a signature ad referendum",
            format!("none of {}", decision.party()),
        )),
    }
}

/// That the party has not declined since: what it confirms counts from its own day, and it made clear
/// meanwhile that it will not become one (C12). It may sign anew (C16). Records of before did not ask
/// that.
fn not_declined(
    decision: &DecisionContext<'_>,
    rule: Rule,
    signed: Option<&Signature>,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let declined = own(decision).and_then(|own| own.declined_from(signed?.on));
    match declined.filter(|declined| *declined <= on && decision.is_new()) {
        Some(declined) => Err(decision.refuse(
            Reason::WrongState,
            rule,
            "a party that has not declined since it signed",
            format!("one that declined on {declined}"),
        )),
        None => Ok(()),
    }
}
