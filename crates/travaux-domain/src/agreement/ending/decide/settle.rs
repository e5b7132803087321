//! The dispute about a claim comes to its end.

use chrono::NaiveDate;

use super::{Decision, claim::pending, scope::scope};
use crate::{
    PartyId, Reason, Refusal, Rule,
    agreement::{
        decision::DecisionContext,
        ending::{Claim, EndingAct, Measure, Scope},
    },
    words::names,
};

/// Who objected takes that back: the claim goes on as if nobody had (E14).
pub(super) fn accept(decision: &DecisionContext<'_>, on: NaiveDate, number: u32) -> Decision {
    let claim = pending(decision, number, Rule::E14)?;
    match claim.disputed.get(decision.party()) {
        Some((objected, None)) if *objected <= on => {
            decision.on(Rule::E14, EndingAct::ClaimAccepted { on, number })
        }
        Some((objected, None)) => Err(decision.too_early(Rule::E14, on, *objected, "")),
        _ => Err(decision.refuse(
            Reason::WrongState,
            Rule::E14,
            "a party that objects to the claim",
            format!("{}, which does not", decision.party()),
        )),
    }
}

/// What the parties to the dispute agreed on, or a third one decided, takes effect as it says (E25).
pub(super) fn settle(
    decision: &DecisionContext<'_>,
    (on, number): (NaiveDate, u32),
    by: String,
    measure: Option<Measure>,
    (consenting, decided): (Vec<PartyId>, bool),
) -> Decision {
    let claim = pending(decision, number, Rule::E25)?;
    let disputed: Vec<&PartyId> = claim.disputed_by(on).collect();
    if disputed.is_empty() {
        let (expected, found) = ("a claim to which somebody objects", "one without objection");
        return Err(decision.refuse(Reason::WrongState, Rule::E25, expected, found));
    }
    if by.trim().is_empty() {
        let expected = "the agreement, the award or the judgment";
        return Err(decision.refuse(Reason::Malformed, Rule::E25, expected, "none"));
    }
    decision.all_are_parties(&consenting)?;
    if decided != consenting.is_empty() {
        let expected = "those that agree, or that a third one decided";
        let found = if decided { "both" } else { "neither" };
        return Err(decision.refuse(Reason::Malformed, Rule::E25, expected, found));
    }
    let agrees = |p: &PartyId| decided || consenting.contains(p);
    let all = disputed.into_iter().chain([&claim.by]);
    let missing: Vec<String> = all
        .filter(|p| !agrees(p))
        .map(ToString::to_string)
        .collect();
    if !missing.is_empty() {
        let expected = "the agreement of all parties to the dispute";
        let refusal = decision.refuse(
            Reason::ConsentMissing,
            Rule::E25,
            expected,
            names(&consenting),
        );
        return Err(refusal.missing(missing));
    }
    let found = measure.map(|measure| between(decision, claim, measure, (on, &consenting)));
    let found = found.transpose()?;
    let act = EndingAct::ClaimSettled {
        on,
        number,
        by,
        measure,
        consenting,
        decided,
        scope: found,
    };
    decision.on(Rule::E25, act)
}

/// Between whom a settled measure operates: as the claimant could have had it, or else between the parties to
/// the dispute. They may agree on what one of them could not claim, and an award binds them alone.
fn between(
    decision: &DecisionContext<'_>,
    claim: &Claim,
    measure: Measure,
    (on, consenting): (NaiveDate, &[PartyId]),
) -> Result<Scope, Refusal> {
    if measure == Measure::Invalidate && claim.notice.ground.rule() != Rule::E21 {
        let expected = "an end, a withdrawal or a suspension, as nothing makes it void";
        let found = format!("invalidity for {}", claim.notice.ground);
        return Err(decision.refuse(Reason::Forbidden, Rule::E25, expected, found));
    }
    let claimed = scope(decision, &claim.by, &claim.notice, measure).ok();
    if let Some(scope) = claimed.filter(|scope| *scope != Scope::All) {
        return Ok(scope);
    }
    if measure == Measure::Withdraw {
        return Ok(Scope::With(claim.by.clone()));
    }
    let mut parties: Vec<PartyId> = claim.disputed_by(on).cloned().collect();
    parties.push(claim.by.clone());
    parties.extend(claim.notice.consenting.iter().chain(consenting).cloned());
    parties.sort_unstable();
    parties.dedup();
    let present = decision.present();
    Ok(match present.iter().all(|p| parties.contains(p)) {
        true => Scope::All,
        false => Scope::Among(parties),
    })
}
