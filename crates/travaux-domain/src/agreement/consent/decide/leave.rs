//! Not becoming a party, and withdrawal.

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Decision, own};
use crate::{
    Reason, Rule,
    agreement::{
        consent::{ConsentAct, PartyConsent},
        decision::DecisionContext,
    },
    clause::Term,
    effect::Period,
    words::names,
};

/// What VCLT 56(2) asks for where no clause speaks.
const NOTICE_WITHOUT_CLAUSE: Period = Period::Months(12);

pub(super) fn decline(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.standing()?;
    if decision
        .agreement
        .force_for(decision.party())
        .is_some_and(|since| since <= on)
    {
        let found = "an agreement in force for it: give notice of withdrawal instead";
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::C12,
            "an agreement that is not yet in force for the party",
            found,
        ));
    }
    match own(decision) {
        Some(PartyConsent {
            declined_on: Some(on),
            ..
        }) => Err(decision.refuse(
            Reason::Already,
            Rule::C12,
            "a party that has not declined",
            format!("one that declined on {on}"),
        )),
        Some(c) if c.signed.is_some() || c.expressed.is_some() => {
            decision.on(Rule::C12, ConsentAct::DeclinedToBecomeParty { on })
        }
        _ => Err(decision.refuse(
            Reason::WrongState,
            Rule::C12,
            "a party that has signed or consented",
            format!("{}, which has not", decision.party()),
        )),
    }
}

pub(super) fn withdraw(
    decision: &DecisionContext<'_>,
    received_on: NaiveDate,
    admitted: Option<String>,
    provisions: Vec<ProvisionId>,
) -> Decision {
    decision.standing()?;
    let refused = match decision.agreement.force_for(decision.party()) {
        None => Some(Reason::WrongState),
        Some(since) if received_on < since => Some(Reason::TooEarly),
        Some(_) => None,
    };
    if let Some(reason) = refused {
        return Err(decision.refuse(
            reason,
            Rule::C14,
            "a party for which the agreement is in force",
            format!("{}", decision.party()),
        ));
    }
    if let Some(w) = own(decision).and_then(|c| c.withdrawal) {
        return Err(decision.refuse(
            Reason::Already,
            Rule::C14,
            "a first notice",
            format!("that received on {}", w.received_on),
        ));
    }
    if !provisions.is_empty() {
        let separable = decision.clause(|t| {
            if let Term::Separable(p) = t {
                Some(p)
            } else {
                None
            }
        });
        if !separable.is_some_and(|(p, _)| provisions.iter().all(|provision| p.contains(provision)))
        {
            let found = format!("a notice for {}", names(&provisions));
            return Err(decision.refuse(
                Reason::Forbidden,
                Rule::E17,
                "a notice for the whole agreement",
                found,
            ));
        }
    }
    let act = |notice: Period, admitted| {
        let effective_on = Some(notice.after(received_on));
        ConsentAct::WithdrawalNotified {
            received_on,
            admitted,
            provisions: provisions.clone(),
            effective_on,
        }
    };
    match decision.clause(|t| {
        if let Term::Denunciation(notice) = t {
            Some(*notice)
        } else {
            None
        }
    }) {
        Some((notice, label)) => decision.by(Rule::C14, label, act(notice, admitted)),
        None if admitted
            .as_ref()
            .is_none_or(|reason| reason.trim().is_empty()) =>
        {
            let expected = "a clause on denunciation, or an intention or a nature of the agreement that admits it";
            Err(decision.refuse(Reason::ConditionUnmet, Rule::E4, expected, "neither"))
        }
        None => decision.on(Rule::E4, act(NOTICE_WITHOUT_CLAUSE, admitted)),
    }
}

/// A notice of withdrawal is taken back.
pub(super) fn revoke(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.standing()?;
    match own(decision).and_then(|c| c.withdrawal) {
        Some(w) if on < w.effective_on => {
            decision.on(Rule::C15, ConsentAct::NotificationRevoked { on })
        }
        Some(w) => Err(decision.refuse(
            Reason::TooLate,
            Rule::C15,
            format!("a date before {}, when it takes effect", w.effective_on),
            on.to_string(),
        )),
        None => Err(decision.refuse(
            Reason::WrongState,
            Rule::C15,
            "a notice that has not taken effect",
            format!("none of {}", decision.party()),
        )),
    }
}
