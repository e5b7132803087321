//! When an agreement ends because its parties have left.

use chrono::NaiveDate;

use crate::{PartyId, agreement::state::Agreement};

impl Agreement {
    /// When so many parties have left that fewer than two remain.
    pub fn denounced_on(&self) -> Option<NaiveDate> {
        let leaving = |p: &PartyId| Some(self.machines.consents.of(p)?.withdrawal?.effective_on);
        let mut bound: Vec<Option<NaiveDate>> = self
            .machines
            .consents
            .0
            .iter()
            .filter(|(_, c)| c.expressed.is_some())
            .map(|(p, _)| leaving(p))
            .collect();
        if bound.len() < 2 {
            return None;
        }
        bound.sort_by_key(|on| on.unwrap_or(NaiveDate::MAX));
        bound.iter().rev().nth(1).copied().flatten()
    }
}
