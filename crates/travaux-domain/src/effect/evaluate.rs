//! What an effect comes to on the facts of a log: a date and how it was found, or what is still waited for.

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Effect, FactKind, Which, ordinal};
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
    /// The version in the agreement's stream of the event that says so.
    pub event: u64,
}

/// The facts of a log, and the parties that are waited for.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What happened.
    pub facts: Vec<Fact>,
    /// Everyone whose act `last` waits for.
    pub parties: Vec<PartyId>,
    /// The party for which the question is asked, if it is one.
    pub own: Option<PartyId>,
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
            Self::After(period, effect) => effect.evaluate(facts).then(|on| Step {
                what: format!("{period} later"),
                on: period.after(on),
                event: None,
            }),
            Self::FirstDayOfMonth(n, effect) => effect.evaluate(facts).then(|on| {
                let first = on
                    .with_day(1)
                    .and_then(|day| day.checked_add_months(Months::new(*n)));
                let what = format!("first day of the {} month that follows", ordinal(*n));
                Step {
                    what,
                    on: first.unwrap_or(NaiveDate::MAX),
                    event: None,
                }
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
    /// All facts of a kind, the first of each party, in order of date.
    fn of(&self, kind: FactKind) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> = self.facts.iter().filter(|f| f.kind == kind).collect();
        facts.sort_by_key(|f| (f.on, f.event));
        let mut seen = Vec::new();
        facts.retain(|f| {
            !kind.is_of_a_party()
                || !seen.contains(&&f.party) && {
                    seen.push(&f.party);
                    true
                }
        });
        facts
    }

    fn find(&self, which: Which, kind: FactKind) -> Evaluation {
        let facts = self.of(kind);
        let has = |party: &PartyId| facts.iter().any(|f| f.party.as_ref() == Some(party));
        let whose = |fact: &Fact| {
            fact.party
                .as_ref()
                .map(|p| format!(" of {p}"))
                .unwrap_or_default()
        };
        let wait = |what: String| Evaluation::Pending {
            missing: vec![what],
        };
        let found = match which {
            Which::Nth(n) => facts.get(n.saturating_sub(1) as usize).copied(),
            // Those that joined later are not waited for.
            Which::Last if self.parties.iter().all(has) => facts
                .iter()
                .rfind(|f| f.party.as_ref().is_none_or(|p| self.parties.contains(p)))
                .copied(),
            Which::Last => None,
            Which::Own => self.own.as_ref().and_then(|own| {
                facts
                    .iter()
                    .find(|f| f.party.as_ref() == Some(own))
                    .copied()
            }),
        };
        if let Some(fact) = found {
            let what = match which {
                _ if !kind.is_of_a_party() => kind.to_string(),
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
            _ if !kind.is_of_a_party() => wait(format!("the {kind} of the text")),
            Which::Nth(n) => wait(format!(
                "the {} {kind} ({} so far)",
                ordinal(n),
                facts.len()
            )),
            Which::Last => {
                let missing: Vec<_> = self
                    .parties
                    .iter()
                    .filter(|p| !has(p))
                    .map(|p| format!("the {kind} of {p}"))
                    .collect();
                Evaluation::Pending { missing }
            }
            Which::Own => wait(
                self.own
                    .as_ref()
                    .map_or(format!("the party's {kind}"), |own| {
                        format!("the {kind} of {own}")
                    }),
            ),
        }
    }
}
