//! When an agreement ends because its parties have left.

use chrono::NaiveDate;

use crate::agreement::{consent::PartyConsent, state::Agreement};

impl Agreement {
    /// When so many parties have left that fewer than two remain. Who consents after that day, or declined, is none of them.
    pub fn denounced_on(&self) -> Option<NaiveDate> {
        let bound: Vec<&PartyConsent> = self
            .machines
            .consents
            .0
            .values()
            .filter(|c| c.expressed.is_some() && c.declined_on.is_none())
            .collect();
        if bound.len() < 2 {
            return None;
        }
        let since = self.in_force_since()?;
        let left = bound.iter().filter_map(|c| c.withdrawal);
        left.map(|w| w.effective_on)
            .filter(|on| since <= *on && bound.iter().filter(|c| c.binds(*on)).count() < 2)
            .min()
    }
}
