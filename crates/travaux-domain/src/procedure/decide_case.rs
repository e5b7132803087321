//! Which acts in a case the rules let through (PR1, PR5). Where the case stands is found for the
//! moment of the act: what silence led to counts, though nobody recorded it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Case, CaseDeed, Course, ProcedureStep, Role, Starts, StepTable, Until, Visit, VisitEnd,
    decide::Asked,
};
use crate::{Name, PartyId, Reason, Refusal, Rule, Version, partnership::Parties, words::names};

/// A case, and the step at which it stands.
struct At<'a> {
    case: &'a Case,
    table: &'a StepTable,
    step: &'a ProcedureStep,
    visit: Visit,
}

impl Asked<'_> {
    /// A case begins under the version in force, once, by who asks (PR5).
    pub(super) fn may_open(
        &self,
        key: &Name,
        version: &Version,
        requested: &PartyId,
        times: &BTreeMap<Name, NaiveDate>,
    ) -> Result<(), Refusal> {
        let (procedure, on) = (self.procedure, self.on());
        self.is_reference(key)?;
        if let Some(before) = procedure.cases.get(key) {
            let found = format!("`{key}`, which was opened on {}", before.opened.on);
            return Err(self.refuse(Reason::Already, "a new reference", found));
        }
        self.deciding.are_among(&self.parties, [requested])?;
        let requesting = self.deciding.party();
        if requested == requesting {
            let expected = "another party that is asked";
            return Err(self.refuse(Reason::Malformed, expected, format!("`{requested}`")));
        }
        let Some((current, adopted)) = procedure.in_force(on) else {
            let expected = format!("a version in force on {on}");
            let found = match (&procedure.superseded, procedure.adopted.values().next()) {
                (Some(superseded), _) if superseded.from <= on => {
                    format!("none: it was superseded from {} on", superseded.from)
                }
                (_, Some(first)) => format!("none: the first is from {} on", first.from),
                (_, None) => "drafts alone".to_owned(),
            };
            return Err(self.refuse(Reason::WrongState, expected, found));
        };
        if version != current {
            let expected = format!("the version in force on {on}, {current}");
            return Err(self.refuse(Reason::WrongState, expected, format!("`{version}`")));
        }
        for (event, day) in times {
            self.is_time(&adopted.table, event, *day)?;
        }
        let case = Case {
            version: version.clone(),
            requesting: requesting.clone(),
            requested: requested.clone(),
            opened: crate::partnership::Dated { on, event: 0 },
            opened_at: self.moment.at,
            times: BTreeMap::new(),
            acts: Vec::new(),
        };
        self.have_calendars(&case, &adopted.table)
    }

    /// A reference names no person: letters, digits and marks, with a digit among them (PR5).
    fn is_reference(&self, key: &Name) -> Result<(), Refusal> {
        self.deciding.key(key)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._/:".contains(c);
        if key.chars().all(plain) && key.chars().any(|c| c.is_ascii_digit()) {
            return Ok(());
        }
        let expected = "a reference that names no person: letters, digits and - . _ / :, with a \
                        digit among them";
        Err(self
            .deciding
            .refuse(Reason::Malformed, Rule::PR5, expected, format!("`{key}`")))
    }

    /// That each party by whose calendar a limit runs has declared one (PR8).
    fn have_calendars(&self, case: &Case, table: &StepTable) -> Result<(), Refusal> {
        let declared = &self.procedure.calendars;
        let wanted = case.calendars_of(table).into_iter();
        let missing: Vec<_> = wanted
            .filter(|party| !declared.contains_key(*party))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let expected = "the calendar of each party by whose calendar a limit runs";
        let found = format!("none of {}", names(&missing));
        let refusal = self
            .deciding
            .refuse(Reason::ConditionUnmet, Rule::PR8, expected, found);
        Err(refusal.missing(missing.iter().map(ToString::to_string)))
    }

    fn is_time(&self, table: &StepTable, event: &Name, day: NaiveDate) -> Result<(), Refusal> {
        let what = "something from which a limit of the version runs";
        self.deciding
            .is_one_of(Rule::PR1, what, event, table.events())?;
        if day <= self.on() {
            return Ok(());
        }
        let expected = format!("a day of {event} not after {}", self.on());
        Err(self
            .deciding
            .refuse(Reason::WrongDate, Rule::PR1, expected, day.to_string()))
    }

    /// A case on record, for one of its parties, at a moment behind what was last done in it.
    fn on_record(&self, key: &Name) -> Result<&Case, Refusal> {
        let Some(case) = self.procedure.cases.get(key) else {
            let expected = "a case on record";
            return Err(self.deciding.refuse(
                Reason::Unknown,
                Rule::PR5,
                expected,
                format!("`{key}`"),
            ));
        };
        let both = circle(case);
        self.deciding.are_among(&both, [self.deciding.party()])?;
        let last = case.last_moment();
        if self.moment.is_before_abroad(last) {
            let expected = format!("a day not before what was last done in {key} ({})", last.on);
            let found = self.on().to_string();
            return Err(self
                .deciding
                .refuse(Reason::TooEarly, Rule::RC3, expected, found));
        }
        Ok(case)
    }

    /// The step at which a case stands at the moment of the act.
    fn case(&self, key: &Name) -> Result<At<'_>, Refusal> {
        let case = self.on_record(key)?;
        let course = self.procedure.course(case, Until::Act(self.moment));
        let Some(visit) = course.standing() else {
            let expected = format!("a case that goes on on {}", self.on());
            let found = ended(key, &course);
            return Err(self
                .deciding
                .refuse(Reason::WrongState, Rule::PR5, expected, found));
        };
        let adopted = self.procedure.adopted.get(&visit.version);
        let step = adopted.and_then(|a| Some((&a.table, a.table.step(&visit.step)?)));
        let Some((table, step)) = step else {
            let expected = "a step of the version under which the case stands";
            let found = format!("`{}`", visit.step);
            return Err(self
                .deciding
                .refuse(Reason::Unknown, Rule::PR5, expected, found));
        };
        Ok(At {
            case,
            table,
            step,
            visit: visit.clone(),
        })
    }

    /// The same, for an act at this step.
    fn case_at(&self, key: &Name, step: &Name) -> Result<At<'_>, Refusal> {
        let case = self.on_record(key)?;
        self.was_silent(case, step)?;
        let at = self.case(key)?;
        if at.visit.step == *step {
            return Ok(at);
        }
        let expected = format!("the step at which {key} stands, {}", at.visit.step);
        Err(self.refuse(Reason::WrongState, expected, format!("`{step}`")))
    }

    /// What silence led on from is not done any more: that is said before what it led to (PR1).
    fn was_silent(&self, case: &Case, step: &Name) -> Result<(), Refusal> {
        let course = self.procedure.course(case, Until::Act(self.moment));
        let standing = course.standing().is_some_and(|visit| visit.step == *step);
        let last = course.visits.iter().rev().find(|visit| visit.step == *step);
        let silent = last.filter(|_| !standing).and_then(|visit| {
            let Some(VisitEnd::Silent { silence, .. }) = &visit.end else {
                return None;
            };
            Some((visit, silence))
        });
        let Some((visit, silence)) = silent else {
            return Ok(());
        };
        let expected = format!("an answer at {step} by {}", last_day(visit));
        let found = format!("one on {}, when silence had meant: {silence}", self.on());
        Err(self
            .deciding
            .refuse(Reason::TooLate, Rule::PR1, expected, found))
    }

    /// That who acts has the role whose the step is; a body's step is both parties'.
    fn has_role(&self, at: &At<'_>, consenting: &[PartyId]) -> Result<(), Refusal> {
        let party = self.deciding.party();
        match at.case.holder(at.step.actor) {
            None => self
                .deciding
                .all_consent(self.rule, &circle(at.case), consenting),
            Some(holder) if holder == party => match consenting {
                [] => Ok(()),
                some => self.deciding.are_among(&circle(at.case), some),
            },
            Some(holder) => {
                let (step, role) = (&at.step.key, at.step.actor);
                let expected = format!("`{holder}`, the {role} party, whose step {step} is");
                Err(self.refuse(Reason::NotEntitled, expected, format!("`{party}`")))
            }
        }
    }

    /// The day of something is told once, by one of the two parties (PR1).
    pub(super) fn may_tell(&self, key: &Name, event: &Name, day: NaiveDate) -> Result<(), Refusal> {
        let at = self.case(key)?;
        self.is_time(at.table, event, day)?;
        let mut told = at.case.acts.iter().filter_map(|act| match &act.what {
            CaseDeed::Told { event, day } => Some((event, day)),
            CaseDeed::Received { .. }
            | CaseDeed::Taken { .. }
            | CaseDeed::Extended { .. }
            | CaseDeed::Migrated { .. }
            | CaseDeed::Closed { .. } => None,
        });
        let before = at.case.times.get(event);
        let before = before.or_else(|| told.find(|(told, _)| *told == event).map(|(_, day)| day));
        before.map_or(Ok(()), |before| {
            let expected = format!("something whose day was not told in {key}");
            let found = format!("{event}, which was on {before}");
            Err(self.refuse(Reason::Already, expected, found))
        })
    }

    /// Who must act receives what the step is about, once (PR1).
    pub(super) fn may_receive(&self, key: &Name, step: &Name) -> Result<(), Refusal> {
        let at = self.case_at(key, step)?;
        if at.step.starts != Starts::Received {
            let expected = "a step whose limit runs from receipt";
            return Err(self.refuse(Reason::Forbidden, expected, format!("`{step}`")));
        }
        // Either party tells what came to both.
        if at.step.actor != Role::Body {
            self.has_role(&at, &[])?;
        }
        at.visit.received.map_or(Ok(()), |received| {
            let expected = format!("a step of {key} that was not received yet");
            let found = format!("`{step}`, received on {}", received.on);
            Err(self.refuse(Reason::Already, expected, found))
        })
    }

    /// The step at which the case stands is done by whose it is, with one of its outcomes (PR1).
    pub(super) fn may_take(
        &self,
        key: &Name,
        step: &Name,
        outcome: &Name,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let at = self.case_at(key, step)?;
        let known = at.step.outcomes.iter().map(|outcome| &outcome.key);
        let what = format!("an outcome of step {step}");
        self.deciding.is_one_of(self.rule, &what, outcome, known)?;
        self.has_role(&at, consenting)
    }

    /// A limit that may be is put off once, on a ground, before it has passed (PR1).
    pub(super) fn may_extend(&self, key: &Name, step: &Name, ground: &Name) -> Result<(), Refusal> {
        let at = self.case_at(key, step)?;
        self.deciding.key(ground)?;
        if at.step.actor != Role::Body {
            self.has_role(&at, &[])?;
        }
        if at.step.limit.within().is_none_or(|w| w.at_most.is_none()) {
            let expected = "a limit that may be put off (`at most` in the table)";
            let found = format!("`{}`", at.step.limit);
            return Err(self.refuse(Reason::Forbidden, expected, found));
        }
        if let Some(before) = &at.visit.extended {
            let found = format!("one that was put off ({before})");
            return Err(self.refuse(Reason::Already, "a limit that was not put off", found));
        }
        match &at.visit.due {
            Some(_) if !at.visit.passed => Ok(()),
            None => {
                let expected = format!("a limit of {step} that runs");
                Err(self.refuse(Reason::WrongState, expected, "none"))
            }
            Some(_) => {
                let day = last_day(&at.visit);
                let expected = format!("an act by {day}, before the limit passed");
                Err(self.refuse(Reason::TooLate, expected, self.on().to_string()))
            }
        }
    }

    /// Both parties move a case to the version in force, if that is a later one (PR5).
    pub(super) fn may_migrate(
        &self,
        key: &Name,
        to: &Version,
        step: &Name,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let at = self.case(key)?;
        let (on, current) = (self.on(), at.case.current_version());
        let Some((latest, adopted)) = self.procedure.in_force(on).filter(|(v, _)| *v == to) else {
            let expected = match self.procedure.in_force(on) {
                Some((latest, _)) => format!("the version in force on {on}, {latest}"),
                None => format!("a version in force on {on}, of which there is none"),
            };
            return Err(self.refuse(Reason::WrongState, expected, format!("`{to}`")));
        };
        if latest <= current {
            let expected = format!("a version behind {current}, under which the case stands");
            return Err(self.refuse(Reason::Already, expected, format!("`{to}`")));
        }
        let known = adopted.table.steps.iter().map(|step| &step.key);
        let what = format!("a step of {to}");
        self.deciding.is_one_of(self.rule, &what, step, known)?;
        self.have_calendars(at.case, &adopted.table)?;
        self.deciding
            .all_consent(self.rule, &circle(at.case), consenting)
    }

    /// Who opened a case closes it; the other does so by consent of both (PR5).
    pub(super) fn may_close(
        &self,
        key: &Name,
        ground: &Name,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let at = self.case(key)?;
        self.deciding.key(ground)?;
        if at.case.requesting == *self.deciding.party() && consenting.is_empty() {
            return Ok(());
        }
        self.deciding
            .all_consent(self.rule, &circle(at.case), consenting)
    }
}

/// The two parties to a case.
fn circle(case: &Case) -> Parties<'_> {
    Parties {
        to: "the case",
        all: case.parties().to_vec(),
    }
}

/// The last day of a limit, where who must act is.
fn last_day(visit: &Visit) -> NaiveDate {
    let due = visit.due.as_ref();
    due.map_or(visit.reached.on, |due| {
        due.last_day.unwrap_or(due.until.date_naive())
    })
}

/// How a case ended, in words.
fn ended(key: &Name, course: &Course) -> String {
    let last = course.visits.last();
    let step = last.map_or("its beginning", |visit| visit.step.as_str());
    match last.and_then(|visit| visit.end.as_ref()) {
        Some(VisitEnd::Taken { outcome, at, .. }) => {
            format!("`{key}`, which ended on {} with {step}, {outcome}", at.on)
        }
        Some(VisitEnd::Silent { silence, .. }) => {
            let on = last.map(last_day).unwrap_or_default();
            format!("`{key}`, which ended on {on} as nobody acted at {step}: {silence}")
        }
        Some(VisitEnd::Closed { ground, at }) => {
            format!("`{key}`, which was closed on {} ({ground})", at.on)
        }
        Some(VisitEnd::Moved(_)) | None => format!("`{key}`, which stands at no step"),
    }
}
