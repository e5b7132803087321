//! What is in force between two parties on a date, as known at a time, in which words, and why.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use travaux_domain::{
    PartyId, Revision,
    agreement::{Adoption, Between, ForceBetween, Nature, Reason, Status},
};
use travaux_text::{Lang, Text};

use crate::{
    AgreementRecord,
    text_in_force::{Found, corrected},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InForceQuestion {
    /// The date.
    pub on: NaiveDate,
    /// The time whose knowledge counts; now if none.
    pub known_at: Option<DateTime<Utc>>,
    /// The two parties.
    pub between: (PartyId, PartyId),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InForceAnswer {
    /// The question.
    pub question: InForceQuestion,
    /// What applies between the two, and why.
    #[serde(flatten)]
    pub between: Between,
    /// Where the agreement stands as a whole, and what it waits for.
    pub status: Status,
    /// The revisions that make up the text, in order.
    pub applied: Vec<Revision>,
    /// The events that decided the answer, by their versions in the stream.
    pub events: Vec<u64>,
    #[serde(skip)]
    text: Option<Found>,
}

impl AgreementRecord {
    /// Answers what is in force between two parties.
    pub fn in_force_between(&self, question: InForceQuestion) -> InForceAnswer {
        let known = self.known(question.known_at);
        let (a, b) = &question.between;
        let mut between = known.between(a, b, question.on);
        let status = known.status(question.on, question.known_at);
        let mut applied = Vec::new();
        let mut events: Vec<u64> = between.reasons.iter().filter_map(|r| r.event).collect();
        let mut text = None;
        if !matches!(
            between.force,
            ForceBetween::NotInForce | ForceBetween::Ended(_) | ForceBetween::Void
        ) {
            let from_now = known.corrections_count_from_now();
            text = self.words_between(&question, from_now, &mut between, &mut applied, &mut events);
        }
        events.sort_unstable();
        events.dedup();
        InForceAnswer {
            question,
            between,
            status,
            applied,
            events,
            text,
        }
    }

    /// The words: what all have adopted, as far as its time has come, and then what binds the two.
    fn words_between(
        &self,
        question: &InForceQuestion,
        from_now: bool,
        between: &mut Between,
        applied: &mut Vec<Revision>,
        events: &mut Vec<u64>,
    ) -> Option<Found> {
        let known = |a: &&Adoption| question.known_at.is_none_or(|at| a.recorded_at <= at);
        let date = |a: &Adoption| match a.nature {
            Nature::Draft => NaiveDate::MIN,
            Nature::Correction if !from_now => NaiveDate::MIN,
            _ => self.effective(a),
        };
        let all = self.agreement.adoptions.iter().map(|adoption| &**adoption);
        let adoptions: Vec<&Adoption> = all.filter(known).collect();
        let counted: Vec<&Adoption> = adoptions
            .iter()
            .filter(|a| date(a) <= question.on)
            .copied()
            .collect();
        let first = counted.iter().find(|a| a.nature == Nature::Draft)?;
        for a in &counted {
            applied.push(a.revision);
            events.push(a.event);
            if a.nature == Nature::Correction {
                between.reasons.push(Reason {
                    what: corrected(a.revision, from_now.then(|| date(a))),
                    rule: travaux_domain::Rule::X7,
                    event: Some(a.event),
                });
            }
        }
        // One reason for all amendments of all parties, however many they are: the answer names each of them anyway.
        let amendments = || counted.iter().filter(|a| a.nature == Nature::Amendment);
        if let Some(last) = amendments().max_by_key(|a| (date(a), a.event)) {
            let number = amendments().count();
            let before = if number > 1 {
                format!(" and {} before it", number - 1)
            } else {
                String::new()
            };
            let what = format!(
                "amended for all by revision {} from {}{before}",
                last.revision,
                date(last)
            );
            between.reasons.push(Reason {
                what,
                rule: travaux_domain::Rule::A1,
                event: Some(last.event),
            });
        }
        let in_order = adoptions
            .iter()
            .zip(&counted)
            .all(|(a, c)| a.revision == c.revision);
        if in_order && between.changes.is_empty() {
            return counted.last().map(|a| Found::Step(a.step));
        }
        let mut text = if in_order {
            self.agreement.history.text_at(counted.last()?.step)
        } else {
            self.agreement.history.text_at(first.step)
        };
        let rest = if in_order {
            &[][..]
        } else {
            counted.get(1..).unwrap_or_default()
        };
        let changes: Vec<Revision> = between
            .changes
            .iter()
            .map(|(revision, _)| *revision)
            .collect();
        let main = rest.iter().map(|a| a.revision);
        let all: Vec<Revision> = main.chain(changes.iter().copied()).collect();
        let corrections = counted.iter().filter(|a| a.nature == Nature::Correction);
        let meets = |a: &&Adoption| self.agreement.meets_their_words(a.revision, &changes);
        let tried = match corrections.copied().any(|a| meets(&a)) {
            true => Err(None),
            false => self.change_all(&mut text, &all).map_err(Some),
        };
        if let Err(reason) = tried {
            let Some((amended, left)) = self.as_amended(&counted, &changes) else {
                between.reasons.extend(reason);
                return None;
            };
            text = amended;
            between.reasons.extend(left);
        }
        applied.extend(changes);
        Some(Found::Composed(Box::new(text)))
    }

    /// Runs revisions on a text, one after another; why not, where one does not fit.
    fn change_all(&self, text: &mut Text, revisions: &[Revision]) -> Result<(), Reason> {
        let records = revisions
            .iter()
            .map(|revision| self.agreement.revision(*revision));
        for record in records.flatten() {
            let revision = record.revision;
            text.apply(&record.draft.operations, revision.0)
                .map_err(|collisions| Reason {
                    what: format!(
                        "revision {revision} does not fit the text between the two: {collisions}"
                    ),
                    rule: travaux_domain::Rule::A1,
                    event: None,
                })?;
        }
        Ok(())
    }

    /// The text that the two amended, in the order in which its changes were drafted: what was corrected afterwards leaves as it
    /// is what they had amended for themselves (X10), and says so.
    fn as_amended(
        &self,
        counted: &[&Adoption],
        changes: &[Revision],
    ) -> Option<(Text, Vec<Reason>)> {
        let first = counted.iter().position(|a| a.nature == Nature::Draft)?;
        let mut text = self.agreement.history.text_at(counted.get(first)?.step);
        let mut reasons = Vec::new();
        let bindings = &self.agreement.machines.amendments;
        let own = changes.iter().filter_map(|revision| {
            let binding = bindings.of(*revision)?;
            Some((*revision, binding.event, true))
        });
        let main = counted.iter().skip(first + 1);
        let main = main.map(|a| (a.revision, a.event, false));
        let mut acts: Vec<(Revision, u64, bool)> = own.chain(main).collect();
        acts.sort_unstable();
        let mut amended: Vec<Revision> = Vec::new();
        for (revision, event, own) in acts {
            let record = self.agreement.revision(revision)?;
            if own || record.draft.nature != Nature::Correction {
                self.change_all(&mut text, &[revision]).ok()?;
                amended.extend(own.then_some(revision));
                continue;
            }
            let correction = (record, event);
            let left = self
                .agreement
                .correct_between(&mut text, correction, &amended);
            reasons.extend(left.ok()?);
        }
        Some((text, reasons))
    }

    /// The words of an answer in one language, byte for byte; `None` where nothing is in force.
    pub fn print_in_force(&self, answer: &InForceAnswer, lang: Lang) -> Option<String> {
        self.print_found(answer.text.as_ref()?, lang)
    }
}
