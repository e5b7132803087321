//! A meeting as it stands, and what follows from each of its events.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AgendaItem, AgreedItem, Convocation, Disposal, ItemEnd, Participant, RecordField, Start,
    Statement,
};
use crate::{
    Name, PartyId,
    partnership::{Dated, FollowUp, ItemRef, OfficeHolder, Words},
};

/// An item of the agenda, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaEntry {
    /// The item.
    pub item: AgendaItem,
    /// Who asked for it, if it was asked for.
    pub requested: Option<(PartyId, Dated)>,
    /// Its papers, by title.
    pub papers: Vec<(String, Dated)>,
    /// What became of it.
    pub outcome: Option<(Disposal, Dated)>,
}

/// What was agreed, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// The item, with its words as corrected.
    pub item: AgreedItem,
    /// Who recorded it.
    pub told_by: PartyId,
    /// When it was agreed.
    pub agreed: Dated,
    /// What follows it up.
    pub followed_up: Vec<(FollowUp, Dated)>,
    /// How it ended.
    pub end: Option<(ItemEnd, Dated)>,
}

/// An item of another meeting that was repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restated {
    /// Which.
    pub of: ItemRef,
    /// In which words, if they are on record.
    pub words: Words,
    /// When.
    pub at: Dated,
}

/// A correction of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCorrection {
    /// What was wrong.
    pub field: RecordField,
    /// What it said.
    pub was: String,
    /// What it says.
    pub is: String,
    /// On what ground.
    pub ground: String,
    /// When.
    pub at: Dated,
}

/// The minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// Who drafted them.
    pub by: PartyId,
    /// Where they are to be found.
    pub source: Option<String>,
    /// When.
    pub drafted: Dated,
    /// Who approved them when.
    pub approved: BTreeMap<PartyId, Dated>,
}

/// A meeting, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// How many events there were.
    pub version: u64,
    /// The call, with the start and the names as they are now; absent before.
    pub convocation: Option<Convocation>,
    /// When it was convened.
    pub convened: Option<Dated>,
    /// When its date was confirmed.
    pub confirmed: Option<Dated>,
    /// The delegations that were named, and when.
    pub delegations: BTreeMap<PartyId, (Vec<OfficeHolder>, Dated)>,
    /// The starts that it had before, and when each was given up.
    pub postponed: Vec<(Start, Dated)>,
    /// When it was cancelled, and why.
    pub cancelled: Option<(Option<String>, Dated)>,
    /// When the provisional agenda went out.
    pub circulated: Option<Dated>,
    /// When the agenda was adopted.
    pub agenda_adopted: Option<Dated>,
    /// The agenda: what was asked for, in that order; once adopted, its items in theirs.
    pub agenda: Vec<AgendaEntry>,
    /// What was asked for and is not on the agenda, or was merged or split.
    pub off_agenda: Vec<AgendaEntry>,
    /// When it was held.
    pub held: Option<Dated>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// What was agreed, by key.
    pub items: BTreeMap<Name, ItemRecord>,
    /// The statements, with when they were issued.
    pub statements: Vec<(Statement, Dated)>,
    /// The minutes.
    pub minutes: Option<Minutes>,
    /// The items of other meetings that it follows up.
    pub follows: Vec<(ItemRef, Dated)>,
    /// The items of other meetings that it repeated.
    pub restated: Vec<Restated>,
    /// Corrections of its record.
    pub corrections: Vec<RecordCorrection>,
    /// What was announced beforehand: the words, who said it, when.
    pub announced: Vec<(Words, String, Dated)>,
}

/// What became of an item that was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// It was recorded, and nothing follows it up.
    Recorded,
    /// Something follows it up.
    FollowedUp,
    /// It was done.
    Fulfilled,
    /// It lapsed, or was dropped.
    Lapsed,
    /// Another item took its place.
    Superseded,
}

impl ItemRecord {
    /// What became of it.
    pub fn status(&self) -> ItemStatus {
        match self.end.as_ref().map(|(how, _)| how) {
            Some(ItemEnd::Fulfilled) => ItemStatus::Fulfilled,
            Some(ItemEnd::Lapsed { .. }) => ItemStatus::Lapsed,
            Some(ItemEnd::Superseded { .. }) => ItemStatus::Superseded,
            None if self.followed_up.is_empty() => ItemStatus::Recorded,
            None => ItemStatus::FollowedUp,
        }
    }
}

/// On what it rests that an item was agreed, proposed or undertaken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// On minutes that all parties approved.
    Minutes,
    /// On a statement of several parties.
    JointStatement,
    /// On a statement of one party: it shows that party's view alone.
    StatementOf(PartyId),
    /// On the word of the party that recorded it.
    RecordOf(PartyId),
}

/// Where a meeting stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingStatus {
    /// It was not convened.
    Absent,
    /// Convened, with a date that is to be confirmed.
    Tentative,
    /// Convened.
    Confirmed,
    /// Its agenda was adopted.
    AgendaAdopted,
    /// Its date has passed, and nobody said that it was held.
    Passed,
    /// It was held.
    Held,
    /// Its minutes wait for approval.
    MinutesDrafted,
    /// Its minutes were approved by all.
    MinutesApproved,
    /// It was cancelled.
    Cancelled,
}

impl Meeting {
    /// Where it stands on a day.
    pub fn status(&self, on: NaiveDate) -> MeetingStatus {
        let by = |fact: Option<Dated>| fact.is_some_and(|fact| fact.on <= on);
        let drafted = self.minutes.as_ref().map(|minutes| minutes.drafted);
        let start = self.start_on(on);
        match () {
            () if !by(self.convened) => MeetingStatus::Absent,
            () if by(self.cancelled.as_ref().map(|(_, at)| *at)) => MeetingStatus::Cancelled,
            () if by(self.approved()) => MeetingStatus::MinutesApproved,
            () if by(drafted) => MeetingStatus::MinutesDrafted,
            () if by(self.held) => MeetingStatus::Held,
            () if start.is_some_and(|start| start.date < on) => MeetingStatus::Passed,
            () if by(self.agenda_adopted) => MeetingStatus::AgendaAdopted,
            () if by(self.confirmed) || !self.was_tentative() => MeetingStatus::Confirmed,
            () => MeetingStatus::Tentative,
        }
    }

    /// When it was to begin, as it stood on a day.
    pub fn start_on(&self, on: NaiveDate) -> Option<&Start> {
        let later = self.postponed.iter().find(|(_, given_up)| given_up.on > on);
        let current = self.convocation.as_ref().map(|call| &call.start);
        later.map(|(start, _)| start).or(current)
    }

    fn was_tentative(&self) -> bool {
        self.convocation.as_ref().is_some_and(|call| call.tentative)
    }

    /// When the last of its parties approved the minutes; absent while one has not: until then what
    /// it recorded is provisional.
    pub fn approved(&self) -> Option<Dated> {
        let (call, minutes) = (self.convocation.as_ref()?, self.minutes.as_ref()?);
        let each = call.parties.iter().map(|party| minutes.approved.get(party));
        let each: Option<Vec<_>> = each.collect();
        each?.into_iter().max().copied()
    }

    /// On what an item rests: what makes its words more than the word of who recorded them.
    pub fn evidence(&self, item: &ItemRecord) -> Evidence {
        if self.approved().is_some() {
            return Evidence::Minutes;
        }
        let statement = item
            .item
            .statement
            .as_ref()
            .and_then(|key| self.statement(key));
        match statement.map(|statement| &statement.issuers[..]) {
            Some([party]) => Evidence::StatementOf(party.clone()),
            Some(_) => Evidence::JointStatement,
            None => Evidence::RecordOf(item.told_by.clone()),
        }
    }

    /// A statement, by key.
    pub fn statement(&self, key: &Name) -> Option<&Statement> {
        self.statements
            .iter()
            .map(|(s, _)| s)
            .find(|s| s.key == *key)
    }

    /// An item of the agenda, by key.
    pub fn entry(&self, key: &Name) -> Option<&AgendaEntry> {
        self.agenda.iter().find(|entry| entry.item.key == *key)
    }

    pub(super) fn entry_mut(&mut self, key: &Name) -> Option<&mut AgendaEntry> {
        self.agenda.iter_mut().find(|entry| entry.item.key == *key)
    }
}
