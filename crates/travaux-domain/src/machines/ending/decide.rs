//! Machine E: which acts that end or suspend an agreement the law admits.

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Claim, ClaimNotice, Ending, EndingAct, Invoked, Measure};
use crate::{
    AdoptionRule, Decided, PartyId, Refusal, Rule,
    agreement::{Desk, Ended, names},
    clause::Term,
    effect::{Evaluation, Period},
    machines::consent::Representative,
};

/// VCLT 65(2): not less than three months after receipt.
const CLAIM_MONTHS: u32 = 3;

impl Ending {
    pub(crate) fn decide(desk: &Desk<'_>, act: EndingAct) -> Result<Decided<EndingAct>, Refusal> {
        match act {
            EndingAct::AgreementEnded(ended) => end(desk, ended),
            EndingAct::AgreementResumed { on, elsewhere } => {
                let identity = desk.identity()?;
                if !identity.profile.living_text || !desk.agreement.has_ended() {
                    return Err(desk.refuse(
                        Rule::E18,
                        "a living text that had ended",
                        "another agreement",
                    ));
                }
                desk.on(Rule::E18, EndingAct::AgreementResumed { on, elsewhere })
            }
            EndingAct::Terminated { on } => terminate(desk, on),
            EndingAct::Superseded {
                on,
                by,
                suspended_only,
                consenting,
            } => {
                desk.standing()?;
                desk.ground(Rule::E7)?;
                desk.in_force(Rule::E7, on)?;
                desk.all_consent(Rule::E7, &consenting)?;
                desk.on(
                    Rule::E7,
                    EndingAct::Superseded {
                        on,
                        by,
                        suspended_only,
                        consenting,
                    },
                )
            }
            EndingAct::Suspended {
                on,
                consenting,
                provisions,
            } => {
                desk.standing()?;
                desk.ground(Rule::E5)?;
                desk.in_force(Rule::E5, on)?;
                let act = |consenting| EndingAct::Suspended {
                    on,
                    consenting,
                    provisions,
                };
                if let Some((_, label)) = desk
                    .clause(|t| matches!(t, Term::Suspension(_)).then_some(()))
                    .filter(|_| consenting.is_empty())
                {
                    return desk.by(Rule::E5, label, act(consenting));
                }
                desk.all_consent(Rule::E5, &consenting)?;
                desk.on(Rule::E5, act(consenting))
            }
            EndingAct::SuspendedInterSe {
                on,
                until,
                between,
                provisions,
                notified,
            } => suspend_some(desk, on, until, between, provisions, notified),
            EndingAct::OperationResumed { on, number } => {
                desk.standing()?;
                let all = &desk.agreement.machines.ending.suspensions;
                let Some(s) = number.checked_sub(1).and_then(|at| all.get(at as usize)) else {
                    let expected = format!("a suspension from 1 to {}", all.len());
                    return Err(desk.refuse(Rule::E19, expected, format!("suspension {number}")));
                };
                if on < s.on || s.until.is_some_and(|until| until <= on) {
                    return Err(desk.refuse(
                        Rule::E19,
                        "a suspension that stands",
                        format!("one from {}", s.on),
                    ));
                }
                desk.on(Rule::E19, EndingAct::OperationResumed { on, number })
            }
            EndingAct::ClaimNotified { on, claim, .. } => claim_notified(desk, on, claim),
            EndingAct::ClaimReceived { on, number } => {
                let claim = pending(desk, number, Rule::D5)?;
                if claim.by == *desk.party()
                    || claim.received.contains_key(desk.party())
                    || on < claim.on
                {
                    let expected = format!("a first receipt by another, from {} on", claim.on);
                    return Err(desk.refuse(
                        Rule::D5,
                        expected,
                        format!("one by {} on {on}", desk.party()),
                    ));
                }
                desk.on(Rule::D5, EndingAct::ClaimReceived { on, number })
            }
            EndingAct::ClaimDisputed { on, number } => {
                let claim = pending(desk, number, Rule::E14)?;
                if claim.by == *desk.party() || claim.disputed.contains_key(desk.party()) {
                    return Err(desk.refuse(
                        Rule::E14,
                        "a first objection by another",
                        format!("one by {}", desk.party()),
                    ));
                }
                desk.on(Rule::E14, EndingAct::ClaimDisputed { on, number })
            }
            EndingAct::Acquiesced { on, ground } => {
                desk.standing()?;
                desk.on(Rule::E16, EndingAct::Acquiesced { on, ground })
            }
            EndingAct::MeasureCarriedOut { on, number, by } => carry_out(desk, on, number, by),
            EndingAct::ClaimRevoked { on, number } => {
                let claim = pending(desk, number, Rule::E15)?;
                if claim.by != *desk.party() {
                    return Err(desk.refuse(
                        Rule::E15,
                        format!("an act of {}", claim.by),
                        format!("one of `{}`", desk.party()),
                    ));
                }
                desk.on(Rule::E15, EndingAct::ClaimRevoked { on, number })
            }
        }
    }
}

fn end(desk: &Desk<'_>, ended: Ended) -> Result<Decided<EndingAct>, Refusal> {
    let identity = desk.standing()?;
    if identity.profile.adoption == AdoptionRule::AllParties {
        desk.all_consent(Rule::E2, &ended.consenting)?;
    }
    desk.on(Rule::E2, EndingAct::AgreementEnded(ended))
}

fn terminate(desk: &Desk<'_>, on: NaiveDate) -> Result<Decided<EndingAct>, Refusal> {
    desk.standing()?;
    desk.ground(Rule::E1)?;
    desk.in_force(Rule::E1, on)?;
    let act = EndingAct::Terminated { on };
    if let Some((n, label)) = desk.clause(|t| {
        if let Term::MinimumParties(n) = t {
            Some(*n as usize)
        } else {
            None
        }
    }) && desk.agreement.machines.consents.contracting(on).count() < n
    {
        return desk.by(Rule::E3, label, act);
    }
    if let Some((effect, label)) = desk.clause(|t| {
        if let Term::Expiry(effect) = t {
            Some(effect)
        } else {
            None
        }
    }) {
        return match effect.evaluate(&desk.agreement.facts(None)) {
            Evaluation::Date { on: found, .. } if found == on => desk.by(Rule::E1, label, act),
            Evaluation::Date { on: found, .. } => Err(desk
                .refuse(Rule::E1, found.to_string(), on.to_string())
                .by(label)),
            Evaluation::Pending { missing } => Err(desk
                .refuse(Rule::E1, "a condition that is met", "one that is not")
                .missing(missing)
                .by(label)),
        };
    }
    let notice = desk.agreement.denounced_on();
    match (
        notice,
        desk.clause(|t| matches!(t, Term::Denunciation(_)).then_some(())),
    ) {
        (Some(found), Some((_, label))) if found == on => desk.by(Rule::E1, label, act),
        (Some(found), _) if found == on => desk.on(Rule::E4, act),
        (Some(found), _) => Err(desk.refuse(
            Rule::E1,
            format!("{found}, when the notice has run"),
            on.to_string(),
        )),
        (None, _) => Err(desk.refuse(
            Rule::E1,
            "a clause by which it ends, and what that asks for",
            "neither expiry nor notice",
        )),
    }
}

fn suspend_some(
    desk: &Desk<'_>,
    on: NaiveDate,
    until: NaiveDate,
    between: Vec<PartyId>,
    provisions: Vec<ProvisionId>,
    notified: Vec<PartyId>,
) -> Result<Decided<EndingAct>, Refusal> {
    desk.standing()?;
    desk.ground(Rule::E6)?;
    desk.in_force(Rule::E6, on)?;
    desk.all_are_parties(&between)?;
    let all = desk.present();
    if between.len() < 2 || between.len() >= all.len() || !between.contains(desk.party()) {
        return Err(desk.refuse(
            Rule::E6,
            "some parties, its own among them, and not all",
            names(&between),
        ));
    }
    if until <= on || provisions.is_empty() {
        return Err(desk.refuse(
            Rule::E6,
            "a time that ends, and the provisions that are suspended",
            "less",
        ));
    }
    let untold: Vec<_> = all
        .iter()
        .filter(|p| !between.contains(p) && !notified.contains(p))
        .map(ToString::to_string)
        .collect();
    if !untold.is_empty() {
        return Err(desk
            .refuse(Rule::E6, "notice to the others", names(&notified))
            .missing(untold));
    }
    desk.on(
        Rule::E6,
        EndingAct::SuspendedInterSe {
            on,
            until,
            between,
            provisions,
            notified,
        },
    )
}

fn claim_notified(
    desk: &Desk<'_>,
    on: NaiveDate,
    claim: ClaimNotice,
) -> Result<Decided<EndingAct>, Refusal> {
    desk.standing()?;
    let rule = claim.ground.rule();
    desk.ground(rule)?;
    desk.ground(Rule::E12)?;
    if claim.ground == Invoked::Other {
        let expected = "a ground of the agreement or of the Convention (46 to 53, 60 to 62, 64)";
        return Err(desk.refuse(Rule::E20, expected, "another"));
    }
    if rule != Rule::E21 {
        desk.in_force(rule, on)?;
    }
    if claim.reasons.trim().is_empty() {
        return Err(desk.refuse(Rule::E12, "the reasons", "none"));
    }
    if desk
        .agreement
        .machines
        .ending
        .acquiesced
        .contains(&(desk.party().clone(), claim.ground))
    {
        return Err(desk.refuse(
            Rule::E16,
            "a ground in which the party has not acquiesced",
            format!("one in which {} has", desk.party()),
        ));
    }
    let refuse = |expected: &str, found: &str| Err(desk.refuse(rule, expected, found));
    match claim.ground {
        Invoked::MaterialBreach
            if claim.against.is_none() || claim.against.as_ref() == Some(desk.party()) =>
        {
            return refuse("another party that broke the agreement", "none");
        }
        Invoked::MaterialBreach if claim.humanitarian => {
            return refuse(
                "provisions other than those that protect persons",
                "such provisions (60(5))",
            );
        }
        Invoked::Impossibility | Invoked::ChangeOfCircumstances if claim.self_caused => {
            return refuse(
                "a ground that the claimant did not bring about",
                "one that it did",
            );
        }
        Invoked::Impossibility if claim.temporary && claim.measure != Measure::Suspend => {
            return refuse("suspension, as the impossibility is temporary", "more");
        }
        Invoked::ChangeOfCircumstances if claim.boundary => {
            return refuse("an agreement that establishes no boundary", "one that does");
        }
        Invoked::SeveranceOfRelations if !claim.indispensable => {
            return refuse(
                "an agreement to which diplomatic relations are indispensable",
                "one that stands without them",
            );
        }
        Invoked::DefectOfConsent | Invoked::PeremptoryNorm
            if claim.measure != Measure::Invalidate =>
        {
            return refuse("invalidity as the measure", "another");
        }
        Invoked::MaterialBreach | Invoked::Impossibility | Invoked::ChangeOfCircumstances
            if claim.measure == Measure::Invalidate =>
        {
            return refuse("an end, a withdrawal or a suspension", "invalidity");
        }
        _ => {}
    }
    if !claim.provisions.is_empty() {
        let separable = desk.clause(|t| {
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
            return Err(desk.refuse(Rule::E17, "a claim for the whole agreement", found));
        }
    }
    let number = u32::try_from(desk.agreement.machines.ending.claims.len())
        .ok()
        .map(|n| n + 1);
    desk.on(rule, EndingAct::ClaimNotified { on, claim, number })
}

/// A claim that waits.
fn pending<'a>(desk: &Desk<'a>, number: u32, rule: Rule) -> Result<&'a Claim, Refusal> {
    desk.standing()?;
    let claims = &desk.agreement.machines.ending.claims;
    let missing = || {
        desk.refuse(
            rule,
            format!("a claim from 1 to {}", claims.len()),
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
            Err(desk.refuse(rule, "a claim that waits", format!("one {word} on {on}")))
        }
        None => Ok(claim),
    }
}

fn carry_out(
    desk: &Desk<'_>,
    on: NaiveDate,
    number: u32,
    by: Representative,
) -> Result<Decided<EndingAct>, Refusal> {
    let claim = pending(desk, number, Rule::E13)?;
    if claim.by != *desk.party() {
        return Err(desk.refuse(
            Rule::E13,
            format!("an act of {}", claim.by),
            format!("one of `{}`", desk.party()),
        ));
    }
    if !claim.disputed.is_empty() {
        let found = format!("the objection of {}", names(claim.disputed.keys()));
        return Err(desk.refuse(Rule::E14, "a settlement of the dispute", found));
    }
    let others: Vec<_> = desk
        .present()
        .into_iter()
        .filter(|p| *p != claim.by)
        .collect();
    let missing: Vec<_> = others
        .iter()
        .filter(|p| !claim.received.contains_key(*p))
        .map(|p| format!("receipt by {p}"))
        .collect();
    if !missing.is_empty() {
        return Err(desk
            .refuse(Rule::E13, "receipt by all other parties", "less")
            .missing(missing));
    }
    let last = claim.received.values().max().copied().unwrap_or(claim.on);
    let earliest = Period::Months(CLAIM_MONTHS).after(last);
    if on < earliest {
        return Err(desk.refuse(
            Rule::E13,
            format!("a date from {earliest} on, three months after receipt"),
            on.to_string(),
        ));
    }
    if !by.has_authority() {
        let expected = "an instrument signed by the Head of State, the Head of Government, the foreign minister, or with full powers";
        return Err(desk.refuse(Rule::E13, expected, format!("one signed by {}", by.name)));
    }
    desk.on(
        if claim.notice.measure == Measure::Invalidate {
            Rule::E21
        } else {
            Rule::E13
        },
        EndingAct::MeasureCarriedOut { on, number, by },
    )
}
