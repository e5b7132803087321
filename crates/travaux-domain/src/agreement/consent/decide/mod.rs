//! Machine C: which acts of consent the law admits.

mod instrument;
mod leave;
mod sign;

use chrono::NaiveDate;

use super::{ConsentAct, Consents, Expressed, PartyConsent};
use crate::{
    Decided, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    clause::{Means, Term},
    words::names,
};

type Decision = Result<Decided<ConsentAct>, Refusal>;

impl Consents {
    pub(crate) fn decide(decision: &DecisionContext<'_>, act: ConsentAct) -> Decision {
        match act {
            ConsentAct::Signed { on, manner, by }
            | ConsentAct::UnauthorisedActRecorded { on, manner, by } => {
                sign::sign(decision, on, manner, by)
            }
            ConsentAct::ActConfirmed { on } => sign::confirm_act(decision, on),
            ConsentAct::SignatureConfirmed { on } => sign::confirm_signature(decision, on),
            ConsentAct::InstrumentsExchanged { on, instruments } => {
                instrument::exchange(decision, on, instruments)
            }
            ConsentAct::InstrumentMade { on, means } => instrument::made(decision, on, means),
            ConsentAct::InstrumentEstablished {
                on,
                means,
                how,
                chosen,
                waits,
            } => instrument::established(decision, on, means, (how, waits), chosen),
            ConsentAct::DeclinedToBecomeParty { on } => leave::decline(decision, on),
            ConsentAct::WithdrawalNotified {
                received_on,
                admitted,
                provisions,
                effective_on,
            } => leave::withdraw(decision, (received_on, effective_on), admitted, provisions),
            ConsentAct::NotificationRevoked { on } => leave::revoke(decision, on),
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

/// That the party has not consented yet; or not since its consent of before ended, by its declining or
/// its leaving: it may consent again (C16).
fn not_bound_yet(decision: &DecisionContext<'_>, rule: Rule, on: NaiveDate) -> Result<(), Refusal> {
    let Some(own) = own(decision) else {
        return Ok(());
    };
    // One that is recorded late may lie before.
    let life = own.life(on).or(own.lives.first());
    if let Some(declined) = life.and_then(|life| life.declined_on).filter(|d| *d == on) {
        return Err(decision.refuse(
            Reason::WrongState,
            rule,
            "a party that has not declined on that day",
            format!("one that declined on {declined}"),
        ));
    }
    // Its notification is its consent by conclusion: an instrument may still say so too.
    let by_act = |consent: &Expressed| consent.means != Means::Notification;
    match life {
        Some(life) if life.consent.as_ref().is_some_and(by_act) && !life.is_over(on) => {
            let found = format!("the consent that {} expressed already", decision.party());
            Err(decision.refuse(
                Reason::Already,
                rule,
                "a party that is not bound yet",
                found,
            ))
        }
        Some(_) | None => Ok(()),
    }
}

/// Its instrument, made by a day and not yet established.
fn made(decision: &DecisionContext<'_>, on: NaiveDate) -> Option<(Means, NaiveDate)> {
    let own = own(decision)?;
    let life = own.life(on).or(own.lives.first())?;
    life.made.filter(|_| !life.is_over(on))
}
