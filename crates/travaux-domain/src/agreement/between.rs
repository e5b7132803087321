//! What applies between two parties on a date, and why: force, amendments, modifications, reservations, suspensions.
//!
//! Every answer depends on the two alone (VCLT 21(2), 30(4), 40(4), 41, 58): what others did among themselves is named as not applying.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::{
    Agreement,
    amendment::BindingKind,
    consent::{Stage, Withdrawal},
    reservation::{PairStanding, Reservation},
};
use crate::{PartyId, Revision, Rule, clause::Term, words::names};

/// A reason of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What was found.
    pub what: String,
    /// The row that makes it matter.
    pub rule: Rule,
    /// The event on which it rests, by its version in the stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<u64>,
}

/// Whether the agreement is in force between two parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForceBetween {
    /// It is, since this date.
    InForce(NaiveDate),
    /// It is applied provisionally, since this date.
    Provisional(NaiveDate),
    /// Its operation is suspended as a whole.
    Suspended(NaiveDate),
    /// It has ended, or one of the two has left.
    Ended(NaiveDate),
    /// It is not.
    NotInForce,
}

impl std::fmt::Display for ForceBetween {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InForce(since) => write!(f, "in force since {since}"),
            Self::Provisional(since) => write!(f, "applied provisionally since {since}"),
            Self::Suspended(since) => write!(f, "suspended since {since}"),
            Self::Ended(on) => write!(f, "ended on {on}"),
            Self::NotInForce => write!(f, "not in force"),
        }
    }
}

/// A reservation that matters between two parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// Its number.
    pub number: u32,
    /// Whose it is.
    pub by: PartyId,
    /// The provisions that it concerns.
    pub provisions: Vec<ProvisionId>,
    /// What it says.
    pub words: String,
    /// How it stands between the two.
    pub standing: PairStanding,
}

/// What applies between two parties on a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Between {
    /// Whether the agreement is in force.
    pub force: ForceBetween,
    /// The changes that bind both, in order of their effect.
    pub changes: Vec<(Revision, NaiveDate)>,
    /// Changes that bind others only.
    pub others_only: Vec<Revision>,
    /// Reservations of one of the two.
    pub reservations: Vec<Reserved>,
    /// Provisions that do not operate between the two on that date: suspended, or objected away.
    pub inoperative: Vec<ProvisionId>,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Agreement {
    /// What applies between two parties on a date. To ask what was known earlier, ask [`Agreement::known_at`].
    ///
    /// An answer is the same whoever of the two is named first (P5), and no act of a third one changes it (A5, R8).
    pub fn between(&self, a: &PartyId, b: &PartyId, on: NaiveDate) -> Between {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let mut answer = Between {
            force: ForceBetween::NotInForce,
            changes: Vec::new(),
            others_only: Vec::new(),
            reservations: Vec::new(),
            inoperative: Vec::new(),
            reasons: Vec::new(),
        };
        answer.force = self.force_between(a, b, on, &mut answer.reasons);
        self.reserved_between(a, b, on, &mut answer);
        self.suspended_between(a, b, on, &mut answer);
        self.changed_between(a, b, on, &mut answer);
        for (_, (party, extent), _) in self.machines.clauses.each(|t| {
            if let Term::Territory { party, extent } = t
                && (party == a || party == b)
            {
                Some((party, extent))
            } else {
                None
            }
        }) {
            answer.because(
                Rule::F8,
                None,
                format!("for {party} it applies to {extent}"),
            );
        }
        answer
    }

    /// Since when acts and facts are bound (F7, VCLT 28): entry into force, unless a clause says otherwise.
    fn force_between(
        &self,
        a: &PartyId,
        b: &PartyId,
        on: NaiveDate,
        reasons: &mut Vec<Reason>,
    ) -> ForceBetween {
        let mut because = |rule, event, what: String| reasons.push(Reason { what, rule, event });
        // A consent of a later day is told of, though it does not count yet.
        let force = |party| {
            self.force_for(party, on)
                .or_else(|| self.force_for_last(party))
        };
        let mut left: Option<(&PartyId, Withdrawal)> = None;
        for party in [a, b] {
            let consent = self.machines.consents.of(party);
            let withdrawal = consent.and_then(|c| c.life(on)?.withdrawal);
            match consent.map(|c| (c.stage(on, force(party)), withdrawal)) {
                Some((Stage::Withdrawn, Some(w))) => {
                    if left.is_none_or(|(_, first)| w.effective_on < first.effective_on) {
                        left = Some((party, w));
                    }
                }
                Some((Stage::Withdrawing, Some(w))) => {
                    because(
                        Rule::C14,
                        Some(w.event),
                        format!("{party} will leave on {}", w.effective_on),
                    );
                }
                Some(_) | None => {}
            }
        }
        let ended = self.end_on(on);
        if let Some((party, w)) = left
            && ended.is_none_or(|(end, rule)| w.effective_on < end || rule == Rule::C14)
        {
            because(
                Rule::C14,
                Some(w.event),
                format!("{party} left on {}", w.effective_on),
            );
            return ForceBetween::Ended(w.effective_on);
        }
        if let Some((end, rule)) = ended {
            // It may have ended before it was in force between these two.
            if let (Some(since_a), Some(since_b)) = (force(a), force(b))
                && end <= since_a.max(since_b)
                && self.machines.ending.void.is_none()
            {
                because(
                    rule,
                    None,
                    format!("it ended on {end}, before it was in force between them"),
                );
                return ForceBetween::NotInForce;
            }
            let (event, what) = self.why_ended(end, rule);
            because(rule, event, what);
            return ForceBetween::Ended(end);
        }
        let retroactive = self.machines.clauses.find(|t| {
            // Whether it is in force from that day on, or only applies to what happened since.
            if let Term::Retroactive(from) = t {
                return Some((*from, false));
            }
            t.retroactive_force().map(|from| (from, true))
        });
        let since = |party| force(party).map(|since| self.with_effect(since));
        if let (Some(since_a), Some(since_b)) = (since(a), since(b)) {
            let (party, since) = if since_a < since_b {
                (b, since_b)
            } else {
                (a, since_a)
            };
            if since <= on {
                let event = self.machines.force.entered.as_ref().map(|e| e.event);
                let event = event.or(self
                    .machines
                    .consents
                    .of(party)
                    .and_then(|c| c.life(on)?.consent.as_ref())
                    .map(|e| e.event));
                because(
                    if since_a == since_b {
                        Rule::F1
                    } else {
                        Rule::F3
                    },
                    event,
                    format!("in force since {since}"),
                );
                if let Some(((from, in_force), label)) = retroactive {
                    let (rule, what) = match in_force {
                        true => (Rule::F11, "in force with effect"),
                        false => (Rule::F7, "acts and facts are bound"),
                    };
                    because(rule, None, format!("{what} from {from} on, by {label}"));
                }
                return ForceBetween::InForce(since);
            }
            because(Rule::F7, None, format!("in force only from {since} on"));
        }
        if let Some(p) = self.machines.force.provisionally_between(a, b, on) {
            because(
                Rule::F4,
                Some(p.event),
                format!("applied provisionally since {}", p.on),
            );
            return ForceBetween::Provisional(p.on);
        }
        for party in [a, b].into_iter().filter(|p| force(p).is_none()) {
            because(Rule::C13, None, format!("it is not in force for {party}"));
        }
        ForceBetween::NotInForce
    }

    fn reserved_between(&self, a: &PartyId, b: &PartyId, on: NaiveDate, answer: &mut Between) {
        let of = |r: &&Reservation| r.by == *a || r.by == *b;
        for r in self.machines.reservations.0.iter().filter(of) {
            let other = if r.by == *a { b } else { a };
            let standing = self.pair_standing(r, other, on);
            let event = r.reactions.get(other).map_or(r.event, |x| x.event);
            let (number, by) = (r.number, &r.by);
            match standing {
                PairStanding::NotMade => continue,
                PairStanding::Withdrawn => {
                    answer.because(
                        Rule::R9,
                        Some(event),
                        format!("reservation {number} of {by} was withdrawn"),
                    );
                    continue;
                }
                PairStanding::Lapsed => {
                    answer.because(
                        Rule::R2,
                        Some(event),
                        format!("reservation {number} of {by} lapsed"),
                    );
                    continue;
                }
                PairStanding::NoRelation => {
                    answer.force = ForceBetween::NotInForce;
                    let what = format!(
                        "{other} objected to reservation {number} of {by} and opposes force between the two"
                    );
                    answer.because(Rule::R6, Some(event), what);
                }
                PairStanding::Objected => {
                    answer.inoperative.extend(&r.provisions);
                    let what = format!(
                        "{other} objected to reservation {number} of {by}: its provisions do not apply to its extent"
                    );
                    answer.because(Rule::R5, Some(event), what);
                }
                PairStanding::Accepted | PairStanding::AcceptedTacitly => {
                    let how = if standing == PairStanding::Accepted {
                        "accepted"
                    } else {
                        "accepted by silence"
                    };
                    answer.because(
                        Rule::R8,
                        Some(event),
                        format!(
                            "reservation {number} of {by}, {how} by {other}: {}",
                            r.words
                        ),
                    );
                }
                PairStanding::Formulated => {
                    answer.because(
                        Rule::R4,
                        Some(event),
                        format!("reservation {number} of {by} waits for the answer of {other}"),
                    );
                }
            }
            let (provisions, words) = (r.provisions.clone(), r.words.clone());
            answer.reservations.push(Reserved {
                number,
                by: by.clone(),
                provisions,
                words,
                standing,
            });
        }
    }

    fn suspended_between(&self, a: &PartyId, b: &PartyId, on: NaiveDate, answer: &mut Between) {
        for s in self
            .machines
            .ending
            .suspensions
            .iter()
            .filter(|s| s.stands(a, b, on))
        {
            if s.provisions.is_empty() {
                answer.force = match answer.force {
                    ForceBetween::InForce(_) => ForceBetween::Suspended(s.on),
                    ForceBetween::Suspended(first) => ForceBetween::Suspended(first.min(s.on)),
                    ForceBetween::NotInForce
                    | ForceBetween::Provisional(_)
                    | ForceBetween::Ended(_) => answer.force,
                };
                answer.because(s.rule, Some(s.event), format!("suspended since {}", s.on));
            } else {
                answer.inoperative.extend(&s.provisions);
                answer.because(
                    s.rule,
                    Some(s.event),
                    format!("{} suspended since {}", names(&s.provisions), s.on),
                );
            }
        }
    }

    /// The changes that bind both, and those that bind others only (A5, VCLT 40(4), 30(4)(b)).
    fn changed_between(&self, a: &PartyId, b: &PartyId, on: NaiveDate, answer: &mut Between) {
        for binding in &self.machines.amendments.bindings {
            let (rule, word) = match binding.kind {
                BindingKind::Amendment => (Rule::A4, "amendment"),
                BindingKind::InterSe => (Rule::A8, "modification"),
                BindingKind::Annex => (Rule::A11, "decision of the body: revision"),
            };
            let revision = binding.revision;
            match self.binds(binding, a, b) {
                Some(from) if from <= on => {
                    answer.changes.push((revision, from));
                    answer.because(
                        rule,
                        Some(binding.event),
                        format!("{word} {revision} binds both since {from}"),
                    );
                }
                Some(from) => answer.because(
                    rule,
                    Some(binding.event),
                    format!("{word} {revision} binds both only from {from} on"),
                ),
                None => {
                    answer.others_only.push(revision);
                    let who = if self.bound_from(binding, a).is_some() {
                        b
                    } else {
                        a
                    };
                    answer.because(
                        Rule::A5,
                        Some(binding.event),
                        format!("{word} {revision} does not bind {who}"),
                    );
                }
            }
        }
        answer
            .changes
            .sort_by_key(|(revision, from)| (*from, *revision));
        for note in self
            .machines
            .amendments
            .interpretations
            .iter()
            .filter(|n| n.on <= on)
        {
            answer.because(
                Rule::A10,
                Some(note.event),
                format!("{} read as agreed on {}", names(&note.provisions), note.on),
            );
        }
    }
}

impl Between {
    fn because(&mut self, rule: Rule, event: Option<u64>, what: String) {
        self.reasons.push(Reason { what, rule, event });
    }
}
