//! The fields of a meeting's record that can be corrected.

use super::{Meeting, RecordField};
use crate::partnership::Dated;

impl Meeting {
    /// What a field of its record says; absent where there is no such field.
    pub fn field(&self, field: &RecordField) -> Option<&str> {
        let nth = |number: u32| usize::try_from(number).ok()?.checked_sub(1);
        match field {
            RecordField::Title => Some(&self.convocation.as_ref()?.title),
            RecordField::ParticipantName(number) => {
                let participant = self.participants.get(nth(*number)?)?;
                participant.who.name.as_deref()
            }
            RecordField::ChairName(number) => {
                let chair = self.convocation.as_ref()?.chair.get(nth(*number)?)?;
                chair.name.as_deref()
            }
            RecordField::Place => Some(&self.convocation.as_ref()?.place),
            RecordField::ItemWords { item, lang } => {
                let words = &self.items.get(item)?.item.words;
                words.get(lang).map(String::as_str)
            }
            RecordField::StatementWords { statement, lang } => {
                let words = &self.statement(statement)?.words;
                words.get(lang).map(String::as_str)
            }
        }
    }

    /// Since when a field says what it says: since it was recorded, or last corrected.
    pub(super) fn says_since(&self, field: &RecordField) -> Option<Dated> {
        let corrected = self.corrections.iter().filter(|c| c.field == *field);
        let recorded = match field {
            RecordField::Title | RecordField::Place | RecordField::ChairName(_) => self.convened,
            RecordField::ParticipantName(_) => self.held,
            RecordField::ItemWords { item, .. } => self.items.get(item).map(|i| i.agreed),
            RecordField::StatementWords { statement, .. } => {
                let mut issued = self.statements.iter();
                issued.find(|(s, _)| s.key == *statement).map(|(_, at)| *at)
            }
        };
        recorded.max(corrected.map(|c| c.at).max())
    }

    pub(super) fn correct(&mut self, field: &RecordField, is: &str) {
        let nth = |number: u32| usize::try_from(number).ok()?.checked_sub(1);
        match field {
            RecordField::ParticipantName(number) => {
                let at = nth(*number).and_then(|at| self.participants.get_mut(at));
                if let Some(participant) = at {
                    participant.who.name = Some(is.into());
                }
            }
            RecordField::ChairName(number) => {
                let chair = self.convocation.as_mut().map(|call| &mut call.chair);
                let at = nth(*number).and_then(|at| chair?.get_mut(at));
                if let Some(chair) = at {
                    chair.name = Some(is.into());
                }
            }
            RecordField::Title => {
                if let Some(call) = &mut self.convocation {
                    is.clone_into(&mut call.title);
                }
            }
            RecordField::Place => {
                if let Some(call) = &mut self.convocation {
                    is.clone_into(&mut call.place);
                }
            }
            RecordField::StatementWords { statement, lang } => {
                let statements = self.statements.iter_mut().map(|(s, _)| s);
                for found in statements.filter(|s| s.key == *statement) {
                    found.words.insert(*lang, is.to_owned());
                }
            }
            RecordField::ItemWords { item, lang } => {
                if let Some(record) = self.items.get_mut(item) {
                    record.item.words.insert(*lang, is.to_owned());
                }
            }
        }
    }
}
