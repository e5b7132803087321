//! Decisions in writing (BD7).

use chrono::{Days, NaiveDate};

use super::{DecisionRecord, JointBody, Written, WrittenRule, decide::Asked};
use crate::{Name, PartyId, Reason, Refusal, Rule, words::names};

impl DecisionRecord {
    /// The written procedure that runs.
    pub fn in_writing(&self) -> Option<&Written> {
        let open = self.adopted.is_none() && self.refused.is_none();
        let last = self.written.last();
        last.filter(|written| open && written.failed.is_none())
    }
}

impl JointBody {
    /// What the rules of procedure of a day say of decisions in writing.
    fn written_rule(&self, on: NaiveDate) -> Option<WrittenRule> {
        self.rules_on(on)?.written
    }
}

impl Asked<'_> {
    fn refuse_written(&self, reason: Reason, expected: impl Into<String>, found: &str) -> Refusal {
        self.deciding.refuse(reason, Rule::BD7, expected, found)
    }

    /// A draft is put to the parties in writing where the rules foresee it, for as long as they say.
    pub(super) fn may_open(&self, decision: &Name, until: NaiveDate) -> Result<(), Refusal> {
        let record = self.open_draft(decision)?;
        self.is_not_in_writing(record)?;
        let Some(rule) = self.body.written_rule(self.on) else {
            let expected = "rules of procedure by which decisions are taken in writing";
            return Err(self.refuse(Reason::Forbidden, expected, "none that say so"));
        };
        let first = self.on.checked_add_days(Days::new(rule.days.into()));
        let first = first.unwrap_or(NaiveDate::MAX);
        if until >= first {
            return Ok(());
        }
        let expected = format!("{} days for answers, until {first} or later", rule.days);
        Err(self.refuse(Reason::TooEarly, expected, until.to_string()))
    }

    /// That nobody is asked in writing at the same time.
    pub(super) fn is_not_in_writing(&self, record: &DecisionRecord) -> Result<(), Refusal> {
        let Some(written) = record.in_writing() else {
            return Ok(());
        };
        let found = format!("one that is asked in writing until {}", written.until);
        let expected = "a draft on which no written procedure runs";
        Err(self.refuse_written(Reason::WrongState, expected, &found))
    }

    /// The written procedure that runs; the act does not come before it.
    fn running<'r>(&self, record: &'r DecisionRecord) -> Result<&'r Written, Refusal> {
        let Some(written) = record.in_writing() else {
            let expected = "a written procedure that runs";
            return Err(self.refuse_written(Reason::WrongState, expected, "none"));
        };
        self.not_before(Some(written.opened), "the written procedure was opened")?;
        Ok(written)
    }

    /// A party answers once, in time, for itself.
    pub(super) fn may_answer(&self, decision: &Name) -> Result<(), Refusal> {
        let record = self.open_draft(decision)?;
        let written = self.running(record)?;
        if self.on > written.until {
            let expected = format!("an answer by {}", written.until);
            return Err(self.refuse(Reason::TooLate, expected, self.on.to_string()));
        }
        match written.voices.get(self.deciding.party()) {
            None => Ok(()),
            Some((_, at)) => {
                let found = format!("that of {}", at.on);
                Err(self.refuse(Reason::Already, "a first answer", found))
            }
        }
    }

    /// The parties that gave no answer.
    fn silent(&self, written: &Written) -> Vec<&PartyId> {
        let all = self.parties.all.iter().copied();
        all.filter(|party| !written.voices.contains_key(party))
            .collect()
    }

    /// It fails when a party says no, or when the time has passed and silence is no consent.
    pub(super) fn may_close(&self, decision: &Name) -> Result<(), Refusal> {
        let record = self.open_draft(decision)?;
        let written = self.running(record)?;
        let refused = written.voices.values().filter(|(consents, _)| !consents);
        if let Some(first) = refused.map(|(_, at)| *at).min() {
            return self.not_before(Some(first), "a party said no");
        }
        let silent = self.silent(written);
        let rule = self.body.written_rule(written.opened.on);
        let silence = rule.is_some_and(|rule| rule.silence_consents);
        let failed = self.on > written.until && !silent.is_empty() && !silence;
        if failed {
            return Ok(());
        }
        let expected = "an answer that says no, or silence that is no consent when time has passed";
        let found = match &silent[..] {
            [] => "the consent of all".to_owned(),
            some => format!("{} silent, with time until {}", names(some), written.until),
        };
        Err(self.refuse(Reason::WrongState, expected, found))
    }

    /// That all consented in writing: on the day of the last answer; by silence, where the rules say
    /// so, on the last day for answers, when it has passed (BD7).
    pub(super) fn was_answered(&self, record: &DecisionRecord) -> Result<(), Refusal> {
        let written = self.running(record)?;
        let against = written.voices.iter().find(|(_, (consents, _))| !consents);
        if let Some((party, (_, at))) = against {
            let expected = "the consent of all in writing";
            let found = format!("that `{party}` said no on {}", at.on);
            return Err(self.refuse_written(Reason::ConsentMissing, expected, &found));
        }
        let silent = self.silent(written);
        let rule = self.body.written_rule(written.opened.on);
        let silence = rule.is_some_and(|rule| rule.silence_consents);
        let day = match &silent[..] {
            [] => written.voices.values().map(|(_, at)| at.on).max(),
            _ if silence => {
                let next = written.until.succ_opt().unwrap_or(NaiveDate::MAX);
                self.deciding.has_come(next)?;
                Some(written.until)
            }
            _ => {
                let expected = "the answer of each party: silence is no consent";
                let found = format!("{} silent", names(&silent));
                let refusal = self.refuse_written(Reason::ConsentMissing, expected, &found);
                return Err(refusal.missing(silent.iter().map(ToString::to_string)));
            }
        };
        match day.filter(|day| *day != self.on) {
            None => Ok(()),
            Some(day) => {
                let expected = format!("the day on which the last consent was given, {day}");
                let found = self.on.to_string();
                Err(self.refuse_written(Reason::WrongDate, expected, &found))
            }
        }
    }
}
