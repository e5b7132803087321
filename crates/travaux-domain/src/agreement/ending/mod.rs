//! Machine E: end and suspension.

mod conclude;
mod decide;
mod rules;

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

pub(crate) use self::rules::RULES;
use crate::{
    ActElsewhere, AgreementId, PartyId, Rule,
    agreement::{consent::Representative, meta::EventMeta},
    words::{Summary, names},
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

impl fmt::Display for Invoked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DefectOfConsent => "defect of consent",
            Self::PeremptoryNorm => "peremptory norm",
            Self::MaterialBreach => "material breach",
            Self::Impossibility => "impossibility",
            Self::ChangeOfCircumstances => "change of circumstances",
            Self::SeveranceOfRelations => "severance of relations",
            Self::Other => "other",
        })
    }
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

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Terminate => "terminate",
            Self::Suspend => "suspend",
            Self::Withdraw => "withdraw",
            Self::Invalidate => "invalidate",
        })
    }
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

/// An agreement ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// From when.
    pub on: NaiveDate,
    /// On what ground.
    pub ground: String,
    /// The parties that consented.
    pub consenting: Vec<PartyId>,
    /// The act, if it was done elsewhere.
    #[serde(default)]
    pub elsewhere: Option<ActElsewhere>,
}

/// An act of end or suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The claimed measure was carried out (E13), or, for a void treaty, its invalidity stated
    /// (E21).
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

impl EndingAct {
    /// The date of the act, where it has one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::AgreementEnded(ended) => Some(ended.on),
            Self::AgreementResumed { on, .. }
            | Self::Terminated { on, .. }
            | Self::Superseded { on, .. }
            | Self::Suspended { on, .. }
            | Self::SuspendedInterSe { on, .. }
            | Self::OperationResumed { on, .. }
            | Self::ClaimNotified { on, .. }
            | Self::ClaimReceived { on, .. }
            | Self::ClaimDisputed { on, .. }
            | Self::Acquiesced { on, .. }
            | Self::MeasureCarriedOut { on, .. }
            | Self::ClaimRevoked { on, .. } => Some(*on),
        }
    }

    /// The other agreement that has to be known to decide it.
    pub(crate) fn reads(&self) -> Option<AgreementId> {
        match self {
            Self::Superseded { by, .. } => Some(*by),
            Self::AgreementEnded(_)
            | Self::AgreementResumed { .. }
            | Self::Terminated { .. }
            | Self::Suspended { .. }
            | Self::SuspendedInterSe { .. }
            | Self::OperationResumed { .. }
            | Self::ClaimNotified { .. }
            | Self::ClaimReceived { .. }
            | Self::ClaimDisputed { .. }
            | Self::Acquiesced { .. }
            | Self::MeasureCarriedOut { .. }
            | Self::ClaimRevoked { .. } => None,
        }
    }

    /// What it did, in words.
    pub fn describe(&self) -> Summary {
        match self {
            Self::AgreementEnded(e) => {
                Summary::from(e.on, format!("ended: {}", e.ground)).done(e.elsewhere.as_ref())
            }
            Self::AgreementResumed { on, elsewhere } => {
                Summary::from(*on, "goes on").done(elsewhere.as_ref())
            }
            Self::Terminated { on } => Summary::from(*on, "terminated under its clause"),
            Self::Superseded {
                on,
                by,
                suspended_only,
                ..
            } => Summary::from(
                *on,
                format!(
                    "{} by agreement {by}",
                    if *suspended_only {
                        "suspended"
                    } else {
                        "superseded"
                    }
                ),
            ),
            Self::Suspended { on, .. } => Summary::from(*on, "operation suspended"),
            Self::SuspendedInterSe {
                on, until, between, ..
            } => Summary::from(
                *on,
                format!("operation suspended among {} until {until}", names(between)),
            ),
            Self::OperationResumed { on, number } => {
                Summary::from(*on, format!("operation resumed (suspension {number})"))
            }
            Self::ClaimNotified { claim, number, .. } => {
                let number = number.unwrap_or(0);
                let (measure, ground, reasons) = (claim.measure, claim.ground, &claim.reasons);
                Summary::new(format!(
                    "claim {number} notified: {measure} for {ground}: {reasons}"
                ))
            }
            Self::ClaimReceived { number, .. } => Summary::new(format!("claim {number} received")),
            Self::ClaimDisputed { number, .. } => {
                Summary::new(format!("objected to claim {number}"))
            }
            Self::Acquiesced { ground, .. } => {
                Summary::new(format!("acquiesced in what would be a ground: {ground}"))
            }
            Self::MeasureCarriedOut { on, number, .. } => {
                Summary::from(*on, format!("measure of claim {number} carried out"))
            }
            Self::ClaimRevoked { number, .. } => Summary::new(format!("claim {number} revoked")),
        }
    }
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
        self.holds(on) && among(a) && among(b)
    }

    /// Whether it stands on a date, among whomever.
    pub(crate) fn holds(&self, on: NaiveDate) -> bool {
        self.on <= on && self.until.is_none_or(|until| on < until)
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

impl Ending {
    /// The end on record after which it did not go on, whether its date has come or not.
    pub fn last_end(&self) -> Option<&End> {
        self.ends.last().filter(|end| end.until.is_none())
    }

    /// The end that holds on a date.
    pub fn ended_on(&self, on: NaiveDate) -> Option<&End> {
        self.ends
            .iter()
            .find(|e| e.on <= on && e.until.is_none_or(|until| on < until))
    }

    pub(crate) fn evolve(&mut self, act: &EndingAct, meta: &EventMeta) {
        let event = meta.event;
        let party = &meta.party;
        let mut end = |rule, on, ground: String| {
            self.ends.push(End {
                on,
                until: None,
                rule,
                ground,
                event,
            })
        };
        match act {
            EndingAct::AgreementEnded(ended) => end(Rule::E2, ended.on, ended.ground.clone()),
            EndingAct::Terminated { on } => end(Rule::E1, *on, "as its clause says".to_owned()),
            EndingAct::Superseded {
                on,
                by,
                suspended_only: false,
                ..
            } => {
                end(Rule::E7, *on, format!("superseded by agreement {by}"));
            }
            EndingAct::AgreementResumed { on, .. } => {
                if let Some(end) = self.ends.last_mut() {
                    end.until = Some(*on);
                }
            }
            EndingAct::Superseded { on, .. } => self.suspend(*on, None, &[], &[], Rule::E7, event),
            EndingAct::Suspended { on, provisions, .. } => {
                self.suspend(*on, None, &[], provisions, Rule::E5, event)
            }
            EndingAct::SuspendedInterSe {
                on,
                until,
                between,
                provisions,
                ..
            } => {
                self.suspend(*on, Some(*until), between, provisions, Rule::E6, event);
            }
            EndingAct::OperationResumed { on, number } => {
                if let Some(s) = number
                    .checked_sub(1)
                    .and_then(|at| self.suspensions.get_mut(at as usize))
                {
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
            EndingAct::ClaimReceived { on, number } => {
                self.change(*number, |c| c.received.insert(party.clone(), *on))
            }
            EndingAct::ClaimDisputed { on, number } => {
                self.change(*number, |c| c.disputed.insert(party.clone(), *on))
            }
            EndingAct::Acquiesced { ground, .. } => self.acquiesced.push((party.clone(), *ground)),
            EndingAct::ClaimRevoked { on, number } => {
                self.change(*number, |c| c.closed = Some((*on, false)))
            }
            EndingAct::MeasureCarriedOut { on, number, .. } => {
                self.carried_out(*on, *number, event)
            }
        }
    }

    fn carried_out(&mut self, on: NaiveDate, number: u32, event: u64) {
        self.change(number, |c| c.closed = Some((on, true)));
        let Some(claim) = number
            .checked_sub(1)
            .and_then(|at| self.claims.get(at as usize))
            .cloned()
        else {
            return;
        };
        let rule = claim.notice.ground.rule();
        match claim.notice.measure {
            Measure::Terminate => self.ends.push(End {
                on,
                until: None,
                rule,
                ground: claim.notice.reasons,
                event,
            }),
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
        self.suspensions.push(Suspension {
            on,
            until,
            between,
            provisions,
            rule,
            event,
        });
    }

    fn change<T>(&mut self, number: u32, change: impl FnOnce(&mut Claim) -> T) {
        if let Some(claim) = number
            .checked_sub(1)
            .and_then(|at| self.claims.get_mut(at as usize))
        {
            change(claim);
        }
    }
}
