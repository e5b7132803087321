//! A claim that an agreement is to end: its ground, and what the others answer.

use chrono::NaiveDate;

use super::Decision;
use crate::{
    Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        ending::{Claim, ClaimNotice, EndingAct, Invoked, Measure},
    },
    clause::Term,
    words::{names, numbered},
};

pub(super) fn notify(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    claim: ClaimNotice,
) -> Decision {
    decision.standing()?;
    let rule = claim.ground.rule();
    decision.legal_basis(rule)?;
    decision.legal_basis(Rule::E12)?;
    if claim.ground == Invoked::Other {
        let expected = "a ground of the agreement or of the Convention (46 to 53, 60 to 62, 64)";
        return Err(decision.refuse(Reason::Forbidden, Rule::E20, expected, "another"));
    }
    if rule != Rule::E21 {
        decision.in_force(rule, on)?;
    }
    if claim.reasons.trim().is_empty() {
        return Err(decision.refuse(Reason::Malformed, Rule::E12, "the reasons", "none"));
    }
    if decision
        .agreement
        .machines
        .ending
        .acquiesced
        .contains(&(decision.party().clone(), claim.ground))
    {
        return Err(decision.refuse(
            Reason::Forbidden,
            Rule::E16,
            "a ground in which the party has not acquiesced",
            format!("one in which {} has", decision.party()),
        ));
    }
    ground_holds(decision, &claim)?;
    if !claim.provisions.is_empty() {
        let separable = decision.clause(|t| {
            if let Term::Separable(p) = t {
                Some(p)
            } else {
                None
            }
        });
        let apart = separable.is_some_and(|(p, _)| claim.provisions.iter().all(|c| p.contains(c)));
        if claim.ground == Invoked::PeremptoryNorm || (!apart && claim.measure != Measure::Suspend)
        {
            let found = format!("a claim for {}", names(&claim.provisions));
            return Err(decision.refuse(
                Reason::Forbidden,
                Rule::E17,
                "a claim for the whole agreement",
                found,
            ));
        }
    }
    let number = u32::try_from(decision.agreement.machines.ending.claims.len())
        .ok()
        .map(|n| n + 1);
    decision.on(rule, EndingAct::ClaimNotified { on, claim, number })
}

/// Another party receives the claim.
pub(super) fn received(decision: &DecisionContext<'_>, on: NaiveDate, number: u32) -> Decision {
    let claim = pending(decision, number, Rule::D5)?;
    let refused = if claim.by == *decision.party() {
        Some(Reason::NotEntitled)
    } else if claim.received.contains_key(decision.party()) {
        Some(Reason::Already)
    } else if on < claim.on {
        Some(Reason::TooEarly)
    } else {
        None
    };
    if let Some(reason) = refused {
        let expected = format!("a first receipt by another, from {} on", claim.on);
        return Err(decision.refuse(
            reason,
            Rule::D5,
            expected,
            format!("one by {} on {on}", decision.party()),
        ));
    }
    decision.on(Rule::D5, EndingAct::ClaimReceived { on, number })
}

/// Another party objects.
pub(super) fn dispute(decision: &DecisionContext<'_>, on: NaiveDate, number: u32) -> Decision {
    let claim = pending(decision, number, Rule::E14)?;
    let refused = if claim.by == *decision.party() {
        Some(Reason::NotEntitled)
    } else if claim.disputed.contains_key(decision.party()) {
        Some(Reason::Already)
    } else {
        None
    };
    if let Some(reason) = refused {
        return Err(decision.refuse(
            reason,
            Rule::E14,
            "a first objection by another",
            format!("one by {}", decision.party()),
        ));
    }
    decision.on(Rule::E14, EndingAct::ClaimDisputed { on, number })
}

/// The claimant takes it back.
pub(super) fn revoke(decision: &DecisionContext<'_>, on: NaiveDate, number: u32) -> Decision {
    let claim = pending(decision, number, Rule::E15)?;
    if claim.by != *decision.party() {
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::E15,
            format!("an act of {}", claim.by),
            format!("one of `{}`", decision.party()),
        ));
    }
    decision.on(Rule::E15, EndingAct::ClaimRevoked { on, number })
}

/// That what the ground asks for is there.
fn ground_holds(decision: &DecisionContext<'_>, claim: &ClaimNotice) -> Result<(), Refusal> {
    let refuse = |reason, expected: &str, found: &str| {
        Err(decision.refuse(reason, claim.ground.rule(), expected, found))
    };
    let no_invalidity = || {
        if claim.measure == Measure::Invalidate {
            return refuse(
                Reason::Forbidden,
                "an end, a withdrawal or a suspension",
                "invalidity",
            );
        }
        Ok(())
    };
    match claim.ground {
        Invoked::MaterialBreach => {
            if claim.against.is_none() || claim.against.as_ref() == Some(decision.party()) {
                return refuse(
                    Reason::Malformed,
                    "another party that broke the agreement",
                    "none",
                );
            }
            if claim.humanitarian {
                return refuse(
                    Reason::Forbidden,
                    "provisions other than those that protect persons",
                    "such provisions (60(5))",
                );
            }
            no_invalidity()
        }
        Invoked::Impossibility | Invoked::ChangeOfCircumstances if claim.self_caused => refuse(
            Reason::Forbidden,
            "a ground that the claimant did not bring about",
            "one that it did",
        ),
        Invoked::Impossibility => {
            if claim.temporary && claim.measure != Measure::Suspend {
                return refuse(
                    Reason::Forbidden,
                    "suspension, as the impossibility is temporary",
                    "more",
                );
            }
            no_invalidity()
        }
        Invoked::ChangeOfCircumstances => {
            if claim.boundary {
                return refuse(
                    Reason::Forbidden,
                    "an agreement that establishes no boundary",
                    "one that does",
                );
            }
            no_invalidity()
        }
        Invoked::SeveranceOfRelations if !claim.indispensable => refuse(
            Reason::Forbidden,
            "an agreement to which diplomatic relations are indispensable",
            "one that stands without them",
        ),
        Invoked::DefectOfConsent | Invoked::PeremptoryNorm
            if claim.measure != Measure::Invalidate =>
        {
            refuse(Reason::Forbidden, "invalidity as the measure", "another")
        }
        Invoked::DefectOfConsent
        | Invoked::PeremptoryNorm
        | Invoked::SeveranceOfRelations
        | Invoked::Other => Ok(()),
    }
}

/// A claim that waits.
pub(super) fn pending<'a>(
    decision: &DecisionContext<'a>,
    number: u32,
    rule: Rule,
) -> Result<&'a Claim, Refusal> {
    decision.standing()?;
    let claims = &decision.agreement.machines.ending.claims;
    let missing = || {
        decision.refuse(
            Reason::Unknown,
            rule,
            numbered("a claim", claims.len()),
            format!("claim {number}"),
        )
    };
    let claim = number
        .checked_sub(1)
        .and_then(|at| claims.get(at as usize))
        .ok_or_else(missing)?;
    match claim.closed {
        Some((on, carried)) => {
            let word = if carried { "carried out" } else { "revoked" };
            Err(decision.refuse(
                Reason::WrongState,
                rule,
                "a claim that waits",
                format!("one {word} on {on}"),
            ))
        }
        None => Ok(claim),
    }
}
