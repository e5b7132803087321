//! Which acts of a party's own administration its practice admits.

use super::{Form, Mandate, MandateAct, Mandates, Progress};
use crate::{
    Decided, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    office::{Office, Representative},
    practice::{Cited, Practice, Step},
};

type Decision = Result<Decided<MandateAct>, Refusal>;

impl Mandates {
    pub(crate) fn decide(decision: &DecisionContext<'_>, act: MandateAct) -> Decision {
        let identity = decision.standing()?;
        let none = Mandate::default();
        let mandates = &decision.agreement.machines.mandates.0;
        let at_home = AtHome {
            decision,
            practice: identity.profile.practice(decision.party()),
            own: mandates.get(decision.party()).unwrap_or(&none),
        };
        let step = at_home.may(&act)?;
        let Cited { row, article } = at_home.cited(step)?;
        match article {
            Some(article) => decision.by(*row, article, act),
            None => decision.on(*row, act),
        }
    }
}

/// The acting party's mandate, and the practice that it is under.
struct AtHome<'a> {
    decision: &'a DecisionContext<'a>,
    practice: &'a Practice,
    own: &'a Mandate,
}

impl<'a> AtHome<'a> {
    /// The row of a step, if the practice has that step.
    fn cited(&self, step: Step) -> Result<&'a Cited, Refusal> {
        self.practice.steps.get(&step).ok_or_else(|| {
            let found = format!("`{}`, which has none", self.practice.name);
            let expected = format!("a practice that has {step}");
            self.decision
                .refuse(Reason::RuleLeftOut, Rule::IM1, expected, found)
        })
    }

    fn refuse<T>(
        &self,
        reason: Reason,
        step: Step,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Result<T, Refusal> {
        let cited = self.cited(step)?;
        let refusal = self.decision.refuse(reason, cited.row, expected, found);
        Err(Refusal {
            clause: cited.article.clone(),
            ..refusal
        })
    }

    /// A refusal of an act for which the mandate has not come so far, or too far.
    fn not_now<T>(&self, step: Step, expected: &str) -> Result<T, Refusal> {
        self.refuse(
            Reason::WrongState,
            step,
            expected,
            self.own.progress.words(),
        )
    }

    /// Whether there is a request, or the practice asks for none.
    fn asked_for(&self) -> bool {
        self.own.progress != Progress::None || !self.practice.has(Step::Request)
    }

    /// The step that an act takes, if it may be taken now.
    fn may(&self, act: &MandateAct) -> Result<Step, Refusal> {
        match act {
            MandateAct::MandateRequested { .. } if self.own.progress != Progress::None => {
                self.not_now(Step::Request, "a first request")
            }
            MandateAct::MandateRequested { .. } => Ok(Step::Request),
            MandateAct::MinistersConsulted { ministers, .. } => self.may_consult(ministers),
            MandateAct::Arbitrated { .. } if self.own.progress != Progress::Disputed => {
                self.not_now(Step::Arbitration, "a disagreement between ministers")
            }
            MandateAct::Arbitrated { .. } => Ok(Step::Arbitration),
            MandateAct::AuthorisationAssessed { .. } if !self.asked_for() => {
                self.not_now(Step::Authorisation, "a mandate that was asked for")
            }
            MandateAct::AuthorisationAssessed { .. } if self.own.authorisation.is_some() => {
                let expected = "a question that is open";
                self.refuse(
                    Reason::Already,
                    Step::Authorisation,
                    expected,
                    "one that is decided",
                )
            }
            MandateAct::AuthorisationAssessed { .. } => Ok(Step::Authorisation),
            MandateAct::MandateGiven { .. } => self.may_give(),
            MandateAct::PowersIssued {
                to,
                form,
                signed_by,
                ..
            } => self.may_issue(to, *form, *signed_by),
        }
    }

    fn may_consult(&self, ministers: &[String]) -> Result<Step, Refusal> {
        let step = Step::Consultation;
        let begun = matches!(self.own.progress, Progress::None | Progress::Requested);
        if !self.asked_for() || !begun {
            return self.not_now(step, "a mandate that was asked for");
        }
        if ministers.is_empty() {
            return self.refuse(Reason::Malformed, step, "the ministers concerned", "none");
        }
        Ok(step)
    }

    fn may_give(&self) -> Result<Step, Refusal> {
        let consults = self.practice.has(Step::Consultation);
        match (self.own.progress, &self.practice.arbiter) {
            (Progress::Consulted, _) => Ok(Step::Mandate),
            (Progress::None | Progress::Requested, _) if !consults && self.asked_for() => {
                Ok(Step::Mandate)
            }
            (Progress::Disputed, Some(arbiter)) => {
                self.not_now(Step::Arbitration, &format!("{arbiter}'s arbitration"))
            }
            (Progress::None | Progress::Requested, _) if !consults => {
                self.not_now(Step::Mandate, "a mandate that was asked for")
            }
            (Progress::Disputed, None) => self.not_now(Step::Mandate, "ministers that agree"),
            (
                Progress::None
                | Progress::Requested
                | Progress::Refused
                | Progress::Given
                | Progress::PowersIssued,
                _,
            ) => self.not_now(Step::Mandate, "the consultation of the ministers"),
        }
    }

    fn may_issue(
        &self,
        to: &Representative,
        form: Form,
        signed_by: Office,
    ) -> Result<Step, Refusal> {
        if self.practice.has(Step::Mandate) && self.own.progress < Progress::Given {
            return self.not_now(Step::Mandate, "a mandate that was given");
        }
        let needs = "someone who needs powers";
        if to.full_powers {
            let found = format!("{}, who has them", to.name);
            return self.refuse(Reason::Already, Step::Powers, needs, found);
        }
        if self.practice.needs_no_powers.contains(&to.office) {
            let found = format!("{}, who needs none", to.name);
            return self.refuse(Reason::Forbidden, Step::Powers, needs, found);
        }
        let Some(right) = self.practice.powers.iter().find(|p| p.form == form) else {
            let expected = "a form that the practice knows";
            return self.refuse(
                Reason::RuleLeftOut,
                Step::SignatureOfPowers,
                expected,
                "another",
            );
        };
        if signed_by != right.signed_by {
            let expected = format!("powers signed by {}", right.title);
            return self.refuse(
                Reason::NotEntitled,
                Step::SignatureOfPowers,
                expected,
                "powers signed by another",
            );
        }
        if right.authorisation_first && self.own.authorisation.is_none() {
            let expected = "a decision whether parliament must authorise";
            return self.refuse(
                Reason::ConditionUnmet,
                Step::Authorisation,
                expected,
                "none",
            );
        }
        Ok(Step::Powers)
    }
}
