//! Machine D: which acts of notification, deposit and registration the law admits.

use chrono::NaiveDate;
use travaux_text::Lang;

use super::{Depositary, DepositaryAct, Notification, Subject};
use crate::{
    Decided, Reason, Refusal, Rule,
    agreement::decision::DecisionContext,
    words::{names, numbered},
};

impl Depositary {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: DepositaryAct,
    ) -> Result<Decided<DepositaryAct>, Refusal> {
        let machine = &decision.agreement.machines.depositary;
        match act {
            DepositaryAct::DepositaryDesignated {
                on,
                keeper,
                consenting,
            } => {
                decision.standing()?;
                decision.adopted(Rule::D1)?;
                if let Some(keeper) = &machine.keeper {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::D1,
                        "an agreement without a depositary",
                        format!("one that {keeper} keeps"),
                    ));
                }
                decision.all_consent(Rule::D1, &consenting)?;
                decision.on(
                    Rule::D1,
                    DepositaryAct::DepositaryDesignated {
                        on,
                        keeper,
                        consenting,
                    },
                )
            }
            DepositaryAct::NotificationSent { on, subject, .. } => {
                decision.standing()?;
                decision.adopted(Rule::D4)?;
                let party = decision.party();
                let twice =
                    |n: &&Notification| n.by == *party && n.subject == Subject::ProceduresComplete;
                if let Some(first) = machine
                    .notifications
                    .iter()
                    .find(twice)
                    .filter(|n| n.subject == subject)
                {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::D4,
                        "a first notification",
                        format!("that which {party} sent on {}", first.sent_on),
                    ));
                }
                let number = u32::try_from(machine.notifications.len())
                    .ok()
                    .map(|n| n + 1);
                decision.on(
                    Rule::D4,
                    DepositaryAct::NotificationSent {
                        on,
                        subject,
                        number,
                    },
                )
            }
            DepositaryAct::NotificationReceived { on, number } => {
                machine.received(decision, on, number)
            }
            DepositaryAct::PartyInformed { on, number, party } => {
                let notification = machine.held(decision, number, Rule::D6)?;
                machine.by_keeper(decision, Rule::D6)?;
                decision.all_are_parties(std::slice::from_ref(&party))?;
                if notification.informed.contains_key(&party) {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::D6,
                        "a party that was not informed yet",
                        party.to_string(),
                    ));
                }
                decision.on(Rule::D6, DepositaryAct::PartyInformed { on, number, party })
            }
            DepositaryAct::FormExamined { on, number, defect } => {
                machine.held(decision, number, Rule::D2)?;
                machine.by_keeper(decision, Rule::D2)?;
                decision.on(Rule::D2, DepositaryAct::FormExamined { on, number, defect })
            }
            DepositaryAct::DifferenceBrought { on, about } => {
                machine.by_keeper(decision, Rule::D3)?;
                decision.on(Rule::D3, DepositaryAct::DifferenceBrought { on, about })
            }
            DepositaryAct::Registered {
                on,
                number,
                ex_officio,
                languages,
            } => machine.register(decision, on, number, ex_officio, languages),
            DepositaryAct::StatementCertified { on, about } => match &machine.registered {
                Some(r) if r.on <= on => {
                    decision.on(Rule::D8, DepositaryAct::StatementCertified { on, about })
                }
                Some(r) => Err(decision.too_early(Rule::D8, on, r.on, "")),
                None => Err(decision.refuse(
                    Reason::WrongState,
                    Rule::D8,
                    "a registered agreement",
                    "one that is not registered",
                )),
            },
        }
    }

    fn by_keeper(&self, decision: &DecisionContext<'_>, rule: Rule) -> Result<(), Refusal> {
        match &self.keeper {
            Some(keeper) if *keeper == decision.party().0 => Ok(()),
            Some(keeper) => Err(decision.refuse(
                Reason::NotEntitled,
                rule,
                format!("an act of the depositary ({keeper})"),
                format!("one of `{}`", decision.party()),
            )),
            None => Err(decision.refuse(
                Reason::WrongState,
                rule,
                "a depositary",
                "none was designated",
            )),
        }
    }

    fn numbered(
        &self,
        decision: &DecisionContext<'_>,
        number: u32,
        rule: Rule,
    ) -> Result<&Notification, Refusal> {
        let last = self.notifications.len();
        let missing = || {
            decision.refuse(
                Reason::Unknown,
                rule,
                numbered("a notification", last),
                format!("notification {number}"),
            )
        };
        self.notification(number).ok_or_else(missing)
    }

    /// A notification that the depositary has received.
    fn held(
        &self,
        decision: &DecisionContext<'_>,
        number: u32,
        rule: Rule,
    ) -> Result<&Notification, Refusal> {
        let notification = self.numbered(decision, number, rule)?;
        let has = |keeper: &String| {
            notification.received.contains_key(keeper) || notification.by.0 == *keeper
        };
        if self.keeper.as_ref().is_some_and(|keeper| !has(keeper)) {
            return Err(decision.refuse(
                Reason::ConditionUnmet,
                rule,
                "a notification that the depositary has received",
                format!("notification {number}"),
            ));
        }
        Ok(notification)
    }

    fn received(
        &self,
        decision: &DecisionContext<'_>,
        on: NaiveDate,
        number: u32,
    ) -> Result<Decided<DepositaryAct>, Refusal> {
        let notification = self.numbered(decision, number, Rule::D5)?;
        match &self.keeper {
            Some(_) => self.by_keeper(decision, Rule::D4)?,
            None => drop(decision.standing()?),
        }
        let who = &decision.party().0;
        if notification.by.0 == *who {
            return Err(decision.refuse(
                Reason::NotEntitled,
                Rule::D5,
                "receipt by another",
                format!("that of its sender, {who}"),
            ));
        }
        if let Some((on, _)) = notification.received.get(who.as_str()) {
            return Err(decision.refuse(
                Reason::Already,
                Rule::D5,
                "a first receipt",
                format!("that of {on}"),
            ));
        }
        if on < notification.sent_on {
            return Err(decision.too_early(
                Rule::D5,
                on,
                notification.sent_on,
                ", when it was sent",
            ));
        }
        decision.on(Rule::D5, DepositaryAct::NotificationReceived { on, number })
    }

    fn register(
        &self,
        decision: &DecisionContext<'_>,
        on: NaiveDate,
        number: String,
        ex_officio: bool,
        languages: Vec<Lang>,
    ) -> Result<Decided<DepositaryAct>, Refusal> {
        let identity = decision.going_on()?;
        decision.legal_basis(Rule::D7)?;
        if let Some(r) = &self.registered {
            let found = format!("{}, registered by {} on {}", r.number, r.by, r.on);
            return Err(decision.refuse(
                Reason::Already,
                Rule::D9,
                "an agreement that nobody has registered",
                found,
            ));
        }
        let provisionally = decision
            .agreement
            .machines
            .force
            .provisional
            .iter()
            .any(|p| p.on <= on);
        let since = decision
            .agreement
            .in_force_since()
            .filter(|since| *since <= on);
        if since.is_none() && !provisionally {
            return Err(decision.refuse(
                Reason::WrongState,
                Rule::D7,
                "an agreement in force, or applied provisionally",
                format!("one that was not on {on}"),
            ));
        }
        let missing: Vec<_> = identity
            .languages
            .iter()
            .filter(|l| !languages.contains(l))
            .map(ToString::to_string)
            .collect();
        if !missing.is_empty() {
            return Err(decision
                .refuse(
                    Reason::LanguageGap,
                    Rule::D10,
                    "a copy in every authentic language",
                    names(&languages),
                )
                .missing(missing));
        }
        if let Some(since) = since.filter(|since| ex_officio && *since != on) {
            return Err(decision.refuse(
                Reason::WrongDate,
                Rule::D11,
                format!("{since}, when it entered into force"),
                on.to_string(),
            ));
        }
        decision.on(
            Rule::D7,
            DepositaryAct::Registered {
                on,
                number,
                ex_officio,
                languages,
            },
        )
    }
}
