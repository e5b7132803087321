//! The fields of a meeting's record that can be corrected.

use super::{Meeting, RecordField};

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
