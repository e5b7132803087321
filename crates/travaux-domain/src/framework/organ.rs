//! Organs and contact points: each party names its own, one of a role at a time (FW8).

use super::{Organ, OrganRecord, decide::Asked};
use crate::{Reason, Refusal};

impl Asked<'_> {
    /// A party names an organ of a role for which it has none (FW8).
    pub(super) fn may_name(&self, organ: &Organ) -> Result<(), Refusal> {
        self.is_own(organ)?;
        match self.current(organ) {
            None => Ok(()),
            Some(current) => {
                let expected = format!("a role without an organ: replace `{}`", organ.role);
                let found = format!("`{}` since {}", current.organ.who.office, current.from);
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    /// A party names another in the place of the one that it has, from a later day on (FW8).
    pub(super) fn may_replace(&self, organ: &Organ) -> Result<(), Refusal> {
        self.is_own(organ)?;
        let Some(current) = self.current(organ) else {
            let expected = format!("an organ of the role `{}` to replace: name one", organ.role);
            return Err(self.refuse(Reason::Unknown, expected, "none"));
        };
        if current.organ == *organ {
            let found = format!("that which it has since {}", current.from);
            return Err(self.refuse(Reason::Already, "another organ", found));
        }
        if self.from > current.from {
            return Ok(());
        }
        let expected = format!(
            "a day after {}, from which the one before is it",
            current.from
        );
        Err(self.refuse(Reason::TooEarly, expected, self.from.to_string()))
    }

    /// That it is one's own, of a framework in being.
    fn is_own(&self, organ: &Organ) -> Result<(), Refusal> {
        self.in_being()?;
        let party = self.deciding.party();
        if organ.who.party != *party {
            let expected = format!("an organ of `{party}`, who acts");
            let found = format!("one of `{}`", organ.who.party);
            return Err(self.refuse(Reason::NotEntitled, expected, found));
        }
        self.is_organ(organ)
    }

    /// The one that has the role now.
    fn current(&self, organ: &Organ) -> Option<&OrganRecord> {
        let organs = self.framework.organs.iter().rev();
        let mut same = organs.filter(|o| o.organ.is_that_of(organ));
        same.next().filter(|last| last.until.is_none())
    }
}
