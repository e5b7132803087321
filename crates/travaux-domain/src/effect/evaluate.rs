//! What an effect comes to on the facts of a log: a date and how it was found, or what is still waited for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Effect, FactKind, Which, ordinal, threshold::Groups};
use crate::PartyId;

/// Something that happened and that effects can wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What.
    pub kind: FactKind,
    /// When it counts from: a notification from its receipt.
    pub on: NaiveDate,
    /// Whose it is, if it is one party's.
    pub party: Option<PartyId>,
    /// Until when it counts: an instrument that was taken back counts for nothing from then on (C17).
    pub until: Option<NaiveDate>,
    /// The version in the agreement's stream of the event that says so.
    pub event: u64,
}

impl Fact {
    fn counts(&self, on: NaiveDate) -> bool {
        self.on <= on && self.until.is_none_or(|until| on < until)
    }
}

/// The facts of a log, and the parties that are waited for.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What happened.
    pub facts: Vec<Fact>,
    /// Everyone whose act `last` waits for.
    pub parties: Vec<PartyId>,
    /// The party for which the question is asked, if it is one, and the day of the consent that is
    /// asked about: it may have consented more than once.
    pub own: Option<(PartyId, NaiveDate)>,
    /// Who is meant by the names of groups.
    pub groups: Groups,
    /// The events of consents that are void: they are of no threshold.
    pub void: BTreeSet<u64>,
}

/// A step of the way to a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was found or reckoned.
    pub what: String,
    /// The date that came of it.
    pub on: NaiveDate,
    /// The event on which it rests, by its version in the stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<u64>,
}

/// What an effect comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evaluation {
    /// It is not settled yet.
    Pending {
        /// What is missing, in words.
        missing: Vec<String>,
    },
    /// It is settled.
    Date {
        /// The date.
        on: NaiveDate,
        /// How it was found.
        trace: Vec<Step>,
    },
}

impl Evaluation {
    /// The date, if it is settled.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Pending { .. } => None,
            Self::Date { on, .. } => Some(*on),
        }
    }

    fn then(self, step: impl FnOnce(NaiveDate) -> Step) -> Self {
        match self {
            Self::Date { on, mut trace } => {
                let step = step(on);
                let on = step.on;
                trace.push(step);
                Self::Date { on, trace }
            }
            pending => pending,
        }
    }
}

impl Effect {
    /// What the effect comes to on `facts`.
    pub fn evaluate(&self, facts: &Facts) -> Evaluation {
        match self {
            Self::At(date) => Evaluation::Date {
                on: *date,
                trace: vec![Step {
                    what: "the date that is named".to_owned(),
                    on: *date,
                    event: None,
                }],
            },
            Self::On(which, kind) => facts.find(*which, *kind),
            Self::Reached(threshold) => threshold.evaluate(facts),
            Self::After(period, effect) => effect.evaluate(facts).then(|on| Step {
                what: format!("{period} later"),
                on: period.after(on),
                event: None,
            }),
            Self::FirstDayOf(n, span, effect) => effect.evaluate(facts).then(|on| Step {
                what: format!("first day of the {} {span} that follows", ordinal(*n)),
                on: span.first_day(on, *n),
                event: None,
            }),
            Self::Earliest(effects) => {
                let found: Vec<_> = effects.iter().map(|e| e.evaluate(facts)).collect();
                let earliest = found
                    .iter()
                    .filter(|e| e.date().is_some())
                    .min_by_key(|e| e.date())
                    .cloned();
                earliest.unwrap_or_else(|| pending(found))
            }
            Self::Latest(effects) => {
                let found: Vec<_> = effects.iter().map(|e| e.evaluate(facts)).collect();
                if found.iter().any(|e| e.date().is_none()) {
                    return pending(found);
                }
                found
                    .into_iter()
                    .max_by_key(Evaluation::date)
                    .unwrap_or_else(|| pending(Vec::new()))
            }
            Self::Undetermined(label) => {
                let clause = if label.is_empty() {
                    "the text".to_owned()
                } else {
                    label.clone()
                };
                Evaluation::Pending {
                    missing: vec![format!(
                        "an agreement of the parties: {clause} leaves it open"
                    )],
                }
            }
        }
    }
}

fn pending(found: Vec<Evaluation>) -> Evaluation {
    let missing = |e| match e {
        Evaluation::Pending { missing } => missing,
        Evaluation::Date { .. } => Vec::new(),
    };
    Evaluation::Pending {
        missing: found.into_iter().flat_map(missing).collect(),
    }
}

impl Facts {
    /// All facts of a kind, in order of date.
    fn of(&self, kind: FactKind) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> = self.facts.iter().filter(|f| f.kind == kind).collect();
        facts.sort_by_key(|f| (f.on, f.event));
        facts
    }

    fn find(&self, which: Which, kind: FactKind) -> Evaluation {
        let facts = self.of(kind);
        let whose = |fact: &Fact| {
            let of = fact.party.as_ref().map(|p| format!(" of {p}"));
            of.unwrap_or_default()
        };
        let wait = |what: String| Evaluation::Pending {
            missing: vec![what],
        };
        let found = match which {
            Which::Nth(n) => {
                let nth = n.saturating_sub(1) as usize;
                let of_all = |fact: &&Fact| kind.is_of_a_party() || fact.party.is_none();
                let all: Vec<_> = facts.iter().copied().filter(of_all).collect();
                first_day(&all, |standing| standing.get(nth).copied())
            }
            // Those that joined later are not waited for.
            Which::Last => first_day(&facts, |standing| {
                let of_one = |fact: &&Fact| match &fact.party {
                    Some(party) => self.parties.contains(party),
                    None => true,
                };
                let all = self.parties.iter().all(|party| has(standing, party));
                standing.iter().copied().rfind(of_one).filter(|_| all)
            }),
            Which::Own => self.own.as_ref().and_then(|(own, asked)| {
                let own = facts.iter().filter(|f| f.party.as_ref() == Some(own));
                let own: Vec<_> = own.copied().collect();
                let by_then = own.iter().rfind(|fact| fact.on <= *asked);
                by_then.or(own.first()).copied()
            }),
        };
        if let Some(fact) = found {
            let what = match which {
                Which::Nth(_) | Which::Last if !kind.is_of_a_party() => kind.to_string(),
                Which::Nth(n) => format!("{} {kind}{}", ordinal(n), whose(fact)),
                Which::Last => format!("last {kind}{}", whose(fact)),
                Which::Own => format!("{kind}{}", whose(fact)),
            };
            return Evaluation::Date {
                on: fact.on,
                trace: vec![Step {
                    what,
                    on: fact.on,
                    event: Some(fact.event),
                }],
            };
        }
        match which {
            Which::Nth(_) | Which::Last if kind == FactKind::Force => wait(format!("the {kind}")),
            Which::Nth(_) | Which::Last if !kind.is_of_a_party() => {
                wait(format!("the {kind} of the text"))
            }
            Which::Nth(n) => wait(format!(
                "the {} {kind} ({} so far)",
                ordinal(n),
                standing(&facts, NaiveDate::MAX).len()
            )),
            Which::Last => {
                let standing = standing(&facts, NaiveDate::MAX);
                let missing = self.parties.iter().filter(|p| !has(&standing, p));
                let missing = missing.map(|p| format!("the {kind} of {p}"));
                Evaluation::Pending {
                    missing: missing.collect(),
                }
            }
            Which::Own => wait(match &self.own {
                Some((own, _)) => format!("the {kind} of {own}"),
                None => format!("the party's {kind}"),
            }),
        }
    }
}

impl Effect {
    /// The day of the last act on which it waited, once it has come: from then on its date is settled.
    /// None where it waited for no act.
    pub fn settled_on(&self, facts: &Facts) -> Option<NaiveDate> {
        match self {
            Self::On(which, kind) => facts.find(*which, *kind).date(),
            Self::Reached(threshold) => threshold.evaluate(facts).date(),
            Self::After(_, effect) | Self::FirstDayOf(_, _, effect) => effect.settled_on(facts),
            Self::Latest(effects) => effects.iter().filter_map(|e| e.settled_on(facts)).max(),
            Self::Earliest(effects) => {
                let dated = effects
                    .iter()
                    .filter(|e| e.evaluate(facts).date().is_some());
                let first = dated.min_by_key(|e| e.evaluate(facts).date());
                first.and_then(|effect| effect.settled_on(facts))
            }
            Self::At(_) | Self::Undetermined(_) => None,
        }
    }
}

/// The facts that count on a day, in order of date; of each party its first.
pub(super) fn standing<'a>(facts: &[&'a Fact], on: NaiveDate) -> Vec<&'a Fact> {
    let mut seen = BTreeSet::new();
    let counted = facts.iter().filter(|fact| fact.counts(on));
    let first = counted.filter(|fact| fact.party.as_ref().is_none_or(|party| seen.insert(party)));
    first.copied().collect()
}

/// What is found among the facts that count on the first day on which it is.
fn first_day<'a>(
    facts: &[&'a Fact],
    find: impl Fn(&[&'a Fact]) -> Option<&'a Fact>,
) -> Option<&'a Fact> {
    // What is never taken back only grows.
    if facts.iter().all(|fact| fact.until.is_none()) {
        return find(&standing(facts, NaiveDate::MAX));
    }
    let days = facts.iter().map(|fact| fact.on);
    days.map(|on| standing(facts, on)).find_map(|s| find(&s))
}

fn has(facts: &[&Fact], party: &PartyId) -> bool {
    facts.iter().any(|fact| fact.party.as_ref() == Some(party))
}
