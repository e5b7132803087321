//! Machine F: which acts of force the law admits.

use chrono::NaiveDate;

use super::{Force, ForceAct, Provisional};
use crate::{
    Decided, Reason, Refusal, Rule, agreement::decision::DecisionContext, clause::Term,
    effect::Evaluation, words::names,
};

impl Force {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: ForceAct,
    ) -> Result<Decided<ForceAct>, Refusal> {
        match act {
            ForceAct::EnteredIntoForce { on, basis, .. } => enter(decision, on, basis),
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
                if let Some(since) = decision
                    .agreement
                    .in_force_since()
                    .filter(|since| *since <= on)
                {
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
                        && (provisions.is_empty() || !provisions.iter().all(|p| part.contains(p)))
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
                clause.may_stand(&identity.profile, decision.act)?;
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
) -> Result<Decided<ForceAct>, Refusal> {
    let identity = decision.standing()?;
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
    let (rule, clause) =
        match decision.clause(|t| matches!(t, Term::EntryIntoForce(_)).then_some(())) {
            Some((_, label)) => (Rule::F1, Some(label)),
            None => (Rule::F2, None),
        };
    if !identity.profile.asks_for_consent() && clause.is_none() {
        // No consent to be bound is on record under such a profile: the act that says when is all
        // there is.
        let Some(on) = on else {
            return Err(decision.refuse(Reason::Malformed, Rule::F1, "a date", "none"));
        };
        return decision.on(
            Rule::F1,
            ForceAct::EnteredIntoForce {
                on: Some(on),
                basis,
                trace: Vec::new(),
            },
        );
    }
    match (decision.agreement.entry_into_force(), clause, on) {
        (Evaluation::Pending { missing }, clause, _) => {
            let refusal = decision
                .refuse(
                    Reason::ConditionUnmet,
                    rule,
                    "a condition that is met",
                    "one that is not",
                )
                .missing(missing);
            Err(Refusal {
                clause: clause.map(str::to_owned),
                ..refusal
            })
        }
        (Evaluation::Date { on: found, .. }, Some(label), Some(on)) if found != on => Err(decision
            .refuse(Reason::WrongDate, rule, found.to_string(), on.to_string())
            .by(label)),
        (Evaluation::Date { on, trace }, Some(label), _) => decision.by(
            Rule::F1,
            label,
            ForceAct::EnteredIntoForce {
                on: Some(on),
                basis,
                trace,
            },
        ),
        // Without a clause, the negotiating States may still agree on another date than that of the
        // last consent.
        (Evaluation::Date { on: found, .. }, None, Some(on)) if found != on => {
            let label = basis.clone();
            decision.by(
                Rule::F1,
                &label,
                ForceAct::EnteredIntoForce {
                    on: Some(on),
                    basis,
                    trace: Vec::new(),
                },
            )
        }
        (Evaluation::Date { on, trace }, None, _) => decision.on(
            Rule::F2,
            ForceAct::EnteredIntoForce {
                on: Some(on),
                basis,
                trace,
            },
        ),
    }
}

fn enter_for(
    decision: &DecisionContext<'_>,
    on: Option<NaiveDate>,
) -> Result<Decided<ForceAct>, Refusal> {
    decision.standing()?;
    decision.legal_basis(Rule::F3)?;
    let party = decision.party();
    let Some(since) = decision.agreement.in_force_since() else {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::F3,
            "an agreement in force",
            "one that is not in force",
        ));
    };
    let Some(found) = decision.agreement.force_for(party) else {
        let found = format!("none of {party}");
        return Err(decision
            .refuse(
                Reason::ConsentMissing,
                Rule::F3,
                "a consent that is established",
                found,
            )
            .missing([format!("the consent of {party}")]));
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
    match decision.clause(|t| matches!(t, Term::LateConsent(_)).then_some(())) {
        Some((_, label)) => decision.by(
            Rule::F3,
            label,
            ForceAct::EnteredIntoForceFor { on: Some(found) },
        ),
        None => decision.on(Rule::F3, ForceAct::EnteredIntoForceFor { on: Some(found) }),
    }
}
