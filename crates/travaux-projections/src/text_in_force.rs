//! The text on a date, as known at a time.
//!
//! Known time cuts the log: what was recorded later is not there. Effect time selects: an amendment counts from its effect
//! on, a correction from the beginning. A living text (a policy, a consolidated code) is replaced as a whole: of the texts
//! whose date has come, the one with the latest date holds, whatever the order in which they were recorded.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use travaux_domain::{
    Revision,
    agreement::{Adoption, Agreement, Nature},
    clause::Term,
};
use travaux_text::{Lang, Text};

use crate::AgreementRecord;

/// What is asked: the text on a date, as known at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TextQuestion {
    /// The date for which the text is wanted.
    pub on: NaiveDate,
    /// The time whose knowledge counts; now if none.
    pub known_at: Option<DateTime<Utc>>,
}

/// Where the agreement stands on that date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In force, or applying.
    InForce,
    /// Adopted, and not yet applying.
    NotYet,
    /// Not adopted by then, as far as was known.
    NotAdopted,
    /// Ended.
    Ended,
}

/// The answer, with the revisions that decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextAnswer {
    /// The question.
    pub question: TextQuestion,
    /// Where the agreement stands.
    pub standing: Standing,
    /// The revision whose text it is; the last of those that make it up.
    pub revision: Option<Revision>,
    /// All adopted revisions that make it up, in order.
    pub applied: Vec<Revision>,
    /// Adopted revisions that do not count yet on that date, with the dates from which they do.
    pub pending: Vec<(Revision, NaiveDate)>,
    /// Why the answer is what it is.
    pub reason: String,
    #[serde(skip)]
    text: Option<Found>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Step(u32),
    Composed(Box<Text>),
}

impl AgreementRecord {
    /// From when an adoption's text applies.
    pub fn effective(&self, adoption: &Adoption) -> NaiveDate {
        let since = match &self.agreement.machines.force.entered {
            Some(entered) if adoption.nature == Nature::Draft => Some(entered.on),
            _ => None,
        };
        adoption
            .effective_from
            .or(since)
            .unwrap_or_else(|| adoption.adopted_at.date_naive())
    }

    /// The agreement as it was known at a time; as it is known now if none.
    pub(crate) fn known(&self, at: Option<DateTime<Utc>>) -> Cow<'_, Agreement> {
        match at {
            Some(at) if !self.agreement.all_known_at(at) => Cow::Owned(self.agreement.known_at(at)),
            _ => Cow::Borrowed(&self.agreement),
        }
    }

    /// Whether a clause has corrections count from when they are made (X7).
    pub(crate) fn corrections_count_from_now(&self) -> bool {
        self.agreement
            .machines
            .clauses
            .find(|t| matches!(t, Term::CorrectionFromNow).then_some(()))
            .is_some()
    }

    /// Answers what the text was.
    pub fn text_in_force(&self, question: TextQuestion) -> TextAnswer {
        let answer = |standing, reason: String| TextAnswer {
            question,
            standing,
            revision: None,
            applied: Vec::new(),
            pending: Vec::new(),
            reason,
            text: None,
        };
        let known = |at: DateTime<Utc>| question.known_at.is_none_or(|known_at| at <= known_at);
        let adoptions: Vec<&Adoption> = self
            .agreement
            .adoptions
            .iter()
            .map(|adoption| &**adoption)
            .filter(|a| known(a.recorded_at))
            .collect();
        if adoptions.is_empty() {
            return answer(Standing::NotAdopted, "no adoption was on record".to_owned());
        }
        let mut found = if self
            .agreement
            .identity
            .as_ref()
            .is_some_and(|i| i.profile.living_text)
        {
            self.living(&adoptions, question, answer)
        } else {
            self.instrument(&adoptions, question, answer)
        };
        let ended = self
            .known(question.known_at)
            .machines
            .ending
            .ended_on(question.on)
            .map(|end| end.on);
        if let Some(from) = ended.filter(|_| found.standing == Standing::InForce) {
            found.standing = Standing::Ended;
            found.reason = format!("it ended on {from}");
        }
        found
    }

    fn living(
        &self,
        adoptions: &[&Adoption],
        question: TextQuestion,
        answer: impl Fn(Standing, String) -> TextAnswer,
    ) -> TextAnswer {
        let date = |a: &Adoption| self.effective(a);
        let pending = adoptions
            .iter()
            .filter(|a| date(a) > question.on)
            .map(|a| (a.revision, date(a)))
            .collect();
        let last = adoptions
            .iter()
            .enumerate()
            .filter(|(_, a)| date(a) <= question.on)
            .max_by_key(|(at, a)| (date(a), *at));
        let Some((_, last)) = last else {
            return TextAnswer {
                pending,
                ..answer(Standing::NotYet, "its first text applies later".to_owned())
            };
        };
        TextAnswer {
            revision: Some(last.revision),
            applied: vec![last.revision],
            pending,
            text: Some(Found::Step(last.step)),
            ..answer(
                Standing::InForce,
                format!(
                    "revision {} applies from {}, the latest date that has come",
                    last.revision,
                    date(last)
                ),
            )
        }
    }

    fn instrument(
        &self,
        adoptions: &[&Adoption],
        question: TextQuestion,
        answer: impl Fn(Standing, String) -> TextAnswer,
    ) -> TextAnswer {
        let since = self.known(question.known_at).in_force_since();
        let from_now = self.corrections_count_from_now();
        let date = |a: &Adoption| match a.nature {
            Nature::Correction if !from_now => NaiveDate::MIN,
            Nature::Draft => a
                .effective_from
                .or(since)
                .unwrap_or_else(|| a.adopted_at.date_naive()),
            _ => self.effective(a),
        };
        let (counted, later): (Vec<&&Adoption>, Vec<&&Adoption>) = adoptions
            .iter()
            .partition(|a: &&&Adoption| date(a) <= question.on);
        let pending = later.iter().map(|a| (a.revision, date(a))).collect();
        let begins = counted.iter().find(|a| a.nature == Nature::Draft);
        let Some(first) = begins else {
            let reason = "its text was adopted, and applies later".to_owned();
            return TextAnswer {
                pending,
                ..answer(Standing::NotYet, reason)
            };
        };
        let applied: Vec<Revision> = counted.iter().map(|a| a.revision).collect();
        let all_so_far = adoptions
            .iter()
            .zip(&counted)
            .all(|(a, c)| a.revision == c.revision);
        let standing = if since.is_some() || counted.iter().any(|a| a.effective_from.is_some()) {
            Standing::InForce
        } else {
            Standing::NotYet
        };
        let mut reason = match standing {
            Standing::InForce => format!("in force since {}", date(first)),
            _ => "adopted; no entry into force was on record".to_owned(),
        };
        for a in counted.iter().skip(1) {
            let word = if a.nature == Nature::Correction {
                "corrected from the beginning"
            } else {
                "amended"
            };
            let from = if a.nature == Nature::Correction {
                String::new()
            } else {
                format!(" from {}", date(a))
            };
            reason += &format!("; {word} by revision {}{from}", a.revision);
        }
        let (text, revision) = if all_so_far {
            (
                counted.last().map(|a| Found::Step(a.step)),
                applied.last().copied(),
            )
        } else {
            self.compose(
                first.step,
                counted.get(1..).unwrap_or_default(),
                &mut reason,
            )
        };
        TextAnswer {
            revision,
            applied,
            pending,
            text,
            ..answer(standing, reason)
        }
    }

    /// Runs the operations of adoptions that do not follow one another on the text at `step`.
    fn compose(
        &self,
        step: u32,
        adoptions: &[&&Adoption],
        reason: &mut String,
    ) -> (Option<Found>, Option<Revision>) {
        let mut text = self.agreement.history.text_at(step);
        let mut last = self.agreement.history.revision(step).map(Revision);
        for adoption in adoptions {
            let Some(record) = self.agreement.revision(adoption.revision) else {
                continue;
            };
            if let Err(collisions) = text.apply(&record.operations, record.revision.0) {
                *reason += &format!(
                    "; revision {} needs changes that do not apply yet: {collisions}",
                    record.revision
                );
                return (None, last);
            }
            last = Some(adoption.revision);
        }
        (Some(Found::Composed(Box::new(text))), last)
    }

    /// The text of an answer in one language, byte for byte; `None` where there is none.
    pub fn print_answer(&self, answer: &TextAnswer, lang: Lang) -> Option<String> {
        self.print_found(answer.text.as_ref()?, lang)
    }

    pub(crate) fn print_found(&self, found: &Found, lang: Lang) -> Option<String> {
        match found {
            Found::Step(step) => Some(self.agreement.history.print_at(*step, lang)),
            Found::Composed(text) => Some(text.print(lang)),
        }
    }
}
