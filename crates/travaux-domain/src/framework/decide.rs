//! Which acts on a framework the rules let through: who acts, when, and those of before.

use chrono::NaiveDate;

use super::{Area, Body, Foundation, Framework, FrameworkCommand, FrameworkEvent, Roadmap};
use crate::{
    AgreementId, Context, Decided, Name, Others, PartyId, Reason, Refusal, Rule, StreamId,
    agreement::Agreement,
    partnership::{Deciding, Parties},
    provenance::are_parties,
    words::names,
};

/// The framework as it stands, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) framework: &'a Framework,
    pub(super) deciding: Deciding<'a>,
    /// When it is done.
    pub(super) on: NaiveDate,
    /// From when it applies.
    pub(super) from: NaiveDate,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
}

impl Framework {
    /// Decides `command` on this state. That agreements which it names are on record, its streams
    /// say: see [`crate::Aggregate::decide`].
    ///
    /// # Errors
    /// A [`Refusal`] that cites the rule which stands against it.
    pub fn decide(
        &self,
        command: FrameworkCommand,
        context: &Context,
    ) -> Result<Decided<FrameworkEvent>, Refusal> {
        let none = Others::default();
        let deciding = Deciding::new(command.act(), context, &none);
        let rule = command.rule();
        let on = command.on();
        let today = context.day();
        let asked = Asked {
            framework: self,
            deciding,
            on: on.unwrap_or(today),
            from: command.effect().or(on).unwrap_or(today),
            rule,
        };
        match &command {
            FrameworkEvent::FrameworkFounded(foundation) => self.may_found(foundation, context)?,
            FrameworkEvent::AgreementJoined { agreement, area } => {
                asked.deciding.has_come(asked.on)?;
                let opened = self.areas.get(area).and_then(|area| area.opened);
                if let Some(opened) = opened.filter(|_| context.done_on.is_some()) {
                    let what = "the area was opened";
                    asked.deciding.not_before(asked.on, opened.from, what)?;
                }
                self.standing(context)?.has_area(area, command.act())?;
                asked.takes_more()?;
                self.may_join(*agreement, command.act())?;
            }
            FrameworkEvent::BodyEstablished(body) => {
                self.standing(context)?
                    .has_area(&body.area, command.act())?;
                asked.takes_more()?;
                self.may_establish(body, command.act())?;
                asked.all_agree(body.consenting.as_deref())?;
            }
            FrameworkEvent::RoadmapAdopted(roadmap) => {
                self.standing(context)?.may_adopt(roadmap, command.act())?;
                asked.takes_more()?;
                asked.all_agree(roadmap.consenting.as_deref())?;
            }
            // That the item is there, its meeting decides in the same commit.
            FrameworkEvent::AreaFollowsItem { area, .. } => {
                self.standing(context)?.has_area(area, command.act())?;
            }
            FrameworkEvent::AreaOpened(opening) => match &opening.consenting {
                None => {
                    self.standing(context)?;
                    asked.is_new_area(&opening.key)?;
                }
                Some(consenting) => asked.may_open(opening, consenting)?,
            },
            FrameworkEvent::FrameworkProposed { .. }
            | FrameworkEvent::FrameworkRevised { .. }
            | FrameworkEvent::FrameworkAccepted { .. }
            | FrameworkEvent::FrameworkAdopted { .. }
            | FrameworkEvent::FrameworkSuspended { .. }
            | FrameworkEvent::FrameworkResumed { .. }
            | FrameworkEvent::FrameworkEnded { .. }
            | FrameworkEvent::AreaProposed { .. }
            | FrameworkEvent::AreaExpanded { .. }
            | FrameworkEvent::AreaClosed { .. }
            | FrameworkEvent::AgreementIncluded { .. }
            | FrameworkEvent::AgreementReleased { .. }
            | FrameworkEvent::OrganNamed { .. }
            | FrameworkEvent::OrganReplaced { .. } => asked.check(&command)?,
        }
        Ok(Decided::on(rule, command))
    }

    /// That an agreement which a command names is on record, and of the nature that is said of it
    /// (FW4, FW14).
    pub(super) fn agreement_is_there(
        &self,
        command: &FrameworkCommand,
        context: &Context,
        others: &Others,
    ) -> Result<(), Refusal> {
        let Some(id) = self.named(command) else {
            return Ok(());
        };
        let deciding = Deciding::new(command.act(), context, others);
        let agreement = deciding.other::<Agreement>(StreamId::Agreement(id));
        let Some(identity) = agreement.and_then(|a| a.identity.as_ref()) else {
            let rule = match command.rule() == Rule::FW2 {
                true => Rule::FW14,
                false => command.rule(),
            };
            let (expected, found) = ("an agreement on record", format!("no agreement {id}"));
            return Err(deciding.refuse(Reason::Unknown, rule, expected, found));
        };
        match self.nature_after(command) {
            None => Ok(()),
            Some(nature) if identity.profile.name.starts_with(&nature.to_string()) => Ok(()),
            Some(nature) => {
                let expected = format!("an agreement of the nature {nature}");
                let found = format!("one under the profile `{}`", identity.profile.name);
                Err(deciding.refuse(Reason::Malformed, Rule::FW14, expected, found))
            }
        }
    }

    fn may_found(&self, foundation: &Foundation, context: &Context) -> Result<(), Refusal> {
        let act = "found a framework";
        let refuse = |reason, rule, expected: &str, found: String| {
            Refusal::new(reason, rule, act, expected, found)
        };
        if self.version > 0 {
            let found = "a framework of that id".to_owned();
            return Err(refuse(Reason::Already, Rule::RC1, "a new id", found));
        }
        let malformed = |(expected, found): (&str, String)| {
            refuse(Reason::Malformed, Rule::FW2, expected, found)
        };
        if foundation.title.trim().is_empty() {
            return Err(malformed(("a title", "none".to_owned())));
        }
        are_parties(&foundation.parties).map_err(malformed)?;
        foundation.has_party(&context.actor.party, act)?;
        if has_repetition(foundation.areas.iter().map(|a| a.key.as_str())) {
            let (expected, found) = ("areas of different keys", "a key twice".to_owned());
            return Err(refuse(Reason::Malformed, Rule::FW3, expected, found));
        }
        Ok(())
    }

    /// The foundation, for an actor who is one of its parties.
    fn standing(&self, context: &Context) -> Result<&Foundation, Refusal> {
        let act = "act under a framework";
        let refuse = |reason, rule, expected, found: String| {
            Err(Refusal::new(reason, rule, act, expected, found))
        };
        match (&self.foundation, self.latest()) {
            (Some(foundation), _) => {
                foundation.has_party(&context.actor.party, act)?;
                Ok(foundation)
            }
            (None, Some((number, _))) => {
                let expected = "a framework that was adopted";
                let waits = names(self.waits_for());
                let found = format!("revision {number}, not yet accepted by {waits}");
                refuse(Reason::WrongState, Rule::FW13, expected, found)
            }
            (None, None) => {
                let found = "no framework of that id".to_owned();
                refuse(Reason::Unknown, Rule::RC1, "a framework", found)
            }
        }
    }

    fn may_join(&self, agreement: AgreementId, act: &str) -> Result<(), Refusal> {
        if self.agreements.iter().any(|(a, _)| *a == agreement) {
            let expected = "an agreement that is not under it";
            let found = "one that is";
            return Err(Refusal::new(
                Reason::Already,
                Rule::FW4,
                act,
                expected,
                found,
            ));
        }
        Ok(())
    }

    fn may_establish(&self, body: &Body, act: &str) -> Result<(), Refusal> {
        if self.bodies.iter().any(|b| b.key == body.key) {
            let (expected, found) = ("a new key", body.key.as_str());
            return Err(Refusal::new(
                Reason::Already,
                Rule::FW5,
                act,
                expected,
                found,
            ));
        }
        Ok(())
    }
}

impl Foundation {
    /// That who acts is one of its parties.
    fn has_party(&self, party: &PartyId, act: &str) -> Result<(), Refusal> {
        if self.parties.iter().any(|p| p.id == *party) {
            return Ok(());
        }
        let expected = names(self.parties.iter().map(|p| &p.id));
        let found = format!("`{party}`");
        Err(Refusal::new(
            Reason::NotAParty,
            Rule::P0,
            act,
            expected,
            found,
        ))
    }

    /// That what `act` brings under the framework stands in one of its areas (FW1).
    fn has_area(&self, key: &str, act: &str) -> Result<(), Refusal> {
        if self.areas.iter().any(|a| a.key == key) {
            return Ok(());
        }
        let keys = names(self.areas.iter().map(|a| &a.key));
        let expected = format!("an area of the framework ({keys})");
        Err(Refusal::new(Reason::Unknown, Rule::FW1, act, expected, key))
    }

    fn may_adopt(&self, roadmap: &Roadmap, act: &str) -> Result<(), Refusal> {
        if roadmap.steps.is_empty() {
            let (expected, found) = ("one step or more", "none");
            return Err(Refusal::new(
                Reason::Malformed,
                Rule::FW6,
                act,
                expected,
                found,
            ));
        }
        let mut areas = roadmap.steps.iter().map(|step| &step.area);
        areas.try_for_each(|area| self.has_area(area, act))
    }
}

impl Asked<'_> {
    pub(super) fn refuse(
        &self,
        reason: Reason,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Refusal {
        self.deciding.refuse(reason, self.rule, expected, found)
    }

    /// Acts of the lifecycle: each on its day.
    fn check(&self, event: &FrameworkEvent) -> Result<(), Refusal> {
        self.deciding.has_come(self.on)?;
        match event {
            FrameworkEvent::FrameworkProposed { terms, .. } => self.may_propose(terms),
            FrameworkEvent::FrameworkRevised { base, changes, .. } => {
                self.may_revise(*base, changes)
            }
            FrameworkEvent::FrameworkAccepted { revision, .. } => self.may_accept(*revision),
            FrameworkEvent::FrameworkAdopted {
                revision,
                consenting,
                ..
            } => self.may_adopt(*revision, consenting),
            FrameworkEvent::FrameworkSuspended {
                reason, consenting, ..
            } => self.may_suspend(reason, consenting),
            FrameworkEvent::FrameworkResumed { consenting, .. } => self.may_resume(consenting),
            FrameworkEvent::FrameworkEnded {
                reason, consenting, ..
            } => self.may_end(reason, consenting),
            FrameworkEvent::AreaProposed { area, .. } => self.may_propose_area(area),
            FrameworkEvent::AreaExpanded {
                area,
                scope,
                consenting,
                ..
            } => self.may_expand(area, scope, consenting),
            FrameworkEvent::AreaClosed {
                area,
                reason,
                consenting,
                ..
            } => self.may_close(area, reason, consenting),
            FrameworkEvent::AgreementIncluded {
                agreement, area, ..
            } => self.may_include(*agreement, area),
            FrameworkEvent::AgreementReleased {
                agreement,
                reason,
                consenting,
                ..
            } => self.may_release(*agreement, reason, consenting.as_deref()),
            FrameworkEvent::OrganNamed { organ, .. } => self.may_name(organ),
            FrameworkEvent::OrganReplaced { organ, .. } => self.may_replace(organ),
            FrameworkEvent::FrameworkFounded(_)
            | FrameworkEvent::AreaOpened(_)
            | FrameworkEvent::AgreementJoined { .. }
            | FrameworkEvent::BodyEstablished(_)
            | FrameworkEvent::RoadmapAdopted(_)
            | FrameworkEvent::AreaFollowsItem { .. } => Ok(()),
        }
    }

    /// The framework, which was adopted and goes on from the day of the act and of its effect on,
    /// for one of its parties.
    pub(super) fn in_being(&self) -> Result<&Foundation, Refusal> {
        let foundation = self.framework.standing(self.deciding.context())?;
        if let Some((_, first)) = self.framework.adoptions().next() {
            let (what, at) = ("the framework was adopted", first.at);
            self.deciding.not_before(self.from, at.from, what)?;
            self.deciding
                .not_before(self.on, at.done.on.min(at.from), what)?;
        }
        self.goes_on()?;
        Ok(foundation)
    }

    /// Nothing is done after the end; what was done before it may go on record behind it (FW12).
    pub(super) fn goes_on(&self) -> Result<(), Refusal> {
        self.deciding
            .goes_on(self.framework, self.on.max(self.from))
    }

    /// Nothing comes under a framework that is suspended (FW12).
    pub(super) fn is_not_suspended(&self) -> Result<(), Refusal> {
        self.deciding.comes_under(self.framework, self.from)
    }

    /// That the framework takes something more in.
    fn takes_more(&self) -> Result<(), Refusal> {
        self.goes_on()?;
        self.is_not_suspended()
    }

    /// That all parties to the framework consent.
    pub(super) fn all_consent(&self, consenting: &[PartyId]) -> Result<(), Refusal> {
        let parties = Parties::of_framework(self.framework);
        self.deciding.all_consent(self.rule, &parties, consenting)
    }

    /// The same, where records of before say who recorded it alone.
    pub(super) fn all_agree(&self, consenting: Option<&[PartyId]>) -> Result<(), Refusal> {
        consenting.map_or(Ok(()), |consenting| self.all_consent(consenting))
    }

    /// That an area is open on the day from which the act applies.
    pub(super) fn open_area(&self, key: &Name) -> Result<&super::AreaRecord, Refusal> {
        let areas = &self.framework.areas;
        let open = areas.get(key).filter(|area| area.is_open(self.from));
        let Some(area) = open else {
            let keys = areas.iter().filter(|(_, area)| area.is_open(self.from));
            let keys = names(keys.map(|(key, _)| key));
            let expected = format!("an area of the framework that is open ({keys})");
            let found = match areas.get(key) {
                Some(record) => match (&record.opened, &record.closed) {
                    (Some(opened), _) if opened.from > self.from => {
                        format!("`{key}`, open from {} on", opened.from)
                    }
                    (_, Some((_, closed))) => format!("`{key}`, closed from {} on", closed.from),
                    _ => format!("`{key}`, which was only proposed"),
                },
                None => format!("`{key}`"),
            };
            return Err(self
                .deciding
                .refuse(Reason::Unknown, Rule::FW1, expected, found));
        };
        Ok(area)
    }

    /// That a key names no area yet (FW3).
    pub(super) fn is_new_area(&self, key: &Name) -> Result<(), Refusal> {
        if self.framework.areas.contains_key(key) {
            let found = match self
                .framework
                .areas
                .get(key)
                .and_then(|a| a.closed.as_ref())
            {
                Some((_, closed)) => format!("`{key}`, which was closed on {}", closed.from),
                None => key.to_string(),
            };
            let reason = Reason::Already;
            return Err(self.deciding.refuse(reason, Rule::FW3, "a new key", found));
        }
        Ok(())
    }
}

pub(super) fn has_repetition<T: Ord>(keys: impl Iterator<Item = T>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    !keys.into_iter().all(|key| seen.insert(key))
}

/// The areas as other kinds name them.
impl Framework {
    /// An area that is open, by key.
    pub fn area(&self, key: &Name) -> Option<&Area> {
        let areas = self.foundation.iter().flat_map(|f| &f.areas);
        areas.into_iter().find(|area| area.key == *key)
    }
}
