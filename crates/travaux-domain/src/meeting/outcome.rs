//! What a meeting leaves: items that were agreed, statements, minutes (MT6 to MT8); and what was
//! announced before it (MT12).

use std::collections::BTreeSet;

use super::{AgreedItem, Disposal, Mode, Statement, decide::Asked};
use crate::{PartyId, Reason, Refusal, partnership::Words, words::names};

impl Asked<'_> {
    /// What was agreed at the meeting is recorded, with no more weight than it has (MT6).
    pub(super) fn may_record(&self, item: &AgreedItem) -> Result<(), Refusal> {
        self.is_part_of_it()?;
        self.deciding.key(&item.key)?;
        self.deciding.words("words", &item.words)?;
        if self.meeting.items.contains_key(&item.key) {
            let found = format!("`{}`, which is on record", item.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if let Some(area) = &item.area {
            self.deciding.has_area(self.framework, area, self.on)?;
        }
        if let Some(agenda) = &item.agenda {
            self.on_the_agenda(agenda)?;
        }
        if let Some(statement) = &item.statement {
            let keys = self.meeting.statements.iter().map(|(s, _)| &s.key);
            let what = "a statement on record";
            self.deciding.is_one_of(self.rule, what, statement, keys)?;
        }
        match &item.mode {
            Mode::Agreed { consenting } => {
                self.have_agreed(consenting)?;
                let entry = item.agenda.as_ref().and_then(|key| self.meeting.entry(key));
                match entry.and_then(|entry| entry.outcome.as_ref()) {
                    Some((outcome @ (Disposal::NotAgreed | Disposal::Withdrawn), at)) => {
                        let expected = "an item of the agenda on which they agreed";
                        let found = format!("one that was {outcome} on {}", at.on);
                        Err(self.refuse(Reason::WrongState, expected, found))
                    }
                    _ => Ok(()),
                }
            }
            Mode::Proposed { by } | Mode::Undertaking { by } => {
                self.deciding.are_among(&self.parties, [by])?;
                self.took_part([by])
            }
            Mode::AgreedInPrinciple | Mode::Noted | Mode::Welcomed | Mode::Recalled => Ok(()),
        }
    }

    /// What is done at the meeting itself is done by its end, and goes on record before the
    /// minutes are approved.
    pub(super) fn is_part_of_it(&self) -> Result<(), Refusal> {
        let held = self.was_held()?;
        if self.on > held.on {
            let expected = format!("a day of the meeting, which ended on {}", held.on);
            return Err(self.refuse(Reason::WrongDate, expected, self.on.to_string()));
        }
        let minutes = self.meeting.minutes.iter();
        let approved: Vec<_> = minutes.flat_map(|m| m.approved.keys()).collect();
        match (self.meeting.approved(), approved.is_empty()) {
            (None, true) => Ok(()),
            (Some(_), _) => {
                let expected = "minutes that were not approved yet";
                Err(self.refuse(Reason::TooLate, expected, "minutes that all approved"))
            }
            // Who approved them did not approve what comes in behind.
            (None, false) => {
                let expected = "minutes that nobody approved yet: draft them again first";
                let found = format!("minutes that were approved by {}", names(approved));
                Err(self.refuse(Reason::TooLate, expected, found))
            }
        }
    }

    /// All parties consent, and were there to agree.
    pub(super) fn have_agreed(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        let (rule, parties) = (self.rule, &self.parties);
        self.deciding.all_consent(rule, parties, consenting)?;
        self.took_part(parties.all.iter().copied())
    }

    fn took_part<'p>(&self, who: impl IntoIterator<Item = &'p PartyId>) -> Result<(), Refusal> {
        let present = self.meeting.participants.iter().map(|p| &p.who.party);
        let present: BTreeSet<_> = present.collect();
        match who.into_iter().find(|party| !present.contains(party)) {
            None => Ok(()),
            Some(absent) => {
                let expected = format!("parties who took part: {}", names(&present));
                let found = format!("`{absent}`, who did not");
                Err(self.refuse(Reason::ConditionUnmet, expected, found))
            }
        }
    }

    /// A statement is recorded by one of its issuers, who are parties to the meeting (MT7).
    pub(super) fn may_issue(&self, statement: &Statement) -> Result<(), Refusal> {
        self.was_held()?;
        self.deciding.key(&statement.key)?;
        self.deciding.words("words", &statement.words)?;
        if self.meeting.statement(&statement.key).is_some() {
            let found = format!("`{}`, which was issued", statement.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if let Some(published) = statement.published {
            self.deciding.has_come(published)?;
            if published < self.on {
                let expected = format!("a publication on {} or later", self.on);
                return Err(self.refuse(Reason::WrongDate, expected, published.to_string()));
            }
        }
        self.deciding.are_among(&self.parties, &statement.issuers)?;
        let each: BTreeSet<_> = statement.issuers.iter().collect();
        if each.len() < statement.issuers.len() {
            let found = names(&statement.issuers);
            return Err(self.refuse(Reason::Malformed, "its issuers, each once", found));
        }
        let party = self.deciding.party();
        if statement.issuers.contains(party) {
            return Ok(());
        }
        let expected = "one of its issuers to record it";
        let found = format!("`{party}`, and as issuers {}", names(&statement.issuers));
        Err(self.refuse(Reason::NotEntitled, expected, found))
    }

    /// Who acts has the chair, alone or with others.
    pub(super) fn has_chair(&self) -> Result<(), Refusal> {
        let party = self.deciding.party();
        let mut chair: Vec<_> = self.call.chair.iter().map(|h| &h.party).collect();
        chair.dedup();
        if chair.contains(&party) {
            return Ok(());
        }
        let expected = format!("the chair: {}", names(chair));
        Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")))
    }

    /// The chair drafts the minutes, and drafts them anew while not all have approved them (MT8).
    pub(super) fn may_draft(&self, source: Option<&str>) -> Result<(), Refusal> {
        self.was_held()?;
        self.not_before(self.meeting.held, "the meeting ended")?;
        let before = self.meeting.minutes.as_ref().map(|minutes| minutes.drafted);
        self.not_before(before, "the draft before")?;
        source.map_or(Ok(()), |source| self.deciding.text("a source", source))?;
        self.has_chair()?;
        match self.meeting.approved() {
            None => Ok(()),
            Some(at) => {
                let expected = "minutes that not all have approved";
                let found = format!("those that all had approved on {}", at.on);
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    /// Each party approves the minutes once (MT8).
    pub(super) fn may_approve(&self) -> Result<(), Refusal> {
        let Some(minutes) = &self.meeting.minutes else {
            return Err(self.refuse(Reason::WrongState, "minutes that were drafted", "none"));
        };
        self.not_before(Some(minutes.drafted), "the minutes were drafted")?;
        match minutes.approved.get(self.deciding.party()) {
            None => Ok(()),
            Some(at) => {
                let found = format!("that of {}", at.on);
                Err(self.refuse(Reason::Already, "a first approval", found))
            }
        }
    }

    /// What is announced is announced before the meeting, and stands apart (MT12). It may go on
    /// record behind it.
    pub(super) fn may_announce(&self, words: &Words, source: &str) -> Result<(), Refusal> {
        self.not_before(self.meeting.convened, "the meeting was convened")?;
        let start = self.call.start.date;
        let is_late = match self.meeting.held {
            Some(_) => self.on >= start,
            None => self.on > start,
        };
        if is_late {
            let expected = format!("a day before the meeting, which began on {start}");
            return Err(self.refuse(Reason::TooLate, expected, self.on.to_string()));
        }
        self.deciding.words("words", words)?;
        self.deciding.text("a source", source)
    }
}
