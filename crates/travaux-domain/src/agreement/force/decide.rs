//! Machine F: which acts of force the law admits.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Force, ForceAct, Provisional};
use crate::{
    Decided, PartyId, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    clause::{Term, groups_stand},
    effect::{Evaluation, Step},
    words::names,
};

impl Force {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: ForceAct,
    ) -> Result<Decided<ForceAct>, Refusal> {
        decision.has_not_left()?;
        match act {
            ForceAct::EnteredIntoForce {
                on,
                basis,
                consenting,
                ..
            } => enter(decision, on, basis, consenting),
            ForceAct::EnteredIntoForceFor { on } => enter_for(decision, on),
            ForceAct::ProvisionalApplicationBegan {
                on,
                parties,
                provisions,
                consenting,
            } => {
                decision.standing()?;
                decision.legal_basis(Rule::F4)?;
                decision.adopted(Rule::F4)?;
                decision.all_are_parties(&parties)?;
                // It ends for each State with force for it: others may still begin it (VCLT 25).
                let since = |p| {
                    decision
                        .agreement
                        .force_for(p, on)
                        .filter(|since| *since <= on)
                };
                let since: Option<Vec<_>> = parties.iter().map(since).collect();
                if let Some(since) = since.and_then(|since| since.into_iter().max()) {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::F6,
                        "an agreement not yet in force",
                        format!("one in force since {since}"),
                    ));
                }
                if parties.len() < 2 {
                    return Err(decision.refuse(
                        Reason::Malformed,
                        Rule::F4,
                        "two parties or more",
                        parties.len().to_string(),
                    ));
                }
                let provided = decision.clause(|t| {
                    if let Term::ProvisionalApplication(p) = t {
                        Some(p)
                    } else {
                        None
                    }
                });
                if let Some((part, label)) = provided.filter(|_| consenting.is_empty()) {
                    if !part.is_empty()
                        && (provisions.is_empty()
                            || !decision.agreement.all_within(&provisions, part))
                    {
                        let expected = format!("no more than {}", names(part));
                        return Err(decision
                            .refuse(Reason::Forbidden, Rule::F4, expected, "more")
                            .by(label));
                    }
                    let act = ForceAct::ProvisionalApplicationBegan {
                        on,
                        parties,
                        provisions,
                        consenting,
                    };
                    return decision.by(Rule::F4, label, act);
                }
                decision.all_consent(Rule::F4, &consenting)?;
                decision.on(
                    Rule::F4,
                    ForceAct::ProvisionalApplicationBegan {
                        on,
                        parties,
                        provisions,
                        consenting,
                    },
                )
            }
            ForceAct::ProvisionalApplicationEnded { on } => {
                decision.standing()?;
                let party = decision.party();
                let applied = |p: &Provisional| {
                    p.on <= on && p.parties.get(party).is_some_and(Option::is_none)
                };
                if decision
                    .agreement
                    .machines
                    .force
                    .provisional
                    .iter()
                    .any(applied)
                {
                    decision.on(Rule::F5, ForceAct::ProvisionalApplicationEnded { on })
                } else {
                    Err(decision.refuse(
                        Reason::WrongState,
                        Rule::F5,
                        "a party that applies the agreement provisionally",
                        party.to_string(),
                    ))
                }
            }
            ForceAct::ClauseAgreed {
                on,
                clause,
                consenting,
            } => {
                let identity = decision.standing()?;
                decision.adopted(Rule::K5)?;
                clause.may_stand(&identity.profile, decision.act, decision.is_new())?;
                if decision.is_new() {
                    let agreed = &decision.agreement.machines.clauses;
                    groups_stand(std::slice::from_ref(&clause), agreed, decision.act)?;
                }
                decision.all_consent(Rule::K5, &consenting)?;
                let label = clause.label.clone();
                decision.by(
                    Rule::K5,
                    &label,
                    ForceAct::ClauseAgreed {
                        on,
                        clause,
                        consenting,
                    },
                )
            }
        }
    }
}

fn enter(
    decision: &DecisionContext<'_>,
    on: Option<NaiveDate>,
    basis: String,
    consenting: Vec<PartyId>,
) -> Result<Decided<ForceAct>, Refusal> {
    let entry = decision.agreement.entry_into_force();
    let identity = decision.on_day(on.or(entry.date())).standing()?;
    decision.legal_basis(Rule::F1)?;
    decision.adopted(Rule::F1)?;
    if let Some(entered) = &decision.agreement.machines.force.entered {
        return Err(decision.refuse(
            Reason::Already,
            Rule::F1,
            "an agreement not yet in force",
            format!("one in force since {}", entered.on),
        ));
    }
    // The clause that counts for the entry into force, whenever it was agreed: so does the conclusion.
    let clause = decision
        .agreement
        .machines
        .clauses
        .find(Term::entry_into_force);
    let clause = clause.map(|(_, label)| label);
    let rule = match clause {
        Some(_) => Rule::F1,
        None => Rule::F2,
    };
    let entered = |on, consenting, trace| ForceAct::EnteredIntoForce {
        on: Some(on),
        basis: basis.clone(),
        consenting,
        trace,
    };
    if !identity.profile.asks_for_consent() && clause.is_none() {
        // No consent to be bound is on record under such a profile: the act that says when is all
        // there is.
        let Some(on) = on else {
            return Err(decision.refuse(Reason::Malformed, Rule::F1, "a date", "none"));
        };
        return decision.on(Rule::F1, entered(on, consenting, Vec::new()));
    }
    if let Some(on) = on
        && entry.date() != Some(on)
    {
        // The negotiating States may agree on another date than the one that follows, or where none
        // does yet (VCLT 24(1)).
        if !consenting.is_empty() {
            all_agree(decision, on, &consenting)?;
            return decision.by(Rule::F1, &basis, entered(on, consenting, Vec::new()));
        }
        // Records of before do not say who agreed, where no clause speaks; and they rest on what was
        // read then.
        if !decision.is_new()
            && let Some((trace, agreed)) = as_before(decision, on, clause.is_some())
        {
            let act = entered(on, consenting, trace);
            return match agreed {
                true => decision.by(Rule::F1, &basis, act),
                false => decision.based(rule, clause, act),
            };
        }
    }
    let refused = |refusal: Refusal| Refusal {
        clause: clause.map(str::to_owned),
        ..refusal
    };
    match (entry, on) {
        (Evaluation::Pending { missing }, _) => {
            let expected = "a condition that is met, or a day on which all parties agree";
            let refusal =
                decision.refuse(Reason::ConditionUnmet, rule, expected, "one that is not");
            Err(refused(refusal.missing(missing)))
        }
        // One of them does not date it for the others (VCLT 24(1), 24(2)).
        (Evaluation::Date { on: found, .. }, Some(on)) if found != on => {
            let expected =
                format!("{found}, which follows, or the consent of all parties to another day");
            Err(refused(decision.refuse(
                Reason::WrongDate,
                rule,
                expected,
                on.to_string(),
            )))
        }
        (Evaluation::Date { on, trace }, _) => {
            decision.based(rule, clause, entered(on, consenting, trace))
        }
    }
}

/// That all negotiating States that have not declined, and all that are bound by then, agree on a day
/// of entry into force, on which two of them are bound (VCLT 24(1); F12).
fn all_agree(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    consenting: &[PartyId],
) -> Result<(), Refusal> {
    decision.all_are_parties(consenting)?;
    let agreement = decision.agreement;
    let consents = &agreement.machines.consents;
    let out = |p: &&PartyId| {
        let life = consents.of(p).and_then(|own| own.life(on));
        life.is_some_and(|life| life.is_over(on))
    };
    let negotiating = agreement.negotiating().filter(|p| !out(p));
    let all: BTreeSet<_> = negotiating.chain(consents.contracting(on)).collect();
    let missing = all.into_iter().filter(|p| !consenting.contains(p));
    let missing = missing.map(ToString::to_string).collect();
    decision.none_is_missing(Rule::F1, consenting, missing)?;
    match consents.two_bound_from(on) {
        Some((two, _)) if two == on => Ok(()),
        Some((two, _)) => {
            let expected = format!("a day from {two} on, when two are bound");
            Err(decision.refuse(Reason::TooEarly, Rule::F12, expected, on.to_string()))
        }
        None => {
            let expected = "two parties or more that are bound";
            Err(decision.refuse(Reason::ConsentMissing, Rule::F12, expected, "fewer"))
        }
    }
}

/// How a record of before came to its date: by what followed then, with its trace; or, without a clause,
/// as agreed.
fn as_before(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    by_clause: bool,
) -> Option<(Vec<Step>, bool)> {
    match decision.agreement.entry_as_before() {
        Evaluation::Date { on: found, trace } if found == on => Some((trace, false)),
        Evaluation::Date { .. } if !by_clause => Some((Vec::new(), true)),
        Evaluation::Date { .. } | Evaluation::Pending { .. } => None,
    }
}

fn enter_for(
    decision: &DecisionContext<'_>,
    on: Option<NaiveDate>,
) -> Result<Decided<ForceAct>, Refusal> {
    let party = decision.party();
    let follows = decision.agreement.force_for_last(party);
    decision.on_day(on.or(follows)).standing()?;
    decision.legal_basis(Rule::F3)?;
    let Some(since) = decision.agreement.in_force_since() else {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::F3,
            "an agreement in force",
            "one that is not in force",
        ));
    };
    let own = decision.agreement.machines.consents.of(party);
    let life = own.and_then(|own| own.lives.iter().rev().find(|life| life.consent.is_some()));
    let consent = life.and_then(|life| life.bound_since());
    let Some(found) = follows else {
        let counts = decision.agreement.consent_waits_for(party, decision.day());
        let waits = match counts {
            Some((_, waits)) => Some(vec![waits]),
            None => consent.map(|on| decision.agreement.late_waits_for(party, on)),
        };
        let waits = waits.filter(|waits| !waits.is_empty());
        let (reason, expected, found) = match waits {
            Some(_) => (
                Reason::ConditionUnmet,
                "a condition that is met",
                "one that is not".to_owned(),
            ),
            None => (
                Reason::ConsentMissing,
                "a consent that is established",
                format!("none of {party}"),
            ),
        };
        let missing = waits.unwrap_or_else(|| vec![format!("the consent of {party}")]);
        let refusal = decision.refuse(reason, Rule::F3, expected, found);
        return Err(refusal.missing(missing));
    };
    if found <= since {
        return Err(decision.refuse(
            Reason::Already,
            Rule::F3,
            format!("a consent after {since}"),
            format!("one that counts from {found}"),
        ));
    }
    if let Some(on) = on.filter(|on| *on != found) {
        return Err(decision.refuse(
            Reason::WrongDate,
            Rule::F3,
            found.to_string(),
            on.to_string(),
        ));
    }
    let late = |t: &Term| {
        let late = matches!(t, Term::LateConsent(_) | Term::LateConsentAfterForce(_));
        late.then_some(())
    };
    let clauses = &decision.agreement.machines.clauses;
    let clause = clauses.find_on(consent.unwrap_or(found), late);
    let clause = clause.map(|(_, label)| label);
    decision.based(
        Rule::F3,
        clause,
        ForceAct::EnteredIntoForceFor { on: Some(found) },
    )
}
