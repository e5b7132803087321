//! Machine A: amendment and modification. What is changed is a revision of the amended text (its operations stand there, and must fit);
//! whom the change binds is decided here, from the amending agreement: an agreement of its own (VCLT 39).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::{Localized, ProvisionId};

use super::EventMeta;
use crate::{
    AgreementId, Decided, PartyId, Refusal, Revision, Rule,
    agreement::{Agreement, Answer, DecisionContext, Nature, RevisionRecord, TextState},
    clause::Term,
    words::{Summary, names},
};

/// An act of amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmendmentAct {
    /// An amendment was notified to contracting States (A2).
    AmendmentNotified {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// To whom.
        to: Vec<PartyId>,
    },
    /// An amendment entered into force (A4).
    AmendmentEnteredIntoForce {
        /// From when; found by the decision where an amending agreement settles it.
        #[serde(default)]
        on: Option<NaiveDate>,
        /// The revision.
        revision: Revision,
        /// The amending agreement, where it is one of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instrument: Option<AgreementId>,
        /// Whom it binds; found by the decision.
        #[serde(default)]
        between: Vec<PartyId>,
    },
    /// The party, which joined the treaty later, declared that it does not join the amended one (A6).
    AmendmentDisclaimed {
        /// When.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// The party became bound by an amendment in force (A4, A7).
    AmendmentJoined {
        /// From when.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
    },
    /// Some parties modified the agreement among themselves (A8).
    InterSeModified {
        /// From when.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// Among whom.
        between: Vec<PartyId>,
        /// That it neither affects the rights of the others nor defeats object and purpose, where no clause allows it.
        #[serde(default)]
        harmless: bool,
        /// The others who were told.
        notified: Vec<PartyId>,
    },
    /// All parties agreed on what provisions mean (A10).
    InterpretationAgreed {
        /// When.
        on: NaiveDate,
        /// The provisions.
        provisions: Vec<ProvisionId>,
        /// What they mean.
        note: Localized<String>,
        /// The parties that agree.
        consenting: Vec<PartyId>,
    },
    /// A body amended an annex by its own procedure (A11).
    AnnexAmended {
        /// From when.
        on: NaiveDate,
        /// The revision.
        revision: Revision,
        /// The body.
        body: String,
    },
}

impl AmendmentAct {
    /// The revision that comes to bind by it.
    pub(crate) fn brings_into_force(&self) -> Option<Revision> {
        match self {
            Self::AmendmentEnteredIntoForce { revision, .. }
            | Self::InterSeModified { revision, .. }
            | Self::AnnexAmended { revision, .. } => Some(*revision),
            Self::AmendmentNotified { .. }
            | Self::AmendmentDisclaimed { .. }
            | Self::AmendmentJoined { .. }
            | Self::InterpretationAgreed { .. } => None,
        }
    }

    /// The other agreement that has to be known to decide it.
    pub(crate) fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::AmendmentEnteredIntoForce { instrument, .. } => *instrument,
            Self::AmendmentNotified { .. }
            | Self::AmendmentDisclaimed { .. }
            | Self::AmendmentJoined { .. }
            | Self::InterSeModified { .. }
            | Self::InterpretationAgreed { .. }
            | Self::AnnexAmended { .. } => None,
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::AmendmentNotified { revision, to, .. } => {
                Summary::new(format!("amendment {revision} notified to {}", names(to)))
            }
            Self::AmendmentEnteredIntoForce {
                on,
                revision,
                between,
                ..
            } => Summary {
                effective_from: *on,
                ..Summary::new(format!(
                    "amendment {revision} in force between {}",
                    names(between)
                ))
            },
            Self::AmendmentDisclaimed { revision, .. } => {
                Summary::new(format!("stays out of amendment {revision}"))
            }
            Self::AmendmentJoined { on, revision } => {
                Summary::from(*on, format!("bound by amendment {revision}"))
            }
            Self::InterSeModified {
                on,
                revision,
                between,
                ..
            } => Summary::from(
                *on,
                format!("modified among {} by revision {revision}", names(between)),
            ),
            Self::InterpretationAgreed { provisions, .. } => {
                Summary::new(format!("interpretation of {} agreed", names(provisions)))
            }
            Self::AnnexAmended { on, revision, body } => {
                Summary::from(*on, format!("revision {revision} made by {body}"))
            }
        }
    }
}

/// A change of the text that binds some or all parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The revision.
    pub revision: Revision,
    /// What made it.
    pub kind: BindingKind,
    /// From when.
    pub on: NaiveDate,
    /// Whom it binds, and from when each of them.
    pub between: BTreeMap<PartyId, NaiveDate>,
    /// Later parties that do not join it.
    pub disclaimed: Vec<PartyId>,
    /// The amending agreement.
    pub instrument: Option<AgreementId>,
    /// The event.
    pub event: u64,
}

impl Agreement {
    /// From when a change binds a party. Who joins the treaty after an amendment joins the amended one, failing a different
    /// intention (A6, VCLT 40(5)).
    pub fn bound_from(&self, binding: &Binding, party: &PartyId) -> Option<NaiveDate> {
        let later = || {
            self.force_for(party)
                .filter(|since| binding.on < *since && binding.kind == BindingKind::Amendment)
        };
        binding
            .between
            .get(party)
            .copied()
            .or_else(|| later().filter(|_| !binding.disclaimed.contains(party)))
    }

    /// From when a change binds two parties; `None` if it does not bind both (A4, A5).
    pub fn binds(&self, binding: &Binding, a: &PartyId, b: &PartyId) -> Option<NaiveDate> {
        Some(
            self.bound_from(binding, a)?
                .max(self.bound_from(binding, b)?),
        )
    }
}

/// What made a binding change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BindingKind {
    /// An amendment.
    Amendment,
    /// A modification inter se.
    InterSe,
    /// A body's decision.
    Annex,
}

/// An agreed interpretation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// When.
    pub on: NaiveDate,
    /// The provisions.
    pub provisions: Vec<ProvisionId>,
    /// What they mean.
    pub note: Localized<String>,
    /// The event.
    pub event: u64,
}

/// Amendments on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendments {
    /// Whom revisions were notified to.
    pub notified: BTreeMap<Revision, Vec<PartyId>>,
    /// What binds whom.
    pub bindings: Vec<Binding>,
    /// What provisions mean.
    pub interpretations: Vec<Interpretation>,
}

impl Amendments {
    /// What makes a revision binding.
    pub fn of(&self, revision: Revision) -> Option<&Binding> {
        self.bindings.iter().find(|b| b.revision == revision)
    }

    pub(crate) fn decide(
        decision: &DecisionContext<'_>,
        act: AmendmentAct,
    ) -> Result<Decided<AmendmentAct>, Refusal> {
        match act {
            AmendmentAct::AmendmentNotified { on, revision, to } => {
                decision.standing()?;
                amendment(decision, revision, Rule::A2)?;
                decision.all_are_parties(&to)?;
                let others = decision
                    .present()
                    .into_iter()
                    .filter(|p| p != decision.party() && !to.contains(p));
                let missing: Vec<_> = others.map(|p| p.to_string()).collect();
                if missing.is_empty() {
                    return decision.on(
                        Rule::A2,
                        AmendmentAct::AmendmentNotified { on, revision, to },
                    );
                }
                Err(decision
                    .refuse(Rule::A2, "all contracting States", names(&to))
                    .missing(missing))
            }
            AmendmentAct::AmendmentEnteredIntoForce {
                on,
                revision,
                instrument,
                ..
            } => enter(decision, on, revision, instrument),
            AmendmentAct::AmendmentJoined { on, revision } => {
                decision.standing()?;
                let party = decision.party();
                let binding = decision
                    .agreement
                    .machines
                    .amendments
                    .of(revision)
                    .filter(|b| b.kind == BindingKind::Amendment);
                let Some(binding) = binding else {
                    return Err(decision.refuse(
                        Rule::A7,
                        "an amendment in force",
                        format!("revision {revision}, which is none"),
                    ));
                };
                if decision.agreement.bound_from(binding, party).is_some() {
                    return Err(decision.refuse(
                        Rule::A4,
                        "a party that it does not bind",
                        format!("{party}, which it binds"),
                    ));
                }
                if on < binding.on
                    || decision
                        .agreement
                        .machines
                        .consents
                        .expressed_on(party)
                        .is_none()
                {
                    let expected = format!("a party to the agreement, from {} on", binding.on);
                    return Err(decision.refuse(Rule::A7, expected, format!("{party} on {on}")));
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
                    .filter(|b| b.kind == BindingKind::Amendment);
                let Some(binding) = binding else {
                    return Err(decision.refuse(
                        Rule::A6,
                        "an amendment in force",
                        format!("revision {revision}, which is none"),
                    ));
                };
                if binding.between.contains_key(party)
                    || decision.agreement.bound_from(binding, party).is_none()
                {
                    let expected = format!("a State that became a party after {}", binding.on);
                    return Err(decision.refuse(Rule::A6, expected, party.to_string()));
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

    pub(crate) fn evolve(&mut self, act: &AmendmentAct, meta: &EventMeta) {
        let event = meta.event;
        let mut bind = |revision, kind, on, between: &[PartyId], instrument| {
            let between = between.iter().map(|p| (p.clone(), on)).collect();
            self.bindings.push(Binding {
                revision,
                kind,
                on,
                between,
                disclaimed: Vec::new(),
                instrument,
                event,
            });
        };
        match act {
            AmendmentAct::AmendmentNotified { revision, to, .. } => {
                self.notified
                    .entry(*revision)
                    .or_default()
                    .extend(to.iter().cloned());
            }
            AmendmentAct::AmendmentEnteredIntoForce {
                on: Some(on),
                revision,
                instrument,
                between,
            } => {
                bind(*revision, BindingKind::Amendment, *on, between, *instrument);
            }
            AmendmentAct::AmendmentDisclaimed { revision, .. } => {
                if let Some(binding) = self.bindings.iter_mut().find(|b| b.revision == *revision) {
                    binding.disclaimed.push(meta.party.clone());
                }
            }
            AmendmentAct::AmendmentJoined { on, revision } => {
                if let Some(binding) = self.bindings.iter_mut().find(|b| b.revision == *revision) {
                    binding.between.insert(meta.party.clone(), *on);
                }
            }
            AmendmentAct::InterSeModified {
                on,
                revision,
                between,
                ..
            } => {
                bind(*revision, BindingKind::InterSe, *on, between, None);
            }
            AmendmentAct::AnnexAmended { on, revision, .. } => {
                bind(*revision, BindingKind::Annex, *on, &meta.all, None)
            }
            AmendmentAct::InterpretationAgreed {
                on,
                provisions,
                note,
                ..
            } => {
                let (provisions, note) = (provisions.clone(), note.clone());
                self.interpretations.push(Interpretation {
                    on: *on,
                    provisions,
                    note,
                    event,
                });
            }
            AmendmentAct::AmendmentEnteredIntoForce { on: None, .. } => {}
        }
    }
}

/// An open revision that is an amendment.
fn amendment<'a>(
    decision: &DecisionContext<'a>,
    revision: Revision,
    rule: Rule,
) -> Result<&'a RevisionRecord, Refusal> {
    let record = decision.open(revision, rule)?;
    if record.nature != Nature::Amendment {
        return Err(decision.refuse(
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
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    decision.ground(Rule::A4)?;
    let record = amendment(decision, revision, Rule::A4)?;
    if record.instrument != instrument {
        let of = |id: Option<AgreementId>| {
            id.map_or("no agreement of its own".to_owned(), |id| {
                format!("agreement {id}")
            })
        };
        return Err(decision.refuse(Rule::A3, of(record.instrument), of(instrument)));
    }
    let parties = decision.present();
    let (accepted, on) = match (instrument, decision.other) {
        (Some(id), None) => {
            return Err(decision.refuse(
                Rule::A3,
                format!("agreement {id}"),
                "no agreement of that id",
            ));
        }
        (Some(_), Some(amending)) => {
            let Some(since) = amending.in_force_since() else {
                let missing = match amending.entry_into_force() {
                    crate::effect::Evaluation::Pending { missing } => missing,
                    crate::effect::Evaluation::Date { .. } => {
                        vec!["the consent of two parties".to_owned()]
                    }
                };
                return Err(decision
                    .refuse(
                        Rule::A4,
                        "an amending agreement in force",
                        "one that is not",
                    )
                    .missing(missing));
            };
            if let Some(on) = on.filter(|on| *on != since) {
                return Err(decision.refuse(Rule::A4, since.to_string(), on.to_string()));
            }
            (
                parties
                    .iter()
                    .filter(|p| amending.force_for(p).is_some())
                    .cloned()
                    .collect::<Vec<_>>(),
                since,
            )
        }
        (None, _) => {
            let Some(on) = on.or(record.effective_from) else {
                return Err(decision.refuse(Rule::A4, "a date", "none"));
            };
            let accepted = |p: &&PartyId| record.answers.get(*p) == Some(&Answer::Accepted);
            (parties.iter().filter(accepted).cloned().collect(), on)
        }
    };
    let act = |between| AmendmentAct::AmendmentEnteredIntoForce {
        on: Some(on),
        revision,
        instrument,
        between,
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
                Rule::A4,
                "two parties or more that are bound by it",
                names(&accepted),
            )
            .missing(missing));
    }
    decision.on(Rule::A4, act(accepted))
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
    decision.ground(Rule::A8)?;
    let record = amendment(decision, revision, Rule::A8)?;
    decision.in_force(Rule::A8, on)?;
    decision.all_are_parties(&between)?;
    let all = decision.present();
    if between.len() < 2 || between.len() >= all.len() {
        return Err(decision.refuse(
            Rule::A8,
            "two parties or more, and not all",
            names(&between),
        ));
    }
    let silent: Vec<_> = between
        .iter()
        .filter(|p| record.answers.get(*p) != Some(&Answer::Accepted))
        .map(ToString::to_string)
        .collect();
    if !silent.is_empty() {
        return Err(decision
            .refuse(Rule::A8, "the agreement of those concerned", "less")
            .missing(silent));
    }
    let untold: Vec<_> = all
        .iter()
        .filter(|p| !between.contains(p) && !notified.contains(p))
        .map(ToString::to_string)
        .collect();
    if !untold.is_empty() {
        return Err(decision
            .refuse(Rule::A8, "notice to the others", names(&notified))
            .missing(untold));
    }
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
                Rule::A8,
                "an agreement that does not prohibit it",
                "one that does",
            )
            .by(label)),
        None if harmless => decision.on(Rule::A8, act),
        None => Err(decision.refuse(
            Rule::A8,
            "a modification that affects no rights of others and defeats no object",
            "no such statement",
        )),
    }
}

fn annex(
    decision: &DecisionContext<'_>,
    on: NaiveDate,
    revision: Revision,
    body: String,
) -> Result<Decided<AmendmentAct>, Refusal> {
    decision.standing()?;
    decision.ground(Rule::A11)?;
    let record = amendment(decision, revision, Rule::A11)?;
    if !matches!(
        decision.agreement.text.state(),
        TextState::Adopted | TextState::Authenticated
    ) {
        return Err(decision.refuse(Rule::A11, "an adopted text", "one that is not"));
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
            Rule::A11,
            format!("a clause that gives `{body}` the power to amend"),
            "none",
        ));
    };
    let text = decision
        .agreement
        .history
        .text_at(decision.agreement.history.len());
    let within: Vec<ProvisionId> = provisions
        .iter()
        .flat_map(|p| text.contained(*p).into_iter().chain([*p]))
        .collect();
    let outside = record
        .operations
        .iter()
        .flat_map(travaux_text::Operation::provisions)
        .find(|p| !within.contains(p));
    if let Some(p) = outside {
        return Err(decision
            .refuse(
                Rule::A11,
                "changes within its power",
                format!("one of provision {p}"),
            )
            .by(label));
    }
    decision.by(
        Rule::A11,
        label,
        AmendmentAct::AnnexAmended { on, revision, body },
    )
}
