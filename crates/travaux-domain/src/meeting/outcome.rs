//! What a meeting leaves: items that were agreed, statements, minutes (MT6 to MT8); and what was
//! announced before it (MT12).

use super::{AgreedItem, Mode, Statement, decide::Asked};
use crate::{Reason, Refusal, partnership::Words, words::names};

impl Asked<'_> {
    /// What was agreed at the meeting is recorded, with no more weight than it has (MT6).
    pub(super) fn may_record(&self, item: &AgreedItem) -> Result<(), Refusal> {
        let held = self.was_held()?;
        if self.on > held.on {
            let expected = format!("a day of the meeting, which ended on {}", held.on);
            return Err(self.refuse(Reason::WrongDate, expected, self.on.to_string()));
        }
        self.deciding.key(&item.key)?;
        self.deciding.words("words", &item.words)?;
        if self.meeting.items.contains_key(&item.key) {
            let found = format!("`{}`, which is on record", item.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if self.meeting.approved().is_some() {
            let expected = "minutes that were not approved yet";
            return Err(self.refuse(Reason::TooLate, expected, "minutes that all approved"));
        }
        if let Some(area) = &item.area {
            self.deciding.has_area(self.framework, area)?;
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
                let (rule, parties) = (self.rule, &self.parties);
                self.deciding.all_consent(rule, parties, consenting)
            }
            Mode::Proposed { by } | Mode::Undertaking { by } => {
                self.deciding.are_among(&self.parties, [by])
            }
            Mode::AgreedInPrinciple | Mode::Noted | Mode::Welcomed | Mode::Recalled => Ok(()),
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
        if let Some(published) = statement.published.filter(|day| *day < self.on) {
            let expected = format!("a publication on {} or later", self.on);
            return Err(self.refuse(Reason::WrongDate, expected, published.to_string()));
        }
        self.deciding.are_among(&self.parties, &statement.issuers)?;
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

    /// What is announced is announced before the meeting, and stands apart (MT12).
    pub(super) fn may_announce(&self, words: &Words, source: &str) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        self.deciding.words("words", words)?;
        self.deciding.text("a source", source)
    }
}
