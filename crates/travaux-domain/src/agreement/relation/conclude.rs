//! Which of two agreements governs (VCLT 30).

use chrono::NaiveDate;

use super::{Governs, Relation, Relations};
use crate::{
    AgreementId, PartyId,
    agreement::{ForceBetween, state::Agreement},
};

impl Relations {
    /// Which of two agreements governs between two parties on a date. What the one asks of the other is
    /// on record with either of them: that it is later, or subject to it.
    pub fn governs(
        (this, this_id): (&Agreement, AgreementId),
        (other, other_id): (&Agreement, AgreementId),
        a: &PartyId,
        b: &PartyId,
        on: NaiveDate,
    ) -> Governs {
        let has = |relation| this.machines.relations.has(other_id, relation);
        let has_back = |relation| other.machines.relations.has(this_id, relation);
        // A clause that gives way goes before the order of time (30(2)).
        let related = if has(Relation::SubjectTo) {
            Governs::OtherByItsClause
        } else if has_back(Relation::SubjectTo) {
            Governs::ThisByItsClause
        } else if has(Relation::LaterThan) {
            Governs::ThisAsLater
        } else if has_back(Relation::LaterThan) {
            Governs::OtherAsLater
        } else {
            return Governs::Unrelated;
        };
        // Nothing gives way to one that has ended or is suspended (30(3)).
        let bound = |x: &Agreement| matches!(x.between(a, b, on).force, ForceBetween::InForce(_));
        let of_both = |x: &Agreement| x.has_party(a) && x.has_party(b);
        match (bound(this), bound(other)) {
            // Where the parties are the same, the one in force has nothing beside it (30(4) is of others).
            (true, false) | (false, true) if of_both(this) && of_both(other) => Governs::Unrelated,
            (true, true) => related,
            (true, false) => Governs::OnlyThis,
            (false, true) => Governs::OnlyOther,
            (false, false) => Governs::Unrelated,
        }
    }
}
