//! Agreements: included in an area and released, whatever becomes of their own force (FW4, FW7).

use super::decide::Asked;
use crate::{AgreementId, Name, PartyId, Reason, Refusal};

impl Asked<'_> {
    /// An agreement comes under an area that is open, if it is not under the framework (FW4).
    pub(super) fn may_include(&self, agreement: AgreementId, area: &Name) -> Result<(), Refusal> {
        self.in_being()?;
        self.is_not_suspended()?;
        let record = self.open_area(area)?;
        // No agreement is left in an area that all have agreed to close.
        if let Some((_, closed)) = &record.closed {
            let found = format!("`{area}`, closed from {} on", closed.from);
            let expected = "an area that stays open";
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        let mut there = self.framework.agreements.iter();
        if let Some((_, at)) = there.find(|(id, _)| *id == agreement) {
            let expected = "an agreement that is not under it";
            let found = format!("one that is, in area {at}: release it first, to move it");
            return Err(self.refuse(Reason::Already, expected, found));
        }
        let before = self.framework.inclusions.iter().rev();
        let mut released = before.filter(|record| record.agreement == agreement);
        match released.next().and_then(|record| record.released.as_ref()) {
            None => Ok(()),
            Some((_, at)) => {
                let what = "the agreement was released";
                self.deciding.not_before(self.on, at.on, what)
            }
        }
    }

    /// An agreement under the framework is released, for a reason (FW7). That no open package has a
    /// revision of it is judged with the commit (`partnership/hold.rs`).
    pub(super) fn may_release(
        &self,
        agreement: AgreementId,
        reason: &str,
        consenting: Option<&[PartyId]>,
    ) -> Result<(), Refusal> {
        self.in_being()?;
        self.deciding.text("a reason", reason)?;
        let records = self.framework.inclusions.iter().rev();
        let mut records = records.filter(|record| record.agreement == agreement);
        match records.next() {
            Some(record) if record.released.is_none() => {
                let what = "the agreement came under it";
                self.deciding
                    .not_before(self.on, record.included.on, what)?;
                self.all_agree(consenting)
            }
            Some(record) => {
                let at = record.released.as_ref().map(|(_, at)| at.on.to_string());
                let found = format!("one that was released on {}", at.unwrap_or_default());
                Err(self.refuse(Reason::Already, "an agreement under the framework", found))
            }
            None => {
                let found = format!("agreement {agreement}");
                let expected = "an agreement under the framework";
                Err(self.refuse(Reason::Unknown, expected, found))
            }
        }
    }
}
