//! Machine A: which acts of amendment and modification the law admits.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use travaux_text::Operation;

use super::{AmendmentAct, Amendments, BindingKind, tacit};
use crate::{
    AgreementId, Decided, PartyId, Reason, Refusal, Revision, Rule,
    agreement::{
        answers::Answer, decision::DecisionContext, draft::Nature, state::RevisionRecord,
        text_facts::TextState,
    },
    body::AnnexChange,
    clause::Term,
    effect::Evaluation,
    words::names,
};

impl Amendments {
    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: AmendmentAct,
    ) -> Result<Decided<AmendmentAct>, Refusal> {
        decision.has_not_left()?;
        if let Some(revision) = act.brings_into_force()
            && let Some(record) = decision.agreement.revision(revision)
        {
            decision.with_package(record, |package| package.adopted)?;
        }
        match act {
            AmendmentAct::AmendmentNotified {
                on, revision, to, ..
            } => notify(decision, on, revision, to),
            AmendmentAct::AmendmentObjected { on, revision } => {
                tacit::object(decision, on, revision)
            }
            AmendmentAct::AmendmentObjectionWithdrawn { on, revision } => {
                tacit::withdraw(decision, on, revision)
            }
            AmendmentAct::AmendmentEnteredIntoForce {
                on,
                revision,
                instrument,
                between,
                later,
            } => {
                let mut decided = enter(decision, on, revision, instrument, decision.present())?;
                is_one_of_them(decision, &decided.event)?;
                // Records of before bind those who were parties on the day of recording, all from one.
                if let AmendmentAct::AmendmentEnteredIntoForce { between: found, .. } =
                    &decided.event
                    && !decision.is_new()
                    && *found != between
                {
                    let parties = decision.agreement.present_parties(decision.today());
                    decided = enter(decision, on, revision, instrument, parties)?;
                }
                if let AmendmentAct::AmendmentEnteredIntoForce { later: found, .. } =
                    &mut decided.event
                    && !decision.is_new()
                    && later.is_empty()
                {
                    found.clear();
                }
                Ok(decided)
            }
            AmendmentAct::AmendmentJoined { on, revision } => {
                decision.standing()?;
                let party = decision.party();
                let binding = decision
                    .agreement
                    .machines
                    .amendments
                    .of(revision)
                    .filter(|b| b.kind == BindingKind::Amendment)
                    .filter(|b| !decision.agreement.is_blocked(b));
                let Some(binding) = binding else {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::A7,
                        "an amendment in force",
                        format!("revision {revision}, which is none"),
                    ));
                };
                if decision.agreement.bound_from(binding, party).is_some() {
                    return Err(decision.refuse(
                        Reason::Already,
                        Rule::A4,
                        "a party that it does not bind",
                        format!("{party}, which it binds"),
                    ));
                }
                let consents = &decision.agreement.machines.consents;
                let refused = if consents.expressed_on(party).is_none() {
                    Some(Reason::WrongState)
                } else if on < binding.on {
                    Some(Reason::TooEarly)
                } else {
                    None
                };
                if let Some(reason) = refused {
                    let expected = format!("a party to the agreement, from {} on", binding.on);
                    return Err(decision.refuse(
                        reason,
                        Rule::A7,
                        expected,
                        format!("{party} on {on}"),
                    ));
                }
                decision.on(Rule::A7, AmendmentAct::AmendmentJoined { on, revision })
            }
            AmendmentAct::AmendmentDisclaimed { on, revision } => {
                decision.standing()?;
                let party = decision.party();
                let binding = decision
                    .agreement
                    .machines
                    .amendments
                    .of(revision)
                    .filter(|b| b.kind == BindingKind::Amendment)
                    .filter(|b| !decision.agreement.is_blocked(b));
                let Some(binding) = binding else {
                    return Err(decision.refuse(
                        Reason::WrongState,
                        Rule::A6,
                        "an amendment in force",
                        format!("revision {revision}, which is none"),
                    ));
                };
                if binding.between.contains_key(party)
                    || decision.agreement.could_object(binding, party)
                    || decision.agreement.bound_from(binding, party).is_none()
                {
                    let expected = format!("a State that became a party after {}", binding.on);
                    return Err(decision.refuse(
                        Reason::NotEntitled,
                        Rule::A6,
                        expected,
                        party.to_string(),
                    ));
                }
                decision.on(Rule::A6, AmendmentAct::AmendmentDisclaimed { on, revision })
            }
            AmendmentAct::InterSeModified {
                on,
                revision,
                between,
                harmless,
                notified,
            } => inter_se(decision, on, revision, between, harmless, notified),
            AmendmentAct::InterpretationAgreed {
                on,
                provisions,
                note,
                consenting,
            } => {
                decision.standing()?;
                decision.adopted(Rule::A10)?;
                let text = decision
                    .agreement
                    .history
                    .text_at(decision.agreement.history.len());
                if provisions.is_empty() || provisions.iter().any(|p| text.get(*p).is_none()) {
                    return Err(decision.refuse(
                        Reason::Unknown,
                        Rule::A10,
                        "provisions that stand",
                        names(&provisions),
                    ));
                }
                decision.all_consent(Rule::A10, &consenting)?;
                decision.on(
                    Rule::A10,
                    AmendmentAct::InterpretationAgreed {
                        on,
                        provisions,
                        note,
                        consenting,
                    },
                )
            }
            AmendmentAct::AnnexAmended { on, revision, body } => {
                annex(decision, on, revision, body)
            }
        }
    }
}

/// An amendment is notified to all. Where silence accepts it, what follows is found here.
fn notify(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
    to: Vec<PartyId>,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    let record = amendment(decision, revision, Rule::A2)?;
    decision.all_are_parties(&to)?;
    let present = decision.present().into_iter();
    let others = present.filter(|p| p != decision.party() && !to.contains(p));
    let missing: Vec<_> = others.map(|p| p.to_string()).collect();
    if !missing.is_empty() {
        let (expected, found) = ("all contracting States", names(&to));
        let refusal = decision.refuse(Reason::ConditionUnmet, Rule::A2, expected, found);
        return Err(refusal.missing(missing));
    }
    let act = |silence| AmendmentAct::AmendmentNotified {
        on,
        revision,
        to,
        silence,
    };
    match tacit::follows(decision, record, on) {
        Some((silence, label)) => {
            decision.with_package(record, |package| package.adopted)?;
            tacit::fits(decision, record)?;
            decision.by(Rule::A12, label, act(Some(silence)))
        }
        None => decision.on(Rule::A2, act(None)),
    }
}

/// An open revision that is an amendment.
fn amendment<'a>(
    decision: &DecisionContext<'a>,
    revision: Revision,
    rule: Rule,
) -> Result<&'a RevisionRecord, Refusal> {
    let record = decision.open(revision, rule)?;
    if record.draft.nature != Nature::Amendment {
        return Err(decision.refuse(
            Reason::Unknown,
            rule,
            "an amendment",
            format!("revision {revision}, which is none"),
        ));
    }
    Ok(record)
}

fn enter(
    decision: &DecisionContext<'_>,
    on: Option<NaiveDate>,
    revision: Revision,
    instrument: Option<AgreementId>,
    parties: Vec<PartyId>,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    decision.legal_basis(Rule::A4)?;
    let record = amendment(decision, revision, Rule::A4)?;
    if record.draft.instrument != instrument {
        let of = |id: Option<AgreementId>| {
            id.map_or("no agreement of its own".to_owned(), |id| {
                format!("agreement {id}")
            })
        };
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::A3,
            of(record.draft.instrument),
            of(instrument),
        ));
    }
    let mut own = BTreeMap::new();
    let (accepted, on) = match (instrument, decision.beside.agreement) {
        (Some(id), None) => {
            return Err(decision.refuse(
                Reason::Unknown,
                Rule::A3,
                format!("agreement {id}"),
                "no agreement of that id",
            ));
        }
        (Some(_), Some(amending)) => {
            let Some(since) = amending.in_force_since() else {
                let missing = match amending.entry_into_force() {
                    Evaluation::Pending { missing } => missing,
                    Evaluation::Date { .. } => {
                        vec!["the consent of two parties".to_owned()]
                    }
                };
                return Err(decision
                    .refuse(
                        Reason::ConditionUnmet,
                        Rule::A4,
                        "an amending agreement in force",
                        "one that is not",
                    )
                    .missing(missing));
            };
            if let Some(on) = on.filter(|on| *on != since) {
                return Err(decision.refuse(
                    Reason::WrongDate,
                    Rule::A4,
                    since.to_string(),
                    on.to_string(),
                ));
            }
            // Each is bound from its own day (40(4), 24(3)).
            for party in &parties {
                own.extend(amending.force_for_last(party).map(|on| (party.clone(), on)));
            }
            let bound = parties.iter().filter(|p| own.contains_key(p));
            (bound.cloned().collect::<Vec<_>>(), since)
        }
        (None, _) => {
            let Some(on) = on.or(record.draft.effective_from) else {
                return Err(decision.refuse(Reason::Malformed, Rule::A4, "a date", "none"));
            };
            let accepted = |p: &&PartyId| record.answers.get(p) == Some(&Answer::Accepted);
            (parties.iter().filter(accepted).cloned().collect(), on)
        }
    };
    own.retain(|_, since| on < *since);
    let act = |between| AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(on),
        revision,
        instrument,
        between,
        later: own,
    };
    let share = decision.clause(|t| {
        if let Term::AmendmentBindsAll { of, out_of } = t {
            Some((*of as usize, *out_of as usize))
        } else {
            None
        }
    });
    if let Some(((of, out_of), label)) = share {
        if accepted.len() * out_of >= of * parties.len() {
            return decision.by(Rule::A4, label, act(parties));
        }
        let expected = format!("{of} of {out_of} parties");
        return Err(decision
            .refuse(
                Reason::ConsentMissing,
                Rule::A4,
                expected,
                format!("{} of {}", accepted.len(), parties.len()),
            )
            .by(label));
    }
    if accepted.len() < 2 || (parties.len() == 2 && accepted.len() != 2) {
        let missing: Vec<_> = parties
            .iter()
            .filter(|p| !accepted.contains(p))
            .map(ToString::to_string)
            .collect();
        return Err(decision
            .refuse(
                Reason::ConsentMissing,
                Rule::A4,
                "two parties or more that are bound by it",
                names(&accepted),
            )
            .missing(missing));
    }
    decision.on(Rule::A4, act(accepted))
}

/// That who brings an amendment into force is one of those whom it binds: nobody dates it for the
/// others (VCLT 40(4)). Records of before did not ask that.
fn is_one_of_them(decision: &DecisionContext<'_>, act: &AmendmentAct) -> Result<(), Refusal> {
    let AmendmentAct::AmendmentEnteredIntoForce { between, .. } = act else {
        return Ok(());
    };
    if !decision.is_new() || between.contains(decision.party()) {
        return Ok(());
    }
    let expected = format!("an act of one that it binds ({})", names(between));
    let found = format!("one of `{}`", decision.party());
    Err(decision.refuse(Reason::NotEntitled, Rule::A4, expected, found))
}

fn inter_se(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
    between: Vec<PartyId>,
    harmless: bool,
    notified: Vec<PartyId>,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    decision.legal_basis(Rule::A8)?;
    let record = amendment(decision, revision, Rule::A8)?;
    decision.in_force(Rule::A8, on)?;
    decision.all_are_parties(&between)?;
    let all = decision.present();
    if between.len() < 2 || between.len() >= all.len() {
        return Err(decision.refuse(
            Reason::Malformed,
            Rule::A8,
            "two parties or more, and not all",
            names(&between),
        ));
    }
    let silent: Vec<_> = between
        .iter()
        .filter(|p| record.answers.get(p) != Some(&Answer::Accepted))
        .map(ToString::to_string)
        .collect();
    if !silent.is_empty() {
        return Err(decision
            .refuse(
                Reason::ConsentMissing,
                Rule::A8,
                "the agreement of those concerned",
                "less",
            )
            .missing(silent));
    }
    decision.others_are_told(Rule::A8, &between, &notified)?;
    let act = AmendmentAct::InterSeModified {
        on,
        revision,
        between,
        harmless,
        notified,
    };
    match decision.clause(|t| {
        if let Term::InterSe(allowed) = t {
            Some(*allowed)
        } else {
            None
        }
    }) {
        Some((true, label)) => decision.by(Rule::A8, label, act),
        Some((false, label)) => Err(decision
            .refuse(
                Reason::Forbidden,
                Rule::A8,
                "an agreement that does not prohibit it",
                "one that does",
            )
            .by(label)),
        None if harmless => decision.on(Rule::A8, act),
        None => Err(decision.refuse(
            Reason::ConditionUnmet,
            Rule::A8,
            "a modification that affects no rights of others and defeats no object",
            "no such statement",
        )),
    }
}

/// A body that has a stream of its own amends an annex by a decision of its own, in the same commit,
/// from the day that it says (BD8).
fn follows_a_decision(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
) -> Result<(), Refusal> {
    let Some((body, agreement)) = decision.beside.body.zip(decision.beside.itself) else {
        return Ok(());
    };
    let made = |change: &AnnexChange| change.agreement == agreement && change.revision == revision;
    let mut amended = body.decisions.values().flat_map(|record| &record.amended);
    let found = match amended.find(|(change, _)| made(change)) {
        Some((change, _)) if change.from == on => return Ok(()),
        Some((change, _)) => format!("{on}, and {} in the decision", change.from),
        None => "none".to_owned(),
    };
    Err(decision.refuse(
        Reason::ConditionUnmet,
        Rule::BD8,
        format!("a decision of the body that makes revision {revision} from that day"),
        found,
    ))
}

fn annex(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
    body: String,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    decision.legal_basis(Rule::A11)?;
    let record = amendment(decision, revision, Rule::A11)?;
    if !matches!(
        decision.agreement.text.state(),
        TextState::Adopted | TextState::Authenticated
    ) {
        return Err(decision.refuse(
            Reason::WrongState,
            Rule::A11,
            "an adopted text",
            "one that is not",
        ));
    }
    let power = decision.clause(|t| {
        if let Term::AmendingBody {
            body: named,
            provisions,
        } = t
            && *named == body
        {
            Some(provisions)
        } else {
            None
        }
    });
    let Some((provisions, label)) = power else {
        return Err(decision.refuse(
            Reason::NotEntitled,
            Rule::A11,
            format!("a clause that gives `{body}` the power to amend"),
            "none",
        ));
    };
    let changed = record
        .draft
        .operations
        .iter()
        .flat_map(Operation::provisions);
    let outside = changed
        .into_iter()
        .find(|p| !decision.agreement.is_within(*p, provisions));
    if let Some(p) = outside {
        return Err(decision
            .refuse(
                Reason::Forbidden,
                Rule::A11,
                "changes within its power",
                format!("one of provision {p}"),
            )
            .by(label));
    }
    follows_a_decision(decision, on, revision)?;
    decision.by(
        Rule::A11,
        label,
        AmendmentAct::AnnexAmended { on, revision, body },
    )
}
