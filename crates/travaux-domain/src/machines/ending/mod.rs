//! Machine E: end and suspension.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::{Stamp, consent::Representative};
use crate::{
    ActElsewhere, AdoptionRule, AgreementId, Decided, PartyId, Refusal, Rule,
    agreement::{Agreement, Desk, Ended, names},
    clause::Term,
    effect::{Evaluation, Period},
};

/// Why an agreement is to end, be suspended or be left (VCLT part V).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invoked {
    /// A defect of one party's consent (VCLT 46 to 52).
    DefectOfConsent,
    /// A conflict with a peremptory norm (VCLT 53, 64).
    PeremptoryNorm,
    /// A material breach by another (VCLT 60).
    MaterialBreach,
    /// Impossibility of performance (VCLT 61).
    Impossibility,
    /// A fundamental change of circumstances (VCLT 62).
    ChangeOfCircumstances,
    /// Severance of diplomatic or consular relations (VCLT 63).
    SeveranceOfRelations,
    /// Anything else.
    Other,
}

impl Invoked {
    fn rule(self) -> Rule {
        match self {
            Self::DefectOfConsent | Self::PeremptoryNorm => Rule::E21,
            Self::MaterialBreach => Rule::E8,
            Self::Impossibility => Rule::E9,
            Self::ChangeOfCircumstances => Rule::E10,
            Self::SeveranceOfRelations => Rule::E11,
            Self::Other => Rule::E20,
        }
    }
}

/// What a claim asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// That the agreement end.
    Terminate,
    /// That its operation be suspended.
    Suspend,
    /// That the claimant leave it.
    Withdraw,
    /// That it be void.
    Invalidate,
}

/// A claim and what its ground needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimNotice {
    /// The ground.
    pub ground: Invoked,
    /// The measure.
    pub measure: Measure,
    /// The reasons (VCLT 65(1)).
    pub reasons: String,
    /// Who broke the agreement, where a breach is invoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<PartyId>,
    /// Whether the claimant caused it (VCLT 61(2), 62(2)(b)).
    #[serde(default)]
    pub self_caused: bool,
    /// Whether it concerns a boundary (VCLT 62(2)(a)).
    #[serde(default)]
    pub boundary: bool,
    /// Whether the provisions protect persons (VCLT 60(5)).
    #[serde(default)]
    pub humanitarian: bool,
    /// Whether the impossibility is only temporary (VCLT 61(1)).
    #[serde(default)]
    pub temporary: bool,
    /// Whether diplomatic relations are indispensable to the agreement (VCLT 63).
    #[serde(default)]
    pub indispensable: bool,
    /// The provisions that it concerns; all, if none is named (VCLT 44).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<ProvisionId>,
}

/// An act of end or suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum EndingAct {
    /// The agreement ended by consent of all parties, or as a record made elsewhere says (E2).
    AgreementEnded(Ended),
    /// A document that had ended goes on.
    AgreementResumed {
        /// From when.
        on: NaiveDate,
        /// The act, if it was done elsewhere.
        elsewhere: Option<ActElsewhere>,
    },
    /// The agreement ended as its clause says (E1): it expired, or a notice ran.
    Terminated {
        /// From when.
        on: NaiveDate,
    },
    /// A later treaty of all parties took its place (E7).
    Superseded {
        /// From when.
        on: NaiveDate,
        /// The later agreement.
        by: AgreementId,
        /// Whether its operation is only suspended.
        #[serde(default)]
        suspended_only: bool,
        /// The parties to the later one.
        consenting: Vec<PartyId>,
    },
    /// Its operation was suspended for all (E5).
    Suspended {
        /// From when.
        on: NaiveDate,
        /// The parties that consent, where no clause allows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        consenting: Vec<PartyId>,
        /// The provisions; all, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        provisions: Vec<ProvisionId>,
    },
    /// Its operation was suspended among some (E6).
    SuspendedInterSe {
        /// From when.
        on: NaiveDate,
        /// Until when.
        until: NaiveDate,
        /// Among whom.
        between: Vec<PartyId>,
        /// The provisions.
        provisions: Vec<ProvisionId>,
        /// The others who were told.
        notified: Vec<PartyId>,
    },
    /// Operation resumed (E19).
    OperationResumed {
        /// From when.
        on: NaiveDate,
        /// The suspension, by its number from 1.
        number: u32,
    },
    /// A ground was invoked and notified (E8 to E12).
    ClaimNotified {
        /// When.
        on: NaiveDate,
        /// The claim.
        claim: ClaimNotice,
        /// Its number; found by the decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// The party received a claim (D5).
    ClaimReceived {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The party objected to a claim (E14).
    ClaimDisputed {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
    /// The party acquiesced, expressly or by conduct: it may not invoke that ground any more (E16).
    Acquiesced {
        /// When.
        on: NaiveDate,
        /// The ground.
        ground: Invoked,
    },
    /// The claimed measure was carried out (E13), or, for a void treaty, its invalidity stated (E21).
    MeasureCarriedOut {
        /// When.
        on: NaiveDate,
        /// The claim's number.
        number: u32,
        /// Who signed the instrument.
        by: Representative,
    },
    /// The claim was taken back (E15).
    ClaimRevoked {
        /// When.
        on: NaiveDate,
        /// Its number.
        number: u32,
    },
}

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// From when.
    pub on: NaiveDate,
    /// Until when.
    pub until: Option<NaiveDate>,
    /// Among whom; all, if empty.
    pub between: Vec<PartyId>,
    /// Of which provisions; all, if empty.
    pub provisions: Vec<ProvisionId>,
    /// The row that it rests on.
    pub rule: Rule,
    /// The event.
    pub event: u64,
}

impl Suspension {
    /// Whether it stands between two parties on a date.
    pub fn stands(&self, a: &PartyId, b: &PartyId, on: NaiveDate) -> bool {
        let among = |p| self.between.is_empty() || self.between.contains(p);
        self.on <= on && self.until.is_none_or(|until| on < until) && among(a) && among(b)
    }
}

/// A claim on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Whose.
    pub by: PartyId,
    /// When it was notified.
    pub on: NaiveDate,
    /// What it says.
    pub notice: ClaimNotice,
    /// Who received it when.
    pub received: BTreeMap<PartyId, NaiveDate>,
    /// Who objected when.
    pub disputed: BTreeMap<PartyId, NaiveDate>,
    /// When it was carried out or revoked.
    pub closed: Option<(NaiveDate, bool)>,
    /// The event.
    pub event: u64,
}

/// An end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// From when.
    pub on: NaiveDate,
    /// Until when, for a document that went on.
    pub until: Option<NaiveDate>,
    /// The row that it rests on.
    pub rule: Rule,
    /// Why, in words.
    pub ground: String,
    /// The event.
    pub event: u64,
}

/// End and suspension on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The ends; only a document's that went on are several.
    pub ends: Vec<End>,
    /// The suspensions, numbered from 1.
    pub suspensions: Vec<Suspension>,
    /// The claims, numbered from 1.
    pub claims: Vec<Claim>,
    /// Who may not invoke what any more.
    pub acquiesced: Vec<(PartyId, Invoked)>,
    /// Since when it is void, and under which row.
    pub void: Option<(NaiveDate, u64)>,
}

/// VCLT 65(2): not less than three months after receipt.
const CLAIM_MONTHS: u32 = 3;

impl Ending {
    /// The end that holds on a date.
    pub fn ended_on(&self, on: NaiveDate) -> Option<&End> {
        self.ends.iter().find(|e| e.on <= on && e.until.is_none_or(|until| on < until))
    }

    pub(crate) fn decide(desk: &Desk<'_>, act: EndingAct) -> Result<Decided<EndingAct>, Refusal> {
        match act {
            EndingAct::AgreementEnded(ended) => end(desk, ended),
            EndingAct::AgreementResumed { on, elsewhere } => {
                let identity = desk.identity()?;
                if !identity.profile.living_text || !desk.agreement.has_ended() {
                    return Err(desk.refuse(Rule::E18, "a living text that had ended", "another agreement"));
                }
                desk.on(Rule::E18, EndingAct::AgreementResumed { on, elsewhere })
            }
            EndingAct::Terminated { on } => terminate(desk, on),
            EndingAct::Superseded { on, by, suspended_only, consenting } => {
                desk.standing()?;
                desk.ground(Rule::E7)?;
                desk.in_force(Rule::E7, on)?;
                desk.all_consent(Rule::E7, &consenting)?;
                desk.on(Rule::E7, EndingAct::Superseded { on, by, suspended_only, consenting })
            }
            EndingAct::Suspended { on, consenting, provisions } => {
                desk.standing()?;
                desk.ground(Rule::E5)?;
                desk.in_force(Rule::E5, on)?;
                let act = |consenting| EndingAct::Suspended { on, consenting, provisions };
                if let Some((_, label)) =
                    desk.clause(|t| matches!(t, Term::Suspension(_)).then_some(())).filter(|_| consenting.is_empty())
                {
                    return desk.by(Rule::E5, label, act(consenting));
                }
                desk.all_consent(Rule::E5, &consenting)?;
                desk.on(Rule::E5, act(consenting))
            }
            EndingAct::SuspendedInterSe { on, until, between, provisions, notified } => {
                suspend_some(desk, on, until, between, provisions, notified)
            }
            EndingAct::OperationResumed { on, number } => {
                desk.standing()?;
                let all = &desk.agreement.machines.ending.suspensions;
                let Some(s) = number.checked_sub(1).and_then(|at| all.get(at as usize)) else {
                    let expected = format!("a suspension from 1 to {}", all.len());
                    return Err(desk.refuse(Rule::E19, expected, format!("suspension {number}")));
                };
                if on < s.on || s.until.is_some_and(|until| until <= on) {
                    return Err(desk.refuse(Rule::E19, "a suspension that stands", format!("one from {}", s.on)));
                }
                desk.on(Rule::E19, EndingAct::OperationResumed { on, number })
            }
            EndingAct::ClaimNotified { on, claim, .. } => claim_notified(desk, on, claim),
            EndingAct::ClaimReceived { on, number } => {
                let claim = pending(desk, number, Rule::D5)?;
                if claim.by == *desk.party() || claim.received.contains_key(desk.party()) || on < claim.on {
                    let expected = format!("a first receipt by another, from {} on", claim.on);
                    return Err(desk.refuse(Rule::D5, expected, format!("one by {} on {on}", desk.party())));
                }
                desk.on(Rule::D5, EndingAct::ClaimReceived { on, number })
            }
            EndingAct::ClaimDisputed { on, number } => {
                let claim = pending(desk, number, Rule::E14)?;
                if claim.by == *desk.party() || claim.disputed.contains_key(desk.party()) {
                    return Err(desk.refuse(Rule::E14, "a first objection by another", format!("one by {}", desk.party())));
                }
                desk.on(Rule::E14, EndingAct::ClaimDisputed { on, number })
            }
            EndingAct::Acquiesced { on, ground } => {
                desk.standing()?;
                desk.on(Rule::E16, EndingAct::Acquiesced { on, ground })
            }
            EndingAct::MeasureCarriedOut { on, number, by } => carry_out(desk, on, number, by),
            EndingAct::ClaimRevoked { on, number } => {
                let claim = pending(desk, number, Rule::E15)?;
                if claim.by != *desk.party() {
                    return Err(desk.refuse(Rule::E15, format!("an act of {}", claim.by), format!("one of `{}`", desk.party())));
                }
                desk.on(Rule::E15, EndingAct::ClaimRevoked { on, number })
            }
        }
    }

    pub(crate) fn evolve(&mut self, act: &EndingAct, stamp: &Stamp) {
        let event = stamp.event;
        let party = &stamp.party;
        let mut end = |rule, on, ground: String| self.ends.push(End { on, until: None, rule, ground, event });
        match act {
            EndingAct::AgreementEnded(ended) => end(Rule::E2, ended.on, ended.ground.clone()),
            EndingAct::Terminated { on } => end(Rule::E1, *on, "as its clause says".to_owned()),
            EndingAct::Superseded { on, by, suspended_only: false, .. } => {
                end(Rule::E7, *on, format!("superseded by agreement {by}"));
            }
            EndingAct::AgreementResumed { on, .. } => {
                if let Some(end) = self.ends.last_mut() {
                    end.until = Some(*on);
                }
            }
            EndingAct::Superseded { on, .. } => self.suspend(*on, None, &[], &[], Rule::E7, event),
            EndingAct::Suspended { on, provisions, .. } => self.suspend(*on, None, &[], provisions, Rule::E5, event),
            EndingAct::SuspendedInterSe { on, until, between, provisions, .. } => {
                self.suspend(*on, Some(*until), between, provisions, Rule::E6, event);
            }
            EndingAct::OperationResumed { on, number } => {
                if let Some(s) = number.checked_sub(1).and_then(|at| self.suspensions.get_mut(at as usize)) {
                    s.until = Some(*on);
                }
            }
            EndingAct::ClaimNotified { on, claim, .. } => self.claims.push(Claim {
                by: party.clone(),
                on: *on,
                notice: claim.clone(),
                received: BTreeMap::new(),
                disputed: BTreeMap::new(),
                closed: None,
                event,
            }),
            EndingAct::ClaimReceived { on, number } => self.change(*number, |c| c.received.insert(party.clone(), *on)),
            EndingAct::ClaimDisputed { on, number } => self.change(*number, |c| c.disputed.insert(party.clone(), *on)),
            EndingAct::Acquiesced { ground, .. } => self.acquiesced.push((party.clone(), *ground)),
            EndingAct::ClaimRevoked { on, number } => self.change(*number, |c| c.closed = Some((*on, false))),
            EndingAct::MeasureCarriedOut { on, number, .. } => self.carried_out(*on, *number, event),
        }
    }

    fn carried_out(&mut self, on: NaiveDate, number: u32, event: u64) {
        self.change(number, |c| c.closed = Some((on, true)));
        let Some(claim) = number.checked_sub(1).and_then(|at| self.claims.get(at as usize)).cloned() else { return };
        let rule = claim.notice.ground.rule();
        match claim.notice.measure {
            Measure::Terminate => self.ends.push(End { on, until: None, rule, ground: claim.notice.reasons, event }),
            Measure::Suspend => self.suspend(on, None, &[], &claim.notice.provisions, rule, event),
            Measure::Invalidate => self.void = Some((on, event)),
            // The claimant's consent ends; see `Machines::evolve`.
            Measure::Withdraw => {}
        }
    }

    fn suspend(
        &mut self,
        on: NaiveDate,
        until: Option<NaiveDate>,
        between: &[PartyId],
        provisions: &[ProvisionId],
        rule: Rule,
        event: u64,
    ) {
        let (between, provisions) = (between.to_vec(), provisions.to_vec());
        self.suspensions.push(Suspension { on, until, between, provisions, rule, event });
    }

    fn change<T>(&mut self, number: u32, change: impl FnOnce(&mut Claim) -> T) {
        if let Some(claim) = number.checked_sub(1).and_then(|at| self.claims.get_mut(at as usize)) {
            change(claim);
        }
    }
}

fn end(desk: &Desk<'_>, ended: Ended) -> Result<Decided<EndingAct>, Refusal> {
    let identity = desk.standing()?;
    if identity.profile.adoption == AdoptionRule::AllParties {
        desk.all_consent(Rule::E2, &ended.consenting)?;
    }
    desk.on(Rule::E2, EndingAct::AgreementEnded(ended))
}

fn terminate(desk: &Desk<'_>, on: NaiveDate) -> Result<Decided<EndingAct>, Refusal> {
    desk.standing()?;
    desk.ground(Rule::E1)?;
    desk.in_force(Rule::E1, on)?;
    let act = EndingAct::Terminated { on };
    if let Some((n, label)) = desk.clause(|t| if let Term::MinimumParties(n) = t { Some(*n as usize) } else { None })
        && desk.agreement.machines.consents.contracting(on).count() < n
    {
        return desk.by(Rule::E3, label, act);
    }
    if let Some((effect, label)) = desk.clause(|t| if let Term::Expiry(effect) = t { Some(effect) } else { None }) {
        return match effect.evaluate(&desk.agreement.facts(None)) {
            Evaluation::Date { on: found, .. } if found == on => desk.by(Rule::E1, label, act),
            Evaluation::Date { on: found, .. } => Err(desk.refuse(Rule::E1, found.to_string(), on.to_string()).by(label)),
            Evaluation::Pending { missing } => {
                Err(desk.refuse(Rule::E1, "a condition that is met", "one that is not").missing(missing).by(label))
            }
        };
    }
    let notice = desk.agreement.denounced_on();
    match (notice, desk.clause(|t| matches!(t, Term::Denunciation(_)).then_some(()))) {
        (Some(found), Some((_, label))) if found == on => desk.by(Rule::E1, label, act),
        (Some(found), _) if found == on => desk.on(Rule::E4, act),
        (Some(found), _) => Err(desk.refuse(Rule::E1, format!("{found}, when the notice has run"), on.to_string())),
        (None, _) => Err(desk.refuse(Rule::E1, "a clause by which it ends, and what that asks for", "neither expiry nor notice")),
    }
}

fn suspend_some(
    desk: &Desk<'_>,
    on: NaiveDate,
    until: NaiveDate,
    between: Vec<PartyId>,
    provisions: Vec<ProvisionId>,
    notified: Vec<PartyId>,
) -> Result<Decided<EndingAct>, Refusal> {
    desk.standing()?;
    desk.ground(Rule::E6)?;
    desk.in_force(Rule::E6, on)?;
    desk.all_are_parties(&between)?;
    let all = desk.present();
    if between.len() < 2 || between.len() >= all.len() || !between.contains(desk.party()) {
        return Err(desk.refuse(Rule::E6, "some parties, its own among them, and not all", names(&between)));
    }
    if until <= on || provisions.is_empty() {
        return Err(desk.refuse(Rule::E6, "a time that ends, and the provisions that are suspended", "less"));
    }
    let untold: Vec<_> = all.iter().filter(|p| !between.contains(p) && !notified.contains(p)).map(ToString::to_string).collect();
    if !untold.is_empty() {
        return Err(desk.refuse(Rule::E6, "notice to the others", names(&notified)).missing(untold));
    }
    desk.on(Rule::E6, EndingAct::SuspendedInterSe { on, until, between, provisions, notified })
}

fn claim_notified(desk: &Desk<'_>, on: NaiveDate, claim: ClaimNotice) -> Result<Decided<EndingAct>, Refusal> {
    desk.standing()?;
    let rule = claim.ground.rule();
    desk.ground(rule)?;
    desk.ground(Rule::E12)?;
    if claim.ground == Invoked::Other {
        let expected = "a ground of the agreement or of the Convention (46 to 53, 60 to 62, 64)";
        return Err(desk.refuse(Rule::E20, expected, "another"));
    }
    if rule != Rule::E21 {
        desk.in_force(rule, on)?;
    }
    if claim.reasons.trim().is_empty() {
        return Err(desk.refuse(Rule::E12, "the reasons", "none"));
    }
    if desk.agreement.machines.ending.acquiesced.contains(&(desk.party().clone(), claim.ground)) {
        return Err(desk.refuse(
            Rule::E16,
            "a ground in which the party has not acquiesced",
            format!("one in which {} has", desk.party()),
        ));
    }
    let refuse = |expected: &str, found: &str| Err(desk.refuse(rule, expected, found));
    match claim.ground {
        Invoked::MaterialBreach if claim.against.is_none() || claim.against.as_ref() == Some(desk.party()) => {
            return refuse("another party that broke the agreement", "none");
        }
        Invoked::MaterialBreach if claim.humanitarian => {
            return refuse("provisions other than those that protect persons", "such provisions (60(5))");
        }
        Invoked::Impossibility | Invoked::ChangeOfCircumstances if claim.self_caused => {
            return refuse("a ground that the claimant did not bring about", "one that it did");
        }
        Invoked::Impossibility if claim.temporary && claim.measure != Measure::Suspend => {
            return refuse("suspension, as the impossibility is temporary", "more");
        }
        Invoked::ChangeOfCircumstances if claim.boundary => {
            return refuse("an agreement that establishes no boundary", "one that does");
        }
        Invoked::SeveranceOfRelations if !claim.indispensable => {
            return refuse("an agreement to which diplomatic relations are indispensable", "one that stands without them");
        }
        Invoked::DefectOfConsent | Invoked::PeremptoryNorm if claim.measure != Measure::Invalidate => {
            return refuse("invalidity as the measure", "another");
        }
        Invoked::MaterialBreach | Invoked::Impossibility | Invoked::ChangeOfCircumstances
            if claim.measure == Measure::Invalidate =>
        {
            return refuse("an end, a withdrawal or a suspension", "invalidity");
        }
        _ => {}
    }
    if !claim.provisions.is_empty() {
        let separable = desk.clause(|t| if let Term::Separable(p) = t { Some(p) } else { None });
        let apart = separable.is_some_and(|(p, _)| claim.provisions.iter().all(|c| p.contains(c)));
        if claim.ground == Invoked::PeremptoryNorm || (!apart && claim.measure != Measure::Suspend) {
            let found = format!("a claim for {}", names(&claim.provisions));
            return Err(desk.refuse(Rule::E17, "a claim for the whole agreement", found));
        }
    }
    let number = u32::try_from(desk.agreement.machines.ending.claims.len()).ok().map(|n| n + 1);
    desk.on(rule, EndingAct::ClaimNotified { on, claim, number })
}

/// A claim that waits.
fn pending<'a>(desk: &Desk<'a>, number: u32, rule: Rule) -> Result<&'a Claim, Refusal> {
    desk.standing()?;
    let claims = &desk.agreement.machines.ending.claims;
    let missing = || desk.refuse(rule, format!("a claim from 1 to {}", claims.len()), format!("claim {number}"));
    let claim = number.checked_sub(1).and_then(|at| claims.get(at as usize)).ok_or_else(missing)?;
    match claim.closed {
        Some((on, carried)) => {
            let word = if carried { "carried out" } else { "revoked" };
            Err(desk.refuse(rule, "a claim that waits", format!("one {word} on {on}")))
        }
        None => Ok(claim),
    }
}

fn carry_out(desk: &Desk<'_>, on: NaiveDate, number: u32, by: Representative) -> Result<Decided<EndingAct>, Refusal> {
    let claim = pending(desk, number, Rule::E13)?;
    if claim.by != *desk.party() {
        return Err(desk.refuse(Rule::E13, format!("an act of {}", claim.by), format!("one of `{}`", desk.party())));
    }
    if !claim.disputed.is_empty() {
        let found = format!("the objection of {}", names(claim.disputed.keys()));
        return Err(desk.refuse(Rule::E14, "a settlement of the dispute", found));
    }
    let others: Vec<_> = desk.present().into_iter().filter(|p| *p != claim.by).collect();
    let missing: Vec<_> = others.iter().filter(|p| !claim.received.contains_key(*p)).map(|p| format!("receipt by {p}")).collect();
    if !missing.is_empty() {
        return Err(desk.refuse(Rule::E13, "receipt by all other parties", "less").missing(missing));
    }
    let last = claim.received.values().max().copied().unwrap_or(claim.on);
    let earliest = Period::Months(CLAIM_MONTHS).after(last);
    if on < earliest {
        return Err(desk.refuse(Rule::E13, format!("a date from {earliest} on, three months after receipt"), on.to_string()));
    }
    if !by.has_authority() {
        let expected =
            "an instrument signed by the Head of State, the Head of Government, the foreign minister, or with full powers";
        return Err(desk.refuse(Rule::E13, expected, format!("one signed by {}", by.name)));
    }
    desk.on(
        if claim.notice.measure == Measure::Invalidate { Rule::E21 } else { Rule::E13 },
        EndingAct::MeasureCarriedOut { on, number, by },
    )
}

impl Agreement {
    /// When so many parties have left that fewer than two remain.
    pub fn denounced_on(&self) -> Option<NaiveDate> {
        let leaving = |p: &PartyId| Some(self.machines.consents.of(p)?.withdrawal?.effective_on);
        let mut bound: Vec<Option<NaiveDate>> =
            self.machines.consents.0.iter().filter(|(_, c)| c.expressed.is_some()).map(|(p, _)| leaving(p)).collect();
        if bound.len() < 2 {
            return None;
        }
        bound.sort_by_key(|on| on.unwrap_or(NaiveDate::MAX));
        bound.iter().rev().nth(1).copied().flatten()
    }
}
