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
    agreement::{Adoption, Agreement, Nature, Status},
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

/// The answer, with the revisions that decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextAnswer {
    /// The question.
    pub question: TextQuestion,
    /// Where the agreement stands on that date, as known at that time.
    pub status: Status,
    /// The revision whose text it is; the last of those that make it up.
    pub revision: Option<Revision>,
    /// All adopted revisions that make it up, in order.
    pub applied: Vec<Revision>,
    /// Adopted revisions that do not count yet on that date, with the dates from which they do.
    pub pending: Vec<(Revision, NaiveDate)>,
    /// Which text it is, or why there is none.
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
        effective_in(&self.agreement, adoption)
    }

    /// The agreement as it was known at a time; as it is known now if none.
    pub(crate) fn known(&self, at: Option<DateTime<Utc>>) -> Cow<'_, Agreement> {
        match at {
            Some(at) if !self.agreement.all_known_at(at) => Cow::Owned(self.agreement.known_at(at)),
            _ => Cow::Borrowed(&self.agreement),
        }
    }

    /// Answers what the text was.
    pub fn text_in_force(&self, question: TextQuestion) -> TextAnswer {
        let known = self.known(question.known_at);
        let status = known.status(question.on, question.known_at);
        let answer = TextAnswer {
            question,
            status,
            revision: None,
            applied: Vec::new(),
            pending: Vec::new(),
            reason: "no adoption was on record".to_owned(),
            text: None,
        };
        let counts = |at: DateTime<Utc>| question.known_at.is_none_or(|known_at| at <= known_at);
        let adoptions: Vec<&Adoption> = self
            .agreement
            .adoptions
            .iter()
            .map(|adoption| &**adoption)
            .filter(|a| counts(a.recorded_at))
            .collect();
        let living = self.agreement.is_living();
        match adoptions.is_empty() {
            true => answer,
            false if living => living_text(&known, &adoptions, answer),
            false => self.instrument(&known, &adoptions, answer),
        }
    }

    fn instrument(
        &self,
        known: &Agreement,
        adoptions: &[&Adoption],
        answer: TextAnswer,
    ) -> TextAnswer {
        let on = answer.question.on;
        let force = answer.status.force.state;
        let from_now = known.corrections_count_from_now();
        let date = |a: &Adoption| known.counts_from(&a.into(), &force);
        let (counted, later): (Vec<&&Adoption>, Vec<&&Adoption>) =
            adoptions.iter().partition(|a: &&&Adoption| date(a) <= on);
        let pending = later.iter().map(|a| (a.revision, date(a))).collect();
        let Some(first) = counted.iter().find(|a| a.nature == Nature::Draft) else {
            return TextAnswer {
                pending,
                reason: "its text was adopted, and applies later".to_owned(),
                ..answer
            };
        };
        let applied: Vec<Revision> = counted.iter().map(|a| a.revision).collect();
        let all_so_far = adoptions
            .iter()
            .zip(&counted)
            .all(|(a, c)| a.revision == c.revision);
        let mut reason = format!("revision {}", first.revision);
        for a in counted.iter().skip(1) {
            reason += &if a.nature == Nature::Correction {
                format!("; {}", corrected(a.revision, from_now.then(|| date(a))))
            } else {
                format!("; amended by revision {} from {}", a.revision, date(a))
            };
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
            reason,
            text,
            ..answer
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
            if let Err(collisions) = text.apply(&record.draft.operations, record.revision.0) {
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

/// That a revision corrected the text: from the beginning, or where a clause says so (X7) from a date.
pub(crate) fn corrected(revision: Revision, from: Option<NaiveDate>) -> String {
    match from {
        Some(from) => format!("corrected by revision {revision} from {from}"),
        None => format!("corrected from the beginning by revision {revision}"),
    }
}

/// From when an adoption's text applies, as far as `known` knows.
fn effective_in(known: &Agreement, adoption: &Adoption) -> NaiveDate {
    let since = match &known.machines.force.entered {
        Some(entered) if adoption.nature == Nature::Draft => Some(entered.on),
        _ => None,
    };
    adoption
        .effective_from
        .or(since)
        .unwrap_or_else(|| adoption.adopted_at.date_naive())
}

fn living_text(known: &Agreement, adoptions: &[&Adoption], answer: TextAnswer) -> TextAnswer {
    let on = answer.question.on;
    let force = answer.status.force.state;
    let date = |a: &Adoption| known.counts_from(&a.into(), &force);
    let pending = adoptions
        .iter()
        .filter(|a| date(a) > on)
        .map(|a| (a.revision, date(a)))
        .collect();
    let last = adoptions
        .iter()
        .enumerate()
        .filter(|(_, a)| date(a) <= on)
        .max_by_key(|(at, a)| (date(a), *at));
    let Some((_, last)) = last else {
        return TextAnswer {
            pending,
            reason: "its first text applies later".to_owned(),
            ..answer
        };
    };
    TextAnswer {
        revision: Some(last.revision),
        applied: vec![last.revision],
        pending,
        reason: format!(
            "revision {} applies from {}, the latest date that has come",
            last.revision,
            date(last)
        ),
        text: Some(Found::Step(last.step)),
        ..answer
    }
}
