//! Ends, suspensions and claims on record.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::{Claim, ClaimNotice, Closed, EndingAct, Invoked, Measure, Scope};
use crate::{PartyId, Rule, agreement::meta::EventMeta};

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// From when.
    pub on: NaiveDate,
    /// Until when.
    pub until: Option<NaiveDate>,
    /// Between whom.
    pub scope: Scope,
    /// Who suspended it: they resume it together.
    pub by: Vec<PartyId>,
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
        self.holds(on) && self.scope.covers(a, b)
    }

    /// Whether it stands on a date, among whomever.
    pub(crate) fn holds(&self, on: NaiveDate) -> bool {
        self.on <= on && self.until.is_none_or(|until| on < until)
    }
}

/// The end of some provisions (VCLT 44): the others go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEnd {
    /// From when; from the beginning, if they are void.
    pub on: Option<NaiveDate>,
    /// When that was stated or notified.
    pub stated_on: NaiveDate,
    /// Between whom.
    pub scope: Scope,
    /// Which, each with all that it contains; the whole, if none is named.
    pub provisions: Vec<ProvisionId>,
    /// The row that it rests on.
    pub rule: Rule,
    /// The event.
    pub event: u64,
}

impl PartEnd {
    /// Whether a party's own notice for these provisions is what ends them (C14).
    pub(crate) fn is_notice_of(&self, party: &PartyId) -> bool {
        self.rule == Rule::C14 && self.scope == Scope::With(party.clone())
    }

    /// Whether it has come by a date.
    pub(crate) fn has_ended(&self, on: NaiveDate) -> bool {
        self.on.is_none_or(|from| from <= on)
    }
}

/// That an agreement is void as a whole (VCLT 53, 64).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// When that was stated.
    pub stated_on: NaiveDate,
    /// From when it is, if not from the beginning: when a new peremptory norm emerged.
    pub from: Option<NaiveDate>,
    /// The event.
    pub event: u64,
}

/// A measure that was taken on a claim.
#[derive(Clone, Debug)]
pub(crate) struct MeasureTaken {
    /// From when.
    pub(crate) on: NaiveDate,
    /// The claim.
    pub(crate) claim: Claim,
    /// The measure: that of the claim, or what was settled.
    pub(crate) measure: Measure,
    /// Between whom.
    pub(crate) scope: Scope,
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
    /// That it is void, if it is.
    pub void: Option<Void>,
    /// The ends of some provisions.
    pub parts: Vec<PartEnd>,
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
            EndingAct::Superseded { on, consenting, .. } => self.suspensions.push(Suspension {
                on: *on,
                until: None,
                scope: Scope::All,
                by: consenting.clone(),
                provisions: Vec::new(),
                rule: Rule::E7,
                event,
            }),
            EndingAct::Suspended {
                on,
                until,
                consenting,
                provisions,
                ..
            } => self.suspensions.push(Suspension {
                on: *on,
                until: *until,
                scope: Scope::All,
                by: match consenting.is_empty() {
                    true => vec![party.clone()],
                    false => consenting.clone(),
                },
                provisions: provisions.clone(),
                rule: Rule::E5,
                event,
            }),
            EndingAct::SuspendedInterSe {
                on,
                until,
                between,
                provisions,
                ..
            } => self.suspensions.push(Suspension {
                on: *on,
                until: Some(*until),
                scope: Scope::Among(between.clone()),
                by: between.clone(),
                provisions: provisions.clone(),
                rule: Rule::E6,
                event,
            }),
            EndingAct::OperationResumed { on, number, .. } => {
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
                self.change(*number, |c| c.disputed.insert(party.clone(), (*on, None)))
            }
            EndingAct::ClaimAccepted { on, number } => self.change(*number, |c| {
                if let Some((_, until)) = c.disputed.get_mut(party) {
                    *until = Some(*on);
                }
            }),
            EndingAct::Acquiesced { ground, .. } => self.acquiesced.push((party.clone(), *ground)),
            EndingAct::ClaimRevoked { on, number } => {
                self.change(*number, |c| c.closed = Some((*on, Closed::Revoked)))
            }
            EndingAct::MeasureCarriedOut { on, number, .. } => {
                self.change(*number, |c| c.closed = Some((*on, Closed::CarriedOut)));
            }
            EndingAct::ClaimSettled { on, number, .. } => {
                self.change(*number, |c| c.closed = Some((*on, Closed::Settled)));
            }
        }
        if let Some(measure) = self.measure_of(act) {
            self.takes_effect(measure, event);
        }
    }

    /// A claim, by its number from 1.
    pub fn claim(&self, number: u32) -> Option<&Claim> {
        self.claims.get(number.checked_sub(1)? as usize)
    }

    /// The measure that an act takes, if it does. Records of before do not say between whom: who withdrew
    /// did so for itself, anything else was between all.
    pub(crate) fn measure_of(&self, act: &EndingAct) -> Option<MeasureTaken> {
        let (on, number, settled, scope) =
            if let EndingAct::MeasureCarriedOut {
                on, number, scope, ..
            } = act
            {
                (*on, *number, None, scope)
            } else if let EndingAct::ClaimSettled {
                on,
                number,
                measure,
                scope,
                ..
            } = act
            {
                (*on, *number, Some((*measure)?), scope)
            } else {
                return None;
            };
        let claim = self.claim(number)?.clone();
        let measure = settled.unwrap_or(claim.notice.measure);
        let before = || match measure {
            Measure::Withdraw => Scope::With(claim.by.clone()),
            Measure::Terminate | Measure::Suspend | Measure::Invalidate => Scope::All,
        };
        Some(MeasureTaken {
            on,
            measure,
            scope: scope.clone().unwrap_or_else(before),
            claim,
        })
    }

    /// What a measure does to the whole, or to some of its provisions. What it does to the consent of one
    /// party, `Machines::measure` has.
    fn takes_effect(&mut self, taken: MeasureTaken, event: u64) {
        let MeasureTaken {
            on,
            claim,
            measure,
            scope,
        } = taken;
        let ClaimNotice {
            ground,
            reasons,
            provisions,
            consenting,
            emerged_on,
            ..
        } = claim.notice;
        let rule = ground.rule();
        let from = match measure {
            Measure::Invalidate => emerged_on,
            Measure::Terminate | Measure::Suspend | Measure::Withdraw => Some(on),
        };
        let part = |scope| PartEnd {
            on: from,
            stated_on: on,
            scope,
            provisions: provisions.clone(),
            rule,
            event,
        };
        match (measure, scope) {
            (Measure::Suspend, scope) => self.suspensions.push(Suspension {
                on,
                until: None,
                scope,
                by: consenting.into_iter().chain([claim.by]).collect(),
                provisions,
                rule,
                event,
            }),
            (_, scope) if !provisions.is_empty() => self.parts.push(part(scope)),
            (Measure::Terminate, Scope::All) => self.ends.push(End {
                on,
                until: None,
                rule,
                ground: reasons,
                event,
            }),
            (Measure::Invalidate, Scope::All) => {
                self.void = Some(Void {
                    stated_on: on,
                    from,
                    event,
                });
            }
            // The whole, among some.
            (Measure::Terminate | Measure::Invalidate, scope @ Scope::Among(_)) => {
                self.parts.push(part(scope));
            }
            (Measure::Terminate | Measure::Invalidate, Scope::With(_)) | (Measure::Withdraw, _) => {
            }
        }
    }

    /// A party's notices for some provisions: when each was received, and when it takes effect.
    pub(crate) fn notices_of<'a>(
        &'a self,
        party: &'a PartyId,
    ) -> impl Iterator<Item = (NaiveDate, NaiveDate)> + 'a {
        let notices = self.parts.iter();
        let notices = notices.filter(|part| part.is_notice_of(party));
        notices.filter_map(|part| Some((part.stated_on, part.on?)))
    }

    /// A party's notice for these very provisions, of a day or after.
    pub(crate) fn part_of(
        &self,
        party: &PartyId,
        provisions: &[ProvisionId],
        from: NaiveDate,
    ) -> Option<&PartEnd> {
        let of = |part: &&PartEnd| {
            part.is_notice_of(party)
                && from <= part.stated_on
                && provisions.iter().all(|p| part.provisions.contains(p))
        };
        self.parts.iter().find(of)
    }

    /// A notice for some provisions that has not taken effect yet is taken back (C15).
    pub(crate) fn revoke_part(&mut self, party: &PartyId, on: NaiveDate) {
        let revoked = |part: &PartEnd| {
            part.is_notice_of(party)
                && part.stated_on <= on
                && part.on.is_some_and(|effective| on < effective)
        };
        self.parts.retain(|part| !revoked(part));
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
