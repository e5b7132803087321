//! Which acts on a roadmap the rules let through: proposing it and adopting its versions (RM2, RM15).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Action, ActionRecord, ActionRef, Roadmap, RoadmapEvent, RoadmapPlan};
use crate::{
    Context, Decided, Name, Others, PartyId, Reason, Refusal, Rule, StreamId,
    framework::Framework,
    meeting::{Meeting, Mode},
    partnership::{Dated, Deciding, Deed as _, ItemRef, Parties},
    words::names,
};

/// The roadmap as it stands, its framework, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) roadmap: &'a Roadmap,
    pub(super) plan: &'a RoadmapPlan,
    pub(super) framework: &'a Framework,
    pub(super) parties: Parties<'a>,
    pub(super) deciding: Deciding<'a>,
    pub(super) context: &'a Context,
    /// When it is done.
    pub(super) on: NaiveDate,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
}

impl Roadmap {
    pub(super) fn check(
        &self,
        event: RoadmapEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<RoadmapEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let plan = if let RoadmapEvent::RoadmapProposed { plan, .. } = &event {
            Some(plan)
        } else {
            self.plan.as_ref()
        };
        let plan = deciding.begun("a roadmap", plan)?;
        let asked = Asked {
            roadmap: self,
            plan,
            framework: deciding.framework(plan.framework)?,
            parties: Parties {
                to: "the roadmap",
                all: plan.parties.iter().collect(),
            },
            deciding,
            context,
            on: event.on(),
            rule: event.rule(),
        };
        asked.check(&event)?;
        // A version after the first is a new baseline (RM15).
        let adopts = matches!(event, RoadmapEvent::RoadmapVersionAdopted { .. });
        let rule = if adopts && !self.baselines.is_empty() {
            Rule::RM15
        } else {
            event.rule()
        };
        Ok(Decided::on(rule, event))
    }
}

impl Asked<'_> {
    fn check(&self, event: &RoadmapEvent) -> Result<(), Refusal> {
        self.deciding
            .are_among(&self.parties, [self.deciding.party()])?;
        if let Some(decided) = event.decided() {
            self.body_decided(decided)?;
        }
        match event {
            RoadmapEvent::RoadmapProposed { .. } => self.may_propose(),
            RoadmapEvent::RoadmapVersionAdopted {
                version,
                actions,
                consenting,
                ..
            } => self.may_adopt(*version, actions, consenting),
            RoadmapEvent::ActionProposed { action, .. } => self.may_propose_action(action),
            RoadmapEvent::ActionRevised {
                base,
                action,
                consenting,
                ..
            } => self.may_revise(*base, action, consenting),
            RoadmapEvent::ActionWithdrawn { action, reason, .. } => {
                self.may_withdraw(action, reason.as_deref())
            }
            RoadmapEvent::ActionFollowsItem { action, item, .. } => self.may_follow(action, item),
            RoadmapEvent::DependencyAdded {
                dependency,
                consenting,
                ..
            } => self.may_depend(dependency, consenting, event),
            RoadmapEvent::DependencyRemoved {
                action,
                after,
                consenting,
                ..
            } => self.may_free(action, after, consenting),
            RoadmapEvent::MilestoneSet {
                action,
                milestone,
                consenting,
                ..
            } => self.may_set_milestone(action, milestone, consenting),
            RoadmapEvent::TargetSet {
                action,
                target,
                consenting,
                ..
            } => self.may_set_target(action, target, consenting),
            RoadmapEvent::ActionStarted { action, .. } => self.may_start(action),
            RoadmapEvent::ProgressReported {
                action,
                as_of,
                words,
                percent,
                evidence,
                occurrence,
                ..
            } => {
                self.may_report(action, *as_of, (words, *percent, evidence))?;
                self.may_keep(action, *occurrence)
            }
            RoadmapEvent::ProgressAssessed {
                action,
                as_of,
                words,
                decided,
                ..
            } => self.may_assess(action, *as_of, words, decided.is_some()),
            RoadmapEvent::DueMoved {
                action,
                from,
                to,
                reason,
                consenting,
                decided,
                ..
            } => {
                let by_the_body = decided.is_some();
                self.may_move(action, (from, to, reason), consenting, by_the_body)
            }
            RoadmapEvent::MilestoneMet {
                action,
                milestone,
                evidence,
                value,
                consenting,
                ..
            } => self.may_meet(action, milestone, (evidence, value.as_ref()), consenting),
            RoadmapEvent::MilestoneAccepted {
                action,
                milestone,
                decided,
                ..
            } => self.may_judge(action, milestone, decided.is_some()),
            RoadmapEvent::MilestoneNotAccepted {
                action,
                milestone,
                reason,
                decided,
                ..
            } => {
                self.deciding.text("a reason", reason)?;
                self.may_judge(action, milestone, decided.is_some())
            }
            RoadmapEvent::MilestoneWaived {
                action,
                milestone,
                reason,
                consenting,
                ..
            } => self.may_waive(action, milestone, reason, consenting),
            RoadmapEvent::ActionCompleted { action, .. } => self.may_complete(action),
            RoadmapEvent::ActionReopened { action, reason, .. } => self.may_reopen(action, reason),
            RoadmapEvent::ActionSuspended {
                action,
                reason,
                consenting,
                ..
            } => self.may_suspend(action, reason, consenting),
            RoadmapEvent::ActionResumed {
                action, consenting, ..
            } => self.may_resume(action, consenting),
            RoadmapEvent::ActionCancelled {
                action,
                reason,
                consenting,
                ..
            } => self.may_cancel(action, reason, consenting),
            RoadmapEvent::ActionSuperseded {
                action,
                by,
                consenting,
                ..
            } => self.may_supersede(action, by, consenting, event),
            RoadmapEvent::ActionSplit {
                action,
                into,
                consenting,
                ..
            } => self.may_split(action, into, consenting, event),
            RoadmapEvent::ActionsMerged {
                actions,
                into,
                consenting,
                ..
            } => self.may_merge(actions, into, consenting, event),
        }
    }

    pub(super) fn refuse(
        &self,
        reason: Reason,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        self.deciding.refuse(reason, self.rule, expected, found)
    }

    pub(super) fn not_before(&self, first: Option<Dated>, what: &str) -> Result<(), Refusal> {
        first.map_or(Ok(()), |first| {
            self.deciding.not_before(self.on, first.on, what)
        })
    }

    pub(super) fn all_consent(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        self.deciding
            .all_consent(self.rule, &self.parties, consenting)
    }

    /// An action on record; the act does not come before it.
    pub(super) fn action(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let keys = self.roadmap.actions.keys();
        let what = "an action of the roadmap";
        self.deciding.is_one_of(self.rule, what, key, keys)?;
        let Some(record) = self.roadmap.actions.get(key) else {
            return Err(self.refuse(Reason::Unknown, what, format!("`{key}`")));
        };
        self.not_before(Some(record.proposed), "it was proposed")?;
        Ok(record)
    }

    /// An action that was not ended: what goes on in its place is named.
    pub(super) fn goes_on(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let record = self.action(key)?;
        match &record.end {
            None => Ok(record),
            Some((how, at)) => {
                let found = format!("`{key}`, which was {how} on {}", at.on);
                Err(self.refuse(Reason::WrongState, "an action that goes on", found))
            }
        }
    }

    /// An action that goes on and was adopted; the act does not come before its last turn.
    pub(super) fn adopted(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let record = self.goes_on(key)?;
        if record.adopted.is_none() {
            let expected = "an action that was adopted in a version of the roadmap";
            let found = format!("`{key}`, which is proposed alone");
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        self.not_before(record.adopted, "it was adopted")?;
        self.not_before(record.last_turn(), "its last turn")?;
        Ok(record)
    }

    /// The same, which was not completed.
    pub(super) fn open(&self, key: &Name) -> Result<&ActionRecord, Refusal> {
        let record = self.adopted(key)?;
        match record.completed {
            None => Ok(record),
            Some(at) => {
                let expected = "an action that is not completed, or was reopened";
                let found = format!("`{key}`, which was completed on {}", at.on);
                Err(self.refuse(Reason::WrongState, expected, found))
            }
        }
    }

    /// That who acts answers for an action: it has a lead office.
    pub(super) fn leads(&self, action: &Action) -> Result<(), Refusal> {
        let party = self.deciding.party();
        if action.is_led_by(party) {
            return Ok(());
        }
        let leads = names(action.leads.iter().map(|lead| &lead.party));
        let expected = format!("a party with a lead office: {leads}");
        Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")))
    }

    /// That a session of the body that follows the roadmap agreed on an item, by then.
    fn body_decided(&self, item: &ItemRef) -> Result<(), Refusal> {
        let Some(body) = &self.plan.body else {
            let expected = "a party: no body follows the roadmap";
            return Err(self.refuse(Reason::NotEntitled, expected, item.to_string()));
        };
        let meeting = self
            .deciding
            .other::<Meeting>(StreamId::Meeting(item.meeting));
        let session = meeting.filter(|meeting| {
            let call = meeting.convocation.as_ref();
            call.is_some_and(|call| {
                call.framework == self.plan.framework && call.body.as_ref() == Some(body)
            })
        });
        let agreed = session.and_then(|session| session.items.get(&item.item));
        match agreed.filter(|record| matches!(record.item.mode, Mode::Agreed { .. })) {
            Some(record) => self.not_before(Some(record.agreed), "the body agreed on it"),
            None => {
                let expected = format!("an item that a session of `{body}` agreed on");
                Err(self.refuse(Reason::NotEntitled, expected, item.to_string()))
            }
        }
    }

    /// A roadmap begins once, with two parties or more of the framework, and the zone of its days
    /// (RM2).
    fn may_propose(&self) -> Result<(), Refusal> {
        let (plan, deciding) = (self.plan, &self.deciding);
        if self.roadmap.plan.is_some() {
            let found = "a roadmap of that id";
            return Err(deciding.refuse(Reason::Already, Rule::RC1, "a new id", found));
        }
        deciding.begins_under(self.framework, self.on)?;
        deciding.text("a title", &plan.title)?;
        let circle = Parties::of_framework(self.framework);
        deciding.are_among(&circle, &plan.parties)?;
        let each: BTreeSet<_> = plan.parties.iter().collect();
        if each.len() != plan.parties.len() || each.len() < 2 {
            let expected = "two parties or more, each once";
            return Err(self.refuse(Reason::Malformed, expected, names(&plan.parties)));
        }
        if plan.zone.parse::<chrono_tz::Tz>().is_err() {
            let expected = "a zone of the IANA database, such as Africa/Casablanca";
            return Err(self.refuse(Reason::Malformed, expected, format!("`{}`", plan.zone)));
        }
        match (&plan.body, plan.body_moves) {
            (Some(body), _) => {
                let framework = (plan.framework, self.framework);
                deciding.has_body(self.rule, framework, body, self.on)
            }
            (None, true) => {
                let expected = "the body that may move due dates";
                Err(self.refuse(Reason::Malformed, expected, "none"))
            }
            (None, false) => Ok(()),
        }
    }

    /// A version is adopted by all, each action in the words that it has now; none that was adopted
    /// and is open is left out (RM2, RM15).
    fn may_adopt(
        &self,
        version: u32,
        actions: &[ActionRef],
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let before = self.roadmap.baselines.last();
        self.not_before(self.roadmap.proposed, "the roadmap was proposed")?;
        self.not_before(before.map(|b| b.at), "the version before was adopted")?;
        let next = before.map_or(0, |b| b.version).saturating_add(1);
        if version != next {
            let found = format!("version {version}");
            return Err(self.refuse(Reason::Already, format!("version {next}"), found));
        }
        if actions.is_empty() {
            return Err(self.refuse(Reason::Malformed, "one action or more", "none"));
        }
        let mut keys = BTreeSet::new();
        for named in actions {
            let key = &named.action;
            if !keys.insert(key) {
                let found = format!("`{key}` twice");
                return Err(self.refuse(Reason::Malformed, "each action once", found));
            }
            let record = self.goes_on(key)?;
            if record.revision != named.revision {
                let expected = format!("revision {} of `{key}`", record.revision);
                let found = format!("revision {}", named.revision);
                return Err(self.refuse(Reason::WrongState, expected, found));
            }
            self.not_before(Some(record.revised), "its words were last changed")?;
            let moved = record.moves.last().map(|m| m.at);
            self.not_before(moved, "its due date was last moved")?;
        }
        let open = self.roadmap.actions.iter().filter(|(_, r)| r.is_open());
        let mut left = open.filter(|(key, r)| r.adopted.is_some() && !keys.contains(key));
        if let Some((key, _)) = left.next() {
            let expected = "each action that was adopted and is open, or to be cancelled first";
            let found = format!("none of `{key}`");
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        self.all_consent(consenting)
    }
}
