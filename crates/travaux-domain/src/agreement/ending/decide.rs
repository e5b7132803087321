//! Machine E: which acts that end or suspend an agreement the law admits.

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Claim, ClaimNotice, Ended, Ending, EndingAct, Invoked, Measure};
use crate::{
    AdoptionRule, Decided, PartyId, Reason, Refusal, Rule,
    agreement::{consent::Representative, decision::DecisionContext},
    clause::Term,
    effect::{Evaluation, Period},
    words::names,
};

/// VCLT 65(2): not less than three months after receipt.
const CLAIM_MONTHS: u32 = 3;

impl Ending {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: EndingAct,
    ) -> Result<Decided<EndingAct>, Refusal> {
        match act {
            EndingAct::AgreementEnded(ended) => end(decision, ended),
            EndingAct::AgreementResumed { on, elsewhere } => {
                let identity = decision.identity()?;
                let ended = decision.agreement.machines.ending.last_end().is_some();
                if !identity.profile.living_text || !ended {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::E18,
                        "a living text that had ended",
                        "another agreement",
                    ));
                }
                decision.on(Rule::E18, EndingAct::AgreementResumed { on, elsewhere })
            }
            EndingAct::Terminated { on } => terminate(decision, on),
            EndingAct::Superseded {
                on,
                by,
                suspended_only,
                consenting,
            } => {
                decision.standing()?;
                decision.ground(Rule::E7)?;
                decision.in_force(Rule::E7, on)?;
                if !suspended_only {
                    before_other_ends(decision, Rule::E7, on)?;
                }
                decision.all_consent(Rule::E7, &consenting)?;
                decision.known_agreement(Rule::E7, by)?;
                decision.on(
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
                decision.standing()?;
                decision.ground(Rule::E5)?;
                decision.in_force(Rule::E5, on)?;
                let act = |consenting| EndingAct::Suspended {
                    on,
                    consenting,
                    provisions,
                };
                if let Some((_, label)) = decision
                    .clause(|t| matches!(t, Term::Suspension(_)).then_some(()))
                    .filter(|_| consenting.is_empty())
                {
                    return decision.by(Rule::E5, label, act(consenting));
                }
                decision.all_consent(Rule::E5, &consenting)?;
                decision.on(Rule::E5, act(consenting))
            }
            EndingAct::SuspendedInterSe {
                on,
                until,
                between,
                provisions,
                notified,
            } => suspend_some(decision, on, until, between, provisions, notified),
            EndingAct::OperationResumed { on, number } => {
                decision.standing()?;
                let all = &decision.agreement.machines.ending.suspensions;
                let Some(s) = number.checked_sub(1).and_then(|at| all.get(at as usize)) else {
                    let expected = format!("a suspension from 1 to {}", all.len());
                    return Err(decision.refuse(
                        Reason::Unknown,
                        Rule::E19,
                        expected,
                        format!("suspension {number}"),
                    ));
                };
                if on < s.on || s.until.is_some_and(|until| until <= on) {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::E19,
                        "a suspension that stands",
                        format!("one from {}", s.on),
                    ));
                }
                decision.on(Rule::E19, EndingAct::OperationResumed { on, number })
            }
            EndingAct::ClaimNotified { on, claim, .. } => claim_notified(decision, on, claim),
            EndingAct::ClaimReceived { on, number } => {
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
            EndingAct::ClaimDisputed { on, number } => {
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
            EndingAct::Acquiesced { on, ground } => {
                decision.standing()?;
                decision.on(Rule::E16, EndingAct::Acquiesced { on, ground })
            }
            EndingAct::MeasureCarriedOut { on, number, by } => carry_out(decision, on, number, by),
            EndingAct::ClaimRevoked { on, number } => {
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
        }
    }
}

/// That an end would not come after one that is on record: the earlier one decides, so that the later
/// would be recorded and change nothing.
fn before_other_ends(
    decision: &DecisionContext<'_>,
    rule: Rule,
    on: NaiveDate,
) -> Result<(), Refusal> {
    match decision.agreement.machines.ending.last_end() {
        Some(end) if end.on <= on => Err(decision.refuse(
            Reason::Already,
            rule,
            format!("a date before {}, on which it ends already", end.on),
            on.to_string(),
        )),
        Some(_) | None => Ok(()),
    }
}

fn end(decision: &DecisionContext<'_>, ended: Ended) -> Result<Decided<EndingAct>, Refusal> {
    let identity = decision.standing()?;
    if identity.profile.adoption == AdoptionRule::AllParties {
        before_other_ends(decision, Rule::E2, ended.on)?;
        decision.all_consent(Rule::E2, &ended.consenting)?;
    }
    decision.on(Rule::E2, EndingAct::AgreementEnded(ended))
}

fn terminate(decision: &DecisionContext<'_>, on: NaiveDate) -> Result<Decided<EndingAct>, Refusal> {
    decision.standing()?;
    decision.ground(Rule::E1)?;
    decision.in_force(Rule::E1, on)?;
    before_other_ends(decision, Rule::E1, on)?;
    let act = EndingAct::Terminated { on };
    if let Some((n, label)) = decision.clause(|t| {
        if let Term::MinimumParties(n) = t {
            Some(*n as usize)
        } else {
            None
        }
    }) && decision.agreement.machines.consents.contracting(on).count() < n
    {
        return decision.by(Rule::E3, label, act);
    }
    if let Some((effect, label)) = decision.clause(|t| {
        if let Term::Expiry(effect) = t {
            Some(effect)
        } else {
            None
        }
    }) {
        return match effect.evaluate(&decision.agreement.facts(None)) {
            Evaluation::Date { on: found, .. } if found == on => decision.by(Rule::E1, label, act),
            Evaluation::Date { on: found, .. } => Err(decision
                .refuse(
                    Reason::WrongDate,
                    Rule::E1,
                    found.to_string(),
                    on.to_string(),
                )
                .by(label)),
            Evaluation::Pending { missing } => Err(decision
                .refuse(
                    Reason::ConditionUnmet,
                    Rule::E1,
                    "a condition that is met",
                    "one that is not",
                )
                .missing(missing)
                .by(label)),
        };
    }
    let notice = decision.agreement.denounced_on();
    match (
        notice,
        decision.clause(|t| matches!(t, Term::Denunciation(_)).then_some(())),
    ) {
        (Some(found), Some((_, label))) if found == on => decision.by(Rule::E1, label, act),
        (Some(found), _) if found == on => decision.on(Rule::E4, act),
        (Some(found), _) => Err(decision.refuse(
            Reason::WrongDate,
            Rule::E1,
            format!("{found}, when the notice has run"),
            on.to_string(),
        )),
        (None, _) => Err(decision.refuse(
            Reason::ConditionUnmet,
            Rule::E1,
            "a clause by which it ends, and what that asks for",
            "neither expiry nor notice",
        )),
    }
}

fn suspend_some(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    until: NaiveDate,
    between: Vec<PartyId>,
    provisions: Vec<ProvisionId>,
    notified: Vec<PartyId>,
) -> Result<Decided<EndingAct>, Refusal> {
    decision.standing()?;
    decision.ground(Rule::E6)?;
    decision.in_force(Rule::E6, on)?;
    decision.all_are_parties(&between)?;
    let all = decision.present();
    if between.len() < 2 || between.len() >= all.len() || !between.contains(decision.party()) {
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::E6,
            "some parties, its own among them, and not all",
            names(&between),
        ));
    }
    if until <= on || provisions.is_empty() {
        return Err(decision.refuse(
            Reason::Malformed,
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
        return Err(decision
            .refuse(
                Reason::ConditionUnmet,
                Rule::E6,
                "notice to the others",
                names(&notified),
            )
            .missing(untold));
    }
    decision.on(
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
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    claim: ClaimNotice,
) -> Result<Decided<EndingAct>, Refusal> {
    decision.standing()?;
    let rule = claim.ground.rule();
    decision.ground(rule)?;
    decision.ground(Rule::E12)?;
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
fn pending<'a>(
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

fn carry_out(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    number: u32,
    by: Representative,
) -> Result<Decided<EndingAct>, Refusal> {
    let claim = pending(decision, number, Rule::E13)?;
    if claim.by != *decision.party() {
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::E13,
            format!("an act of {}", claim.by),
            format!("one of `{}`", decision.party()),
        ));
    }
    if !claim.disputed.is_empty() {
        let found = format!("the objection of {}", names(claim.disputed.keys()));
        return Err(decision.refuse(
            Reason::ConditionUnmet,
            Rule::E14,
            "a settlement of the dispute",
            found,
        ));
    }
    let others: Vec<_> = decision
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
        return Err(decision
            .refuse(
                Reason::ConditionUnmet,
                Rule::E13,
                "receipt by all other parties",
                "less",
            )
            .missing(missing));
    }
    let last = claim.received.values().max().copied().unwrap_or(claim.on);
    let earliest = Period::Months(CLAIM_MONTHS).after(last);
    if on < earliest {
        return Err(decision.refuse(
            Reason::TooEarly,
            Rule::E13,
            format!("a date from {earliest} on, three months after receipt"),
            on.to_string(),
        ));
    }
    if !by.has_authority() {
        let expected = "an instrument signed by the Head of State, the Head of Government, the foreign minister, or with full powers";
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::E13,
            expected,
            format!("one signed by {}", by.name),
        ));
    }
    decision.on(
        if claim.notice.measure == Measure::Invalidate {
            Rule::E21
        } else {
            Rule::E13
        },
        EndingAct::MeasureCarriedOut { on, number, by },
    )
}
