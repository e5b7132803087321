//! The agenda: what is asked for and sent out in time, adopted, disposed of (MT2, MT3, MT5).

use std::collections::BTreeSet;

use super::{AgendaEntry, AgendaItem, Disposal, Mode, decide::Asked};
use crate::{Name, PartyId, Reason, Refusal};

impl Asked<'_> {
    /// That something is done so many days before the meeting; later only if all consent.
    fn in_time(&self, days: Option<u16>, consenting: &[PartyId]) -> Result<(), Refusal> {
        if !consenting.is_empty() {
            return self
                .deciding
                .all_consent(self.rule, &self.parties, consenting);
        }
        let last = days.map(|days| (days, self.last_day(days, self.on)));
        match last.filter(|(_, last)| self.on > *last) {
            None => Ok(()),
            Some((days, last)) => {
                let expected =
                    format!("{last} at the latest ({days} days before), or the consent of all");
                Err(self.refuse(Reason::TooLate, expected, self.on.to_string()))
            }
        }
    }

    fn agenda_is_open(&self) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        match self.meeting.agenda_adopted {
            None => Ok(()),
            Some(adopted) => {
                let expected = "an agenda that was not adopted yet";
                let found = format!("one that was adopted on {}", adopted.on);
                Err(self.refuse(Reason::WrongState, expected, found))
            }
        }
    }

    /// An item is asked for in time, under a key of its own (MT2).
    pub(super) fn may_ask_for(
        &self,
        item: &AgendaItem,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.agenda_is_open()?;
        self.is_item(item)?;
        if let Some(of) = item.of.first() {
            let expected = "an item of its own: items are merged and split at the adoption";
            return Err(self.refuse(Reason::Malformed, expected, format!("one made of `{of}`")));
        }
        if self.meeting.entry(&item.key).is_some() {
            let found = format!("`{}`, which was asked for", item.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        self.in_time(self.call.limits.map(|l| l.items), consenting)
    }

    /// The provisional agenda goes out once there is one, in time (MT2).
    pub(super) fn may_circulate(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        self.agenda_is_open()?;
        if self.meeting.agenda.is_empty() {
            let expected = "an agenda with an item";
            return Err(self.refuse(Reason::ConditionUnmet, expected, "none"));
        }
        self.in_time(self.call.limits.map(|l| l.agenda), consenting)
    }

    /// A paper goes out on an item of the agenda, in time (MT2).
    pub(super) fn may_send(
        &self,
        item: &Name,
        title: &str,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        self.deciding.text("a title", title)?;
        self.on_the_agenda(item)?;
        self.in_time(self.call.limits.map(|l| l.papers), consenting)
    }

    /// The agenda is adopted at the opening, by all (MT3).
    pub(super) fn may_adopt(
        &self,
        items: &[AgendaItem],
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.agenda_is_open()?;
        let start = self.call.start.date;
        self.deciding.not_before(self.on, start, "the opening")?;
        if items.is_empty() {
            return Err(self.refuse(Reason::Malformed, "an agenda with an item", "none"));
        }
        let mut keys = BTreeSet::new();
        for item in items {
            self.is_item(item)?;
            if !keys.insert(&item.key) {
                let found = format!("`{}` twice", item.key);
                return Err(self.refuse(Reason::Malformed, "items of different keys", found));
            }
            item.of.iter().try_for_each(|of| self.on_the_agenda(of))?;
        }
        let mut sources = items.iter().flat_map(|item| &item.of);
        if let Some(of) = sources.find(|of| keys.contains(of)) {
            let expected = "what an item was made of to be off the agenda";
            let found = format!("`{of}`, which is on it");
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        self.deciding
            .all_consent(self.rule, &self.parties, consenting)
    }

    /// An item of the adopted agenda is disposed of once (MT5).
    pub(super) fn may_dispose(&self, item: &Name, outcome: &Disposal) -> Result<(), Refusal> {
        self.is_part_of_it()?;
        match outcome {
            Disposal::Referred { to } => self.deciding.text("to whom it is referred", to)?,
            Disposal::Deferred { to } => self.deciding.text("to when it is put off", to)?,
            Disposal::Agreed { consenting } => self.have_agreed(consenting)?,
            Disposal::Noted | Disposal::NotAgreed | Disposal::Withdrawn => {}
        }
        if self.meeting.agenda_adopted.is_none() {
            let expected = "an agenda that was adopted";
            return Err(self.refuse(Reason::WrongState, expected, "none"));
        }
        self.on_the_agenda(item)?;
        self.not_before(self.meeting.agenda_adopted, "the agenda was adopted")?;
        let entry = self.meeting.entry(item);
        match entry.and_then(|entry| entry.outcome.as_ref()) {
            None if *outcome == Disposal::Withdrawn => {
                self.asked_for(entry)?;
                self.is_not_agreed(item)
            }
            None if *outcome == Disposal::NotAgreed => self.is_not_agreed(item),
            None => Ok(()),
            Some((outcome, at)) => {
                let expected = "an item that was not disposed of";
                let found = format!("one that was {outcome} on {}", at.on);
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    /// Who asked for an item takes it back, where it is known who did.
    fn asked_for(&self, entry: Option<&AgendaEntry>) -> Result<(), Refusal> {
        let requested = entry.and_then(|entry| entry.requested.as_ref());
        match requested.filter(|(by, _)| by != self.deciding.party()) {
            None => Ok(()),
            Some((by, _)) => {
                let expected = format!("`{by}`, who asked for it, to take it back");
                let found = format!("`{}`", self.deciding.party());
                Err(self.refuse(Reason::NotEntitled, expected, found))
            }
        }
    }

    /// That nothing on record was agreed by all under an item of the agenda.
    fn is_not_agreed(&self, agenda: &Name) -> Result<(), Refusal> {
        let agreed = self.meeting.items.values().map(|record| &record.item);
        let mut under = agreed.filter(|item| item.agenda.as_ref() == Some(agenda));
        match under.find(|item| matches!(item.mode, Mode::Agreed { .. })) {
            None => Ok(()),
            Some(item) => {
                let expected = "an item under which nothing was agreed by all";
                let found = format!("`{}`, which was", item.key);
                Err(self.refuse(Reason::WrongState, expected, found))
            }
        }
    }

    fn is_item(&self, item: &AgendaItem) -> Result<(), Refusal> {
        self.deciding.key(&item.key)?;
        self.deciding.words("a title", &item.title)
    }

    pub(super) fn on_the_agenda(&self, item: &Name) -> Result<(), Refusal> {
        let keys = self.meeting.agenda.iter().map(|entry| &entry.item.key);
        self.deciding
            .is_one_of(self.rule, "an item of the agenda", item, keys)
    }
}
