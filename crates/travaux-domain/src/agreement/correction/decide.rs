//! Machine X: which acts of correction the law admits.

use super::{CorrectionAct, Corrections};
use crate::{
    Decided, Reason, Refusal, Revision, Rule,
    agreement::{decision::DecisionContext, draft::Nature, state::RevisionRecord},
    words::names,
};

impl Corrections {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: CorrectionAct,
    ) -> Result<Decided<CorrectionAct>, Refusal> {
        let machines = &decision.agreement.machines;
        match act {
            CorrectionAct::CorrectionNotified { on, revision, days } => {
                decision.going_on()?;
                decision.legal_basis(Rule::X3)?;
                correction(decision, revision, Rule::X3)?;
                by_keeper(decision, Rule::X3)?;
                if let Some(n) = machines.corrections.notified.get(&revision) {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::X3,
                        "a first notification",
                        format!("that of {}", n.on),
                    ));
                }
                if days == 0 {
                    return Err(decision.refuse(
                        Reason::Malformed,
                        Rule::X3,
                        "a time limit",
                        "none",
                    ));
                }
                decision.on(
                    Rule::X3,
                    CorrectionAct::CorrectionNotified { on, revision, days },
                )
            }
            CorrectionAct::CorrectionObjected {
                on,
                revision,
                reason,
            } => {
                decision.standing()?;
                correction(decision, revision, Rule::X5)?;
                let Some(n) = machines.corrections.notified.get(&revision) else {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::X5,
                        "a correction that was notified",
                        format!("revision {revision}"),
                    ));
                };
                if n.until < on {
                    return Err(decision.refuse(
                        Reason::TooLate,
                        Rule::X5,
                        format!("an objection by {}", n.until),
                        on.to_string(),
                    ));
                }
                decision.on(
                    Rule::X5,
                    CorrectionAct::CorrectionObjected {
                        on,
                        revision,
                        reason,
                    },
                )
            }
            CorrectionAct::Rectified { on, revision } => {
                decision.going_on()?;
                let record = correction(decision, revision, Rule::X4)?;
                by_keeper(decision, Rule::X4)?;
                let Some(n) = machines.corrections.notified.get(&revision) else {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::X3,
                        "a correction that was notified",
                        format!("revision {revision}"),
                    ));
                };
                if !n.objections.is_empty() {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::X5,
                        "no objection",
                        format!("that of {}", names(n.objections.keys())),
                    ));
                }
                if on <= n.until {
                    return Err(decision.refuse(
                        Reason::TooEarly,
                        Rule::X4,
                        format!("a date after {}, when the limit has passed", n.until),
                        on.to_string(),
                    ));
                }
                decision.fits(Rule::X4, record)?;
                decision.on(Rule::X4, CorrectionAct::Rectified { on, revision })
            }
            CorrectionAct::CorrectionNotifiedToUn { on, revision } => {
                decision.going_on()?;
                decision.legal_basis(Rule::X8)?;
                let made = decision
                    .agreement
                    .adoption_of(revision)
                    .is_some_and(|a| a.nature == Nature::Correction);
                if !made || machines.depositary.registered.is_none() {
                    let found = match made {
                        true => "a text that is not registered".to_owned(),
                        false => format!("revision {revision}, which is no such correction"),
                    };
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::X8,
                        "a correction that was made to a registered text",
                        found,
                    ));
                }
                decision.on(
                    Rule::X8,
                    CorrectionAct::CorrectionNotifiedToUn { on, revision },
                )
            }
            CorrectionAct::CopyRectified { on, lang, note } => {
                let identity = decision.standing()?;
                decision.authenticated(Rule::X9)?;
                let mut languages = identity.all_languages();
                languages.extend(&machines.languages.authentic);
                if !languages.contains(&lang) {
                    languages.sort_unstable();
                    languages.dedup();
                    let expected = format!("a copy in one of its languages ({})", names(languages));
                    return Err(decision.refuse(
                        Reason::Unknown,
                        Rule::X9,
                        expected,
                        lang.to_string(),
                    ));
                }
                decision.on(Rule::X9, CorrectionAct::CopyRectified { on, lang, note })
            }
        }
    }
}

fn correction<'a>(
    decision: &DecisionContext<'a>,
    revision: Revision,
    rule: Rule,
) -> Result<&'a RevisionRecord, Refusal> {
    let record = decision.open(revision, rule)?;
    if record.draft.nature != Nature::Correction {
        return Err(decision.refuse(
            Reason::Unknown,
            rule,
            "a correction",
            format!("revision {revision}, which is none"),
        ));
    }
    decision.with_package(record, |package| package.adopted)?;
    Ok(record)
}

fn by_keeper(decision: &DecisionContext<'_>, rule: Rule) -> Result<(), Refusal> {
    match &decision.agreement.machines.depositary.keeper {
        Some(keeper) if *keeper == decision.party().0 => Ok(()),
        Some(keeper) => Err(decision.refuse(
            Reason::NotEntitled,
            rule,
            format!("an act of the depositary ({keeper})"),
            format!("one of `{}`", decision.party()),
        )),
        None => Err(decision.refuse(
            Reason::Forbidden,
            Rule::X2,
            "the agreement of all, as there is no depositary",
            "a notification",
        )),
    }
}
