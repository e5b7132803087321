//! Ends that nobody records: they follow from the log.

use chrono::NaiveDate;

use crate::{
    Rule,
    agreement::{consent::Life, state::Agreement},
    clause::Term,
    effect::{Effect, Facts, Period},
};

/// What was recorded and is not what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What was recorded, in words that a date follows.
    pub what: &'static str,
    /// The date on record.
    pub recorded: NaiveDate,
    /// The event, by its version in the stream.
    pub event: u64,
    /// The date that follows, if one does.
    pub follows: Option<NaiveDate>,
}

/// How an agreement goes on after its first term.
struct Renewal {
    every: Period,
    notice: Period,
}

impl Agreement {
    /// When so many parties have left that fewer than two remain. Who consents after that day is none
    /// of them.
    pub fn denounced_on(&self) -> Option<NaiveDate> {
        self.left_fewer_than(2)
    }

    /// The first day on which so many have left that fewer than `n` remain of `n` or more.
    fn left_fewer_than(&self, n: usize) -> Option<NaiveDate> {
        if !self.asks_for_force() {
            return None;
        }
        let since = self.in_force_since()?;
        let consents = &self.machines.consents;
        let lives = consents.0.values().flat_map(|own| &own.lives);
        let left = |life: &Life| Some(life.withdrawal?.effective_on);
        let mut left: Vec<_> = lives.filter_map(left).filter(|on| since <= *on).collect();
        left.sort_unstable();
        let stood = |on: NaiveDate| consents.0.values().filter(move |own| own.had_consented(on));
        let too_few =
            |on: &NaiveDate| consents.contracting(*on).count() < n && stood(*on).count() >= n;
        left.into_iter().find(too_few)
    }

    /// The end that follows from its clauses and from what its parties did, and the row that it rests
    /// on: its term (E1, VCLT 54(a)), parties fewer than a clause asks for (E3, VCLT 55), all but one
    /// gone (C14).
    pub(crate) fn follows_end(&self) -> Option<(NaiveDate, Rule)> {
        let minimum = self.machines.clauses.find(Term::minimum_parties);
        let minimum = minimum.and_then(|(n, _)| self.left_fewer_than(n));
        let ends = [
            self.denounced_on().map(|on| (on, Rule::C14)),
            minimum.map(|on| (on, Rule::E3)),
            self.term_ends().map(|on| (on, Rule::E1)),
        ];
        ends.into_iter().flatten().min_by_key(|(on, _)| *on)
    }

    /// Why it ended on a day, in words, and the event that says so, where one does.
    pub(crate) fn why_ended(&self, end: NaiveDate, rule: Rule) -> (Option<u64>, String) {
        let ending = &self.machines.ending;
        if let Some(void) = ending.void.filter(|_| rule == Rule::E21) {
            let from = void
                .from
                .map_or("the beginning".to_owned(), |on| on.to_string());
            let why = format!("void from {from}, as stated on {}", void.stated_on);
            return (Some(void.event), why);
        }
        let stated = ending.ends.iter().find(|stated| stated.on == end);
        if let Some(stated) = stated.filter(|stated| stated.rule == rule) {
            return (
                Some(stated.event),
                format!("ended on {end}: {}", stated.ground),
            );
        }
        let recorded = ending.terminated.filter(|(on, _)| *on == end);
        let why = match rule == Rule::E1 {
            true => "its term has run out",
            false => "too few remain",
        };
        (
            recorded.map(|(_, event)| event),
            format!("ended on {end}: {why}"),
        )
    }

    /// What was recorded of force and end and is not what follows: the answers follow the facts.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let force = &self.machines.force;
        let entered = force.entered.iter().map(|entered| Contradiction {
            what: "in force since",
            recorded: entered.on,
            event: entered.event,
            follows: self.in_force_since(),
        });
        let later = force.later.iter().map(|(party, entered)| Contradiction {
            what: "in force for a party since",
            recorded: entered.on,
            event: entered.event,
            follows: self.force_for_last(party),
        });
        let ended = self.machines.ending.terminated;
        let ended = ended.map(|(recorded, event)| Contradiction {
            what: "ended on",
            recorded,
            event,
            follows: self.follows_end().map(|(end, _)| end),
        });
        let each = entered.chain(later).chain(ended);
        each.filter(|found| Some(found.recorded) != found.follows)
            .collect()
    }

    /// When its term runs out: by the first clause whose day came before the next one was agreed, and on
    /// which it was not renewed.
    fn term_ends(&self) -> Option<NaiveDate> {
        let clauses = &self.machines.clauses;
        let mut each = clauses.each(Term::expiry).peekable();
        // What was never in force has no term.
        self.in_force_since().filter(|_| each.peek().is_some())?;
        let facts = self.facts(None);
        while let Some((from, effect, _)) = each.next() {
            let next = each.peek().and_then(|(from, ..)| *from);
            let ends = runs_out(effect, from, &facts);
            let ends = ends.filter(|end| next.is_none_or(|next| *end < next));
            if let Some(end) = ends.filter(|end| self.renewal_on(*end).is_none()) {
                return Some(end);
            }
        }
        None
    }

    /// When its first term runs out, by its clause of a day.
    fn first_term(&self, on: NaiveDate) -> Option<NaiveDate> {
        let each = self.machines.clauses.each(Term::expiry);
        let by_then = each.take_while(|(from, ..)| from.is_none_or(|from| from <= on));
        let (from, effect, _) = by_then.last()?;
        runs_out(effect, from, &self.facts(None))
    }

    /// How it is renewed, by the clauses of a day: a later one on its term alone ends the renewal.
    fn renewal_on(&self, on: NaiveDate) -> Option<Renewal> {
        let renewal = |t: &Term| {
            if let Term::Renewal { every, notice } = t {
                return Some(Some((*every, *notice)));
            }
            t.expiry().map(|_| None)
        };
        let each = self.machines.clauses.each(renewal);
        let mut found: Option<(Option<NaiveDate>, Renewal)> = None;
        for (from, renewal, _) in each.take_while(|(from, ..)| from.is_none_or(|from| from <= on)) {
            match (renewal, &found) {
                (Some((every, notice)), _) => found = Some((from, Renewal { every, notice })),
                (None, Some((renewed, _))) if *renewed < from => found = None,
                (None, _) => {}
            }
        }
        found.map(|(_, renewal)| renewal)
    }

    /// Where it is renewed from term to term: when the term ends at whose end a notice received on a
    /// day takes effect. One that comes too late for the term that runs waits for the end of the next.
    pub(crate) fn term_for_notice(&self, received_on: NaiveDate) -> Option<NaiveDate> {
        let Renewal { every, notice } = self.renewal_on(received_on)?;
        let first = self.first_term(received_on)?;
        // Each end is counted from the first: months that are too short do not add up.
        let ends = (0..).map(|n| every.times(n).after(first));
        let in_time =
            |end: &NaiveDate| *end == NaiveDate::MAX || received_on <= notice.before(*end);
        ends.into_iter().find(in_time)
    }
}

/// When a term runs out by a clause: not before that was agreed (VCLT 70(1)(b)).
fn runs_out(effect: &Effect, from: Option<NaiveDate>, facts: &Facts) -> Option<NaiveDate> {
    let on = effect.evaluate(facts).date()?;
    Some(from.map_or(on, |from| on.max(from)))
}
