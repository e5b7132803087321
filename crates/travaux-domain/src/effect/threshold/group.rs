//! The groups that thresholds name, with what their members weigh; the organisations that are not
//! counted beside their members. Each counts from a day on, as clauses do.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;

use super::Members;
use crate::PartyId;

/// Who is of a group, and what each of them weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the weights are: `Gg of CO2 in 1990`, `gross tons`; `members`, where each weighs one.
    pub unit: String,
    /// What each member weighs, in that unit. Whole numbers: a smaller unit where one is too large.
    pub weights: BTreeMap<PartyId, u64>,
}

impl Group {
    /// These, of whom each weighs one.
    pub fn of<'a>(members: impl IntoIterator<Item = &'a PartyId>) -> Self {
        let each = members.into_iter();
        Self {
            unit: "members".to_owned(),
            weights: each.map(|member| (member.clone(), 1)).collect(),
        }
    }

    /// What all members weigh.
    pub fn whole(&self) -> u128 {
        self.weights
            .values()
            .map(|weight| u128::from(*weight))
            .sum()
    }

    /// Whether one is of them.
    pub fn has(&self, party: &PartyId) -> bool {
        self.weights.contains_key(party)
    }

    pub(super) fn weight(&self, party: &PartyId) -> u128 {
        self.weights.get(party).copied().unwrap_or_default().into()
    }
}

/// The groups and the organisations of an agreement, each from the day on which it was agreed; from the
/// beginning, if it stands in the text. The later takes the place of the earlier (K5).
#[derive(Clone, Debug, Default)]
pub struct Groups {
    named: Vec<(Option<NaiveDate>, String, Group)>,
    organisations: Vec<(Option<NaiveDate>, PartyId, BTreeSet<PartyId>)>,
}

impl Groups {
    /// Takes in a group, in the order of the days from which they count.
    pub fn name(&mut self, from: Option<NaiveDate>, name: &str, group: Group) {
        self.named.push((from, name.to_owned(), group));
    }

    /// Takes in an organisation whose instrument is not counted as additional to those of its members;
    /// where nobody is named as a member, not at all (UNCLOS, Annex IX, 8(a)).
    pub fn organise(
        &mut self,
        from: Option<NaiveDate>,
        organisation: &PartyId,
        members: impl IntoIterator<Item = PartyId>,
    ) {
        let members = members.into_iter().collect();
        self.organisations
            .push((from, organisation.clone(), members));
    }

    /// The days on which they change.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let named = self.named.iter().filter_map(|(from, ..)| *from);
        let organisations = self.organisations.iter().filter_map(|(from, ..)| *from);
        named.chain(organisations)
    }

    /// Whether what is met stays so, whoever comes: an organisation's instrument gives way to those of its
    /// members, and a group that is agreed later is another one.
    pub(super) fn only_add(&self) -> bool {
        self.organisations.is_empty() && self.days().next().is_none()
    }

    /// Who is meant on a day; `None`, if no clause says so.
    pub fn on<'a>(&'a self, members: &Members, on: NaiveDate) -> Option<Cow<'a, Group>> {
        match members {
            Members::Listed(parties) => Some(Cow::Owned(Group::of(parties))),
            Members::Named(asked) => {
                let mut named = self.named.iter().rev();
                let found = named.find(|(from, name, _)| counts(*from, on) && name == asked);
                found.map(|(_, _, group)| Cow::Borrowed(group))
            }
        }
    }

    /// The members of an organisation on a day, if one is meant.
    pub(super) fn members(&self, party: &PartyId, on: NaiveDate) -> Option<&BTreeSet<PartyId>> {
        let mut organised = self.organisations.iter().rev();
        let found = organised.find(|(from, own, _)| counts(*from, on) && own == party);
        found.map(|(_, _, members)| members)
    }
}

fn counts(from: Option<NaiveDate>, on: NaiveDate) -> bool {
    from.is_none_or(|from| from <= on)
}
