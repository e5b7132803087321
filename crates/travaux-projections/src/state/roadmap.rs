//! The entries of the roadmaps under a framework: their actions, and what these are measured by.

use travaux_domain::{
    Name, RoadmapId, StreamId,
    effect::Evaluation,
    partnership::OfficeHolder,
    roadmap::{
        ActionEnd, ActionRecord, Assessor, Measure, MeasureRecord, Roadmap, Schedule, Timing,
    },
};

use super::{Entries, Entry, EntryId, WAITS_FOR, standing, variant::variant};

impl Entries<'_> {
    pub(super) fn add_roadmaps(&mut self) {
        let all = &self.sources.dossiers.roadmaps;
        for (id, view) in standing(all, self.framework, self.at) {
            self.add_roadmap(id, &view.state);
            let schedules = view.state.schedules(self.at.on);
            for (key, record) in &view.state.actions {
                if let Some(schedule) = schedules.get(key) {
                    self.add_action(id, record, schedule);
                }
                for measure in &record.measures {
                    self.add_measure(id, key, &view.state, measure);
                }
            }
        }
    }

    fn add_roadmap(&mut self, id: RoadmapId, roadmap: &Roadmap) {
        let stream = StreamId::Roadmap(id);
        let Some(plan) = &roadmap.plan else { return };
        let mut entry = Entry::new(stream, 1);
        entry.say("title", plan.title.as_str());
        entry.list("parties", &plan.parties);
        entry.say("zone", plan.zone.as_str());
        entry.say_some("body", plan.body.as_deref());
        entry.fact("proposed", roadmap.proposed);
        if let Some(baseline) = roadmap.baselines.last() {
            entry.say("version", u64::from(baseline.version));
            entry.fact("adopted", Some(baseline.at));
        }
        entry.say("actions", roadmap.actions.len() as u64);
        self.put(EntryId::whole(stream), entry);
    }

    fn add_action(&mut self, id: RoadmapId, record: &ActionRecord, schedule: &Schedule) {
        let stream = StreamId::Roadmap(id);
        let action = &record.action;
        let mut entry = Entry::new(stream, record.proposed.event);
        entry.rests_on(record.revised);
        entry.say("words", &action.title);
        entry.say("area", action.area.as_str());
        let office = |holder: &OfficeHolder| format!("{} ({})", holder.office, holder.party);
        entry.list("leads", action.leads.iter().map(office));
        entry.list("supports", action.supports.iter().map(office));
        entry.list("carries_out", action.clauses.iter().map(Name::of));
        entry.word("lifecycle", &schedule.lifecycle);
        entry.fact("adopted", record.adopted);
        entry.fact("started", record.started);
        entry.fact("completed", record.completed);
        if let Some((end, at)) = &record.end {
            entry.word("end", end);
            entry.fact("ended", Some(*at));
            entry.say("given_up", true);
            entry.list("became", end.became());
            if let ActionEnd::Withdrawn {
                reason: Some(reason),
            }
            | ActionEnd::Cancelled { reason } = end
            {
                entry.say("reason", reason.as_str());
            }
        }
        timing(&mut entry, schedule);
        if matches!(schedule.timing, Timing::Late { .. }) {
            entry.list(WAITS_FOR, action.leads.iter().map(|lead| &lead.party));
        }
        for moved in &record.moves {
            entry.rests_on(moved.at);
        }
        if let Some(report) = record.latest_report() {
            entry.rests_on(report.at);
            entry.say("reported_as_of", report.as_of);
            entry.say_some("percent", report.percent.map(u64::from));
        }
        let assessments = record.latest_assessments();
        for said in &assessments {
            entry.rests_on(said.at);
        }
        entry.list(
            "completion",
            assessments.iter().map(|said| {
                let (completion, by) = (variant(&said.completion), assessor(&said.by));
                format!("{completion} by {by}")
            }),
        );
        for reopening in &record.reopened {
            entry.rests_on(reopening.at);
        }
        entry.say_some("reopened", some(record.reopened.len()));
        for suspension in &record.suspended {
            entry.rests_on(suspension.to.unwrap_or(suspension.from));
        }
        entry.list(
            "follows",
            record.follows.iter().map(|(item, _)| Name::of(item)),
        );
        for (_, at) in &record.follows {
            entry.rests_on(*at);
        }
        entry.list("of", &record.of);
        self.put(EntryId::part(stream, "action", action.key.clone()), entry);
    }

    fn add_measure(&mut self, id: RoadmapId, action: &Name, roadmap: &Roadmap, of: &MeasureRecord) {
        let stream = StreamId::Roadmap(id);
        let mut entry = Entry::new(stream, of.set.event);
        entry.say("words", of.measure.title());
        entry.say("action", action.as_str());
        if let Some(Evaluation::Date { on, .. }) = roadmap.measure_due(action, of) {
            entry.say("due", on);
        }
        entry.fact("met", of.met.as_ref().map(|met| met.at));
        if let Some(verdict) = &of.verdict {
            let field = match verdict.refused {
                None => "accepted",
                Some(_) => "not_accepted",
            };
            entry.fact(field, Some(verdict.at));
            entry.say_some("reason", verdict.refused.as_deref());
        }
        if let Some((reason, at)) = &of.waived {
            entry.fact("waived", Some(*at));
            entry.say("reason", reason.as_str());
        }
        let kind = match of.measure {
            Measure::Milestone(_) => "milestone",
            Measure::Target(_) => "target",
        };
        let key = format!("{action}/{}", of.measure.key());
        self.put(EntryId::part(stream, kind, key.as_str()), entry);
    }
}

/// How an action stands to its due date on the day.
fn timing(entry: &mut Entry, schedule: &Schedule) {
    entry.say_some(
        "planned_start",
        schedule.planned_start.as_ref().and_then(date),
    );
    entry.say_some(
        "due",
        schedule.next_due.or(schedule.due.as_ref().and_then(date)),
    );
    match &schedule.timing {
        Timing::Undated | Timing::OnTrack | Timing::Ended => {}
        Timing::Pending { missing } => entry.list("waits_on", missing),
        Timing::AtRisk { by, forecast } => {
            entry.say("at_risk", true);
            entry.say("at_risk_by", by.as_str());
            entry.say("forecast", *forecast);
        }
        Timing::Late { days } => {
            entry.say("late", true);
            entry.number_of("late_days", *days);
        }
        Timing::Done { late } => entry.number_of("done_late_days", *late),
    }
    if let Some(slip) = schedule.slip_to_first {
        entry.number_of("slip_to_first", slip);
    }
    if let Some(slip) = schedule.slip_to_current {
        entry.number_of("slip_to_current", slip);
    }
    entry.say_some("moves", some(schedule.moves));
    if schedule.suspended_days != 0 {
        entry.number_of("suspended_days", schedule.suspended_days);
    }
}

fn date(evaluation: &Evaluation) -> Option<chrono::NaiveDate> {
    match evaluation {
        Evaluation::Date { on, .. } => Some(*on),
        Evaluation::Pending { .. } => None,
    }
}

fn some(count: usize) -> Option<u64> {
    (count > 0).then_some(count as u64)
}

fn assessor(by: &Assessor) -> String {
    match by {
        Assessor::Party(party) => party.to_string(),
        Assessor::Body(body) => body.to_string(),
    }
}
