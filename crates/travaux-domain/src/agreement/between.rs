//! What applies between two parties on a date, and why: force, amendments, modifications, reservations, suspensions.
//!
//! Every answer depends on the two alone (VCLT 21(2), 30(4), 40(4), 41, 58): what others did among themselves is named as not applying.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use travaux_text::ProvisionId;

use super::{
    Agreement,
    amendment::BindingKind,
    consent::{Counts, Stage, Withdrawal},
    declaration::{Declaration, Declared},
    ending::{PartEnd, Scope},
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
    /// It is void, or the consent of one of the two is: it was in force on no day.
    Void,
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
            Self::Void => write!(f, "void"),
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
    /// Declarations of one of the two that have effect.
    pub declarations: Vec<Declared>,
    /// Provisions that do not operate between the two on that date, each with all that it contains:
    /// suspended, ended, or objected away.
    pub inoperative: Vec<ProvisionId>,
    /// The provisions that alone operate between the two, each with all that it contains, where one of
    /// them consented to a part (VCLT 17) or a part is applied provisionally (VCLT 25); empty, where all
    /// do.
    pub only: Vec<ProvisionId>,
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
            declarations: Vec::new(),
            inoperative: Vec::new(),
            only: Vec::new(),
            reasons: Vec::new(),
        };
        answer.force = self.force_between(a, b, on, &mut answer.reasons);
        self.reserved_between(a, b, on, &mut answer);
        self.suspended_between(a, b, on, &mut answer);
        self.parts_between(a, b, on, &mut answer);
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
        self.declared_between(a, b, on, &mut answer);
        answer
    }

    /// What one of the two has declared. It modifies nothing between them but the territories that the
    /// agreement leaves to each (C19).
    fn declared_between(&self, a: &PartyId, b: &PartyId, on: NaiveDate, answer: &mut Between) {
        let of = |own: &Declaration| own.by == *a || own.by == *b;
        for own in self.declared_of(of, on).filter(|own| own.has_effect(on)) {
            let other = if own.by == *a { b } else { a };
            let view = own.views.get(other);
            let view = view.map_or(String::new(), |view| {
                format!("; {other} {} it", view.name())
            });
            let what = own.declares.describe(&own.words);
            let what = format!("declaration {} of {}: {what}{view}", own.number, own.by);
            answer.because(Rule::C19, Some(own.event), what);
            answer.declarations.push(own);
        }
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
                        w.rule,
                        Some(w.event),
                        format!("{party} will leave on {}", w.effective_on),
                    );
                }
                Some(_) | None => {}
            }
        }
        for party in [a, b] {
            let own = self.machines.consents.of(party);
            let void = own.and_then(|own| own.life(on)?.void);
            if let Some((stated_on, event)) = void {
                let what = format!(
                    "the consent of {party} is void from the beginning, as stated on {stated_on}"
                );
                because(Rule::E21, Some(event), what);
                return ForceBetween::Void;
            }
        }
        let ended = self.end_on(on);
        if let Some((party, w)) = left
            && ended.is_none_or(|(end, rule)| w.effective_on < end || rule == Rule::C14)
        {
            let what = match w.rule == Rule::C14 {
                true => format!("{party} left on {}", w.effective_on),
                false => format!("ended for {party} on {}", w.effective_on),
            };
            because(w.rule, Some(w.event), what);
            return ForceBetween::Ended(w.effective_on);
        }
        if let Some((end, rule)) = ended {
            // It may have ended before it was in force between these two.
            if let (Some(since_a), Some(since_b)) = (force(a), force(b))
                && end <= since_a.max(since_b)
                && end != NaiveDate::MIN
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
            return match end == NaiveDate::MIN {
                true => ForceBetween::Void,
                false => ForceBetween::Ended(end),
            };
        }
        let retroactive = self.machines.clauses.find(|t| {
            // Whether it is in force from that day on, or only applies to what happened since.
            if let Term::Retroactive(from) = t {
                return Some((*from, false));
            }
            t.retroactive_force().map(|from| (from, true))
        });
        let opens = self.force_opens(a, b, on);
        let since = |party| {
            let since = self.with_effect(force(party)?);
            Some(opens.map_or(since, |(opens, ..)| since.max(opens)))
        };
        if let (Some(since_a), Some(since_b)) = (since(a), since(b)) {
            let (party, since) = if since_a < since_b {
                (b, since_b)
            } else {
                (a, since_a)
            };
            if since <= on {
                let entered = self.machines.force.entered.as_ref().map(|e| e.event);
                let own = self.machines.consents.of(party);
                let life = own.and_then(|own| own.life(on));
                let own = life.and_then(|life| life.consent.as_ref());
                let event = entered.or(own.map(|e| e.event));
                let counts = life.map(|life| life.counts);
                let waited = counts.and_then(|counts| match counts {
                    Counts::From(from, rule, event) if from == since => Some((rule, Some(event))),
                    Counts::From(..) | Counts::AtOnce | Counts::NotYet(_) => None,
                });
                let (rule, event) = match (waited, opens) {
                    (Some(waited), _) => waited,
                    // It waited for the withdrawal of an objection to it.
                    (None, Some((opens, rule, event))) if opens == since => (rule, Some(event)),
                    _ if since_a == since_b => (Rule::F1, event),
                    _ => (Rule::F3, event),
                };
                because(rule, event, format!("in force since {since}"));
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
            let what = format!("it is not in force for {party}");
            match self.consent_waits_for(party, on) {
                Some((rule, waits)) => because(rule, None, format!("{what}: it waits for {waits}")),
                None => because(Rule::C13, None, what),
            }
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
            let narrowed = r.narrowed_towards(other, on);
            let (provisions, words) =
                narrowed.map_or((&r.provisions, &r.words), |n| (&n.provisions, &n.words));
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
                        self.lapsed(r, on).unwrap_or(Rule::R2),
                        Some(event),
                        format!("reservation {number} of {by} lapsed"),
                    );
                    continue;
                }
                PairStanding::NoRelation => {
                    if answer.force.applies() {
                        answer.force = ForceBetween::NotInForce;
                    }
                    let what = format!(
                        "{other} objected to reservation {number} of {by} and opposes force between the two"
                    );
                    answer.because(Rule::R6, Some(event), what);
                }
                PairStanding::Objected => {
                    answer.inoperative.extend(provisions);
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
                        format!("reservation {number} of {by}, {how} by {other}: {words}"),
                    );
                }
                PairStanding::Formulated => {
                    let (rule, waits) = self.waits_for(r, other, on);
                    let what = format!("reservation {number} of {by} {waits}");
                    answer.because(rule, Some(r.event), what);
                }
            }
            if let Some(n) = narrowed
                && let Some((received, event)) = n.received.get(other)
            {
                let what = format!(
                    "reservation {number} of {by} was narrowed on {} to {}, and {other} received notice of that on {received}",
                    n.on,
                    names(&n.provisions)
                );
                answer.because(Rule::R12, Some(*event), what);
            }
            answer.reservations.push(Reserved {
                number,
                by: by.clone(),
                provisions: provisions.clone(),
                words: words.clone(),
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
                    | ForceBetween::Void
                    | ForceBetween::Ended(_) => answer.force,
                };
                let until = s.until.map(|until| format!(" until {until}"));
                let what = format!("suspended since {}{}", s.on, until.unwrap_or_default());
                answer.because(s.rule, Some(s.event), what);
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

    /// Part means part: provisions that have ended between the two (VCLT 44), and those that alone operate
    /// where consent or provisional application is to a part (VCLT 17, 25).
    fn parts_between(&self, a: &PartyId, b: &PartyId, on: NaiveDate, answer: &mut Between) {
        // A notice for a part goes with the consent of then (C16).
        let of_now = |part: &PartEnd| match &part.scope {
            Scope::With(party) if part.rule == Rule::C14 => {
                let own = self.machines.consents.of(party);
                let life = own.and_then(|own| own.life(on));
                life.is_none_or(|life| life.begun <= part.stated_on)
            }
            Scope::With(_) | Scope::All | Scope::Among(_) => true,
        };
        let parts = self.machines.ending.parts.iter();
        for part in parts.filter(|part| part.has_ended(on) && part.scope.covers(a, b)) {
            if !of_now(part) {
                continue;
            }
            let since = match part.on {
                Some(from) if part.rule == Rule::E21 => format!("void from {from} on"),
                Some(from) => format!("ended on {from}"),
                None => "void from the beginning".to_owned(),
            };
            let what = match part.provisions.is_empty() {
                true => {
                    answer.force = match (answer.force.applies(), part.on) {
                        (true, Some(from)) => ForceBetween::Ended(from),
                        (true, None) => ForceBetween::Void,
                        (false, _) => answer.force,
                    };
                    format!("{since} between the two")
                }
                false => {
                    answer.inoperative.extend(&part.provisions);
                    format!("{} {since}", names(&part.provisions))
                }
            };
            answer.because(part.rule, Some(part.event), what);
        }
        let mut only: Option<Vec<ProvisionId>> = None;
        let mut narrow = |to: &[ProvisionId]| {
            only = Some(match only.take() {
                None => to.to_vec(),
                Some(so_far) => self.common(&so_far, to),
            });
        };
        for party in [a, b] {
            let own = self.machines.consents.of(party);
            let Some(consent) = own.and_then(|own| own.standing(on)) else {
                continue;
            };
            if !consent.chosen.is_empty() {
                narrow(&consent.chosen);
                let what = format!("{party} consented to {} alone", names(&consent.chosen));
                answer.because(Rule::C10, Some(consent.event), what);
            }
        }
        if let ForceBetween::Provisional(_) = answer.force
            && let Some(p) = self.machines.force.provisionally_between(a, b, on)
            && !p.provisions.is_empty()
        {
            narrow(&p.provisions);
            let what = format!("{} alone applied provisionally", names(&p.provisions));
            answer.because(Rule::F4, Some(p.event), what);
        }
        match only {
            // What the two have in common may be nothing at all.
            Some(none) if none.is_empty() && answer.force.applies() => {
                answer.force = ForceBetween::NotInForce;
                let what = "what the two consented to has nothing in common".to_owned();
                answer.because(Rule::C10, None, what);
            }
            Some(some) => answer.only = some,
            None => {}
        }
        answer.inoperative.sort_unstable();
        answer.inoperative.dedup();
    }

    /// The changes that bind both, and those that bind others only (A5, VCLT 40(4), 30(4)(b)).
    fn changed_between(&self, a: &PartyId, b: &PartyId, on: NaiveDate, answer: &mut Between) {
        for binding in &self.machines.amendments.bindings {
            let (rule, word) = match binding.kind {
                BindingKind::Amendment => (Rule::A4, "amendment"),
                BindingKind::InterSe => (Rule::A8, "modification"),
                BindingKind::Annex => (Rule::A11, "decision of the body: revision"),
            };
            let rule = binding.silence.as_ref().map_or(rule, |_| Rule::A12);
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
                None if self.is_blocked(binding) => {
                    let what = format!("{word} {revision} binds nobody: too many objected");
                    answer.because(rule, Some(binding.event), what);
                }
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

impl ForceBetween {
    /// Whether it is in force or applied provisionally, suspended or not.
    fn applies(self) -> bool {
        match self {
            Self::InForce(_) | Self::Provisional(_) | Self::Suspended(_) => true,
            Self::Ended(_) | Self::Void | Self::NotInForce => false,
        }
    }
}

impl Between {
    fn because(&mut self, rule: Rule, event: Option<u64>, what: String) {
        self.reasons.push(Reason { what, rule, event });
    }
}
