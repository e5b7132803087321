//! Decisions: drafted, adopted, refused, published, corrected; and what a party's own requirements
//! make of them (BD6, BD8, BD9, BD14, BD15).

use super::{
    AnnexChange, BodyEvent, DecisionRecord, Draft, How, JointBody, Matter, Openness, Verb,
    decide::Asked,
};
use crate::{
    MeetingId, Name, PartyId, Reason, Refusal, Rule, StreamId,
    agreement::Agreement,
    meeting::Meeting,
    words::{names, numbered},
};

impl JointBody {
    /// What is open to the public on a day: what the rules of procedure do not say is not (BD14).
    pub fn open_on(&self, on: chrono::NaiveDate) -> Openness {
        let rules = self.rules_on(on);
        rules.map(|rules| rules.open).unwrap_or_default()
    }
}

impl Asked<'_> {
    /// A decision of the body; the act does not come before its draft.
    pub(super) fn decision(&self, key: &Name) -> Result<&DecisionRecord, Refusal> {
        let keys = self.body.decisions.keys();
        let what = "a decision of the body";
        self.deciding.is_one_of(self.rule, what, key, keys)?;
        let Some(record) = self.body.decisions.get(key) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{key}`")));
        };
        self.not_before(Some(record.drafted), "it was drafted")?;
        Ok(record)
    }

    /// A draft that was neither adopted nor refused.
    pub(super) fn open_draft(&self, key: &Name) -> Result<&DecisionRecord, Refusal> {
        let record = self.decision(key)?;
        let adopted = record.adopted.as_ref().map(|a| ("adopted", a.at));
        let refused = record.refused.as_ref().map(|(_, _, at)| ("refused", *at));
        match adopted.or(refused) {
            None => Ok(record),
            Some((what, at)) => {
                let found = format!("one that was {what} on {}", at.on);
                Err(self.refuse(Reason::WrongState, "a draft", found))
            }
        }
    }

    /// A decision that was adopted; the act does not come before that.
    pub(super) fn adopted(&self, key: &Name) -> Result<&DecisionRecord, Refusal> {
        let record = self.decision(key)?;
        let Some(adopted) = &record.adopted else {
            let expected = "a decision that was adopted";
            return Err(self.refuse(Reason::WrongState, expected, "a draft"));
        };
        self.not_before(Some(adopted.at), "it was adopted")?;
        Ok(record)
    }

    /// A draft says what the body would do, about what, in which words, from when (BD6).
    pub(super) fn may_draft(&self, draft: &Draft) -> Result<(), Refusal> {
        self.deciding.key(&draft.key)?;
        self.deciding.key(&draft.subject)?;
        self.deciding.words("words", &draft.text)?;
        if self.body.decisions.contains_key(&draft.key) {
            let found = format!("`{}`, which is on record", draft.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if !draft.verb.binds() && draft.verb != Verb::Recommend {
            let expected = "a draft to decide, amend_annexes, settle or recommend";
            return Err(self.refuse(Reason::Malformed, expected, draft.verb.to_string()));
        }
        let amends = draft.verb == Verb::AmendAnnexes;
        if amends && draft.annexes.is_empty() || !amends && !draft.annexes.is_empty() {
            let expected = "revisions of annexes with the verb amend_annexes, and only with it";
            let found = format!("{} with {}", draft.annexes.len(), draft.verb);
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        let mut each: Vec<_> = draft
            .annexes
            .iter()
            .map(|c| (c.agreement, c.revision))
            .collect();
        each.sort();
        each.dedup();
        if each.len() < draft.annexes.len() {
            return Err(self.refuse(Reason::Malformed, "each revision once", "one twice"));
        }
        for effect in &draft.effects {
            let part = effect.part.as_deref();
            part.map_or(Ok(()), |part| self.deciding.text("a part", part))?;
        }
        match &draft.report {
            Some(report) => {
                let reports = self.body.reports.keys();
                let what = "a report to the body";
                self.deciding.is_one_of(self.rule, what, report, reports)
            }
            None => Ok(()),
        }
    }

    /// A draft is adopted by all, within a competence of that date as known now (BD6), with all that
    /// it says about its effect.
    pub(super) fn may_adopt(&self, event: &BodyEvent) -> Result<(), Refusal> {
        let BodyEvent::DecisionAdopted {
            decision,
            number,
            competence,
            how,
            effects,
            pending,
            amends,
            ..
        } = event
        else {
            return Ok(());
        };
        let record = self.open_draft(decision)?;
        let draft = &record.draft;
        self.rests_on(draft, competence)?;
        number
            .as_ref()
            .map_or(Ok(()), |number| self.is_number(number))?;
        if *effects != draft.effects {
            let expected = "the dates of the draft";
            return Err(self.refuse(Reason::Malformed, expected, "others"));
        }
        let waits: Vec<_> = record.requirements.keys().cloned().collect();
        if *pending != waits {
            let expected = format!("the parties with requirements to fulfil: {}", names(&waits));
            return Err(self.refuse(Reason::Malformed, expected, names(pending)));
        }
        let at_once: &[AnnexChange] = if waits.is_empty() {
            &draft.annexes
        } else {
            &[]
        };
        self.amends(amends, at_once)?;
        match how {
            How::InWriting => self.was_answered(record),
            How::Together {
                session,
                consenting,
            } => {
                self.is_not_in_writing(record)?;
                session.map_or(Ok(()), |session| self.was_in_session(session))?;
                self.all_consent(consenting)
            }
        }
    }

    /// That the draft is within a competence of that key, and changes no annex beyond those that it
    /// lists (BD2, BD8).
    fn rests_on(&self, draft: &Draft, key: &Name) -> Result<(), Refusal> {
        let keys = self.body.competences.iter().map(|h| &h.competence.key);
        let what = "a competence of the body";
        self.deciding.is_one_of(Rule::BD2, what, key, keys)?;
        self.has_competence(&Matter {
            annexes: &draft.annexes,
            by: Some(key),
            ..self.matter(draft.verb, Some(&draft.subject))
        })?;
        draft
            .annexes
            .iter()
            .try_for_each(|change| self.stays_within(change, key))
    }

    /// That a revision changes only what the competence lists (INV5).
    fn stays_within(&self, change: &AnnexChange, key: &Name) -> Result<(), Refusal> {
        let refuse = |reason, expected: String, found: String| {
            Err(self.deciding.refuse(reason, Rule::BD8, expected, found))
        };
        let stream = StreamId::Agreement(change.agreement);
        let known = self.deciding.other::<Agreement>(stream);
        let record = known.and_then(|agreement| agreement.revision(change.revision));
        let Some((agreement, revision)) = known.zip(record) else {
            let expected = format!("a revision of agreement {} on record", change.agreement);
            return refuse(Reason::Unknown, expected, change.revision.to_string());
        };
        let mut held = self.body.competences.iter();
        let held = held.find(|held| held.competence.key == *key);
        let annexes = held.iter().flat_map(|held| &held.competence.annexes);
        let own = annexes.filter(|annex| annex.agreement == change.agreement);
        let text = agreement.history.text_at(agreement.history.len());
        let within: Vec<_> = own
            .flat_map(|annex| &annex.provisions)
            .flat_map(|p| text.contained(*p).into_iter().chain([*p]))
            .collect();
        let operations = revision.draft.operations.iter();
        let mut touched = operations.flat_map(travaux_text::Operation::provisions);
        match touched.find(|provision| !within.contains(provision)) {
            None => Ok(()),
            Some(outside) => {
                let expected = "changes of the annexes that the body may amend".to_owned();
                refuse(
                    Reason::Forbidden,
                    expected,
                    format!("one of provision {outside}"),
                )
            }
        }
    }

    /// That annexes are amended as the decision says, no more and no less (BD8).
    fn amends(&self, told: &[AnnexChange], settled: &[AnnexChange]) -> Result<(), Refusal> {
        if told == settled {
            return Ok(());
        }
        let list = |changes: &[AnnexChange]| {
            names(changes.iter().map(|change| {
                let (agreement, revision) = (change.agreement, change.revision);
                format!("revision {revision} of {agreement} from {}", change.from)
            }))
        };
        let expected = format!(
            "amendments of annexes in the same commit: {}",
            list(settled)
        );
        let reason = Reason::Malformed;
        Err(self
            .deciding
            .refuse(reason, Rule::BD8, expected, list(told)))
    }

    /// A number is `n/year`, of the year of the decision, and taken once.
    fn is_number(&self, number: &Name) -> Result<(), Refusal> {
        use chrono::Datelike as _;
        let year = self.on.year();
        let parts = number.split_once('/');
        let fits = parts.is_some_and(|(n, of)| {
            let short = format!("{:02}", year.rem_euclid(100));
            n.parse::<u32>().is_ok_and(|n| n > 0) && (of == year.to_string() || of == short)
        });
        if !fits {
            let expected = format!("a number and the year of the decision, such as 1/{year}");
            return Err(self.refuse(Reason::Malformed, expected, format!("`{number}`")));
        }
        let mut decisions = self.body.decisions.values();
        let taken = decisions.find(|record| {
            let adopted = record.adopted.as_ref();
            adopted.is_some_and(|adopted| adopted.number.as_ref() == Some(number))
        });
        match taken {
            None => Ok(()),
            Some(record) => {
                let found = format!("`{number}`, that of {}", record.draft.key);
                Err(self.refuse(Reason::Already, "a new number", found))
            }
        }
    }

    /// That a session of the body was on that day.
    fn was_in_session(&self, meeting: MeetingId) -> Result<(), Refusal> {
        let known = self.deciding.other::<Meeting>(StreamId::Meeting(meeting));
        let session = self.body.session(meeting).and(known);
        let Some((session, call)) = session.and_then(|m| Some((m, m.convocation.as_ref()?))) else {
            let sessions = self.body.sessions.len();
            let expected = numbered("a session of the body, of those called", sessions);
            return Err(self.refuse(Reason::Unknown, expected, format!("meeting {meeting}")));
        };
        if let Some((_, at)) = &session.cancelled {
            let found = format!("one that was cancelled on {}", at.on);
            return Err(self.refuse(Reason::WrongState, "a session that was held", found));
        }
        let start = call.start.date;
        self.deciding.not_before(self.on, start, "the session")?;
        match session.held {
            Some(held) if self.on > held.on => {
                let expected = format!("a day of the session, which ended on {}", held.on);
                Err(self.refuse(Reason::WrongDate, expected, self.on.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// A party refuses a draft, which ends it: decisions want mutual consent (BD6).
    pub(super) fn may_refuse(&self, decision: &Name, reason: &str) -> Result<(), Refusal> {
        let record = self.open_draft(decision)?;
        self.is_not_in_writing(record)?;
        self.deciding.text("a reason", reason)
    }

    /// A decision is published where the rules of procedure say so, once (BD14).
    pub(super) fn may_publish(&self, decision: &Name, source: &str) -> Result<(), Refusal> {
        let record = self.adopted(decision)?;
        self.deciding.text("where", source)?;
        if !self.body.open_on(self.on).decisions {
            let expected = "rules of procedure by which decisions are published";
            return Err(self.refuse(Reason::Forbidden, expected, "none that say so"));
        }
        match &record.published {
            None => Ok(()),
            Some((_, at)) => {
                let found = format!("one that was published on {}", at.on);
                Err(self.refuse(Reason::Already, "a decision yet to be published", found))
            }
        }
    }

    /// A party says before the decision is taken that it has requirements to fulfil (BD9).
    pub(super) fn may_reserve(&self, decision: &Name) -> Result<(), Refusal> {
        let record = self.open_draft(decision)?;
        if record.requirements.contains_key(self.deciding.party()) {
            let expected = "requirements that are not on record";
            return Err(self.refuse(Reason::Already, expected, "those of the party"));
        }
        Ok(())
    }

    /// The own requirements of who acts, which it has neither met nor failed.
    fn waits_for(&self, decision: &Name) -> Result<&DecisionRecord, Refusal> {
        let record = self.adopted(decision)?;
        let party = self.deciding.party();
        let own = record.requirements.get(party);
        let Some(own) = own else {
            let expected = format!(
                "one of those with requirements: {}",
                names(record.requirements.keys())
            );
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        };
        let met = own.met.map(|at| ("met", at));
        let failed = own.failed.as_ref().map(|(_, at)| ("given up", *at));
        match met.or(failed) {
            None => Ok(record),
            Some((what, at)) => {
                let found = format!("some that were {what} on {}", at.on);
                Err(self.refuse(Reason::Already, "requirements that are pending", found))
            }
        }
    }

    /// A party notifies that its requirements are met; with the last notification the annexes are
    /// amended, from the day that follows from it (BD9).
    pub(super) fn may_notify(
        &self,
        decision: &Name,
        amends: &[AnnexChange],
    ) -> Result<(), Refusal> {
        self.waits_for(decision)?;
        let settled = self
            .body
            .amended_by_notice(decision, self.deciding.party(), self.on);
        self.amends(amends, &settled)
    }

    /// A party declines to apply a decision provisionally, while it waits for somebody (BD9).
    pub(super) fn may_decline(&self, decision: &Name) -> Result<(), Refusal> {
        let record = self.adopted(decision)?;
        if record.waits_for(self.on).is_empty() {
            let expected = "a decision that waits for a notification";
            return Err(self.refuse(Reason::WrongState, expected, "one that waits for none"));
        }
        match record.declined.get(self.deciding.party()) {
            None => Ok(()),
            Some(at) => {
                let found = format!("that of {}", at.on);
                Err(self.refuse(Reason::Already, "a first notice", found))
            }
        }
    }

    /// A party says that it will not meet its requirements (BD9).
    pub(super) fn may_fail(&self, decision: &Name) -> Result<(), Refusal> {
        self.waits_for(decision).map(|_| ())
    }

    /// All repair an error of a decision, while there is power to (BD15).
    pub(super) fn may_correct(&self, event: &BodyEvent) -> Result<(), Refusal> {
        let BodyEvent::DecisionCorrected {
            decision,
            lang,
            was,
            is,
            ground,
            consenting,
            ..
        } = event
        else {
            return Ok(());
        };
        let record = self.adopted(decision)?;
        self.deciding.text("a ground", ground)?;
        self.deciding.text("what it is to say", is)?;
        if let Some(until) = self.own.repairs_until.filter(|until| *until < self.on) {
            let expected = format!("a day until {until}, to which the power to repair is limited");
            return Err(self.refuse(Reason::TooLate, expected, self.on.to_string()));
        }
        let before = record.repairs.last().map(|repair| repair.at);
        self.not_before(before, "the repair before")?;
        let found = record.draft.text.get(lang).map_or("", String::as_str);
        if found != was {
            let expected = format!("what it says: \"{found}\"");
            return Err(self.refuse(Reason::Malformed, expected, format!("\"{was}\"")));
        }
        if is == was {
            let expected = "other words than those on record";
            return Err(self.refuse(Reason::Malformed, expected, format!("\"{is}\"")));
        }
        self.all_consent(consenting)
    }
}

impl JointBody {
    /// The annexes that are amended with a party's notification: those of the draft, from when they
    /// then apply, if it is the last that the decision waits for (BD9).
    pub fn amended_by_notice(
        &self,
        decision: &Name,
        party: &PartyId,
        on: chrono::NaiveDate,
    ) -> Vec<AnnexChange> {
        let Some(mut record) = self.decisions.get(decision).cloned() else {
            return Vec::new();
        };
        if let Some(own) = record.requirements.get_mut(party) {
            own.met = Some(crate::partnership::Dated { on, event: 0 });
        }
        let internal = self.establishment.as_ref().and_then(|own| own.internal);
        let annexes = record.draft.annexes.iter();
        let applied = annexes.filter_map(|change| {
            let known = chrono::NaiveDate::MAX;
            let from = record.applies_from(Some(change.from), internal, known)?;
            Some(AnnexChange {
                from,
                ..change.clone()
            })
        });
        applied.collect()
    }
}
