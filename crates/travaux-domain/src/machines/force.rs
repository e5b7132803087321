//! Machine F: force, of the whole and for each party; provisional application.
//!
//! Entry into force is a conclusion from the log: what [`crate::agreement::Agreement::entry_into_force`] finds. The event that
//! records it says the same, and names the ground.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::EventMeta;
use crate::{
    Decided, PartyId, Profile, Refusal, Rule, RuleKind,
    agreement::{Agreement, DecisionContext},
    clause::{FinalClause, Term},
    effect::{Effect, Evaluation, Fact, FactKind, Facts, Step, Which},
    words::{Summary, names},
};

/// An act of force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForceAct {
    /// The agreement entered into force (F1, F2).
    EnteredIntoForce {
        /// From when; found by the decision where a clause settles it.
        #[serde(default)]
        on: Option<NaiveDate>,
        /// On what ground: the clause or the later understanding.
        basis: String,
        /// How the date was found.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        trace: Vec<Step>,
    },
    /// It entered into force for the party, which consented later (F3).
    EnteredIntoForceFor {
        /// From when; found by the decision.
        #[serde(default)]
        on: Option<NaiveDate>,
    },
    /// Provisional application began (F4).
    ProvisionalApplicationBegan {
        /// From when.
        on: NaiveDate,
        /// For whom.
        parties: Vec<PartyId>,
        /// Of which provisions; all, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
        /// Where no clause provides for it: the negotiating States that agree.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
    },
    /// The party ended provisional application for itself (F5).
    ProvisionalApplicationEnded {
        /// From when.
        on: NaiveDate,
    },
    /// The parties agreed on a clause after the text was adopted, as by an exchange of notes (F1, K5).
    ClauseAgreed {
        /// When.
        on: NaiveDate,
        /// The clause; its label names the instrument.
        clause: FinalClause,
        /// The parties that agree.
        consenting: Vec<PartyId>,
    },
}

impl ForceAct {
    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::EnteredIntoForce { on, basis, .. } => Summary {
                effective_from: *on,
                ..Summary::new(format!("entered into force: {basis}"))
            },
            Self::EnteredIntoForceFor { on } => Summary {
                effective_from: *on,
                ..Summary::new("entered into force for the party")
            },
            Self::ProvisionalApplicationBegan { on, parties, .. } => Summary::from(
                *on,
                format!("applied provisionally between {}", names(parties)),
            ),
            Self::ProvisionalApplicationEnded { on } => {
                Summary::from(*on, "provisional application ended for the party")
            }
            Self::ClauseAgreed { clause, .. } => {
                Summary::new(format!("clause agreed: {}", clause.label))
            }
        }
    }
}

/// An entry into force on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// From when.
    pub on: NaiveDate,
    /// On what ground.
    pub basis: String,
    /// The event.
    pub event: u64,
}

/// A provisional application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisional {
    /// From when.
    pub on: NaiveDate,
    /// For whom, and until when for those that ended it.
    pub parties: BTreeMap<PartyId, Option<NaiveDate>>,
    /// Of which provisions; all, if none is named.
    pub provisions: Vec<ProvisionId>,
    /// The event.
    pub event: u64,
}

/// Force on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Force {
    /// Of the whole.
    pub entered: Option<Entered>,
    /// For parties that consented later.
    pub later: BTreeMap<PartyId, Entered>,
    /// Before it.
    pub provisional: Vec<Provisional>,
}

impl Force {
    /// Whether two parties apply the agreement, or a provision of it, provisionally on a date.
    pub fn provisionally_between(
        &self,
        a: &PartyId,
        b: &PartyId,
        on: NaiveDate,
    ) -> Option<&Provisional> {
        let runs = |p: &Provisional, party| {
            p.parties
                .get(party)
                .is_some_and(|until| until.is_none_or(|until| on < until))
        };
        self.provisional
            .iter()
            .find(|p| p.on <= on && runs(p, a) && runs(p, b))
    }

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
                decision.ground(Rule::F4)?;
                decision.adopted(Rule::F4)?;
                decision.all_are_parties(&parties)?;
                if let Some(since) = decision
                    .agreement
                    .in_force_since()
                    .filter(|since| *since <= on)
                {
                    return Err(decision.refuse(
                        Rule::F6,
                        "an agreement not yet in force",
                        format!("one in force since {since}"),
                    ));
                }
                if parties.len() < 2 {
                    return Err(decision.refuse(
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
                        return Err(decision.refuse(Rule::F4, expected, "more").by(label));
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
                may_stand(&identity.profile, &clause, decision.act)?;
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

    pub(crate) fn evolve(&mut self, act: &ForceAct, meta: &EventMeta) {
        let event = meta.event;
        match act {
            ForceAct::EnteredIntoForce {
                on: Some(on),
                basis,
                ..
            } => {
                self.entered = Some(Entered {
                    on: *on,
                    basis: basis.clone(),
                    event,
                });
            }
            ForceAct::EnteredIntoForceFor { on: Some(on) } => {
                let entered = Entered {
                    on: *on,
                    basis: Rule::F3.to_string(),
                    event,
                };
                self.later.insert(meta.party.clone(), entered);
            }
            ForceAct::ProvisionalApplicationBegan {
                on,
                parties,
                provisions,
                ..
            } => self.provisional.push(Provisional {
                on: *on,
                parties: parties.iter().map(|p| (p.clone(), None)).collect(),
                provisions: provisions.clone(),
                event,
            }),
            ForceAct::ProvisionalApplicationEnded { on } => self.end_provisional(&meta.party, *on),
            ForceAct::EnteredIntoForce { .. }
            | ForceAct::EnteredIntoForceFor { .. }
            | ForceAct::ClauseAgreed { .. } => {}
        }
    }

    /// For a party that will not become one (C12, F5).
    pub(crate) fn end_provisional(&mut self, party: &PartyId, on: NaiveDate) {
        for until in self
            .provisional
            .iter_mut()
            .filter_map(|p| p.parties.get_mut(party))
        {
            until.get_or_insert(on);
        }
    }
}

/// That a clause may stand under a profile: it fills in a row, or takes the place of a residual one.
///
/// # Errors
/// A refusal under the row that it may not touch.
pub(crate) fn may_stand(profile: &Profile, clause: &FinalClause, act: &str) -> Result<(), Refusal> {
    let rule = clause.provides.row();
    let refuse = |expected: &str, found: String| {
        Err(Refusal::new(rule, act, expected, found).by(&clause.label))
    };
    if clause.label.trim().is_empty() {
        return refuse(
            "a clause with a label, such as `Article 14`",
            "none".to_owned(),
        );
    }
    match profile.kind(rule) {
        None => refuse(
            "a clause on a rule that applies",
            format!(
                "one on {}, which `{}` leaves out",
                rule.name(),
                profile.name
            ),
        ),
        Some(kind) if !clause.provides.fills_in() && kind != RuleKind::Residual => {
            let found = format!("a clause that departs from a {kind} one");
            refuse(
                "a clause on a rule from which the parties may depart",
                found,
            )
            .map_err(|r| Refusal { kind, ..r })
        }
        Some(_) => Ok(()),
    }
}

fn enter(
    decision: &DecisionContext<'_>,
    on: Option<NaiveDate>,
    basis: String,
) -> Result<Decided<ForceAct>, Refusal> {
    let identity = decision.standing()?;
    decision.ground(Rule::F1)?;
    decision.adopted(Rule::F1)?;
    if let Some(entered) = &decision.agreement.machines.force.entered {
        return Err(decision.refuse(
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
        // No consent to be bound is on record under such a profile: the act that says when is all there is.
        let Some(on) = on else {
            return Err(decision.refuse(Rule::F1, "a date", "none"));
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
                .refuse(rule, "a condition that is met", "one that is not")
                .missing(missing);
            Err(Refusal {
                clause: clause.map(str::to_owned),
                ..refusal
            })
        }
        (Evaluation::Date { on: found, .. }, Some(label), Some(on)) if found != on => Err(decision
            .refuse(rule, found.to_string(), on.to_string())
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
        // Without a clause, the negotiating States may still agree on another date than that of the last consent.
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
    decision.ground(Rule::F3)?;
    let party = decision.party();
    let Some(since) = decision.agreement.in_force_since() else {
        return Err(decision.refuse(
            Rule::F3,
            "an agreement in force",
            "one that is not in force",
        ));
    };
    let Some(found) = decision.agreement.force_for(party) else {
        let found = format!("none of {party}");
        return Err(decision
            .refuse(Rule::F3, "a consent that is established", found)
            .missing([format!("the consent of {party}")]));
    };
    if found <= since {
        return Err(decision.refuse(
            Rule::F3,
            format!("a consent after {since}"),
            format!("one that counts from {found}"),
        ));
    }
    if let Some(on) = on.filter(|on| *on != found) {
        return Err(decision.refuse(Rule::F3, found.to_string(), on.to_string()));
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

impl Agreement {
    /// What effects can wait for, as far as it has happened.
    pub fn facts(&self, own: Option<&PartyId>) -> Facts {
        let parties: Vec<PartyId> = self.negotiating().cloned().collect();
        let machines = &self.machines;
        let mut facts = Vec::new();
        let mut add = |kind, on, party: Option<&PartyId>, event| {
            facts.push(Fact {
                kind,
                on,
                party: party.cloned(),
                event,
            })
        };
        for (kind, mark) in [
            (FactKind::Adoption, self.text.adopted),
            (FactKind::Authentication, self.text.authenticated),
        ] {
            if let Some(mark) = mark {
                add(kind, mark.on, None, mark.event);
            }
        }
        for (party, consent) in &machines.consents.0 {
            if let Some(s) = &consent.signed {
                add(FactKind::Signature, s.on, Some(party), s.event);
            }
            if let Some(e) = &consent.expressed {
                add(FactKind::Consent, e.on, Some(party), e.event);
                if !matches!(e.means, crate::clause::Means::Signature) {
                    add(FactKind::Instrument, e.on, Some(party), e.event);
                }
            }
        }
        let on_dispatch = machines
            .clauses
            .find(|t| matches!(t, Term::OnDispatch).then_some(()))
            .is_some();
        for n in machines
            .depositary
            .notifications
            .iter()
            .filter(|n| n.subject == super::depositary::Subject::ProceduresComplete)
        {
            if let Some((on, event)) = machines.depositary.made_on(n, &parties, on_dispatch) {
                add(FactKind::Notification, on, Some(&n.by), event);
            }
        }
        Facts {
            facts,
            parties,
            own: own.cloned(),
        }
    }

    /// When the agreement enters into force, by its clause (F1) or, without one, with the consent of all (F2); or what that waits for.
    pub fn entry_into_force(&self) -> Evaluation {
        if self.text.adopted.is_none() {
            return Evaluation::Pending {
                missing: vec!["the adoption of the text".to_owned()],
            };
        }
        match self.machines.clauses.find(|t| {
            if let Term::EntryIntoForce(effect) = t {
                Some(effect)
            } else {
                None
            }
        }) {
            Some((effect, _)) => effect.evaluate(&self.facts(None)),
            None => Effect::On(Which::Last, FactKind::Consent).evaluate(&self.facts(None)),
        }
    }

    /// Since when the agreement is in force: as recorded, or as it follows from the log. Where no consent is asked for, from when its
    /// text applies.
    pub fn in_force_since(&self) -> Option<NaiveDate> {
        if let Some(entered) = &self.machines.force.entered {
            return Some(entered.on);
        }
        let asks = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.asks_for_consent() && i.profile.applies(Rule::F1));
        if !asks {
            return self.text.applies_since();
        }
        let on = self.entry_into_force().date()?;
        // Nothing is in force between fewer than two.
        (self.machines.consents.contracting(on).count() >= 2).then_some(on)
    }

    /// Since when it is in force for a party (F1 to F3); `None` where the party has not consented.
    pub fn force_for(&self, party: &PartyId) -> Option<NaiveDate> {
        let since = self.in_force_since()?;
        let asks = self
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.asks_for_consent());
        if !asks {
            return self.has_party(party).then_some(since);
        }
        let consent = self.machines.consents.of(party)?;
        let expressed = consent.expressed.as_ref()?.on;
        if consent.declined_on.is_some() {
            return None;
        }
        if expressed <= since {
            return Some(since);
        }
        match self.machines.clauses.find(|t| {
            if let Term::LateConsent(effect) = t {
                Some(effect)
            } else {
                None
            }
        }) {
            Some((effect, _)) => effect
                .evaluate(&self.facts(Some(party)))
                .date()
                .map(|on| on.max(since)),
            None => Some(expressed),
        }
    }
}
