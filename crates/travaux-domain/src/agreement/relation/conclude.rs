//! Which of two agreements governs (VCLT 30).

use chrono::NaiveDate;

use super::{Governs, Relation, Relations};
use crate::{AgreementId, PartyId, agreement::state::Agreement};

impl Relations {
    /// Which of `this` and `other` governs between two parties on a date.
    pub fn governs(
        this: &Agreement,
        id: AgreementId,
        other: &Agreement,
        a: &PartyId,
        b: &PartyId,
        on: NaiveDate,
    ) -> Governs {
        let bound = |x: &Agreement| {
            [a, b]
                .iter()
                .all(|p| x.force_for(p, on).is_some_and(|since| since <= on))
        };
        match (bound(this), bound(other)) {
            (true, false) => return Governs::OnlyThis,
            (false, true) => return Governs::OnlyOther,
            (false, false) => return Governs::Unrelated,
            (true, true) => {}
        }
        let has = |relation| {
            this.machines
                .relations
                .0
                .iter()
                .any(|(to, r, _)| *to == id && *r == relation)
        };
        if has(Relation::SubjectTo) {
            Governs::OtherByItsClause
        } else if has(Relation::LaterThan) {
            Governs::ThisAsLater
        } else {
            Governs::Unrelated
        }
    }
}
