//! Actions: proposed, revised, withdrawn (RM1), due (RM3), what they wait for (RM4) and are measured
//! by (RM5).

use super::{
    Action, ActionRecord, Cause, Dependency, Due, Milestone, RoadmapEvent, Target, decide::Asked,
    decimal::Decimal,
};
use crate::{
    Name, PartyId, Reason, Refusal, Rule, StreamId,
    meeting::Meeting,
    partnership::{ItemRef, OfficeHolder, Words},
    words::names,
};

impl Asked<'_> {
    /// An action is proposed under a key of its own; one that was withdrawn, again (RM1).
    pub(super) fn may_propose_action(&self, action: &Action) -> Result<(), Refusal> {
        self.not_before(self.roadmap.proposed, "the roadmap was proposed")?;
        match self.roadmap.actions.get(&action.key) {
            None => {}
            Some(record) if record.is_withdrawn() => {
                self.not_before(record.last_turn(), "it was withdrawn")?;
            }
            Some(_) => {
                let found = format!("`{}`, which is taken", action.key);
                return Err(self.refuse(Reason::Already, "a new key", found));
            }
        }
        self.is_action(action, &[])
    }

    /// That an action says all that it has to, and carries out clauses that there were on the
    /// day, or that those carried out in whose place it goes on (RM1, RM3).
    pub(super) fn is_action(&self, action: &Action, before: &[&Action]) -> Result<(), Refusal> {
        self.is_key(&action.key)?;
        self.deciding.words("a title", &action.title)?;
        self.deciding
            .has_area(self.framework, &action.area, self.on)?;
        self.has_offices(action)?;
        for due in action.start.iter().chain(&action.due) {
            self.can_be_due(&action.key, due)?;
        }
        if action.recurs.is_some() && action.due.is_none() {
            let expected = "the first day on which it is due, as it recurs";
            return Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::RM3, expected, "none"));
        }
        let before = before.iter().flat_map(|action| &action.clauses);
        self.deciding
            .can_cite(Rule::RM1, (&action.clauses, self.on), before)
    }

    /// Keys are named as `ROADMAP/ACTION` and `ACTION/MILESTONE`.
    fn is_key(&self, key: &Name) -> Result<(), Refusal> {
        self.deciding.key(key)?;
        if key.contains('/') {
            let found = format!("`{key}`");
            return Err(self.refuse(Reason::Malformed, "a key without `/`", found));
        }
        Ok(())
    }

    /// One lead office of each party, or one lead and those who support it (RM1).
    fn has_offices(&self, action: &Action) -> Result<(), Refusal> {
        let offices: Vec<&OfficeHolder> = action.leads.iter().chain(&action.supports).collect();
        for holder in &offices {
            self.deciding.are_among(&self.parties, [&holder.party])?;
            self.deciding.text("an office", &holder.office)?;
            let name = holder.name.as_ref().map(Name::as_str);
            name.map_or(Ok(()), |name| self.deciding.text("a name", name))?;
        }
        let mut leads: Vec<_> = action.leads.iter().map(|lead| &lead.party).collect();
        leads.sort();
        let count = leads.len();
        leads.dedup();
        if leads.is_empty() || leads.len() != count {
            let expected = "a lead office, one of each party that has one";
            let found = names(action.leads.iter().map(|lead| &lead.party));
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        let stranger = action.supports.iter().find(|s| !action.is_led_by(&s.party));
        match stranger.filter(|_| leads.len() > 1) {
            None => Ok(()),
            Some(support) => {
                let expected = "one lead office with those who support it, or one of each party";
                let found = format!(
                    "leads of {}, and `{}` in support",
                    names(leads),
                    support.party
                );
                Err(self.refuse(Reason::Malformed, expected, found))
            }
        }
    }

    /// That a date waits for what there is, and not for the action itself (RM3).
    pub(super) fn can_be_due(&self, own: &Name, due: &Due) -> Result<(), Refusal> {
        let refuse = |expected: &str, found: String| {
            self.deciding
                .refuse(Reason::Unknown, Rule::RM3, expected, found)
        };
        let (key, milestone) = match due.cause() {
            None => return Ok(()),
            Some(Cause::Start(key) | Cause::Completion(key)) => (key, None),
            Some(Cause::Milestone(key, milestone)) => (key, Some(milestone)),
        };
        if key == own && milestone.is_none() {
            let expected = "something else than the action itself to wait for";
            return Err(refuse(expected, format!("`{due}`")));
        }
        let known = self.roadmap.actions.keys();
        let what = "an action to wait for";
        self.deciding.is_one_of(Rule::RM3, what, key, known)?;
        let record = self.roadmap.actions.get(key);
        match (milestone, record) {
            (Some(milestone), Some(record)) => {
                let known = record.measures.iter().map(|m| m.measure.key());
                let what = "a milestone to wait for";
                self.deciding.is_one_of(Rule::RM3, what, milestone, known)
            }
            _ => Ok(()),
        }
    }

    /// An action is revised on its words of now. Of one that was adopted a party changes its own
    /// offices, all else takes the consent of all, and its due date is moved, not revised (RM1,
    /// RM9).
    pub(super) fn may_revise(
        &self,
        base: u32,
        action: &Action,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let record = self.goes_on(&action.key)?;
        self.not_before(Some(record.revised), "its words were last changed")?;
        if base != record.revision {
            let expected = format!(
                "revision {}, its words of now, as the base",
                record.revision
            );
            let found = format!("revision {base}");
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        if *action == record.action {
            return Err(self.refuse(Reason::Already, "other words", "those that it has"));
        }
        self.is_action(action, &[&record.action])?;
        if record.adopted.is_none() {
            return Ok(());
        }
        self.not_before(record.adopted, "it was adopted")?;
        self.not_before(record.last_turn(), "its last turn")?;
        // A revision has all words, its due date too: one of before a move would tell of it early.
        let moved = record.moves.last().map(|m| m.at);
        self.not_before(moved, "its due date was last moved")?;
        if let Some(due) = &record.action.due
            && action.due.as_ref() != Some(due)
        {
            let expected = format!("the due date that it has, {due}: it is moved, not revised");
            let found = names(&action.due);
            let refusal = self
                .deciding
                .refuse(Reason::Forbidden, Rule::RM9, expected, found);
            return Err(refusal);
        }
        if self.changes_own_offices(record, action) && consenting.is_empty() {
            return Ok(());
        }
        self.all_consent(consenting)
    }

    /// Whether nothing changes but the offices of who acts, which leads it or not as before.
    fn changes_own_offices(&self, record: &ActionRecord, action: &Action) -> bool {
        let party = self.deciding.party();
        let without = |action: &Action| {
            let mut rest = action.clone();
            rest.leads.retain(|holder| holder.party != *party);
            rest.supports.retain(|holder| holder.party != *party);
            rest
        };
        let before = &record.action;
        before.is_led_by(party) == action.is_led_by(party) && without(before) == without(action)
    }

    /// An action is taken back by who proposed it, until it is adopted (RM1).
    pub(super) fn may_withdraw(&self, key: &Name, reason: Option<&str>) -> Result<(), Refusal> {
        let record = self.goes_on(key)?;
        reason.map_or(Ok(()), |reason| self.deciding.text("a reason", reason))?;
        self.not_before(Some(record.revised), "its words were last changed")?;
        if let Some(adopted) = record.adopted {
            let expected = "an action that was not adopted: else it is cancelled";
            let found = format!("`{key}`, which was adopted on {}", adopted.on);
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        let party = self.deciding.party();
        if record.by != *party {
            let expected = format!("`{}`, who proposed it, to take it back", record.by);
            return Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")));
        }
        Ok(())
    }

    /// An action follows up an item of a meeting under the same framework, once (MT9). That the
    /// meeting says so as well, it decides itself in the same commit.
    pub(super) fn may_follow(&self, key: &Name, item: &ItemRef) -> Result<(), Refusal> {
        let record = self.goes_on(key)?;
        let meeting = self
            .deciding
            .other::<Meeting>(StreamId::Meeting(item.meeting));
        let under = meeting.filter(|meeting| {
            let call = meeting.convocation.as_ref();
            call.is_some_and(|call| call.framework == self.plan.framework)
        });
        let Some(agreed) = under.and_then(|meeting| meeting.items.get(&item.item)) else {
            let expected = "an item of a meeting under the same framework";
            return Err(self.refuse(Reason::Unknown, expected, item.to_string()));
        };
        self.not_before(Some(agreed.agreed), "it was agreed")?;
        if record.follows.iter().any(|(before, _)| before == item) {
            let found = format!("{item}, which it follows up");
            return Err(self.refuse(Reason::Already, "another item", found));
        }
        Ok(())
    }

    /// Until an action is adopted any party changes what belongs to it; from then on one that leads
    /// it, or all.
    fn may_change(&self, record: &ActionRecord, consenting: &[PartyId]) -> Result<(), Refusal> {
        let free = record.adopted.is_none() || record.action.is_led_by(self.deciding.party());
        if free && consenting.is_empty() {
            return Ok(());
        }
        self.all_consent(consenting)
    }

    /// An action waits for another, once, unless it is finished; and never in a circle (RM4).
    pub(super) fn may_depend(
        &self,
        dependency: &Dependency,
        consenting: &[PartyId],
        event: &RoadmapEvent,
    ) -> Result<(), Refusal> {
        let (key, after) = (&dependency.action, &dependency.after);
        let record = self.goes_on(key)?;
        self.goes_on(after)?;
        if key == after {
            let found = format!("`{key}` itself");
            return Err(self.refuse(Reason::Malformed, "another action", found));
        }
        if let Some(completed) = record.completed {
            let expected = "an action that is not completed: it waits for nothing more";
            let found = format!("`{key}`, which was completed on {}", completed.on);
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        let held = self.roadmap.dependencies.iter().find(|held| {
            let before = &held.dependency;
            held.removed.is_none() && before.action == *key && before.after == *after
        });
        if let Some(held) = held {
            let expected = "one dependency of the two; remove the other first";
            let found = format!("{}, which holds", held.dependency);
            return Err(self.refuse(Reason::Already, expected, found));
        }
        self.may_change(record, consenting)?;
        self.goes_in_no_circle(event)
    }

    /// That nothing would wait for itself, on any day from then on (RM4, INV11).
    pub(super) fn goes_in_no_circle(&self, event: &RoadmapEvent) -> Result<(), Refusal> {
        let mut then = self.roadmap.clone();
        then.take(event, self.context);
        match then.circle_from(self.on) {
            None => Ok(()),
            Some(circle) => {
                let expected = "no action that waits for itself";
                let found = format!("a circle of {}", names(circle));
                let refused = self
                    .deciding
                    .refuse(Reason::Forbidden, Rule::RM4, expected, found);
                Err(refused)
            }
        }
    }

    /// An action that waits for another is freed of it, after it came to wait (RM4).
    pub(super) fn may_free(
        &self,
        key: &Name,
        after: &Name,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let record = self.goes_on(key)?;
        let held = self.roadmap.dependencies.iter().find(|held| {
            let before = &held.dependency;
            held.removed.is_none() && before.action == *key && before.after == *after
        });
        let Some(held) = held else {
            let expected = format!("a dependency of `{key}` on `{after}` that holds");
            return Err(self.refuse(Reason::Unknown, expected, "none"));
        };
        self.not_before(Some(held.added), "it came to wait")?;
        self.may_change(record, consenting)
    }

    fn may_set(
        &self,
        key: &Name,
        (measure, title, due): (&Name, &Words, Option<&Due>),
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let record = self.goes_on(key)?;
        self.is_key(measure)?;
        self.deciding.words("a title", title)?;
        due.map_or(Ok(()), |due| self.can_be_due(key, due))?;
        if record.measure(measure).is_some() {
            let found = format!("`{measure}`, which is taken");
            return Err(self.refuse(Reason::Already, "a new key", found));
        }
        if let Some(completed) = record.completed {
            let expected = "an action that is not completed, or was reopened";
            let found = format!("`{key}`, which was completed on {}", completed.on);
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        if record.adopted.is_none() && consenting.is_empty() {
            return Ok(());
        }
        self.not_before(record.adopted, "it was adopted")?;
        self.all_consent(consenting)
    }

    /// A qualitative step is set: by any party until the action is adopted, then by all (RM5).
    pub(super) fn may_set_milestone(
        &self,
        key: &Name,
        milestone: &Milestone,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let parts = (&milestone.key, &milestone.title, milestone.due.as_ref());
        self.may_set(key, parts, consenting)
    }

    /// A quantity to reach is set, of an indicator in the exact version of its definition (RM5).
    pub(super) fn may_set_target(
        &self,
        key: &Name,
        target: &Target,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let parts = (&target.key, &target.title, target.due.as_ref());
        self.may_set(key, parts, consenting)?;
        if !is_exact_version(&target.indicator) {
            let expected = "an indicator with its exact version, such as lpc-issued@1.0.0";
            let found = format!("`{}`", target.indicator);
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        self.deciding.text("a unit", &target.unit)?;
        let (baseline, goal) = (
            self.decimal("a baseline", &target.baseline)?,
            self.decimal("a goal", &target.goal)?,
        );
        if baseline == goal {
            let found = format!("{} for both", target.goal);
            let expected = "a goal that is not the baseline";
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        Ok(())
    }

    pub(super) fn decimal(&self, what: &str, text: &Name) -> Result<Decimal, Refusal> {
        Decimal::read(text).ok_or_else(|| {
            let expected = format!("{what} as a decimal, such as 12.5");
            self.refuse(Reason::Malformed, expected, format!("`{text}`"))
        })
    }
}

/// Whether it is an id, `@` and a version of three numbers.
fn is_exact_version(indicator: &Name) -> bool {
    let Some((id, version)) = indicator.split_once('@') else {
        return false;
    };
    let id = !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || c.is_control());
    let numbers: Vec<_> = version.split('.').collect();
    let number = |n: &&str| n.parse::<u32>().is_ok() && n.bytes().all(|b| b.is_ascii_digit());
    id && numbers.len() == 3 && numbers.iter().all(number)
}
