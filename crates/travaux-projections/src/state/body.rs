//! The entries of the joint bodies under a framework: what each may do, its decisions, what was
//! referred to it, its sub-bodies.

use travaux_domain::{
    BodyId, Name, StreamId,
    body::{DecisionRecord, Establishment, JointBody, ReferralRecord, Standing},
};

use super::{Entries, Entry, EntryId, WAITS_FOR, standing};

impl Entries<'_> {
    pub(super) fn add_bodies(&mut self) {
        let all = &self.sources.dossiers.bodies;
        for (id, view) in standing(all, self.framework, self.at) {
            if let Some(own) = &view.state.establishment {
                self.add_body(id, &view.state, own);
            }
        }
    }

    fn add_body(&mut self, id: BodyId, body: &JointBody, own: &Establishment) {
        let (stream, on) = (StreamId::Body(id), self.at.on);
        let mut entry = Entry::new(stream, 1);
        entry.say("key", own.key.as_str());
        entry.say("title", own.title.as_str());
        entry.list("parties", &own.parties);
        entry.list("areas", &own.areas);
        entry.say_some("seat", own.seat.as_deref());
        entry.word("status", &body.status(on));
        entry.word("basis", &own.basis);
        entry.fact("established", body.established);
        entry.fact("dissolved", body.dissolved.as_ref().map(|(_, at)| *at));
        entry.list("chair", body.chairing(on, None));
        let rules = body.rules_on(on).map(|rules| u64::from(rules.version));
        entry.say_some("rules", rules);
        let sessions = body.sessions.iter();
        entry.list(
            "sessions",
            sessions.map(|s| Name::of(StreamId::Meeting(s.meeting))),
        );
        entry.list(
            "follows",
            body.follows.iter().map(|(item, _)| Name::of(item)),
        );
        let facts = body.rules.iter().map(|(_, at)| *at);
        let facts = facts.chain(body.chairs.iter().map(|(_, at)| *at));
        let facts = facts.chain(body.sessions.iter().map(|s| s.called));
        for at in facts.chain(body.follows.iter().map(|(_, at)| *at)) {
            entry.rests_on(at);
        }
        self.put(EntryId::whole(stream), entry);
        for held in &body.competences {
            let mut entry = Entry::new(stream, held.from.event);
            entry.word("verb", &held.competence.verb);
            entry.list("subjects", &held.competence.subjects);
            entry.say_some("limits", held.competence.limits.as_deref());
            entry.say_some("until", held.competence.until);
            entry.fact("from", Some(held.from));
            entry.fact("ended", held.ended.as_ref().map(|(_, at)| *at));
            let key = held.competence.key.clone();
            self.put(EntryId::part(stream, "competence", key), entry);
        }
        for record in body.decisions.values() {
            self.add_decision(stream, body, record);
        }
        for record in body.referrals.values() {
            self.add_referral(stream, record);
        }
        for (sub, set_up) in body.sub_bodies.values() {
            let mut entry = Entry::new(stream, set_up.event);
            entry.say("title", sub.title.as_str());
            entry.word("kind", &sub.kind);
            entry.fact("set_up", Some(*set_up));
            entry.say_some("until", sub.until);
            entry.say("at_work", body.sub_body_works(&sub.key, on));
            let key = sub.key.clone();
            self.put(EntryId::part(stream, "sub-body", key), entry);
        }
        for (report, made) in body.reports.values() {
            let mut entry = Entry::new(stream, made.event);
            entry.say("of", report.of.as_str());
            entry.say("text", &report.text);
            entry.list("recommendations", report.recommendations.keys());
            entry.fact("made", Some(*made));
            let acted = body.acted_on(&report.key, on);
            entry.say_some("acted_on_by", acted.map(|d| d.draft.key.as_str()));
            if let Some(adopted) = acted.and_then(|d| d.adopted.as_ref()) {
                entry.rests_on(adopted.at);
            }
            let key = report.key.clone();
            self.put(EntryId::part(stream, "report", key), entry);
        }
    }

    fn add_decision(&mut self, stream: StreamId, body: &JointBody, record: &DecisionRecord) {
        let mut entry = Entry::new(stream, record.drafted.event);
        let draft = &record.draft;
        entry.word("verb", &draft.verb);
        entry.say("subject", draft.subject.as_str());
        entry.say("text", &draft.text);
        entry.fact("drafted", Some(record.drafted));
        if let Some(adopted) = &record.adopted {
            entry.say_some("number", adopted.number.as_deref());
            entry.say("competence", adopted.competence.as_str());
            entry.fact("adopted", Some(adopted.at));
        }
        entry.fact("refused", record.refused.as_ref().map(|(.., at)| *at));
        entry.fact("published", record.published.as_ref().map(|(_, at)| *at));
        let standing = body.standing(record, self.at.on);
        entry.say("standing", standing.name());
        match standing {
            Standing::Adopted { from, waits_for } => {
                entry.say_some("from", from);
                entry.list(WAITS_FOR, waits_for);
            }
            Standing::Provisional { since, waits_for } => {
                entry.say("since", since);
                entry.list(WAITS_FOR, waits_for);
            }
            Standing::Suspended { since, by } => {
                entry.say("since", since);
                entry.say("suspended_by", by.0.as_str());
            }
            Standing::InEffect { since } => entry.say("since", since),
            Standing::InWriting { until } => {
                entry.say("until", until);
                let voices = record.in_writing().map(|written| &written.voices);
                let parties = body.establishment.iter().flat_map(|own| &own.parties);
                let silent =
                    parties.filter(|party| voices.is_some_and(|v| !v.contains_key(*party)));
                entry.list(WAITS_FOR, silent);
            }
            Standing::Refused { by } => entry.say("refused_by", by.0.as_str()),
            Standing::Drafted => {}
        }
        let requirements = record.requirements.values();
        let notified = requirements.flat_map(|own| {
            let failed = own.failed.as_ref().map(|(_, at)| *at);
            [Some(own.pending), own.met, failed]
        });
        let written = record.written.iter().flat_map(|written| {
            let voices = written.voices.values().map(|(_, at)| Some(*at));
            voices.chain([Some(written.opened), written.failed])
        });
        let repairs = record.repairs.iter().map(|repair| Some(repair.at));
        let declined = record.declined.values().map(|at| Some(*at));
        for at in notified
            .chain(written)
            .chain(repairs)
            .chain(declined)
            .flatten()
        {
            entry.rests_on(at);
        }
        let key = draft.key.clone();
        self.put(EntryId::part(stream, "decision", key), entry);
    }

    fn add_referral(&mut self, stream: StreamId, record: &ReferralRecord) {
        let mut entry = Entry::new(stream, record.referred.event);
        let referral = &record.referral;
        entry.say("area", referral.area.as_str());
        entry.say("subject", referral.subject.as_str());
        entry.say_some("marking", referral.marking.as_deref());
        entry.say("by", record.by.0.as_str());
        entry.fact("referred", Some(record.referred));
        if let Some(last) = record.allocated.last() {
            entry.say("given_to", last.to.to_string().as_str());
            entry.say_some("due", last.due);
            entry.fact("given", Some(last.at));
        }
        entry.say("overdue", record.is_overdue(self.at.on));
        match &record.end {
            None => entry.say("status", "open"),
            Some((end, at)) => {
                entry.word("status", end);
                entry.fact("ended", Some(*at));
            }
        }
        let key = referral.key.clone();
        self.put(EntryId::part(stream, "referral", key), entry);
    }
}
