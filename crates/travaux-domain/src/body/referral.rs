//! What is referred to a body: given to somebody, resolved, returned, taken up the ladder (BD10 to
//! BD12).

use chrono::NaiveDate;

use super::{
    Allotted, BodyId, BodyStatus, JointBody, Referral, ReferralEnd, ReferralRecord, ReferralRef,
    Resolution, Verb, decide::Asked,
};
use crate::{Name, PartyId, Reason, Refusal, Rule, StreamId, partnership::Words, words::names};

impl ReferralRecord {
    /// By when it is due, as it was given last.
    pub fn due(&self) -> Option<NaiveDate> {
        self.allocated.last().and_then(|last| last.due)
    }

    /// Whether it is overdue on a day: it was due before, and had not ended by then.
    pub fn is_overdue(&self, on: NaiveDate) -> bool {
        let ended = self.end.as_ref().is_some_and(|(_, at)| at.on <= on);
        !ended && self.due().is_some_and(|due| due < on)
    }

    /// How many days it was on this rung, by a day (BD12).
    pub fn days_here(&self, on: NaiveDate) -> i64 {
        let until = self.end.as_ref().map_or(on, |(_, at)| at.on.min(on));
        (until - self.referred.on).num_days().max(0)
    }
}

impl Asked<'_> {
    fn id(&self) -> BodyId {
        BodyId::of(self.own.framework, &self.own.key)
    }

    /// A challenge is referred with its area, its subject and its facts, under a key of its own
    /// (BD10).
    pub(super) fn may_refer(&self, referral: &Referral) -> Result<(), Refusal> {
        self.deciding.key(&referral.key)?;
        self.deciding.key(&referral.subject)?;
        self.deciding.words("facts", &referral.facts)?;
        if let Some(marking) = &referral.marking {
            self.deciding.text("a marking", marking)?;
        }
        self.deciding
            .has_area(self.framework, &referral.area, self.on)?;
        if !self.own.areas.is_empty() {
            let what = "an area of the body";
            let areas = &self.own.areas;
            self.deciding
                .is_one_of(self.rule, what, &referral.area, areas)?;
        }
        if self.body.referrals.contains_key(&referral.key) {
            let found = format!("`{}`, which is on record", referral.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        referral
            .from
            .as_ref()
            .map_or(Ok(()), |from| self.came_up(from, referral))
    }

    /// That the other body sent it here, as the same challenge, on that day (BD12).
    fn came_up(&self, from: &ReferralRef, referral: &Referral) -> Result<(), Refusal> {
        let other = self.deciding.other::<JointBody>(StreamId::Body(from.body));
        let record = other.and_then(|body| body.referrals.get(&from.referral));
        let refuse = |reason, expected: &str, found: String| {
            Err(self.deciding.refuse(reason, Rule::BD12, expected, found))
        };
        let Some(record) = record else {
            let expected = "a referral of another body";
            return refuse(Reason::Unknown, expected, format!("`{}`", from.referral));
        };
        match &record.end {
            Some((ReferralEnd::Escalated(to), at)) if *to == self.id() && at.on == self.on => {}
            _ => {
                let expected = "one that was sent to this body on that day";
                return refuse(Reason::WrongState, expected, "one that was not".to_owned());
            }
        }
        let told = |r: &Referral| (r.area.clone(), r.subject.clone(), r.marking.clone());
        if told(&record.referral) == told(referral) {
            return Ok(());
        }
        let expected = "the same area, subject and marking";
        refuse(Reason::Malformed, expected, "others".to_owned())
    }

    /// A referral that has not ended; the act does not come before it.
    fn open(&self, key: &Name) -> Result<&ReferralRecord, Refusal> {
        let keys = self.body.referrals.keys();
        let what = "a referral to the body";
        self.deciding.is_one_of(self.rule, what, key, keys)?;
        let Some(record) = self.body.referrals.get(key) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{key}`")));
        };
        self.not_before(Some(record.referred), "it was referred")?;
        let given = record.allocated.last().map(|last| last.at);
        self.not_before(given, "it was given to somebody")?;
        match &record.end {
            None => Ok(record),
            Some((how, at)) => {
                let found = format!("one that was {how} on {}", at.on);
                Err(self.refuse(Reason::WrongState, "a referral that is open", found))
            }
        }
    }

    /// A referral is given to a party, to a sub-body at work, or to a session (BD10).
    pub(super) fn may_allocate(
        &self,
        key: &Name,
        to: &Allotted,
        due: Option<NaiveDate>,
    ) -> Result<(), Refusal> {
        self.open(key)?;
        match to {
            Allotted::Party(party) => self.deciding.are_among(&self.parties, [party])?,
            Allotted::SubBody(sub) => {
                let known = self.body.sub_bodies.keys();
                let what = "a sub-body";
                self.deciding.is_one_of(self.rule, what, sub, known)?;
                if !self.body.sub_body_works(sub, self.on) {
                    let expected = format!("a sub-body that is at work on {}", self.on);
                    return Err(self.refuse(Reason::WrongState, expected, format!("`{sub}`")));
                }
            }
            Allotted::Session(meeting) => {
                if self.body.session(*meeting).is_none() {
                    let expected = "a session that the body has called";
                    let found = format!("meeting {meeting}");
                    return Err(self.refuse(Reason::Unknown, expected, found));
                }
            }
        }
        match due {
            Some(due) => self.deciding.not_before(due, self.on, "it is given"),
            None => Ok(()),
        }
    }

    /// A referral is resolved by what the body may do (BD11): by an act of its own on record, or by
    /// what all consent to within its competence.
    pub(super) fn may_resolve(
        &self,
        key: &Name,
        by: &Resolution,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let record = self.open(key)?;
        let subject = Some(&record.referral.subject);
        let all = |verb: Verb, what: &str, words: &Words| {
            self.deciding.words(what, words)?;
            self.has_competence(&self.matter(verb, subject))?;
            self.all_consent(consenting)
        };
        match by {
            Resolution::Decision(decision) => self.has_done(decision, true),
            Resolution::Recommendation(decision) => self.has_done(decision, false),
            Resolution::Explanation(words) => all(Verb::Examine, "an explanation", words),
            Resolution::Action(words) => all(Verb::Recommend, "an action", words),
            Resolution::Procedure(words) => all(Verb::Recommend, "a change of procedure", words),
        }
    }

    /// That the body adopted a decision, or a recommendation, by that day.
    fn has_done(&self, decision: &Name, binds: bool) -> Result<(), Refusal> {
        let record = self.adopted(decision)?;
        if record.draft.verb.binds() == binds {
            return Ok(());
        }
        let expected = if binds {
            "a decision"
        } else {
            "a recommendation"
        };
        let found = format!(
            "`{decision}`, by which the body is to {}",
            record.draft.verb
        );
        Err(self.refuse(Reason::Malformed, expected, found))
    }

    /// A referral is returned where the body has no competence for what it would take (BD11).
    pub(super) fn may_return(
        &self,
        key: &Name,
        wanting: Verb,
        reason: &str,
    ) -> Result<(), Refusal> {
        let record = self.open(key)?;
        self.deciding.text("a reason", reason)?;
        let answer = self.competent(&self.matter(wanting, Some(&record.referral.subject)));
        if !answer.yes {
            return Ok(());
        }
        let expected = format!("something for which it has no competence on {}", self.on);
        let found = format!("{wanting}, {}", answer.why);
        Err(self.refuse(Reason::Forbidden, expected, found))
    }

    /// Who made a referral takes it back (BD11).
    pub(super) fn may_take_back(&self, key: &Name) -> Result<(), Refusal> {
        let record = self.open(key)?;
        let party = self.deciding.party();
        if record.by == *party {
            return Ok(());
        }
        let expected = format!("who made it: {}", record.by);
        Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")))
    }

    /// A referral goes one rung up; to another body where all agree (BD12). That body takes it over
    /// in the same commit.
    pub(super) fn may_escalate(
        &self,
        key: &Name,
        to: BodyId,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.open(key)?;
        let other = self.deciding.other::<JointBody>(StreamId::Body(to));
        let own = other.and_then(|body| Some((body, body.establishment.as_ref()?)));
        let under = own.filter(|(_, own)| own.framework == self.own.framework);
        let Some((body, establishment)) = under else {
            let expected = "another body of the framework";
            return Err(self.refuse(Reason::Unknown, expected, format!("body {to}")));
        };
        if body.status(self.on) != BodyStatus::Established || body.dissolved.is_some() {
            let expected = format!("a body that is at work on {}", self.on);
            let found = format!("`{}`", establishment.key);
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        let next = self.own.above.as_ref() == Some(&establishment.key);
        if next && consenting.is_empty() {
            return Ok(());
        }
        let above = names(self.own.above.iter());
        self.all_consent(consenting).map_err(|refusal| Refusal {
            expected: format!("the next rung ({above}), or {}", refusal.expected),
            ..refusal
        })
    }
}
