//! What differs between two states of a framework, by identity, never by position (QY2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use travaux_domain::{FrameworkId, Name};

use super::{Entry, EntryId, EventRef, FieldValue, FrameworkState, Moment};

/// What differs between two states of a framework. Of one state with itself nothing does; put on the
/// first of two, the difference gives the second ([`StateDiff::apply`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateDiff {
    /// The framework.
    pub framework: FrameworkId,
    /// Of when the first is.
    pub from: Moment,
    /// Of when the second is.
    pub to: Moment,
    /// What only the second has.
    pub added: BTreeMap<EntryId, Entry>,
    /// What only the first has.
    pub ended: BTreeMap<EntryId, Entry>,
    /// What is in another area.
    pub moved: BTreeMap<EntryId, FieldChange>,
    /// What both have, and say otherwise.
    pub changed: BTreeMap<EntryId, EntryChange>,
}

/// What an entry says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryChange {
    /// The events on which it rested.
    pub rested_on: Vec<EventRef>,
    /// The events that made it so.
    pub by: Vec<EventRef>,
    /// Its fields that differ; the area stands under what moved. None, if only its events differ.
    pub fields: BTreeMap<Name, FieldChange>,
}

/// What a field said, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// What it said; nothing, if it was not there.
    pub was: Option<FieldValue>,
    /// What it says; nothing, if it is not there.
    pub is: Option<FieldValue>,
}

/// A difference that was put on a state which is not the one that it starts from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the difference starts from another state: it has {expected} of `{entry}`, this has not")]
pub struct ApplyError {
    /// The entry.
    pub entry: EntryId,
    /// What the difference starts from.
    pub expected: String,
}

/// The field whose change is a move.
const AREA: &str = "area";

impl StateDiff {
    /// What differs between two states of one framework (QY2).
    pub fn between(a: &FrameworkState, b: &FrameworkState) -> Self {
        let mut diff = Self {
            framework: b.framework,
            from: a.at.clone(),
            to: b.at.clone(),
            added: BTreeMap::new(),
            ended: BTreeMap::new(),
            moved: BTreeMap::new(),
            changed: BTreeMap::new(),
        };
        for (id, was) in &a.entries {
            match b.entries.get(id) {
                None => drop(diff.ended.insert(id.clone(), was.clone())),
                Some(is) if is != was => diff.compare(id, was, is),
                Some(_) => {}
            }
        }
        let new = b
            .entries
            .iter()
            .filter(|(id, _)| !a.entries.contains_key(id));
        diff.added = new.map(|(id, entry)| (id.clone(), entry.clone())).collect();
        diff
    }

    fn compare(&mut self, id: &EntryId, was: &Entry, is: &Entry) {
        let mut fields: BTreeMap<_, _> = was
            .fields
            .keys()
            .chain(is.fields.keys())
            .filter(|field| was.fields.get(field) != is.fields.get(field))
            .map(|field| {
                let change = FieldChange {
                    was: was.fields.get(field).cloned(),
                    is: is.fields.get(field).cloned(),
                };
                (field.clone(), change)
            })
            .collect();
        if let Some(area) = fields.remove(AREA) {
            self.moved.insert(id.clone(), area);
        }
        let change = EntryChange {
            rested_on: was.by.clone(),
            by: is.by.clone(),
            fields,
        };
        self.changed.insert(id.clone(), change);
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.ended.is_empty()
            && self.moved.is_empty()
            && self.changed.is_empty()
    }

    /// Puts the difference on the state that it starts from, which gives the other.
    ///
    /// # Errors
    /// If `state` is not the one that it starts from; it is then as it was.
    pub fn apply(&self, state: &mut FrameworkState) -> Result<(), ApplyError> {
        let mut entries = state.entries.clone();
        let error = |entry: &EntryId, expected: String| ApplyError {
            entry: entry.clone(),
            expected,
        };
        for (id, entry) in &self.ended {
            if entries.remove(id).as_ref() != Some(entry) {
                return Err(error(id, "an end".to_owned()));
            }
        }
        for (id, entry) in &self.added {
            if entries.insert(id.clone(), entry.clone()).is_some() {
                return Err(error(id, "the beginning".to_owned()));
            }
        }
        let moves = self.moved.iter().map(|(id, change)| (id, AREA, change));
        let changes = self.changed.iter().flat_map(|(id, changed)| {
            let fields = changed.fields.iter();
            fields.map(move |(field, change)| (id, field.as_str(), change))
        });
        for (id, field, change) in moves.chain(changes) {
            let entry = entries.get_mut(id).map(|entry| &mut entry.fields);
            let before = entry.map(|fields| match change.is.clone() {
                Some(is) => fields.insert(field.into(), is),
                None => fields.remove(field),
            });
            if before.as_ref() != Some(&change.was) {
                return Err(error(id, format!("another `{field}`")));
            }
        }
        for (id, changed) in &self.changed {
            match entries.get_mut(id) {
                Some(entry) if entry.by == changed.rested_on => entry.by.clone_from(&changed.by),
                _ => return Err(error(id, "other events".to_owned())),
            }
        }
        state.entries = entries;
        state.at = self.to.clone();
        Ok(())
    }
}
