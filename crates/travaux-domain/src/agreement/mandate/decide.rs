//! Which acts of a party's own administration its practice admits.

use super::{Form, Mandate, MandateAct, Mandates, Progress};
use crate::{
    Decided, Refusal, Rule,
    agreement::{consent::Office, decision::DecisionContext},
};

impl Mandates {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: MandateAct,
    ) -> Result<Decided<MandateAct>, Refusal> {
        decision.standing()?;
        let none = Mandate::default();
        let own = decision
            .agreement
            .machines
            .mandates
            .0
            .get(decision.party())
            .unwrap_or(&none);
        let at =
            |rule: Rule, expected: &str| Err(decision.refuse(rule, expected, own.progress.words()));
        match &act {
            MandateAct::MandateRequested { .. } if own.progress != Progress::None => {
                at(Rule::FR1, "a first request")
            }
            MandateAct::MandateRequested { .. } => decision.on(Rule::FR1, act),
            MandateAct::MinistersConsulted { .. } if own.progress != Progress::Requested => {
                at(Rule::FR3, "a mandate that was asked for")
            }
            MandateAct::MinistersConsulted { ministers, .. } if ministers.is_empty() => {
                Err(decision.refuse(Rule::FR3, "the ministers concerned", "none"))
            }
            MandateAct::MinistersConsulted { .. } => decision.on(Rule::FR3, act),
            MandateAct::Arbitrated { .. } if own.progress == Progress::Disputed => {
                decision.on(Rule::FR2, act)
            }
            MandateAct::Arbitrated { .. } => at(Rule::FR2, "a disagreement between ministers"),
            MandateAct::AuthorisationAssessed { .. } if own.progress == Progress::None => {
                at(Rule::FR4, "a mandate that was asked for")
            }
            MandateAct::AuthorisationAssessed { .. } if own.authorisation.is_some() => {
                Err(decision.refuse(Rule::FR4, "a question that is open", "one that is decided"))
            }
            MandateAct::AuthorisationAssessed { .. } => decision.on(Rule::FR4, act),
            MandateAct::MandateGiven { .. } if own.progress == Progress::Consulted => {
                decision.on(Rule::FR3, act)
            }
            MandateAct::MandateGiven { .. } if own.progress == Progress::Disputed => {
                at(Rule::FR2, "the Prime Minister's arbitration")
            }
            MandateAct::MandateGiven { .. } => at(Rule::FR3, "the consultation of the ministers"),
            MandateAct::PowersIssued {
                to,
                form,
                signed_by,
                ..
            } => {
                if own.progress < Progress::Given {
                    return at(Rule::FR3, "a mandate that was given");
                }
                if to.full_powers {
                    return Err(decision.refuse(
                        Rule::FR7,
                        "someone who needs powers",
                        format!("{}, who has them", to.name),
                    ));
                }
                if matches!(
                    to.office,
                    Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister
                ) {
                    return Err(decision.refuse(
                        Rule::FR7,
                        "someone who needs powers",
                        format!("{}, who needs none", to.name),
                    ));
                }
                let right = match form {
                    Form::Solemn => Office::HeadOfState,
                    Form::Simplified => Office::ForeignMinister,
                };
                if *signed_by != right {
                    let expected = if *form == Form::Solemn {
                        "powers signed by the President"
                    } else {
                        "powers signed by the foreign minister"
                    };
                    return Err(decision.refuse(Rule::FR8, expected, "powers signed by another"));
                }
                if *form == Form::Simplified && own.authorisation.is_none() {
                    return Err(decision.refuse(
                        Rule::FR4,
                        "a decision whether parliament must authorise",
                        "none",
                    ));
                }
                decision.on(Rule::FR7, act)
            }
        }
    }
}
