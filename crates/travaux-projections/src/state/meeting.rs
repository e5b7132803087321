//! The entries of the meetings under a framework, and of what was agreed at them.

use travaux_domain::{
    MeetingId, Name, StreamId,
    meeting::{Convocation, Evidence, ItemEnd, ItemRecord, Meeting, Mode},
};

use super::{Entries, Entry, EntryId, WAITS_FOR, standing};

impl Entries<'_> {
    pub(super) fn add_meetings(&mut self) {
        let all = &self.sources.dossiers.meetings;
        for (id, view) in standing(all, self.framework, self.at) {
            let Some(call) = &view.state.convocation else {
                continue;
            };
            self.add_meeting(id, &view.state, call);
            for (key, record) in &view.state.items {
                self.add_item(id, &view.state, key, record);
            }
        }
    }

    fn add_meeting(&mut self, id: MeetingId, meeting: &Meeting, call: &Convocation) {
        let stream = StreamId::Meeting(id);
        let mut entry = Entry::new(stream, 1);
        entry.say("title", call.title.as_str());
        entry.word("kind", &call.kind);
        entry.say_some("body", call.body.as_deref());
        entry.say_some("number", call.number.map(u64::from));
        entry.list("parties", &call.parties);
        let start = meeting.start_on(self.at.on).unwrap_or(&call.start);
        entry.say("start", start.date);
        entry.say_some("zone", start.zone.as_deref());
        entry.say("place", call.place.as_str());
        entry.word("status", &meeting.status(self.at.on));
        entry.fact("convened", meeting.convened);
        entry.fact("agenda_adopted", meeting.agenda_adopted);
        entry.fact("held", meeting.held);
        if let Some(minutes) = &meeting.minutes {
            entry.fact("minutes_drafted", Some(minutes.drafted));
            for at in minutes.approved.values() {
                entry.rests_on(*at);
            }
            let missing = call.parties.iter();
            let missing = missing.filter(|party| !minutes.approved.contains_key(*party));
            entry.list(WAITS_FOR, missing);
        }
        entry.fact("minutes_approved", meeting.approved());
        if let Some((reason, at)) = &meeting.cancelled {
            entry.fact("cancelled", Some(*at));
            entry.say_some("reason", reason.as_deref());
        }
        for (_, at) in &meeting.postponed {
            entry.rests_on(*at);
        }
        let people = meeting.participants.iter().map(|p| &p.who);
        let people = people.map(|who| match &who.name {
            Some(name) => format!("{}, {} ({})", name, who.office, who.party),
            None => format!("{} ({})", who.office, who.party),
        });
        entry.list("participants", people);
        for correction in &meeting.corrections {
            entry.rests_on(correction.at);
        }
        let statements = meeting.statements.iter();
        entry.list(
            "statements",
            statements.map(|(statement, _)| &statement.key),
        );
        for (_, at) in &meeting.statements {
            entry.rests_on(*at);
        }
        entry.list(
            "follows",
            meeting.follows.iter().map(|(item, _)| Name::of(item)),
        );
        let restated = meeting
            .restated
            .iter()
            .map(|restated| Name::of(&restated.of));
        entry.list("restated", restated);
        self.put(EntryId::whole(stream), entry);
    }

    fn add_item(&mut self, id: MeetingId, meeting: &Meeting, key: &Name, record: &ItemRecord) {
        let stream = StreamId::Meeting(id);
        let mut entry = Entry::new(stream, record.agreed.event);
        let item = &record.item;
        entry.say("words", &item.words);
        entry.word("mode", &item.mode);
        match &item.mode {
            Mode::Agreed { consenting } => entry.list("parties", consenting),
            Mode::Proposed { by } | Mode::Undertaking { by } => entry.list("parties", [by]),
            Mode::AgreedInPrinciple | Mode::Noted | Mode::Welcomed | Mode::Recalled => {}
        }
        entry.say_some("area", item.area.as_deref());
        entry.fact("agreed", Some(record.agreed));
        entry.word("status", &record.status());
        match meeting.evidence(record) {
            Evidence::Minutes => entry.say("evidence", "minutes"),
            Evidence::JointStatement => entry.say("evidence", "joint_statement"),
            Evidence::StatementOf(party) => {
                entry.say("evidence", format!("statement of {party}").as_str());
            }
            Evidence::RecordOf(party) => {
                entry.say("evidence", format!("record of {party}").as_str());
            }
        }
        entry.list(
            "followed_up",
            record.followed_up.iter().map(|(by, _)| Name::of(by)),
        );
        for (_, at) in &record.followed_up {
            entry.rests_on(*at);
        }
        if let Some((end, at)) = &record.end {
            entry.fact("ended", Some(*at));
            match end {
                ItemEnd::Fulfilled => {}
                ItemEnd::Lapsed { reason } => entry.say("reason", reason.as_str()),
                ItemEnd::Superseded { by } => {
                    entry.say("superseded_by", by.to_string().as_str());
                }
            }
        }
        self.put(EntryId::part(stream, "item", key.clone()), entry);
    }
}
