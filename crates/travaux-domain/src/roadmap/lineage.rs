//! Actions that end without being completed, and those that go on in their place (RM13).

use std::collections::BTreeSet;

use super::{Action, ActionPart, ActionRecord, RoadmapEvent, course::keys, decide::Asked};
use crate::{Name, PartyId, Reason, Refusal, partnership::Dated, words::names};

/// Due dates as they stand: `none` where there is none.
fn due(action: &Action) -> String {
    names(&action.due)
}

impl Asked<'_> {
    /// An action that ends: not before anything that was done on it.
    fn may_end(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let record = self.open(key)?;
        self.not_before(Some(record.revised), "its words were last changed")?;
        let moved = record.moves.last().map(|m| m.at);
        self.not_before(moved, "its due date was last moved")?;
        let said = |m: &super::MeasureRecord| -> Option<Dated> {
            let met = m.met.as_ref().map(|met| met.at);
            let verdict = m.verdict.as_ref().map(|verdict| verdict.at);
            let waived = m.waived.as_ref().map(|(_, at)| *at);
            [Some(m.set), met, verdict, waived]
                .into_iter()
                .flatten()
                .max()
        };
        let last = record.measures.iter().filter_map(said).max();
        self.not_before(last, "the last that was said of its milestones")?;
        Ok(record)
    }

    /// The same, which goes on elsewhere: it is not suspended.
    fn may_go_on_elsewhere(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let record = self.may_end(key)?;
        if record.is_suspended() {
            let expected = "an action that is not suspended: it is resumed first";
            return Err(self.refuse(Reason::WrongState, expected, format!("`{key}`")));
        }
        Ok(record)
    }

    /// An action that was adopted is cancelled for a reason, by all (RM13).
    pub(super) fn may_cancel(
        &self,
        key: &Name,
        reason: &str,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.may_end(key)?;
        self.deciding.text("a reason", reason)?;
        self.all_consent(consenting)
    }

    /// Another action takes the place of one, with what it is still measured by (RM13).
    pub(super) fn may_supersede(
        &self,
        key: &Name,
        by: &Name,
        consenting: &[PartyId],
        event: &RoadmapEvent,
    ) -> Result<(), Refusal> {
        let record = self.may_go_on_elsewhere(key)?;
        if key == by {
            let found = format!("`{key}` itself");
            return Err(self.refuse(Reason::Malformed, "another action", found));
        }
        let other = self.open(by)?;
        let open = record.measures.iter().filter(|m| !m.is_settled());
        self.are_new(open.map(|m| m.measure.key()), other)?;
        self.all_consent(consenting)?;
        self.goes_in_no_circle(event)
    }

    fn are_new<'k>(
        &self,
        mut keys: impl Iterator<Item = &'k Name>,
        other: &ActionRecord,
    ) -> Result<(), Refusal> {
        match keys.find(|key| other.measure(key).is_some()) {
            None => Ok(()),
            Some(key) => {
                let expected = "milestones and targets of different keys; waive one first";
                let found = format!("`{key}` of both");
                Err(self.refuse(Reason::Already, expected, found))
            }
        }
    }

    /// A new action that goes on in the place of others, due when one of them is (RM13).
    fn is_heir(&self, action: &Action, before: &[&Action]) -> Result<(), Refusal> {
        if self.roadmap.actions.contains_key(&action.key) {
            let found = format!("`{}`, which is taken", action.key);
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        self.is_action(action, before)?;
        let dues: Vec<_> = before.iter().map(|action| action.due.as_ref()).collect();
        if dues.contains(&action.due.as_ref()) {
            return Ok(());
        }
        let known = dues.iter().map(|due| match due {
            Some(due) => due.to_string(),
            None => "none".to_owned(),
        });
        let expected = format!(
            "the due date that is there ({}): it is moved apart, so that slip stays on record",
            names(known)
        );
        Err(self.refuse(Reason::WrongDate, expected, due(action)))
    }

    /// An action is split into two or more that are due when it was; each of its open milestones
    /// and targets goes to one (RM13).
    pub(super) fn may_split(
        &self,
        key: &Name,
        into: &[ActionPart],
        consenting: &[PartyId],
        event: &RoadmapEvent,
    ) -> Result<(), Refusal> {
        let record = self.may_go_on_elsewhere(key)?;
        let parts: BTreeSet<_> = into.iter().map(|part| &part.action.key).collect();
        if parts.len() < 2 || parts.len() != into.len() {
            let expected = "two parts or more, of different keys";
            let found = names(into.iter().map(|part| &part.action.key));
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        for part in into {
            self.is_heir(&part.action, &[&record.action])?;
        }
        let mut given: Vec<_> = into.iter().flat_map(|part| &part.measures).collect();
        let open = record.measures.iter().filter(|m| !m.is_settled());
        let mut open: Vec<_> = open.map(|m| m.measure.key()).collect();
        given.sort();
        open.sort();
        if given != open {
            let expected = format!(
                "each open milestone and target in one part: {}",
                names(open)
            );
            return Err(self.refuse(Reason::Malformed, expected, names(given)));
        }
        self.all_consent(consenting)?;
        self.goes_in_no_circle(event)
    }

    /// Two actions or more are merged into a new one, with what they are still measured by (RM13).
    pub(super) fn may_merge(
        &self,
        actions: &[Name],
        into: &Action,
        consenting: &[PartyId],
        event: &RoadmapEvent,
    ) -> Result<(), Refusal> {
        let each: BTreeSet<_> = actions.iter().collect();
        if each.len() < 2 || each.len() != actions.len() {
            let expected = "two actions or more, each once";
            return Err(self.refuse(Reason::Malformed, expected, keys(actions)));
        }
        let (mut before, mut measures) = (Vec::new(), BTreeSet::new());
        for key in actions {
            let record = self.may_go_on_elsewhere(key)?;
            before.push(&record.action);
            for open in record.measures.iter().filter(|m| !m.is_settled()) {
                let key = open.measure.key();
                if !measures.insert(key) {
                    let expected = "milestones and targets of different keys; waive one first";
                    let found = format!("`{key}` twice");
                    return Err(self.refuse(Reason::Already, expected, found));
                }
            }
        }
        self.is_heir(into, &before)?;
        self.all_consent(consenting)?;
        self.goes_in_no_circle(event)
    }
}
