//! Whom a change of the text binds, and from when.

use chrono::NaiveDate;

use super::{Binding, BindingKind};
use crate::{PartyId, agreement::state::Agreement};

impl Agreement {
    /// From when a change binds a party. Who joins the treaty after an amendment, of its text or of an
    /// annex, joins the amended one, failing a different intention (A6, VCLT 40(5)).
    pub fn bound_from(&self, binding: &Binding, party: &PartyId) -> Option<NaiveDate> {
        if let Some(silence) = &binding.silence {
            if self.is_blocked(binding) {
                return None;
            }
            let joined = binding.between.get(party).copied();
            return joined.or_else(|| self.silent_from(binding, silence, party));
        }
        let later = || {
            self.force_for_last(party)
                .filter(|since| binding.on < *since && binding.kind != BindingKind::InterSe)
        };
        binding
            .between
            .get(party)
            .copied()
            .or_else(|| later().filter(|_| !binding.disclaimed.contains(party)))
    }

    /// From when a change binds two parties; `None` if it does not bind both (A4, A5).
    pub fn binds(&self, binding: &Binding, a: &PartyId, b: &PartyId) -> Option<NaiveDate> {
        Some(
            self.bound_from(binding, a)?
                .max(self.bound_from(binding, b)?),
        )
    }
}
