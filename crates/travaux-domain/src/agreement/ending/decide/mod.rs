//! Machine E: which acts that end or suspend an agreement the law admits.

mod carry_out;
mod claim;
mod end;
mod scope;
mod settle;
mod suspend;

use super::{Ending, EndingAct};
use crate::{Decided, Reason, Refusal, Rule, agreement::decision::DecisionContext};

type Decision = Result<Decided<EndingAct>, Refusal>;

impl Ending {
    pub(crate) fn decide(decision: &DecisionContext<'_>, act: EndingAct) -> Decision {
        // That it ended, who left may record: it follows.
        if !matches!(act, EndingAct::Terminated { .. }) {
            decision.has_not_left()?;
        }
        match act {
            EndingAct::AgreementEnded(ended) => end::end(decision, ended),
            EndingAct::AgreementResumed { on, elsewhere } => {
                end::resume_living_text(decision, on, elsewhere)
            }
            EndingAct::Terminated { on } => end::terminate(decision, on),
            EndingAct::Superseded {
                on,
                by,
                suspended_only,
                consenting,
            } => end::supersede(decision, on, by, suspended_only, consenting),
            EndingAct::Suspended {
                on,
                until,
                notified_on,
                consenting,
                provisions,
            } => suspend::suspend(decision, (on, until), notified_on, consenting, provisions),
            EndingAct::SuspendedInterSe {
                on,
                until,
                between,
                provisions,
                notified,
            } => suspend::suspend_some(decision, on, until, between, provisions, notified),
            EndingAct::OperationResumed {
                on,
                number,
                consenting,
            } => suspend::resume(decision, on, number, consenting),
            EndingAct::ClaimNotified { on, claim, .. } => claim::notify(decision, on, claim),
            EndingAct::ClaimReceived { on, number } => claim::received(decision, on, number),
            EndingAct::ClaimDisputed { on, number } => claim::dispute(decision, on, number),
            EndingAct::Acquiesced { on, ground } => {
                decision.standing()?;
                if decision.is_new() && !ground.can_be_lost() {
                    let expected = "a ground that is lost by acquiescence (46 to 50, 60, 62)";
                    let found = ground.to_string();
                    return Err(decision.refuse(Reason::Forbidden, Rule::E16, expected, found));
                }
                decision.on(Rule::E16, EndingAct::Acquiesced { on, ground })
            }
            EndingAct::MeasureCarriedOut {
                on,
                number,
                by,
                scope,
            } => carry_out::carry_out(decision, on, number, by, scope),
            EndingAct::ClaimAccepted { on, number } => settle::accept(decision, on, number),
            EndingAct::ClaimSettled {
                on,
                number,
                by,
                measure,
                consenting,
                decided,
                ..
            } => settle::settle(decision, (on, number), by, measure, (consenting, decided)),
            EndingAct::ClaimRevoked { on, number } => claim::revoke(decision, on, number),
        }
    }
}
