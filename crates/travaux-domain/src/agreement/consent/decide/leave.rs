//! Not becoming a party, and withdrawal.

use chrono::NaiveDate;
use travaux_text::ProvisionId;

use super::{Decision, own};
use crate::{
    Reason, Refusal, Rule,
    agreement::{
        consent::{ConsentAct, Withdrawal},
        decision::DecisionContext,
    },
    clause::Term,
    effect::{Effect, Evaluation, Fact, FactKind, Period},
    words::names,
};

/// What VCLT 56(2) asks for where no clause speaks.
const NOTICE_WITHOUT_CLAUSE: Period = Period::Months(12);

pub(super) fn decline(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    decision.standing()?;
    if decision
        .agreement
        .force_for(decision.party(), on)
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
    let own = own(decision);
    if let Some(declined) = own.and_then(|c| c.life(on)?.declined_on) {
        return Err(decision.refuse(
            Reason::Already,
            Rule::C12,
            "a party that has not declined",
            format!("one that declined on {declined}"),
        ));
    }
    let mut lives = own.into_iter().flat_map(|c| &c.lives);
    let left = lives.find_map(|life| life.withdrawal.filter(|w| on <= w.received_on));
    if let Some(notice) = left.filter(|_| decision.is_new()) {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::C12,
            "a consent on which no notice rests",
            format!("the notice received on {}", notice.received_on),
        ));
    }
    let signed = own.and_then(|c| c.signatures().map(|signed| signed.on).min());
    if let Some(signed) = signed.filter(|signed| on < *signed && decision.is_new()) {
        return Err(decision.too_early(Rule::C12, on, signed, ", when it signed"));
    }
    match own {
        Some(c) if c.signed.is_some() || c.has_consented() => {
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

/// A party gives notice: when it was received; and, where a record is decided again, when it said that it
/// takes effect.
pub(super) fn withdraw(
    decision: &DecisionContext<'_>,
    (received_on, said): (NaiveDate, Option<NaiveDate>),
    admitted: Option<String>,
    provisions: Vec<ProvisionId>,
) -> Decision {
    decision.standing()?;
    let (agreement, party) = (decision.agreement, decision.party());
    let force = agreement.force_for(party, received_on);
    let refused = match force.or_else(|| agreement.force_for_last(party)) {
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
    if let Some(w) = own(decision).and_then(|c| c.life(received_on)?.withdrawal) {
        return Err(decision.refuse(
            Reason::Already,
            Rule::C14,
            "a first notice",
            format!("that received on {}", w.received_on),
        ));
    }
    if decision.is_new()
        && !provisions.is_empty()
        && let life = own(decision).and_then(|own| own.life(received_on))
        && let begun = life.map_or(received_on, |life| life.begun)
        && let Some(part) = agreement.machines.ending.part_of(party, &provisions, begun)
    {
        let found = format!("that received on {}", part.stated_on);
        return Err(decision.refuse(Reason::Already, Rule::C14, "a first notice", found));
    }
    if !provisions.is_empty() && !decision.may_stand_apart(&provisions) {
        let found = format!("a notice for {}", names(&provisions));
        return Err(decision.refuse(
            Reason::Forbidden,
            Rule::E17,
            "a notice for the whole agreement",
            found,
        ));
    }
    let act = |effective_on, admitted| ConsentAct::WithdrawalNotified {
        received_on,
        admitted,
        provisions: provisions.clone(),
        effective_on: Some(effective_on),
    };
    not_too_early(decision, received_on)?;
    // Records of before rest on the clause agreed last, whatever its day.
    let last = decision.agreement.machines.clauses.find(|t| {
        if let Term::Denunciation(notice) = t {
            Some(*notice)
        } else {
            None
        }
    });
    if let Some((notice, label)) = last.filter(|_| !decision.is_new())
        && said == Some(notice.after(received_on))
    {
        return decision.by(Rule::C14, label, act(notice.after(received_on), admitted));
    }
    if let Some((effective_on, label)) = by_clause(decision, received_on)? {
        return decision.by(Rule::C14, label, act(effective_on, admitted));
    }
    if admitted
        .as_ref()
        .is_none_or(|reason| reason.trim().is_empty())
    {
        let expected =
            "a clause on denunciation, or an intention or a nature of the agreement that admits it";
        return Err(decision.refuse(Reason::ConditionUnmet, Rule::E4, expected, "neither"));
    }
    decision.on(
        Rule::E4,
        act(NOTICE_WITHOUT_CLAUSE.after(received_on), admitted),
    )
}

/// That a notice may be given by then.
fn not_too_early(decision: &DecisionContext<'_>, received_on: NaiveDate) -> Result<(), Refusal> {
    let from = decision.clause(|t| {
        if let Term::NoticeFrom(effect) = t {
            Some(effect)
        } else {
            None
        }
    });
    let Some((effect, label)) = from else {
        return Ok(());
    };
    let facts = decision
        .agreement
        .facts(Some((decision.party(), received_on)));
    match effect.evaluate(&facts) {
        Evaluation::Date { on, .. } if on <= received_on => Ok(()),
        Evaluation::Date { on, .. } => {
            let expected = format!("a notice received from {on} on");
            let refusal = decision.refuse(
                Reason::TooEarly,
                Rule::E1,
                expected,
                received_on.to_string(),
            );
            Err(refusal.by(label))
        }
        Evaluation::Pending { missing } => {
            let expected = "a condition for notice that is met";
            let refusal = decision.refuse(
                Reason::ConditionUnmet,
                Rule::E1,
                expected,
                "one that is not",
            );
            Err(refusal.missing(missing).by(label))
        }
    }
}

/// When a notice takes effect by a clause, and its label: after a time, on a day that is counted from
/// its receipt, or at the end of the term that runs.
fn by_clause<'a>(
    decision: &DecisionContext<'a>,
    received_on: NaiveDate,
) -> Result<Option<(NaiveDate, &'a str)>, Refusal> {
    enum Notice<'a> {
        After(Period),
        On(&'a Effect),
        EndOfTerm,
    }
    let clause = decision.clause(|t| {
        if let Term::Denunciation(notice) = t {
            return Some(Notice::After(*notice));
        }
        let Term::DenunciationEffect(effect) = t else {
            return None;
        };
        Some(Notice::On(effect))
    });
    let renewed =
        || decision.clause(|t| matches!(t, Term::Renewal { .. }).then_some(Notice::EndOfTerm));
    let Some((notice, label)) = clause.or_else(renewed) else {
        return Ok(None);
    };
    let agreement = decision.agreement;
    let (found, waits) = match notice {
        Notice::After(period) => (Some(period.after(received_on)), Vec::new()),
        Notice::EndOfTerm => {
            let missing = vec!["the end of the first term".to_owned()];
            (agreement.term_for_notice(received_on), missing)
        }
        Notice::On(effect) => {
            let mut facts = agreement.facts(Some((decision.party(), received_on)));
            facts.facts.push(Fact {
                kind: FactKind::Notice,
                on: received_on,
                party: Some(decision.party().clone()),
                until: None,
                event: agreement.version + 1,
            });
            match effect.evaluate(&facts) {
                Evaluation::Date { on, .. } => (Some(on.max(received_on)), Vec::new()),
                Evaluation::Pending { missing } => (None, missing),
            }
        }
    };
    let Some(found) = found else {
        let expected = "a day on which the notice takes effect";
        let refusal = decision.refuse(Reason::ConditionUnmet, Rule::E1, expected, "none yet");
        return Err(refusal.missing(waits).by(label));
    };
    Ok(Some((found, label)))
}

/// A notice of withdrawal is taken back.
pub(super) fn revoke(decision: &DecisionContext<'_>, on: NaiveDate) -> Decision {
    // The notice itself may be what ends it.
    decision.ending()?;
    let own = own(decision);
    let notice = |w: &Withdrawal| w.rule == Rule::C14;
    let whole = own.and_then(|c| c.lives.iter().rev().find_map(|life| life.withdrawal));
    let whole = whole.filter(notice);
    let parts = decision
        .agreement
        .machines
        .ending
        .notices_of(decision.party());
    let parts: Vec<(NaiveDate, NaiveDate)> = parts.collect();
    let runs = |(received, effective): &(NaiveDate, NaiveDate)| *received <= on && on < *effective;
    match whole {
        Some(w) if on < w.received_on && decision.is_new() => {
            Err(decision.too_early(Rule::C15, on, w.received_on, ", when it was received"))
        }
        Some(w) if on < w.effective_on => {
            decision.on(Rule::C15, ConsentAct::NotificationRevoked { on })
        }
        _ if parts.iter().any(runs) => {
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
