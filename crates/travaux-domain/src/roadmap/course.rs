//! The course of an action: started, told of, assessed, moved, completed, reopened, suspended (RM6 to
//! RM9, RM11 to RM13).

use chrono::NaiveDate;

use super::{ActionRecord, DependencyKind, Due, decide::Asked};
use crate::{
    Name, PartyId, Reason, Refusal, Rule, effect::Evaluation, partnership::Words, words::names,
};

impl Asked<'_> {
    /// That the day has begun in the zone of the roadmap: what is done is never in the future (RM6).
    pub(super) fn is_no_future(&self, day: NaiveDate) -> Result<(), Refusal> {
        let today = self.roadmap.today(self.context.now);
        if day <= today {
            return Ok(());
        }
        let expected = format!(
            "a day that has come, {today} at the latest in {}",
            self.plan.zone
        );
        let refused = self
            .deciding
            .refuse(Reason::WrongDate, Rule::RM6, expected, day.to_string());
        Err(refused)
    }

    /// An action that was adopted is started once, by one that leads it (RM6).
    pub(super) fn may_start(&self, key: &Name) -> Result<(), Refusal> {
        let record = self.open(key)?;
        self.leads(&record.action)?;
        self.is_no_future(self.on)?;
        if let Some(started) = record.started {
            let found = format!("`{key}`, which was started on {}", started.on);
            let expected = "an action that was not started";
            return Err(self.refuse(Reason::Already, expected, found));
        }
        self.is_not_suspended(key, record)
    }

    fn is_not_suspended(&self, key: &Name, record: &ActionRecord) -> Result<(), Refusal> {
        match record.suspended.last().filter(|s| s.to.is_none()) {
            None => Ok(()),
            Some(suspension) => {
                let expected = "an action that is not suspended: it is resumed first";
                let found = format!("`{key}`, suspended on {}", suspension.from.on);
                Err(self.refuse(Reason::WrongState, expected, found))
            }
        }
    }

    /// An action as it was on the day of the act: what came before its end may go on record behind
    /// it.
    fn known(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let record = self.action(key)?;
        match record.end.as_ref().filter(|(_, at)| at.on < self.on) {
            None => Ok(record),
            Some((how, at)) => {
                let found = format!("`{key}`, which was {how} on {}", at.on);
                Err(self.refuse(Reason::WrongState, "an action that goes on", found))
            }
        }
    }

    fn is_as_of(&self, record: &ActionRecord, as_of: NaiveDate) -> Result<(), Refusal> {
        let first = record.proposed.on;
        if as_of > self.on || as_of < first {
            let expected = format!("a day of which it is told, from {first} to {}", self.on);
            return Err(self.refuse(Reason::WrongDate, expected, as_of.to_string()));
        }
        Ok(())
    }

    /// One that leads an action tells how far it has come; the last day that it tells of counts, and
    /// it may be less than before (RM7).
    pub(super) fn may_report(
        &self,
        key: &Name,
        as_of: NaiveDate,
        (words, percent, evidence): (&Words, Option<u8>, &[String]),
    ) -> Result<(), Refusal> {
        let record = self.known(key)?;
        self.leads(&record.action)?;
        self.is_as_of(record, as_of)?;
        self.deciding.words("words", words)?;
        for source in evidence {
            self.deciding.text("evidence", source)?;
        }
        match percent.filter(|percent| *percent > 100) {
            None => Ok(()),
            Some(percent) => {
                let expected = "a part of it, from 0 to 100 per cent";
                Err(self.refuse(Reason::Malformed, expected, percent.to_string()))
            }
        }
    }

    /// A day of a recurring action is kept once, and is one on which it falls due (RM3).
    pub(super) fn may_keep(&self, key: &Name, day: Option<NaiveDate>) -> Result<(), Refusal> {
        let Some(day) = day else { return Ok(()) };
        let record = self.action(key)?;
        let refuse = |reason, expected: &str, found: String| {
            Err(self.deciding.refuse(reason, Rule::RM3, expected, found))
        };
        let (Some(due), Some(rule)) = (&record.action.due, &record.action.recurs) else {
            let expected = "an action that recurs";
            return refuse(Reason::Malformed, expected, format!("`{key}`"));
        };
        let first = self.roadmap.evaluate(key, due).date();
        let is_one = first.is_some_and(|first| {
            let mut days = rule.from(first).take_while(|other| *other <= day);
            days.any(|other| other == day)
        });
        if !is_one {
            let expected = format!("a day on which it falls due ({rule} from {due})");
            return refuse(Reason::WrongDate, &expected, day.to_string());
        }
        if record.reports.iter().any(|r| r.occurrence == Some(day)) {
            let found = format!("{day}, which was");
            return refuse(Reason::Already, "a day that was not kept", found);
        }
        Ok(())
    }

    /// Progress is assessed by the body or a party that does not answer for it alone; assessments
    /// that differ all stand (RM8).
    pub(super) fn may_assess(
        &self,
        key: &Name,
        as_of: NaiveDate,
        words: &Words,
        by_the_body: bool,
    ) -> Result<(), Refusal> {
        let record = self.action(key)?;
        self.is_as_of(record, as_of)?;
        if !words.is_empty() {
            self.deciding.words("grounds", words)?;
        }
        let party = self.deciding.party();
        if !by_the_body && record.action.is_led_by_none_but(party) {
            let expected = "the body, or a party that does not lead the action alone";
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        }
        Ok(())
    }

    /// A due date is moved from where it stands, by consent of all at the request of one that leads
    /// the action, or by the body that has the power (RM9).
    pub(super) fn may_move(
        &self,
        key: &Name,
        (from, to, reason): (&Due, &Due, &str),
        consenting: &[PartyId],
        by_the_body: bool,
    ) -> Result<(), Refusal> {
        let record = self.open(key)?;
        self.deciding.text("a reason", reason)?;
        self.not_before(Some(record.revised), "its words were last changed")?;
        let before = record.moves.last().map(|m| m.at);
        self.not_before(before, "it was moved before")?;
        let last = self.roadmap.baselines.last();
        let baseline = last.filter(|b| b.actions.contains_key(key));
        self.not_before(baseline.map(|b| b.at), "the version in force was adopted")?;
        match &record.action.due {
            Some(due) if due == from => {}
            Some(due) => {
                let expected = format!("the due date that it has, {due}");
                return Err(self.refuse(Reason::WrongState, expected, from.to_string()));
            }
            None => {
                let expected = "an action with a due date: one without is given it by a revision";
                return Err(self.refuse(Reason::WrongState, expected, format!("`{key}`")));
            }
        }
        if from == to {
            return Err(self.refuse(Reason::Already, "another due date", to.to_string()));
        }
        self.can_be_due(key, to)?;
        match (by_the_body, self.plan.body_moves) {
            (true, true) => Ok(()),
            (true, false) => {
                let expected = "a roadmap that gives its body that power, or the consent of all";
                Err(self.refuse(Reason::NotEntitled, expected, "none"))
            }
            (false, _) => {
                self.leads(&record.action)?;
                self.all_consent(consenting)
            }
        }
    }

    /// That every milestone and target is met or waived, and that what has to come before its end
    /// has (RM11); of a recurring action, that each day that has come was kept.
    pub(super) fn may_complete(&self, key: &Name) -> Result<(), Refusal> {
        let record = self.open(key)?;
        self.leads(&record.action)?;
        self.is_no_future(self.on)?;
        self.is_not_suspended(key, record)?;
        let Some(started) = record.started else {
            let expected = "an action that was started";
            return Err(self.refuse(Reason::WrongState, expected, format!("`{key}`")));
        };
        self.not_before(Some(started), "it was started")?;
        let unmet: Vec<_> = record
            .measures
            .iter()
            .filter(|m| !m.is_settled())
            .map(|m| m.measure.key())
            .collect();
        if !unmet.is_empty() {
            let expected = "each milestone and target met, or waived by all";
            let refusal = self.refuse(Reason::ConditionUnmet, expected, "not all");
            return Err(refusal.missing(unmet.iter().map(ToString::to_string)));
        }
        for measure in &record.measures {
            let met = measure.met.as_ref().map(|met| met.at);
            let waived = measure.waived.as_ref().map(|(_, at)| *at);
            self.not_before(waived.or(met), "its milestones were met")?;
        }
        self.is_not_awaited(key)?;
        self.has_kept_its_days(key, record)
    }

    fn is_not_awaited(&self, key: &Name) -> Result<(), Refusal> {
        let waits = self.roadmap.waits(self.on);
        for wait in waits.iter().filter(|wait| wait.action == key) {
            let other = self.roadmap.actions.get(wait.after);
            let (came, what) = match wait.kind {
                DependencyKind::FinishToFinish => (other.and_then(|o| o.completed), "completed"),
                DependencyKind::StartToFinish => (other.and_then(|o| o.started), "started"),
                DependencyKind::FinishToStart | DependencyKind::StartToStart => continue,
            };
            if came.is_none_or(|at| at.on > self.on) {
                let expected = format!("`{}` to be {what} before", wait.after);
                return Err(self.refuse(Reason::ConditionUnmet, expected, "it is not"));
            }
        }
        Ok(())
    }

    fn has_kept_its_days(&self, key: &Name, record: &ActionRecord) -> Result<(), Refusal> {
        let (Some(due), Some(_)) = (&record.action.due, &record.action.recurs) else {
            return Ok(());
        };
        let Evaluation::Date { on: first, .. } = self.roadmap.evaluate(key, due) else {
            return Ok(());
        };
        match record.next_due(first).filter(|next| *next <= self.on) {
            None => Ok(()),
            Some(day) => {
                let expected = "each day on which it fell due to be kept";
                let found = format!("{day}, for which nothing was reported");
                Err(self.refuse(Reason::ConditionUnmet, expected, found))
            }
        }
    }

    /// An action that was completed is reopened by one that leads it; that it was stays on record
    /// (RM12).
    pub(super) fn may_reopen(&self, key: &Name, reason: &str) -> Result<(), Refusal> {
        let record = self.adopted(key)?;
        self.leads(&record.action)?;
        self.deciding.text("a reason", reason)?;
        match record.completed {
            Some(_) => Ok(()),
            None => {
                let expected = "an action that is completed";
                Err(self.refuse(Reason::WrongState, expected, format!("`{key}`")))
            }
        }
    }

    /// An action is suspended for a reason, by all (RM13).
    pub(super) fn may_suspend(
        &self,
        key: &Name,
        reason: &str,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let record = self.open(key)?;
        self.deciding.text("a reason", reason)?;
        self.is_not_suspended(key, record)?;
        self.all_consent(consenting)
    }

    /// An action that is suspended is resumed, by all (RM13).
    pub(super) fn may_resume(&self, key: &Name, consenting: &[PartyId]) -> Result<(), Refusal> {
        let record = self.open(key)?;
        if !record.is_suspended() {
            let expected = "an action that is suspended";
            return Err(self.refuse(Reason::WrongState, expected, format!("`{key}`")));
        }
        self.all_consent(consenting)
    }
}

/// Used where an action is named that is no open one.
pub(super) fn keys(actions: &[Name]) -> String {
    names(actions.iter().map(|key| format!("`{key}`")))
}
