//! Sub-bodies and joint missions, their reports (BD13); how a body ends (BD16); what it follows up.

use super::{JointBody, Report, SubBody, Verb, decide::Asked};
use crate::{
    PartyId, Reason, Refusal, StreamId,
    meeting::Meeting,
    partnership::{Dated, ItemRef, Words},
};

impl JointBody {
    /// The last day on which the body did something that its end cannot precede.
    fn last_done(&self) -> Option<Dated> {
        let decisions = self.decisions.values();
        let decided = decisions.filter_map(|d| d.adopted.as_ref().map(|adopted| adopted.at));
        let ended = self.referrals.values().filter_map(|r| r.end.as_ref());
        let rules = self.rules.iter().map(|(_, at)| *at);
        let subs = self.sub_bodies.values().map(|(_, at)| *at);
        let reports = self.reports.values().map(|(_, at)| *at);
        decided
            .chain(ended.map(|(_, at)| *at))
            .chain(rules)
            .chain(subs)
            .chain(reports)
            .max()
    }
}

impl Asked<'_> {
    /// A sub-body or a mission has no more than the body has on that day, for no longer (BD13).
    pub(super) fn may_set_up(&self, sub: &SubBody, consenting: &[PartyId]) -> Result<(), Refusal> {
        self.deciding.key(&sub.key)?;
        self.deciding.text("a title", &sub.title)?;
        if self.body.sub_bodies.contains_key(&sub.key) {
            let found = format!("`{}`, which is on record", sub.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if sub.key == self.own.key {
            let expected = "a key of its own";
            return Err(self.refuse(Reason::Malformed, expected, "that of the body"));
        }
        if let Some(until) = sub.until {
            self.deciding.not_before(until, self.on, "it is set up")?;
        }
        self.has_competence(&self.matter(Verb::SetUpSubBodies, None))?;
        for competence in &sub.mandate {
            self.is_competence(competence)?;
            self.has_competence(&self.matter(competence.verb, None))?;
        }
        let held = self.body.competences.iter().filter(|h| h.is_held(self.on));
        let given: Vec<_> = held.map(|held| held.competence.clone()).collect();
        self.is_within(&sub.mandate, &given)?;
        self.all_consent(consenting)
    }

    /// A sub-body or a mission reports, under a key of its own; its report binds nobody (BD13).
    pub(super) fn may_report(&self, report: &Report) -> Result<(), Refusal> {
        let subs = self.body.sub_bodies.keys();
        let what = "a sub-body or a mission";
        self.deciding.is_one_of(self.rule, what, &report.of, subs)?;
        let set_up = self.body.sub_bodies.get(&report.of).map(|(_, at)| *at);
        self.not_before(set_up, "it was set up")?;
        self.deciding.key(&report.key)?;
        self.deciding.words("words", &report.text)?;
        for (key, words) in &report.recommendations {
            self.deciding.key(key)?;
            self.deciding.words("a recommendation", words)?;
        }
        if self.body.reports.contains_key(&report.key) {
            let found = format!("`{}`, which is on record", report.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        Ok(())
    }

    /// A body is dissolved by all, once nothing that was referred to it is open (BD16).
    pub(super) fn may_dissolve(
        &self,
        ground: &Words,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.deciding.words("a ground", ground)?;
        self.not_before(self.body.last_done(), "it did something last")?;
        let open: Vec<_> = self
            .body
            .open_referrals()
            .map(|record| record.referral.key.to_string())
            .collect();
        if !open.is_empty() {
            let expected = "no open referral: each goes to another body, in the same commit";
            let found = format!("{} open", open.len());
            let refusal = self.refuse(Reason::ConditionUnmet, expected, found);
            return Err(refusal.missing(open));
        }
        self.all_consent(consenting)
    }

    /// It follows up an item of a meeting under its framework (MT9).
    pub(super) fn may_follow(&self, item: &ItemRef) -> Result<(), Refusal> {
        let stream = StreamId::Meeting(item.meeting);
        let meeting = self.deciding.other::<Meeting>(stream);
        let under = meeting.filter(|meeting| {
            let call = meeting.convocation.as_ref();
            call.is_some_and(|call| call.framework == self.own.framework)
        });
        match under.and_then(|meeting| meeting.items.get(&item.item)) {
            Some(_) => Ok(()),
            None => {
                let expected = "an item of a meeting under the same framework";
                Err(self.refuse(Reason::Unknown, expected, item.to_string()))
            }
        }
    }
}
