//! Which acts on a procedure the rules let through: its versions and calendars (PR2 to PR4, PR7,
//! PR8).

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use super::{
    Case, Procedure, ProcedureChange, ProcedureEvent, ProcedureId, StepTable, TimeLimit, Whose,
};
use crate::{
    Context, Decided, FrameworkId, Name, Others, PartyId, Reason, Refusal, Rule, StreamId, Version,
    framework::Framework,
    limit::{Calendar, Moment},
    partnership::{Deciding, Deed as _, Parties, Words},
    words::names,
};

/// The most holidays that a calendar has.
const MAX_HOLIDAYS: usize = 1_000;

/// The procedure as it stands, its framework, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) procedure: &'a Procedure,
    pub(super) framework: &'a Framework,
    id: FrameworkId,
    pub(super) parties: Parties<'a>,
    pub(super) deciding: Deciding<'a>,
    pub(super) context: &'a Context,
    /// When it is done.
    pub(super) moment: Moment,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
}

impl Procedure {
    pub(super) fn check(
        &self,
        event: ProcedureEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<ProcedureEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let begins = if let ProcedureEvent::ProcedureProposed {
            framework, parties, ..
        } = &event
        {
            Some((*framework, parties))
        } else {
            None
        };
        let own = begins.map_or(&self.parties, |(_, parties)| parties);
        let framework = begins.map(|(framework, _)| framework).or(self.framework);
        let framework = deciding.begun("a procedure", framework)?;
        let parties = Parties {
            to: "the procedure",
            all: own.iter().collect(),
        };
        let asked = Asked {
            procedure: self,
            framework: deciding.framework(framework)?,
            id: framework,
            parties,
            deciding,
            context,
            moment: event.moment(),
            rule: event.rule(),
        };
        asked.check(&event)?;
        Ok(Decided::on(event.rule(), event))
    }
}

impl Asked<'_> {
    fn check(&self, event: &ProcedureEvent) -> Result<(), Refusal> {
        self.deciding
            .are_among(&self.parties, [self.deciding.party()])?;
        self.is_one_moment()?;
        match event {
            ProcedureEvent::ProcedureProposed {
                area,
                version,
                table,
                ..
            } => self.may_propose(area.as_ref(), version, table),
            ProcedureEvent::ProcedureRevised {
                version,
                base,
                table,
                ..
            } => self.may_revise(version, base, table),
            ProcedureEvent::ProcedureAdopted {
                version,
                draft,
                from,
                consenting,
                ..
            } => self.may_adopt(version, draft, *from, consenting),
            ProcedureEvent::ProcedureSuperseded {
                from,
                by,
                reason,
                consenting,
                ..
            } => self.may_supersede(*from, *by, reason.as_deref(), consenting),
            ProcedureEvent::PartyCalendarDeclared { calendar, .. } => self.may_declare(calendar),
            ProcedureEvent::CaseOpened {
                case,
                version,
                requested,
                times,
                ..
            } => self.may_open(case, version, requested, times),
            ProcedureEvent::CaseTimeTold {
                case, event, day, ..
            } => self.may_tell(case, event, *day),
            ProcedureEvent::CaseReceived { case, step, .. } => self.may_receive(case, step),
            ProcedureEvent::CaseStepTaken {
                case,
                step,
                outcome,
                consenting,
                ..
            } => self.may_take(case, step, outcome, consenting),
            ProcedureEvent::CaseLimitExtended {
                case, step, ground, ..
            } => self.may_extend(case, step, ground),
            ProcedureEvent::CaseMigrated {
                case,
                to,
                step,
                consenting,
                ..
            } => self.may_migrate(case, to, step, consenting),
            ProcedureEvent::CaseClosed {
                case,
                ground,
                consenting,
                ..
            } => self.may_close(case, ground, consenting),
            ProcedureEvent::ProcedureFollowsItem { .. } => self.may_follow(),
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

    pub(super) fn on(&self) -> NaiveDate {
        self.moment.on
    }

    /// That an instant has come, and falls on the day of the act where it was done.
    fn is_one_moment(&self) -> Result<(), Refusal> {
        let Some(at) = self.moment.at else {
            return Ok(());
        };
        let on = self.on();
        if at.date_naive() != on {
            let expected = format!("an instant of {on}, by the clock of who acts");
            let reason = Reason::WrongDate;
            return Err(self
                .deciding
                .refuse(reason, Rule::RC3, expected, at.to_rfc3339()));
        }
        let now = self.context.now;
        if at.to_utc() > now {
            let expected = format!(
                "an instant that has come, {} at the latest",
                now.to_rfc3339()
            );
            let reason = Reason::WrongDate;
            return Err(self
                .deciding
                .refuse(reason, Rule::RC3, expected, at.to_rfc3339()));
        }
        Ok(())
    }

    /// What a procedure follows up is looked up by the meeting, at the other end of the link (MT9).
    fn may_follow(&self) -> Result<(), Refusal> {
        self.procedure.proposed.map_or(Ok(()), |proposed| {
            self.deciding
                .not_before(self.on(), proposed.on, "it was proposed")
        })
    }

    /// A procedure begins once, with a first draft (PR2).
    fn may_propose(
        &self,
        area: Option<&Name>,
        version: &Version,
        table: &StepTable,
    ) -> Result<(), Refusal> {
        if self.procedure.proposed.is_some() {
            let found = "a procedure of that id";
            return Err(self
                .deciding
                .refuse(Reason::Already, Rule::RC1, "a new id", found));
        }
        self.deciding.begins_under(self.framework, self.moment.on)?;
        let circle = Parties::of_framework(self.framework);
        let own = &self.parties.all;
        self.deciding.are_among(&circle, own.iter().copied())?;
        let each: BTreeSet<_> = own.iter().collect();
        if each.len() != own.len() || own.len() < 2 {
            let expected = "two parties or more, each once";
            return Err(self.refuse(Reason::Malformed, expected, names(own)));
        }
        area.map_or(Ok(()), |area| {
            self.deciding.has_area(self.framework, area, self.moment.on)
        })?;
        self.is_draft(version)?;
        self.is_table(table)
    }

    fn is_draft(&self, version: &Version) -> Result<(), Refusal> {
        if version.is_draft() {
            return Ok(());
        }
        let expected = "a version with an extension, such as 1.1.0-draft";
        Err(self.refuse(Reason::Malformed, expected, format!("`{version}`")))
    }

    fn is_current(&self) -> Result<(), Refusal> {
        let Some(superseded) = &self.procedure.superseded else {
            return Ok(());
        };
        let expected = "a procedure that was not superseded; propose another one";
        let found = format!("one that was, from {} on", superseded.from);
        Err(self
            .deciding
            .refuse(Reason::WrongState, Rule::PR2, expected, found))
    }

    /// A draft has a label of its own, and changes the latest there is (PR2).
    fn may_revise(
        &self,
        version: &Version,
        base: &Version,
        table: &StepTable,
    ) -> Result<(), Refusal> {
        let procedure = self.procedure;
        self.is_current()?;
        self.is_draft(version)?;
        let last = procedure.adopted.keys().next_back();
        if let Some(last) = last.filter(|last| version.stable() <= **last) {
            let expected = format!("a draft of a version behind {last}, which was adopted");
            return Err(self.refuse(Reason::Already, expected, format!("`{version}`")));
        }
        let of = version.stable();
        let latest = procedure.latest_draft(Some(&of)).or(last);
        let latest = latest.or_else(|| procedure.latest_draft(None));
        if let Some(latest) = latest.filter(|latest| *latest != base) {
            let expected = format!("a change of the latest, {latest}: change that");
            let known = procedure.drafts.contains_key(base) || procedure.adopted.contains_key(base);
            let (reason, found) = if known {
                (Reason::WrongState, format!("one of `{base}`"))
            } else {
                (
                    Reason::Unknown,
                    format!("one of `{base}`, which is not on record"),
                )
            };
            return Err(self.refuse(reason, expected, found));
        }
        if version <= base {
            let expected = format!("a label behind {base}, such as {of}-draft.2");
            return Err(self.refuse(Reason::Already, expected, format!("`{version}`")));
        }
        let draft = procedure
            .drafts
            .get(base)
            .map(|draft| (&draft.table, draft.at));
        let adopted = procedure.adopted.get(base).map(|a| (&a.table, a.at));
        if let Some((before, at)) = draft.or(adopted) {
            let what = format!("{base} was put on record");
            self.deciding.not_before(self.on(), at.on, &what)?;
            if before == table && base.stable() == of {
                let expected = format!("another table than that of {base}");
                return Err(self.refuse(Reason::Already, expected, "the same"));
            }
        }
        self.is_table(table)?;
        self.may_step(version, table)
    }

    /// The latest draft of a version is adopted once, by all, for days to come (PR2).
    fn may_adopt(
        &self,
        version: &Version,
        draft: &Version,
        from: NaiveDate,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        let procedure = self.procedure;
        self.is_current()?;
        if version.is_draft() {
            let expected = format!("a stable version such as {}", version.stable());
            let found = format!("`{version}`, a draft");
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        if let Some(before) = procedure.adopted.get(version) {
            let expected = "a new version: what was adopted never changes";
            let found = format!("`{version}`, which was adopted on {}", before.at.on);
            return Err(self.refuse(Reason::Already, expected, found));
        }
        let Some(drafted) = procedure.drafts.get(draft) else {
            let expected = match procedure.latest_draft(Some(version)) {
                Some(latest) => format!("the latest draft of {version}, {latest}"),
                None => format!("a draft of {version}, of which there is none"),
            };
            return Err(self.refuse(Reason::Unknown, expected, format!("`{draft}`")));
        };
        if draft.stable() != *version {
            let expected = format!("a draft of {version}");
            return Err(self.refuse(Reason::Malformed, expected, format!("`{draft}`")));
        }
        if let Some(latest) = procedure.latest_draft(Some(version))
            && latest != draft
        {
            let expected = format!("the latest draft of {version}, {latest}");
            return Err(self.refuse(Reason::WrongState, expected, format!("`{draft}`")));
        }
        self.deciding
            .not_before(self.on(), drafted.at.on, "it was drafted")?;
        if let Some((last, before)) = procedure.adopted.last_key_value() {
            if version <= last {
                let expected = format!("a version behind {last}, which was adopted");
                return Err(self.refuse(Reason::Forbidden, expected, format!("`{version}`")));
            }
            let what = format!("{last} was adopted");
            self.deciding.not_before(self.on(), before.at.on, &what)?;
            if from < before.from {
                let expected = format!("a day from {} on, from which {last} counts", before.from);
                return Err(self.refuse(Reason::TooEarly, expected, from.to_string()));
            }
        }
        if from < self.on() {
            let expected = format!("a day from {} on: limits are rights", self.on());
            return Err(self.refuse(Reason::TooEarly, expected, from.to_string()));
        }
        self.may_step(version, &drafted.table)?;
        self.deciding
            .all_consent(self.rule, &self.parties, consenting)
    }

    /// A version is later than the one before it by the step that its changes need, or more (PR3).
    fn may_step(&self, version: &Version, table: &StepTable) -> Result<(), Refusal> {
        let Some((before, was)) = self.procedure.adopted.last_key_value() else {
            return Ok(());
        };
        let changes = was.table.changes(table);
        let Some(needed) = changes.iter().map(|change| change.step).max() else {
            let expected = format!("another table than that of {before}");
            return Err(self
                .deciding
                .refuse(Reason::Malformed, Rule::PR3, expected, "the same"));
        };
        let step = version.stable().step_from(before);
        if step.is_some_and(|step| step >= needed) {
            return Ok(());
        }
        let next = before.after(needed).unwrap_or_else(|| before.clone());
        let why: Vec<&ProcedureChange> = changes.iter().filter(|c| c.step == needed).collect();
        let expected = format!("{next}, or a later one ({needed}: {})", names(why));
        let found = match step {
            Some(step) => format!("{version}, a {step} step from {before}"),
            None => format!("{version}, which is no step from {before}"),
        };
        Err(self
            .deciding
            .refuse(Reason::Forbidden, Rule::PR3, expected, found))
    }

    /// No case begins any more from a day on, by consent of all (PR2).
    fn may_supersede(
        &self,
        from: NaiveDate,
        by: Option<ProcedureId>,
        reason: Option<&str>,
        consenting: &[PartyId],
    ) -> Result<(), Refusal> {
        self.is_current()?;
        let Some((last, adopted)) = self.procedure.adopted.last_key_value() else {
            let expected = "a procedure of which a version was adopted";
            return Err(self.refuse(Reason::WrongState, expected, "drafts alone"));
        };
        let what = format!("{last} was adopted");
        self.deciding.not_before(self.on(), adopted.at.on, &what)?;
        if from < self.on() {
            let expected = format!("a day from {} on", self.on());
            return Err(self.refuse(Reason::TooEarly, expected, from.to_string()));
        }
        reason.map_or(Ok(()), |reason| self.deciding.text("a reason", reason))?;
        if let Some(by) = by {
            let other = self.deciding.other::<Procedure>(StreamId::Procedure(by));
            if other.is_none_or(|other| other.framework != Some(self.id)) {
                let expected = "a procedure under the same framework";
                return Err(self.refuse(Reason::Unknown, expected, by.to_string()));
            }
        }
        self.deciding
            .all_consent(self.rule, &self.parties, consenting)
    }

    /// A party declares its own calendar, of a zone that there is, with a day that is worked on; it
    /// counts for limits that begin to run from then on, and moves none that was relied on (PR8).
    fn may_declare(&self, calendar: &Calendar) -> Result<(), Refusal> {
        if calendar.tz().is_none() {
            let expected = "a zone of the IANA database, such as Africa/Casablanca";
            let found = format!("`{}`", calendar.zone);
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        let rest: BTreeSet<_> = calendar
            .rest
            .iter()
            .map(|day| day.num_days_from_monday())
            .collect();
        if rest.len() > 6 {
            let expected = "a day of the week that is worked on";
            return Err(self.refuse(Reason::Malformed, expected, "none"));
        }
        if calendar.holidays.len() > MAX_HOLIDAYS {
            let expected = format!("{MAX_HOLIDAYS} holidays at most");
            let found = calendar.holidays.len().to_string();
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        if let Some((year, _)) = calendar
            .holidays
            .iter()
            .map(|day| (day.year(), day))
            .find(|(year, _)| !(1..=9_998).contains(year))
        {
            let expected = "holidays of the years 1 to 9998";
            return Err(self.refuse(Reason::Malformed, expected, year.to_string()));
        }
        let declared = self.procedure.calendars.get(self.deciding.party());
        if let Some((before, at)) = declared.and_then(|declared| declared.last()) {
            self.deciding
                .not_before(self.on(), at.on, "it declared the one before")?;
            if before == calendar {
                let expected = "another calendar than the one on record";
                return Err(self.refuse(Reason::Already, expected, "the same"));
            }
        }
        let acts = self.procedure.cases.values().map(Case::last_moment);
        acts.map(|moment| moment.on).max().map_or(Ok(()), |last| {
            self.deciding
                .not_before(self.on(), last, "the last act in a case")
        })
    }

    /// A table has words, keys, steps that hang together, a body of the framework, lists that there
    /// are, and calendars of its parties alone (PR4, PR7, PR8).
    fn is_table(&self, table: &StepTable) -> Result<(), Refusal> {
        self.have_words(table)?;
        if let Some(fault) = table.faults().into_iter().next() {
            let reason = Reason::Malformed;
            return Err(self
                .deciding
                .refuse(reason, fault.rule, fault.expected, fault.found));
        }
        if let Some(body) = &table.body {
            let framework = (self.id, self.framework);
            self.deciding
                .has_body(Rule::PR4, framework, body, self.on())?;
        }
        for (key, annex) in &table.annexes {
            self.deciding.key(key)?;
            let list = format!("list {key}");
            self.deciding
                .stands_in_text(Rule::PR7, &list, annex, None)?;
        }
        let limits = table.steps.iter().filter_map(|step| match &step.limit {
            TimeLimit::None => None,
            TimeLimit::Within(within) => within.calendar.as_ref(),
        });
        let named = limits.filter_map(|whose| match whose {
            Whose::Party(party) => Some(party),
            Whose::Role(_) => None,
        });
        self.deciding.are_among(&self.parties, named)
    }

    fn have_words(&self, table: &StepTable) -> Result<(), Refusal> {
        let deciding = &self.deciding;
        deciding.words("a title", &table.title)?;
        let has = |what: &str, key: &Name, words: &Words| {
            deciding.key(key)?;
            deciding.words(&format!("words of {what} {key}"), words)
        };
        for step in &table.steps {
            has("step", &step.key, &step.words)?;
            for outcome in &step.outcomes {
                has("outcome", &outcome.key, &outcome.words)?;
            }
            for output in &step.outputs {
                has("output", &output.key, &output.words)?;
            }
            for input in &step.inputs {
                has("input", &input.key, &input.words)?;
                for proof in &input.accepts {
                    has("proof", &proof.key, &proof.words)?;
                }
                let proofs = input.accepts.iter().map(|proof| &proof.key);
                if let Some(twice) = super::shape::repeated(proofs) {
                    let expected = format!("proofs of input {} of different keys", input.key);
                    let (reason, found) = (Reason::Malformed, format!("`{twice}` twice"));
                    return Err(self.deciding.refuse(reason, Rule::PR4, expected, found));
                }
            }
        }
        table.events().try_for_each(|event| deciding.key(event))
    }
}
