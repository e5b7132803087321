//! What waits for what: dependencies between actions, with those that go on in the place of others,
//! never in a circle (RM4, INV11).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{DependencyKind, Roadmap};
use crate::Name;

/// That an action waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wait<'a> {
    pub(super) action: &'a Name,
    pub(super) after: &'a Name,
    pub(super) kind: DependencyKind,
    pub(super) lag: i32,
}

impl Roadmap {
    /// What waits for what on a day, between the actions that go on then. An action that was
    /// withdrawn or cancelled is not waited for; one that was replaced is by those in its place.
    pub(super) fn waits(&self, on: NaiveDate) -> BTreeSet<Wait<'_>> {
        let held = self.dependencies.iter().filter(|held| {
            held.added.on <= on && held.removed.is_none_or(|removed| removed.on > on)
        });
        let mut waits = BTreeSet::new();
        for held in held {
            let dependency = &held.dependency;
            for action in self.heirs_on(&dependency.action, on) {
                for after in self.heirs_on(&dependency.after, on) {
                    // What became one waits for itself no longer.
                    if action != after {
                        waits.insert(Wait {
                            action,
                            after,
                            kind: dependency.kind,
                            lag: dependency.lag,
                        });
                    }
                }
            }
        }
        waits
    }

    /// The same as [`Self::heirs`], as it stood on a day.
    fn heirs_on<'a>(&'a self, key: &'a Name, on: NaiveDate) -> BTreeSet<&'a Name> {
        let mut heirs = BTreeSet::new();
        let (mut open, mut seen) = (vec![key], BTreeSet::new());
        while let Some(key) = open.pop() {
            if !seen.insert(key) {
                continue;
            }
            let end = self.actions.get(key).and_then(|record| record.end.as_ref());
            match end.filter(|(_, at)| at.on <= on) {
                Some((end, _)) => open.extend(end.became()),
                None => drop(heirs.insert(key)),
            }
        }
        heirs
    }

    /// The actions in an order in which each comes behind those that it waits for; those in a
    /// circle, and behind one, last.
    pub(super) fn in_order<'a>(
        &'a self,
        waits: &BTreeSet<Wait<'a>>,
    ) -> (Vec<&'a Name>, BTreeSet<&'a Name>) {
        let mut left: BTreeMap<&Name, BTreeSet<&Name>> = self
            .actions
            .keys()
            .map(|key| (key, BTreeSet::new()))
            .collect();
        let mut behind: BTreeMap<&Name, BTreeSet<&Name>> = BTreeMap::new();
        for wait in waits {
            left.entry(wait.action).or_default().insert(wait.after);
            left.entry(wait.after).or_default();
            behind.entry(wait.after).or_default().insert(wait.action);
        }
        let free =
            |(key, waits): (&&'a Name, &BTreeSet<&'a Name>)| waits.is_empty().then_some(*key);
        let mut open: BTreeSet<&Name> = left.iter().filter_map(free).collect();
        let mut order = Vec::new();
        while let Some(key) = open.pop_first() {
            order.push(key);
            left.remove(key);
            for next in behind.get(key).into_iter().flatten() {
                if let Some(waits) = left.get_mut(next) {
                    waits.remove(key);
                    if waits.is_empty() {
                        open.insert(next);
                    }
                }
            }
        }
        (order, left.into_keys().collect())
    }

    /// The actions of a circle that there is on a day from `on` on; none, if there is none.
    pub(super) fn circle_from(&self, on: NaiveDate) -> Option<Vec<Name>> {
        let ended = self
            .actions
            .values()
            .filter_map(|record| record.end.as_ref());
        let ended = ended.map(|(_, at)| at.on);
        let added = self.dependencies.iter().map(|held| held.added.on);
        let later = ended.chain(added).filter(|day| *day > on);
        let days: BTreeSet<_> = later.chain([on]).collect();
        days.into_iter().find_map(|day| {
            let (_, circle) = self.in_order(&self.waits(day));
            (!circle.is_empty()).then(|| circle.into_iter().cloned().collect())
        })
    }
}
