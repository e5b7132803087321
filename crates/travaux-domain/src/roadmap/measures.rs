//! Milestones and targets: reported met, accepted, not accepted, waived (RM10, RM11).

use chrono::Months;

use super::{ActionRecord, Measure, MeasureRecord, Target, decide::Asked};
use crate::{Name, PartyId, Reason, Refusal};

/// How many months are left to remedy what was not accepted as met.
const REMEDY_MONTHS: u32 = 6;

impl Asked<'_> {
    /// A milestone or target of an action that was adopted.
    fn measure(
        &self,
        key: &Name,
        measure: &Name,
    ) -> Result<(&ActionRecord, &MeasureRecord), Refusal> {
        let record = self.goes_on(key)?;
        if record.adopted.is_none() {
            let expected = "an action that was adopted in a version of the roadmap";
            let found = format!("`{key}`, which is proposed alone");
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        let keys = record.measures.iter().map(|m| m.measure.key());
        let what = "a milestone or target of the action";
        self.deciding.is_one_of(self.rule, what, measure, keys)?;
        let Some(found) = record.measure(measure) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{measure}`")));
        };
        self.not_before(Some(found.set), "it was set")?;
        let replaced = self.roadmap.actions.values().filter_map(|r| r.end.as_ref());
        let replaced = replaced.filter(|(how, _)| how.became().contains(key));
        let since = replaced.map(|(_, at)| *at).max();
        self.not_before(since, "the action took the place of another")?;
        if let Some((_, at)) = &found.waived {
            let expected = "a milestone or target that was not waived";
            let found = format!("`{measure}`, waived on {}", at.on);
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        Ok((record, found))
    }

    /// One that leads the action tells that it was met: once, or again within six months after it
    /// was not accepted, later only if all consent (RM10).
    pub(super) fn may_meet(
        &self,
        key: &Name,
        measure: &Name,
        (evidence, value): (&str, Option<&Name>),
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let (record, found) = self.measure(key, measure)?;
        self.leads(&record.action)?;
        self.is_no_future(self.on)?;
        self.deciding.text("evidence", evidence)?;
        match (&found.measure, value) {
            (Measure::Milestone(_), None) => {}
            (Measure::Milestone(_), Some(value)) => {
                let expected = "no value: it is a qualitative step";
                return Err(self.refuse(Reason::Malformed, expected, format!("`{value}`")));
            }
            (Measure::Target(_), None) => {
                let expected = "the value that was reached";
                return Err(self.refuse(Reason::Malformed, expected, "none"));
            }
            (Measure::Target(target), Some(value)) => self.reaches(target, value)?,
        }
        match (&found.met, &found.verdict) {
            (None, _) => {}
            (Some(met), verdict) => {
                let refused = verdict.as_ref().filter(|v| v.refused.is_some());
                let Some(refused) = refused else {
                    let expected = "a milestone or target that was not reported met";
                    let found = format!("`{measure}`, met on {}", met.at.on);
                    return Err(self.refuse(Reason::Already, expected, found));
                };
                self.not_before(Some(refused.at), "it was not accepted")?;
                let last = refused.at.on.checked_add_months(Months::new(REMEDY_MONTHS));
                if let Some(last) = last.filter(|last| self.on > *last)
                    && consenting.is_empty()
                {
                    let expected = format!("{last} at the latest, or the consent of all");
                    return Err(self.refuse(Reason::TooLate, expected, self.on.to_string()));
                }
            }
        }
        if consenting.is_empty() {
            return Ok(());
        }
        self.all_consent(consenting)
    }

    /// That a value reaches the goal of a target, from the side of its baseline.
    fn reaches(&self, target: &Target, value: &Name) -> Result<(), Refusal> {
        let value_is = self.decimal("a value", value)?;
        let goal = self.decimal("a goal", &target.goal)?;
        let baseline = self.decimal("a baseline", &target.baseline)?;
        let (met, side) = if goal > baseline {
            (value_is >= goal, "or more")
        } else {
            (value_is <= goal, "or less")
        };
        if met {
            return Ok(());
        }
        let expected = format!(
            "{} {side} ({}); else progress is reported",
            target.goal, target.unit
        );
        Err(self.refuse(Reason::ConditionUnmet, expected, value.to_string()))
    }

    /// What was reported met is accepted, or not, once: by the body or by another party than the one
    /// that reported it (RM10).
    pub(super) fn may_judge(
        &self,
        key: &Name,
        measure: &Name,
        by_the_body: bool,
    ) -> Result<(), Refusal> {
        let (_, found) = self.measure(key, measure)?;
        let Some(met) = &found.met else {
            let expected = "a milestone or target that was reported met";
            return Err(self.refuse(Reason::WrongState, expected, format!("`{measure}`")));
        };
        self.not_before(Some(met.at), "it was met")?;
        if let Some(verdict) = &found.verdict {
            let said = match verdict.refused {
                None => "accepted",
                Some(_) => "not accepted",
            };
            let expected = "a report of which nothing was said yet";
            let found = format!("one that was {said} on {}", verdict.at.on);
            return Err(self.refuse(Reason::Already, expected, found));
        }
        if !by_the_body && met.by == *self.deciding.party() {
            let expected = "the body, or another party than the one that reported it";
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{}`", met.by)));
        }
        Ok(())
    }

    /// A milestone or target that was not met is waived by all (RM11).
    pub(super) fn may_waive(
        &self,
        key: &Name,
        measure: &Name,
        reason: &str,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let (_, found) = self.measure(key, measure)?;
        self.deciding.text("a reason", reason)?;
        if found.is_settled() {
            let expected = "a milestone or target that was not met";
            return Err(self.refuse(Reason::WrongState, expected, format!("`{measure}`")));
        }
        let refused = found.verdict.as_ref().map(|verdict| verdict.at);
        self.not_before(refused, "it was not accepted")?;
        self.all_consent(consenting)
    }
}
