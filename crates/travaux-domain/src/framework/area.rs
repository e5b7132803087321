//! Areas: proposed, opened, expanded, closed (FW3, FW15, FW16).

use super::{AreaOpening, AreaTerms, decide::Asked};
use crate::{Name, PartyId, Reason, Refusal, partnership::Words, words::names};

impl Asked<'_> {
    /// A party proposes an area under a key of its own (FW15).
    pub(super) fn may_propose_area(&self, area: &AreaTerms) -> Result<(), Refusal> {
        self.in_being()?;
        self.is_not_suspended()?;
        self.is_area(area)?;
        self.is_new_area(&area.key)
    }

    /// An area is opened once, by all parties (FW15).
    pub(super) fn may_open(
        &self,
        opening: &AreaOpening,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.deciding.has_come(self.on)?;
        self.in_being()?;
        self.is_not_suspended()?;
        if opening.on.is_none() {
            return Err(self.refuse(Reason::Malformed, "the day of the opening", "none"));
        }
        self.is_area(&AreaTerms {
            key: opening.key.clone(),
            title: opening.title.clone(),
            scope: opening.scope.clone(),
        })?;
        let record = self.framework.areas.get(&opening.key);
        match record.filter(|record| record.opened.is_none()) {
            None => self.is_new_area(&opening.key)?,
            Some(record) => {
                if let Some((_, proposed)) = &record.proposed {
                    let what = "the area was proposed";
                    self.deciding.not_before(self.on, proposed.on, what)?;
                }
            }
        }
        self.all_consent(consenting)
    }

    /// An open area is expanded by all parties (FW15).
    pub(super) fn may_expand(
        &self,
        area: &Name,
        scope: &Words,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.in_being()?;
        self.is_not_suspended()?;
        let record = self.open_area(area)?;
        self.deciding.words("a scope", scope)?;
        if record.scopes.iter().any(|(before, _)| before == scope) {
            let found = "what belongs to it";
            return Err(self.refuse(Reason::Already, "a scope beside what it has", found));
        }
        self.all_consent(consenting)
    }

    /// An open area is closed by all parties, once no agreement stands in it (FW16). What is open in
    /// it in streams of its own is judged with the commit (`partnership/hold.rs`).
    pub(super) fn may_close(
        &self,
        area: &Name,
        reason: &str,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.in_being()?;
        if let Some((_, closed)) = self
            .framework
            .areas
            .get(area)
            .and_then(|a| a.closed.as_ref())
        {
            let found = format!("`{area}`, closed from {} on", closed.from);
            return Err(self.refuse(Reason::Already, "an area that is open", found));
        }
        let record = self.open_area(area)?;
        self.deciding.text("a reason", reason)?;
        for (_, expanded) in &record.scopes {
            let what = "the area was opened or expanded";
            self.deciding.not_before(self.from, expanded.from, what)?;
        }
        let left = self.framework.inclusions.iter();
        let left = left.filter(|record| record.area == *area);
        for (_, released) in left.filter_map(|record| record.released.as_ref()) {
            let what = "an agreement in it was released";
            self.deciding.not_before(self.from, released.on, what)?;
        }
        let there = self.framework.agreements.iter();
        let there: Vec<_> = there
            .filter(|(_, of)| of == area)
            .map(|(id, _)| id)
            .collect();
        if !there.is_empty() {
            let expected = "no agreement in the area: release it, or include it in another";
            let found = names(&there);
            return Err(self
                .refuse(Reason::ConditionUnmet, expected, found)
                .missing(there.iter().map(|id| format!("agreement {id}"))));
        }
        self.all_consent(consenting)
    }
}
