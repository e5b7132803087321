//! That the days of acts fit together (RC3): none is to come, and none is before the day that was said
//! of what the act rests on. A day that nobody said is that of the recording: an act may have come
//! before it, and the day of the recording is another one in other zones. Days of effect are held to the
//! rules of their subject.

use chrono::NaiveDate;

use crate::{Refusal, Rule, agreement::decision::DecisionContext};

impl DecisionContext<'_> {
    /// That the act is not on a day to come, nor before its agreement was proposed. The dates of a
    /// living text are its source's, as they are.
    pub(super) fn is_in_time(&self) -> Result<(), Refusal> {
        if !self.is_dated() {
            return Ok(());
        }
        if let Some(day) = self.said {
            self.context.has_come(self.act, day)?;
        }
        let proposed = self.agreement.text.said_of_proposal();
        self.not_before(proposed, "the agreement was proposed")
    }

    /// Whether days are held against each other: not of records of before, which an audit decides again,
    /// nor of a living text.
    fn is_dated(&self) -> bool {
        let identity = self.agreement.identity.as_ref();
        self.is_new() && !identity.is_some_and(|identity| identity.profile.living_text)
    }

    /// That the act is not before a day that was said, on which `what` (RC3).
    pub(crate) fn not_before(&self, said: Option<NaiveDate>, what: &str) -> Result<(), Refusal> {
        let days = said.zip(self.said).filter(|_| self.is_dated());
        match days.filter(|(first, day)| day < first) {
            None => Ok(()),
            Some((first, day)) => {
                Err(self.too_early(Rule::RC3, day, first, &format!(", when {what}")))
            }
        }
    }
}
