//! The entries of the procedures under a framework: what is in force, and where each case stands. A
//! case is a reference and times; what silence led to is found for the day.

use travaux_domain::{
    Name, PartyId, ProcedureId, StreamId,
    procedure::{Case, Course, Procedure, Role, Visit, VisitEnd},
};

use super::{Entries, Entry, EntryId, WAITS_FOR, standing};

impl Entries<'_> {
    pub(super) fn add_procedures(&mut self) {
        let all = &self.sources.dossiers.procedures;
        for (id, view) in standing(all, self.framework, self.at) {
            let mut open = 0;
            for (reference, case) in &view.state.cases {
                let course = view.state.course_on(case, self.at.on);
                open += u64::from(course.standing().is_some());
                self.add_case(id, &view.state, (reference, case), &course);
            }
            self.add_procedure(id, &view.state, open);
        }
    }

    fn add_procedure(&mut self, id: ProcedureId, procedure: &Procedure, open: u64) {
        let stream = StreamId::Procedure(id);
        let (Some(table), Some(proposed)) = (procedure.table(), procedure.proposed) else {
            return;
        };
        let on = self.at.on;
        let mut entry = Entry::new(stream, proposed.event);
        entry.say("words", &table.title);
        entry.say_some("area", procedure.area.as_deref());
        entry.list("parties", &procedure.parties);
        entry.word("status", &procedure.status(on));
        entry.fact("proposed", Some(proposed));
        for draft in procedure.drafts.values() {
            entry.rests_on(draft.at);
        }
        if let Some((version, adopted)) = procedure.in_force(on) {
            entry.say("version", version.to_string().as_str());
            entry.say("from", adopted.from);
        }
        let adopted = procedure.adopted.iter();
        let later = adopted.filter(|(_, version)| version.from > on);
        entry.list("adopted_for_later", later.map(|(label, _)| Name::of(label)));
        for version in procedure.adopted.values() {
            entry.rests_on(version.at);
        }
        let drafts = procedure.open_drafts().map(|(label, _)| Name::of(label));
        entry.list("drafts", drafts);
        if let Some(end) = &procedure.superseded {
            entry.rests_on(end.at);
            entry.say("superseded_from", end.from);
            let by = end.by.map(|id| StreamId::Procedure(id).to_string());
            entry.say_some("superseded_by", by.as_deref());
            entry.say_some("reason", end.reason.as_deref());
        }
        entry.say("cases", procedure.cases.len() as u64);
        entry.say("open_cases", open);
        entry.list(
            "follows",
            procedure.follows.iter().map(|(item, _)| Name::of(item)),
        );
        for (_, at) in &procedure.follows {
            entry.rests_on(*at);
        }
        self.put(EntryId::whole(stream), entry);
    }

    fn add_case(
        &mut self,
        id: ProcedureId,
        procedure: &Procedure,
        (reference, case): (&Name, &Case),
        course: &Course,
    ) {
        let stream = StreamId::Procedure(id);
        let mut entry = Entry::new(stream, case.opened.event);
        for act in &case.acts {
            entry.rests_on(act.dated);
        }
        // When a limit passes rests on the calendars of its parties, too.
        let calendars = case.parties().map(|party| procedure.calendars.get(party));
        for (_, declared) in calendars.into_iter().flatten().flatten() {
            entry.rests_on(*declared);
        }
        entry.say("under", case.current_version().to_string().as_str());
        entry.say("requesting", case.requesting.to_string().as_str());
        entry.say("requested", case.requested.to_string().as_str());
        entry.say("opened", case.opened.on);
        if let Some(visit) = course.standing() {
            entry.say("step", &*visit.step);
            entry.say_some("due", visit.due.as_ref().and_then(|due| due.last_day));
            if visit.passed {
                entry.say("overdue", true);
            }
            entry.list(WAITS_FOR, actors(procedure, case, visit));
        }
        if let Some(end) = course.end() {
            entry.word("ended", &how(end));
            match end {
                VisitEnd::Taken { outcome, gives, .. } => {
                    entry.say("outcome", &**outcome);
                    entry.word("gives", gives);
                }
                VisitEnd::Closed { ground, .. } => entry.say("ground", &**ground),
                VisitEnd::Silent { .. } | VisitEnd::Moved(_) => {}
            }
        }
        let late = course.visits.iter().filter(|visit| visit.passed).count();
        entry.say_some("late_steps", (late > 0).then_some(late as u64));
        self.put(EntryId::part(stream, "case", reference.clone()), entry);
    }
}

/// Whose turn it is at a step.
fn actors<'a>(procedure: &Procedure, case: &'a Case, visit: &Visit) -> Vec<&'a PartyId> {
    let adopted = procedure.adopted.get(&visit.version);
    match adopted.and_then(|version| Some(version.table.step(&visit.step)?.actor)) {
        Some(Role::Body) => case.parties().into(),
        Some(role) => case.holder(role).into_iter().collect(),
        None => Vec::new(),
    }
}

/// In one word how a case ended.
fn how(end: &VisitEnd) -> &'static str {
    match end {
        VisitEnd::Taken { .. } => "taken",
        VisitEnd::Silent { .. } => "silent",
        VisitEnd::Moved(_) => "moved",
        VisitEnd::Closed { .. } => "closed",
    }
}
