//! Who reads.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Equivalence, Level, Marking, Schemes, rank};
use crate::{Name, PartyId};

/// Who reads: somebody of a party, cleared for levels of schemes. A party alone, cleared for
/// nothing, reads what has no level above the lowest of its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The party.
    pub party: PartyId,
    /// The highest level of each scheme for which who reads is cleared, by its code.
    pub cleared: BTreeMap<Name, Name>,
}

impl Reader {
    /// Somebody of a party who is cleared for nothing.
    pub fn of(party: impl Into<PartyId>) -> Self {
        Self {
            party: party.into(),
            cleared: BTreeMap::new(),
        }
    }

    /// Whether who reads is cleared for what was marked so on a day: for each level, in its own
    /// scheme, or by the table of two parties, one of which is the reader's. What no table says is
    /// not known, and is not read.
    pub fn is_cleared_for(
        &self,
        marking: &Marking,
        on: NaiveDate,
        schemes: &Schemes,
        tables: &[Equivalence],
    ) -> bool {
        marking.levels.iter().all(|(scheme, level)| {
            level.rank == 0
                || self.is_cleared_in(scheme, level, schemes)
                || self.is_cleared_by_table(scheme, level, on, schemes, tables)
        })
    }

    fn is_cleared_in(&self, scheme: &Name, level: &Level, schemes: &Schemes) -> bool {
        let own = self.cleared.get(scheme);
        let own = own.and_then(|code| rank(schemes, scheme, code));
        own.is_some_and(|own| own >= level.rank)
    }

    fn is_cleared_by_table(
        &self,
        scheme: &Name,
        level: &Level,
        on: NaiveDate,
        schemes: &Schemes,
        tables: &[Equivalence],
    ) -> bool {
        let concerned = tables.iter().filter(|table| {
            let (one, other) = &table.between;
            *one == self.party || *other == self.party
        });
        let mut tables = concerned.flat_map(|table| {
            let cleared = self.cleared.iter();
            cleared.flat_map(move |(own, code)| {
                let like = table.like(scheme, level, own, on);
                like.map(move |needed| (own, code, needed))
            })
        });
        tables.any(|(own, code, needed)| {
            let rank = |code: &Name| rank(schemes, own, code);
            rank(code)
                .zip(rank(needed))
                .is_some_and(|(has, needs)| has >= needs)
        })
    }
}
