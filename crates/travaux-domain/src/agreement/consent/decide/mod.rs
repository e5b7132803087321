//! Machine C: which acts of consent the law admits.

mod instrument;
mod leave;
mod sign;

use super::{ConsentAct, Consents, PartyConsent};
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
            } => instrument::established(decision, on, means, how, chosen),
            ConsentAct::DeclinedToBecomeParty { on } => leave::decline(decision, on),
            ConsentAct::WithdrawalNotified {
                received_on,
                admitted,
                provisions,
                ..
            } => leave::withdraw(decision, received_on, admitted, provisions),
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

fn on_basis(
    decision: &DecisionContext<'_>,
    rule: Rule,
    clause: Option<&str>,
    act: ConsentAct,
) -> Decision {
    match clause {
        Some(label) => decision.by(rule, label, act),
        None => decision.on(rule, act),
    }
}
