//! Between whom a claimed measure operates: no act of one party ends or suspends anything among others
//! (VCLT 60(2), 61 to 63, 69(4)).

use crate::{
    PartyId, Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        ending::{Affected, ClaimNotice, Invoked, Measure, Scope},
    },
};

/// Between whom the measure of a claim would operate, among the parties of the day of the act.
pub(super) fn scope(
    decision: &DecisionContext<'_>,
    claimant: &PartyId,
    claim: &ClaimNotice,
    measure: Measure,
) -> Result<Scope, Refusal> {
    let mut others = decision.present();
    others.retain(|p| p != claimant);
    if others.len() < 2 {
        return Ok(Scope::All);
    }
    let refuse = |reason, expected: &str, found: &str| {
        Err(decision.refuse(reason, claim.ground.rule(), expected, found))
    };
    match claim.ground {
        Invoked::PeremptoryNorm | Invoked::Other => Ok(Scope::All),
        Invoked::DefectOfConsent => Ok(Scope::With(claimant.clone())),
        Invoked::MaterialBreach => breach(decision, claimant, claim, measure),
        Invoked::SeveranceOfRelations => match (&claim.against, measure) {
            (Some(other), Measure::Suspend) if other != claimant => {
                Ok(Scope::Among(vec![claimant.clone(), other.clone()]))
            }
            _ => refuse(
                Reason::Forbidden,
                "suspension with the party to which relations are severed, among several parties",
                "more, or no such party",
            ),
        },
        Invoked::Impossibility | Invoked::ChangeOfCircumstances => match measure {
            Measure::Withdraw | Measure::Suspend => Ok(Scope::With(claimant.clone())),
            Measure::Terminate | Measure::Invalidate => refuse(
                Reason::Forbidden,
                "withdrawal or suspension for itself, as there are several other parties",
                "an end for all",
            ),
        },
    }
}

/// A material breach among several parties (VCLT 60(2)).
fn breach(
    decision: &DecisionContext<'_>,
    claimant: &PartyId,
    claim: &ClaimNotice,
    measure: Measure,
) -> Result<Scope, Refusal> {
    let Some(defaulting) = &claim.against else {
        let expected = "another party that broke the agreement";
        return Err(decision.refuse(Reason::Malformed, Rule::E8, expected, "none"));
    };
    let alone = claim.consenting.is_empty() && !claim.among_all;
    match (measure, claim.affected) {
        (Measure::Suspend, Some(Affected::Specially)) if alone => {
            let two = vec![claimant.clone(), defaulting.clone()];
            return Ok(Scope::Among(two));
        }
        (Measure::Suspend, Some(Affected::Radically)) if alone => {
            return Ok(Scope::With(claimant.clone()));
        }
        (Measure::Withdraw | Measure::Invalidate, _) => {
            let expected = "suspension, or an end on which all other parties agree";
            let found = measure.to_string();
            return Err(decision.refuse(Reason::Forbidden, Rule::E8, expected, found));
        }
        (Measure::Suspend | Measure::Terminate, _) => {}
    }
    decision.all_are_parties(&claim.consenting)?;
    let agrees = |p: &PartyId| p == claimant || p == defaulting || claim.consenting.contains(p);
    let missing = decision.present().into_iter().filter(|p| !agrees(p));
    let missing: Vec<String> = missing.map(|p| p.to_string()).collect();
    if !missing.is_empty() {
        let expected = match measure {
            Measure::Suspend => {
                "the agreement of all other parties, or a party that is specially or radically affected"
            }
            Measure::Terminate | Measure::Withdraw | Measure::Invalidate => {
                "the agreement of all other parties"
            }
        };
        let refusal = decision.refuse(Reason::ConsentMissing, Rule::E8, expected, "less");
        return Err(refusal.missing(missing));
    }
    match claim.among_all {
        true => Ok(Scope::All),
        false => Ok(Scope::With(defaulting.clone())),
    }
}
