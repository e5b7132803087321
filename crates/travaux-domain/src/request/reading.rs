//! What a reader may see of a content.

use super::Request;
use crate::{
    Name, PartyId,
    exchange::Exchange,
    marking::{Marking, Reader},
    partnership::Dated,
};

/// What a reader gets of a content. Of one that is not read nothing is told but its marking, whatever
/// it says: neither its length nor its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access<'a> {
    /// The reader's party neither wrote it nor holds it.
    Absent,
    /// It may be read.
    Readable(&'a Marking),
    /// It may not: the reader is not cleared for it, or it may not be released to the party.
    Withheld(&'a Marking),
    /// It was erased: by whom, on which ground, when.
    Erased {
        /// Its marking.
        marking: &'a Marking,
        /// By whom.
        by: &'a PartyId,
        /// On which ground.
        ground: &'a Name,
        /// When.
        at: Dated,
    },
}

impl Request {
    /// Whether a party has to do with it: who sent it, to whom it goes, and who holds a content. To
    /// others it is not there.
    pub fn is_known_to(&self, party: &PartyId) -> bool {
        let holds = self.contents.values().any(|c| c.held.contains_key(party));
        holds || self.by.as_ref() == Some(party) || self.addressees().any(|to| to == party)
    }

    /// What a reader gets of a content: its originator's and those who hold it read it, if it may be
    /// released to them and they are cleared, by the marking by which their party goes (IX9, IX11).
    /// Who was sent it on by consent has it released as long as that marking is no later one (IX12).
    pub fn access<'a>(
        &'a self,
        content: &Name,
        reader: &Reader,
        exchange: &Exchange,
    ) -> Access<'a> {
        let Some(record) = self.contents.get(content) else {
            return Access::Absent;
        };
        let party = &reader.party;
        let Some((marking, since)) = record.marking_for(party) else {
            return Access::Absent;
        };
        if let Some((by, (ground, at))) = record.erased_for(party) {
            let at = *at;
            return Access::Erased {
                marking,
                by,
                ground,
                at,
            };
        }
        let released = *party == record.by
            || marking.is_releasable_to(party)
            || record.was_let_go_to(party, *since);
        let schemes = exchange.terms_on(since.on).map(|terms| &terms.schemes);
        let own = crate::marking::Schemes::new();
        let tables = exchange.tables_on(since.on);
        let cleared = reader.is_cleared_for(marking, since.on, schemes.unwrap_or(&own), &tables);
        if released && cleared {
            Access::Readable(marking)
        } else {
            Access::Withheld(marking)
        }
    }
}
