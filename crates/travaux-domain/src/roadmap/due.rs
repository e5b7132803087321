//! When an action is due: an effect as clauses speak it ([`Effect`]), and what else a roadmap waits
//! for (RM3).
//!
//! ```
//! use travaux_domain::roadmap::Due;
//!
//! let due: Due = "end of the quarter of 30 days after completion of passes".parse()?;
//! assert_eq!(due.to_string(), "end of the quarter of 30 days after completion of passes");
//! # Ok::<(), travaux_domain::roadmap::ParseDueError>(())
//! ```
//!
//! The grammar (`effect` is that of [`crate::effect`], of which a roadmap knows dates and
//! `adoption`: the day on which the action was first adopted):
//!
//! ```text
//! due = effect | "start of" KEY | "completion of" KEY | "milestone" KEY "/" KEY
//!     | period "after" due | "end of the" ("month" | "quarter" | "half-year" | "year") "of" due
//! ```

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::{
    Name,
    effect::{Effect, Evaluation, Fact, FactKind, Facts, Period, Span, Step},
};

/// How deep moments may stand in one another: words from a stranger must not exhaust the stack.
const DEPTH: u32 = 16;

/// Words are no due date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read `{0}`: expected a date, `adoption`, `completion of KEY`, `start of KEY`, \
     `milestone KEY/KEY`, a time after one of these such as `30 days after completion of passes`, \
     or `end of the quarter of` one"
)]
pub struct ParseDueError(pub String);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Effect(Effect),
    Start(Name),
    Completion(Name),
    Milestone(Name, Name),
    After(Period, Box<Self>),
    EndOf(Span, Box<Self>),
}

/// When something is due. It is read from words, and written as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due(Form);

/// What a due date waits for, beside days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause<'a> {
    /// That an action starts.
    Start(&'a Name),
    /// That an action is completed.
    Completion(&'a Name),
    /// That a milestone or target of an action is met.
    Milestone(&'a Name, &'a Name),
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(key) => write!(f, "start of {key}"),
            Self::Completion(key) => write!(f, "completion of {key}"),
            Self::Milestone(action, key) => write!(f, "milestone {action}/{key}"),
        }
    }
}

impl Due {
    /// A date that is named.
    pub fn at(date: NaiveDate) -> Self {
        Self(Form::Effect(Effect::At(date)))
    }

    /// What it waits for in the roadmap.
    pub fn cause(&self) -> Option<Cause<'_>> {
        self.0.cause()
    }

    /// What it comes to: `adopted` is when the action was first adopted, `find` says when a cause
    /// came, or what is missing.
    pub fn evaluate(
        &self,
        adopted: Option<(NaiveDate, u64)>,
        find: &dyn Fn(Cause<'_>) -> Evaluation,
    ) -> Evaluation {
        self.0.evaluate(adopted, find)
    }
}

impl Form {
    fn cause(&self) -> Option<Cause<'_>> {
        match self {
            Self::Effect(_) => None,
            Self::Start(key) => Some(Cause::Start(key)),
            Self::Completion(key) => Some(Cause::Completion(key)),
            Self::Milestone(action, key) => Some(Cause::Milestone(action, key)),
            Self::After(_, due) | Self::EndOf(_, due) => due.cause(),
        }
    }

    fn evaluate(
        &self,
        adopted: Option<(NaiveDate, u64)>,
        find: &dyn Fn(Cause<'_>) -> Evaluation,
    ) -> Evaluation {
        let then = |due: &Self, what: String, step: &dyn Fn(NaiveDate) -> NaiveDate| match due
            .evaluate(adopted, find)
        {
            Evaluation::Date { on, mut trace } => {
                let on = step(on);
                let event = None;
                trace.push(Step { what, on, event });
                Evaluation::Date { on, trace }
            }
            pending @ Evaluation::Pending { .. } => pending,
        };
        match self {
            Self::Effect(effect) => effect_on(effect, adopted),
            Self::After(period, due) => {
                then(due, format!("{period} later"), &|on| period.after(on))
            }
            Self::EndOf(span, due) => {
                let what = format!("end of that {span}");
                then(due, what, &|on| span.last_day(on))
            }
            Self::Start(_) | Self::Completion(_) | Self::Milestone(..) => {
                self.cause().map_or_else(|| pending("nothing"), find)
            }
        }
    }

    fn read(text: &str, depth: u32) -> Option<Self> {
        let text = text.trim();
        if depth > DEPTH {
            return None;
        }
        if let Ok(effect) = text.parse::<Effect>() {
            return waits_for_adoption_alone(&effect).then_some(Self::Effect(effect));
        }
        let key = |words: &str| {
            let one = !words.is_empty() && !words.contains(|c: char| c.is_whitespace());
            one.then(|| Name::from(words))
        };
        if let Some(rest) = text.strip_prefix("start of ") {
            return key(rest.trim()).map(Self::Start);
        }
        if let Some(rest) = text.strip_prefix("completion of ") {
            return key(rest.trim()).map(Self::Completion);
        }
        if let Some(rest) = text.strip_prefix("milestone ") {
            let (action, milestone) = rest.trim().split_once('/')?;
            return Some(Self::Milestone(key(action)?, key(milestone)?));
        }
        if let Some(rest) = text.strip_prefix("end of the ") {
            let (name, rest) = rest.split_once(" of ")?;
            let due = Box::new(Self::read(rest, depth + 1)?);
            return Span::named(name.trim()).map(|span| Self::EndOf(span, due));
        }
        let (period, rest) = text.split_once(" after ")?;
        let due = Box::new(Self::read(rest, depth + 1)?);
        period.parse().ok().map(|period| Self::After(period, due))
    }
}

fn pending(what: &str) -> Evaluation {
    Evaluation::Pending {
        missing: vec![what.to_owned()],
    }
}

/// An effect on the one fact that a roadmap has for it.
fn effect_on(effect: &Effect, adopted: Option<(NaiveDate, u64)>) -> Evaluation {
    let fact = adopted.map(|(on, event)| Fact {
        kind: FactKind::Adoption,
        on,
        party: None,
        until: None,
        event,
    });
    let found = effect.evaluate(&Facts {
        facts: fact.into_iter().collect(),
        ..Facts::default()
    });
    if found.date().is_none() && adopted.is_none() {
        return pending("the adoption of the action");
    }
    found
}

/// Whether it names days, and waits for nothing but adoption: what else clauses wait for, a roadmap
/// does not know.
fn waits_for_adoption_alone(effect: &Effect) -> bool {
    match effect {
        Effect::At(_) => true,
        Effect::On(_, kind) => *kind == FactKind::Adoption,
        Effect::After(_, effect) | Effect::FirstDayOf(_, _, effect) => {
            waits_for_adoption_alone(effect)
        }
        Effect::Earliest(all) | Effect::Latest(all) => all.iter().all(waits_for_adoption_alone),
        Effect::Reached(_) | Effect::Undetermined(_) => false,
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Effect(effect) => effect.fmt(f),
            Self::After(period, due) => write!(f, "{period} after {due}"),
            Self::EndOf(span, due) => write!(f, "end of the {span} of {due}"),
            Self::Start(_) | Self::Completion(_) | Self::Milestone(..) => {
                self.cause().map_or(Ok(()), |cause| cause.fmt(f))
            }
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Due {
    type Err = ParseDueError;

    fn from_str(text: &str) -> Result<Self, ParseDueError> {
        let read = Form::read(text, 0);
        read.map(Self).ok_or_else(|| ParseDueError(text.to_owned()))
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;

        impl Visitor<'_> for Words {
            type Value = Due;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a due date such as `30 days after completion of passes`")
            }

            fn visit_str<E: Error>(self, words: &str) -> Result<Due, E> {
                words.parse().map_err(E::custom)
            }
        }

        from.deserialize_str(Words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn rm3_due_dates_are_read_and_written_in_the_same_words() {
        for words in [
            "2025-06-30",
            "adoption",
            "6 months after adoption",
            "first day of the 2nd month after adoption",
            "latest of (2025-06-30, 1 year after adoption)",
            "start of passes",
            "completion of passes",
            "milestone passes/forms",
            "30 days after completion of passes",
            "end of the quarter of 2025-05-15",
            "end of the half-year of 2 weeks after start of passes",
        ] {
            let due: Due = words.parse().expect("a due date");
            let says = words.replace("2 weeks", "14 days");
            assert_eq!(due.to_string(), says);
            let json = serde_json::to_string(&due).expect("JSON");
            assert_eq!(serde_json::from_str::<Due>(&json).ok(), Some(due));
        }
    }

    #[test]
    fn rm3_what_a_roadmap_cannot_know_is_no_due_date() {
        for words in [
            "",
            "soon",
            "2025-02-30",
            "2nd notification",
            "30 days after last signature",
            "undetermined",
            "completion of",
            "completion of two words",
            "milestone passes",
            "end of the week of 2025-05-15",
            "many days after completion of passes",
        ] {
            let error = words.parse::<Due>().expect_err(words).to_string();
            assert!(error.contains("expected a date"), "{error}");
        }
        let deep = "1 day after ".repeat(40) + "completion of passes";
        assert!(deep.parse::<Due>().is_err(), "a bound to its depth");
    }

    #[test]
    fn rm3_ends_of_parts_of_the_calendar() {
        for (due, on) in [
            ("end of the month of 2024-02-10", "2024-02-29"),
            ("end of the quarter of 2025-05-15", "2025-06-30"),
            ("end of the quarter of 2025-12-31", "2025-12-31"),
            ("end of the half-year of 2025-07-01", "2025-12-31"),
            ("end of the year of 2025-01-01", "2025-12-31"),
        ] {
            let due: Due = due.parse().expect("a due date");
            let found = due.evaluate(None, &|_| pending("nothing"));
            assert_eq!(found.date(), Some(day(on)), "{due}");
        }
        assert_eq!(Span::Year.last_day(NaiveDate::MAX), NaiveDate::MAX);
    }
}
