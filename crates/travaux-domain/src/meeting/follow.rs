//! What becomes of what was agreed: follow-ups, ends, repetitions (MT9, MT10); and corrections of
//! the record (MT11).

use super::{ItemEnd, ItemRecord, Meeting, Mode, RecordField, decide::Asked};
use crate::{
    Name, PartyId, Reason, Refusal, StreamId,
    partnership::{Dated, FollowUp, ItemRef, Words},
};

impl Asked<'_> {
    /// An item of this meeting; the act does not come before it.
    fn item(&self, key: &Name) -> Result<&ItemRecord, Refusal> {
        let keys = self.meeting.items.keys();
        let what = "an item that the meeting agreed";
        self.deciding.is_one_of(self.rule, what, key, keys)?;
        let Some(record) = self.meeting.items.get(key) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{key}`")));
        };
        self.not_before(Some(record.agreed), "it was agreed")?;
        Ok(record)
    }

    fn goes_on(&self, end: Option<&(ItemEnd, Dated)>) -> Result<(), Refusal> {
        match end {
            None => Ok(()),
            Some((how, at)) => {
                let found = format!("one that was {how} on {}", at.on);
                Err(self.refuse(Reason::WrongState, "an item that goes on", found))
            }
        }
    }

    /// An item of another meeting under the same framework; the act does not come before it.
    fn item_of(&self, item: &ItemRef) -> Result<&ItemRecord, Refusal> {
        let other = self
            .deciding
            .other::<Meeting>(StreamId::Meeting(item.meeting));
        let under = other.filter(|other| {
            let call = other.convocation.as_ref();
            call.is_some_and(|call| call.framework == self.call.framework)
        });
        match under.and_then(|other| other.items.get(&item.item)) {
            Some(record) => {
                self.not_before(Some(record.agreed), "it was agreed")?;
                Ok(record)
            }
            None => {
                let expected = "an item of a meeting under the same framework";
                Err(self.refuse(Reason::Unknown, expected, item.to_string()))
            }
        }
    }

    /// An item is followed up by as many things as there are, by each once (MT9). That the other
    /// end is there, its own stream decides in the same commit. What came before its end may go on
    /// record behind it.
    pub(super) fn may_follow_up(&self, key: &Name, by: &FollowUp) -> Result<(), Refusal> {
        let record = self.item(key)?;
        self.goes_on(record.end.as_ref().filter(|(_, at)| at.on <= self.on))?;
        if let FollowUp::Area { framework, .. } = by
            && *framework != self.call.framework
        {
            let expected = "an area of the framework of the meeting";
            return Err(self.refuse(Reason::Unknown, expected, by.to_string()));
        }
        if record.followed_up.iter().any(|(before, _)| before == by) {
            let found = format!("{by}, which follows it up");
            return Err(self.refuse(Reason::Already, "another follow-up", found));
        }
        Ok(())
    }

    /// The meeting itself follows up an item of another one, which it does not come before (MT9).
    pub(super) fn may_follow(&self, item: &ItemRef) -> Result<(), Refusal> {
        let record = self.item_of(item)?;
        match self.meeting.held.filter(|held| held.on < record.agreed.on) {
            None => Ok(()),
            Some(held) => {
                let expected = format!("a meeting from {} on", record.agreed.on);
                let found = format!("one that was held on {}", held.on);
                Err(self.refuse(Reason::TooEarly, expected, found))
            }
        }
    }

    /// An item ends once: done, dropped for a reason, or in favour of another (MT9).
    pub(super) fn may_end(
        &self,
        key: &Name,
        how: &ItemEnd,
        consenting: Option<&[PartyId]>,
    ) -> Result<(), Refusal> {
        let record = self.item(key)?;
        self.goes_on(record.end.as_ref())?;
        for (_, followed) in &record.followed_up {
            self.not_before(Some(*followed), "it was last followed up")?;
        }
        match how {
            ItemEnd::Fulfilled => return Ok(()),
            ItemEnd::Lapsed { reason } => self.deciding.text("a reason", reason)?,
            ItemEnd::Superseded { by } => self.may_take_its_place(record, by)?,
        }
        self.may_let_go(&record.item.mode, consenting)
    }

    /// What all agreed, or one undertook, is let go by all; what one proposed, by that one (MT9).
    fn may_let_go(&self, mode: &Mode, consenting: Option<&[PartyId]>) -> Result<(), Refusal> {
        match mode {
            Mode::Agreed { .. } | Mode::AgreedInPrinciple | Mode::Undertaking { .. } => consenting
                .map_or(Ok(()), |consenting| {
                    self.deciding
                        .all_consent(self.rule, &self.parties, consenting)
                }),
            Mode::Proposed { by } if by != self.deciding.party() => {
                let expected = format!("`{by}`, which proposed it");
                let found = format!("`{}`", self.deciding.party());
                Err(self.refuse(Reason::NotEntitled, expected, found))
            }
            Mode::Proposed { .. } | Mode::Noted | Mode::Welcomed | Mode::Recalled => Ok(()),
        }
    }

    /// An item takes the place of one that is not younger, while it goes on itself: so no item ends
    /// up in its own place.
    fn may_take_its_place(&self, record: &ItemRecord, by: &ItemRef) -> Result<(), Refusal> {
        let other = self.item_of(by)?;
        if other.agreed.on < record.agreed.on {
            let expected = format!("an item from {} on", record.agreed.on);
            let found = format!("{by}, of {}", other.agreed.on);
            return Err(self.refuse(Reason::TooEarly, expected, found));
        }
        let end = other.end.as_ref();
        let over = |(how, at): &&(ItemEnd, Dated)| {
            matches!(how, ItemEnd::Superseded { .. }) || at.on <= self.on
        };
        self.goes_on(end.filter(over))
    }

    /// An item of an earlier meeting is repeated, and is the same item (MT10).
    pub(super) fn may_restate(&self, of: &ItemRef, words: &Words) -> Result<(), Refusal> {
        self.is_part_of_it()?;
        self.item_of(of)?;
        if !words.is_empty() {
            self.deciding.words("words", words)?;
        }
        if self.meeting.restated.iter().any(|again| again.of == *of) {
            let found = format!("{of}, which it repeated");
            return Err(self.refuse(Reason::Already, "another item", found));
        }
        Ok(())
    }

    /// The chair corrects the record until all have approved the minutes; who has approved them
    /// consents (MT11).
    pub(super) fn may_correct(
        &self,
        field: &RecordField,
        (was, is, ground): (&str, &str, &str),
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.deciding.text("a ground", ground)?;
        self.deciding.text("what it is to say", is)?;
        let Some(found) = self.meeting.field(field) else {
            let expected = "a field of the record that is filled in";
            return Err(self.refuse(Reason::Unknown, expected, "none"));
        };
        let since = self.meeting.says_since(field);
        self.not_before(since, "the record said so")?;
        if found != was {
            let expected = format!("what the record says: \"{found}\"");
            return Err(self.refuse(Reason::Malformed, expected, format!("\"{was}\"")));
        }
        if is == was {
            let expected = "other words than those on record";
            return Err(self.refuse(Reason::Malformed, expected, format!("\"{is}\"")));
        }
        let minutes = self.meeting.minutes.iter();
        let approved: Vec<_> = minutes.flat_map(|m| m.approved.keys()).collect();
        if self.meeting.approved().is_none() {
            self.has_chair()?;
        }
        self.deciding
            .have_consented(self.rule, &self.parties, approved, consenting)
    }
}
