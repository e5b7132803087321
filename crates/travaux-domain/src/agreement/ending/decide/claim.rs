//! A claim that an agreement is to end: its ground, and what the others answer.

use chrono::NaiveDate;

use super::{Decision, scope::scope};
use crate::{
    Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        ending::{Claim, ClaimNotice, EndingAct, Invoked, Measure},
    },
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
    let no_reason = |words: &String| words.trim().is_empty();
    if no_reason(&claim.reasons) || claim.urgency.as_ref().is_some_and(no_reason) {
        return Err(decision.refuse(Reason::Malformed, Rule::E12, "the reasons", "none"));
    }
    let lost = claim.ground.can_be_lost() || !decision.is_new();
    if lost
        && decision
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
    if decision.is_new() {
        says_nothing_idle(decision, on, &claim)?;
        may_invoke(decision, on, &claim)?;
        scope(decision, decision.party(), &claim, claim.measure)?;
    }
    if !claim.provisions.is_empty() {
        let apart = decision.may_stand_apart(&claim.provisions);
        // Under 53 the whole is void; what a new norm leaves untouched goes on (44(5), 64).
        let whole = claim.ground == Invoked::PeremptoryNorm && claim.emerged_on.is_none();
        if whole || (!apart && claim.measure != Measure::Suspend) {
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

/// That a claim says nothing that its ground does not ask for: it would be dropped in silence.
fn says_nothing_idle(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    claim: &ClaimNotice,
) -> Result<(), Refusal> {
    let of_breach = claim.ground == Invoked::MaterialBreach;
    let together = !claim.consenting.is_empty() || claim.among_all;
    let refused = if !of_breach && (claim.affected.is_some() || together) {
        Some((
            "what the ground asks for",
            "how a breach affects it, or who agrees on a measure",
        ))
    } else if claim.affected.is_some() && together {
        Some(("a claim of one that is affected, or of all others", "both"))
    } else if claim.ground != Invoked::PeremptoryNorm && claim.emerged_on.is_some() {
        Some(("what the ground asks for", "the day of a peremptory norm"))
    } else if claim.emerged_on.is_some_and(|emerged| on < emerged) {
        Some(("a norm that has emerged by then", "one of a later day"))
    } else {
        None
    };
    match refused {
        Some((expected, found)) => {
            let rule = claim.ground.rule();
            Err(decision.refuse(Reason::Malformed, rule, expected, found))
        }
        None => Ok(()),
    }
}

/// That the claimant is a party to what it wants to end, and so is the one that it accuses (E26).
fn may_invoke(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    claim: &ClaimNotice,
) -> Result<(), Refusal> {
    let agreement = decision.agreement;
    let consented = |party| {
        let own = agreement.machines.consents.of(party);
        own.is_some_and(|own| own.had_consented(on))
    };
    let in_force = |party| agreement.is_in_force_for(party, on);
    let asks = agreement.asks_for_force();
    let party = decision.party();
    let may = match claim.ground {
        _ if !asks => true,
        // What is void binds nobody; a defect is one of its own consent.
        Invoked::DefectOfConsent | Invoked::PeremptoryNorm => consented(party),
        Invoked::MaterialBreach
        | Invoked::Impossibility
        | Invoked::ChangeOfCircumstances
        | Invoked::SeveranceOfRelations
        | Invoked::Other => in_force(party),
    };
    if !may {
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::E26,
            "a claim of a party to the agreement",
            format!("one of {party}, which is none on {on}"),
        ));
    }
    if let Some(other) = &claim.against {
        decision.all_are_parties(std::slice::from_ref(other))?;
    }
    match &claim.against {
        Some(other) if asks && !in_force(other) => Err(decision.refuse(
            Reason::Unknown,
            claim.ground.rule(),
            "a party for which the agreement is in force",
            other.to_string(),
        )),
        Some(_) | None => Ok(()),
    }
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
    if on < claim.on && decision.is_new() {
        return Err(decision.too_early(Rule::E14, on, claim.on, ""));
    }
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
    if on < claim.on && decision.is_new() {
        return Err(decision.too_early(Rule::E15, on, claim.on, ""));
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
    let ending = &decision.agreement.machines.ending;
    let missing = || {
        decision.refuse(
            Reason::Unknown,
            rule,
            numbered("a claim", ending.claims.len()),
            format!("claim {number}"),
        )
    };
    let claim = ending.claim(number).ok_or_else(missing)?;
    match claim.closed {
        Some((on, closed)) => Err(decision.refuse(
            Reason::WrongState,
            rule,
            "a claim that waits",
            format!("one {closed} on {on}"),
        )),
        None => Ok(claim),
    }
}
