//! Instruments: exchanged, made and established.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Decision, allowed, made as instrument_made, not_bound_yet, own};
use crate::{
    PartyId, Reason, Refusal, Rule,
    agreement::{
        consent::{ConsentAct, Establishment},
        decision::DecisionContext,
    },
    clause::{Means, Term},
    words::names,
};

pub(super) fn exchange(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    instruments: BTreeMap<PartyId, String>,
) -> Decision {
    let identity = decision.standing()?;
    decision.legal_basis(Rule::C7)?;
    decision.adopted(Rule::C7)?;
    not_bound_yet(decision, Rule::C7, on)?;
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
    decision.based(
        Rule::C7,
        clause,
        ConsentAct::InstrumentsExchanged { on, instruments },
    )
}

pub(super) fn made(decision: &DecisionContext<'_>, on: NaiveDate, means: Means) -> Decision {
    if means == Means::Accession {
        may_accede(decision)?;
    } else {
        decision.standing()?;
    }
    decision.legal_basis(Rule::C8)?;
    decision.adopted(Rule::C8)?;
    not_bound_yet(decision, Rule::C8, on)?;
    if matches!(
        means,
        Means::Signature | Means::Exchange | Means::Notification
    ) {
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
    decision.based(Rule::C8, clause, ConsentAct::InstrumentMade { on, means })
}

/// That the acting State may accede; the clause that says so.
fn may_accede<'a>(decision: &DecisionContext<'a>) -> Result<Option<&'a str>, Refusal> {
    decision.going_on()?;
    decision.legal_basis(Rule::C9)?;
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

pub(super) fn established(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    means: Means,
    (how, waited): (Establishment, bool),
    chosen: Vec<ProvisionId>,
) -> Decision {
    // In records of before, what one gave for exchange counted at once.
    let waits = how == Establishment::Exchange && (waited || decision.is_new());
    let acceding = means == Means::Accession;
    let rule = if acceding { Rule::C9 } else { Rule::C8 };
    let mut clause = None;
    if acceding {
        clause = may_accede(decision)?;
    } else {
        decision.standing()?;
        decision.legal_basis(rule)?;
    }
    decision.adopted(rule)?;
    not_bound_yet(decision, rule, on)?;
    let own = own(decision);
    let signed = own.and_then(|c| c.signed.as_ref());
    if !acceding {
        clause = allowed(decision, rule, means)?;
        // Acceptance and approval without signature are open where a clause has them (VCLT 14(2)).
        let unsigned = matches!(means, Means::Acceptance | Means::Approval) && clause.is_some();
        let spent = own.is_some_and(|c| c.signature_is_spent(on));
        if (signed.is_none() || spent) && !unsigned {
            return Err(decision.refuse(
                Reason::WrongState,
                rule,
                "a signature to ratify",
                format!("none of {}", decision.party()),
            ));
        }
    }
    let first = own.and_then(|own| own.signatures().map(|signed| signed.on).min());
    if let Some(first) = first.filter(|first| on < *first && !acceding && decision.is_new()) {
        return Err(decision.too_early(rule, on, first, ", when it signed"));
    }
    match instrument_made(decision, on) {
        Some((made, _)) if made != means => {
            return Err(decision.refuse(
                Reason::Malformed,
                rule,
                format!("the instrument of {} that was made", made.name()),
                means.name(),
            ));
        }
        Some((_, at)) if on < at => {
            return Err(decision.too_early(rule, on, at, ", when it was made"));
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
            waits,
        };
        return decision.by(Rule::C10, label, act);
    }
    decision.based(
        rule,
        clause,
        ConsentAct::InstrumentEstablished {
            on,
            means,
            how,
            chosen,
            waits,
        },
    )
}
