//! Ends, suspensions and claims on record.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::{Claim, EndingAct, Invoked, Measure};
use crate::{PartyId, Rule, agreement::meta::EventMeta};

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

impl End {
    /// Whether it holds on a date.
    pub(crate) fn holds(&self, on: NaiveDate) -> bool {
        self.on <= on && self.until.is_none_or(|until| on < until)
    }
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
    /// When it ended by its clauses and by what its parties did, as was recorded, and the event: that it
    /// did so follows without.
    pub terminated: Option<(NaiveDate, u64)>,
}

impl Ending {
    /// The end on record after which it did not go on, whether its date has come or not.
    pub fn last_end(&self) -> Option<&End> {
        self.ends.last().filter(|end| end.until.is_none())
    }

    /// The end that holds on a date.
    pub fn ended_on(&self, on: NaiveDate) -> Option<&End> {
        self.ends.iter().find(|end| end.holds(on))
    }

    pub(crate) fn evolve(&mut self, act: &EndingAct, meta: &EventMeta) {
        let event = meta.event;
        let party = &meta.party;
        let ends = &mut self.ends;
        let mut end = |rule, on, ground: String| {
            ends.push(End {
                on,
                until: None,
                rule,
                ground,
                event,
            })
        };
        match act {
            EndingAct::AgreementEnded(ended) => end(Rule::E2, ended.on, ended.ground.clone()),
            // That it ended follows without; a document that does not ask for force has this alone.
            EndingAct::Terminated { on } => {
                self.terminated = Some((*on, event));
                end(Rule::E1, *on, "as its clause says".to_owned());
            }
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
