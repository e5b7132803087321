//! Which acts on a meeting the rules let through: convening it, its date, holding it (MT1, MT4).

use chrono::{Days, NaiveDate, TimeZone as _};

use super::{Capacity, Convocation, Meeting, MeetingEvent, MeetingKind, Participant, Start};
use crate::{
    BodyId, Context, Decided, Name, Others, PartyId, Reason, Refusal, Rule, StreamId,
    body::JointBody,
    framework::Framework,
    partnership::{Dated, Deciding, Deed as _, OfficeHolder, Parties},
    words::names,
};

/// The meeting as it stands, its framework, and what is asked.
pub(super) struct Asked<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) call: &'a Convocation,
    pub(super) framework: &'a Framework,
    pub(super) parties: Parties<'a>,
    pub(super) deciding: Deciding<'a>,
    /// When it is done.
    pub(super) on: NaiveDate,
    /// The row on which it would be recorded.
    pub(super) rule: Rule,
}

impl Meeting {
    pub(super) fn check(
        &self,
        event: MeetingEvent,
        context: &Context,
        others: &Others,
    ) -> Result<Decided<MeetingEvent>, Refusal> {
        let deciding = Deciding::new(event.act(), context, others);
        deciding.has_come(event.on())?;
        let call = if let MeetingEvent::MeetingConvened { convocation, .. } = &event {
            Some(convocation)
        } else {
            self.convocation.as_ref()
        };
        let call = deciding.begun("a meeting", call)?;
        let asked = Asked {
            meeting: self,
            call,
            framework: deciding.framework(call.framework)?,
            parties: call.circle(),
            deciding,
            on: event.on(),
            rule: event.rule(),
        };
        asked.check(&event)?;
        Ok(Decided::on(event.rule(), event))
    }
}

impl Convocation {
    fn circle(&self) -> Parties<'_> {
        let to = "the meeting";
        let all = self.parties.iter().collect();
        Parties { to, all }
    }
}

impl Asked<'_> {
    fn check(&self, event: &MeetingEvent) -> Result<(), Refusal> {
        self.deciding
            .are_among(&self.parties, [self.deciding.party()])?;
        self.is_not_cancelled(event)?;
        match event {
            MeetingEvent::MeetingConvened { .. } => self.may_convene(),
            MeetingEvent::MeetingConfirmed { .. } => self.may_confirm(),
            MeetingEvent::MeetingPostponed { to, .. } => self.may_postpone(to),
            MeetingEvent::MeetingCancelled { .. } => self.is_yet_to_be_held(),
            MeetingEvent::AgendaItemRequested {
                item, consenting, ..
            } => self.may_ask_for(item, consenting),
            MeetingEvent::AgendaCirculated { consenting, .. } => self.may_circulate(consenting),
            MeetingEvent::PaperSent {
                item,
                title,
                consenting,
                ..
            } => self.may_send(item, title, consenting),
            MeetingEvent::DelegationNotified { members, .. } => self.may_name(members),
            MeetingEvent::AgendaAdopted {
                items, consenting, ..
            } => self.may_adopt(items, consenting),
            MeetingEvent::MeetingHeld {
                participants,
                consenting,
                ..
            } => self.may_hold(participants, consenting),
            MeetingEvent::ItemDisposed { item, outcome, .. } => self.may_dispose(item, outcome),
            MeetingEvent::AgreedItemRecorded { item, .. } => self.may_record(item),
            MeetingEvent::StatementIssued { statement, .. } => self.may_issue(statement),
            MeetingEvent::MinutesDrafted { source, .. } => self.may_draft(source.as_deref()),
            MeetingEvent::MinutesApproved { .. } => self.may_approve(),
            MeetingEvent::ItemFollowedUp { item, by, .. } => self.may_follow_up(item, by),
            MeetingEvent::MeetingFollowsItem { item, .. } => self.may_follow(item),
            MeetingEvent::ItemEnded {
                item,
                how,
                consenting,
                ..
            } => self.may_end(item, how, consenting.as_deref()),
            MeetingEvent::ItemRestated { of, words, .. } => self.may_restate(of, words),
            MeetingEvent::RecordCorrected {
                field,
                was,
                is,
                ground,
                consenting,
                ..
            } => self.may_correct(field, (was, is, ground), consenting),
            MeetingEvent::OutcomeAnnounced { words, source, .. } => {
                self.may_announce(words, source)
            }
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

    /// Nothing is done about a meeting that was cancelled but to correct its record (MT1).
    fn is_not_cancelled(&self, event: &MeetingEvent) -> Result<(), Refusal> {
        match (&self.meeting.cancelled, event) {
            (None, _) | (Some(_), MeetingEvent::RecordCorrected { .. }) => Ok(()),
            (Some((_, at)), _) => {
                let expected = "a meeting to be held";
                let found = format!("one that was cancelled on {}", at.on);
                let reason = Reason::WrongState;
                Err(self.deciding.refuse(reason, Rule::MT1, expected, found))
            }
        }
    }

    /// A meeting begins once, with all that its call has to say (MT1).
    fn may_convene(&self) -> Result<(), Refusal> {
        let (call, deciding) = (self.call, &self.deciding);
        if self.meeting.convocation.is_some() {
            let found = "a meeting of that id";
            return Err(deciding.refuse(Reason::Already, Rule::RC1, "a new id", found));
        }
        // A joint body stays when the framework does not, and goes on to meet (FW12).
        if self.joint_body().is_none() {
            deciding.comes_under(self.framework, self.on)?;
        }
        deciding.text("a title", &call.title)?;
        deciding.text("a place", &call.place)?;
        self.can_meet()?;
        if call.chair.is_empty() {
            let expected = "one or more who take the chair, by office";
            return Err(self.refuse(Reason::Malformed, expected, "none"));
        }
        self.hold_offices(&call.chair)?;
        self.is_time(&call.start)?;
        self.is_to_come(&call.start)?;
        self.is_of_its_kind()
    }

    /// Two parties or more of the framework, each once.
    fn can_meet(&self) -> Result<(), Refusal> {
        let circle = Parties::of_framework(self.framework);
        self.deciding.are_among(&circle, &self.call.parties)?;
        let mut each = self.call.parties.clone();
        each.sort();
        each.dedup();
        if each.len() == self.call.parties.len() && each.len() > 1 {
            return Ok(());
        }
        let expected = "two parties or more, each once";
        Err(self.refuse(Reason::Malformed, expected, names(&self.call.parties)))
    }

    fn is_of_its_kind(&self) -> Result<(), Refusal> {
        let call = self.call;
        let (of_body, numbered) = match call.kind {
            MeetingKind::Session => (true, true),
            MeetingKind::Extraordinary => (true, false),
            MeetingKind::Ministers | MeetingKind::Experts => (false, false),
        };
        match (of_body, &call.body) {
            (true, None) => {
                let expected = "the body whose session it is";
                return Err(self.refuse(Reason::Malformed, expected, "none"));
            }
            (false, Some(body)) => {
                let expected = "no body: only sessions are a body's";
                return Err(self.refuse(Reason::Malformed, expected, format!("`{body}`")));
            }
            (_, None) => {}
            (true, Some(body)) => self.is_session_of(body)?,
        }
        match (numbered, call.number) {
            (true, None | Some(0)) => {
                let expected = "the number of the session, from 1 on";
                let found = call.number.map_or("none".to_owned(), |n| n.to_string());
                Err(self.refuse(Reason::Malformed, expected, found))
            }
            (false, Some(number)) => {
                let expected = "no number: only ordinary sessions are numbered";
                Err(self.refuse(Reason::Malformed, expected, number.to_string()))
            }
            (true, Some(_)) | (false, None) => Ok(()),
        }
    }

    /// The body is one of the framework's; one that has a stream of its own has called the session
    /// (BD4, BD5).
    fn is_session_of(&self, body: &Name) -> Result<(), Refusal> {
        let Some(joint) = self.joint_body() else {
            let known = self.framework.bodies.iter().map(|b| &b.key);
            let what = "a body of the framework";
            return self.deciding.is_one_of(self.rule, what, body, known);
        };
        let itself = match self.deciding.itself() {
            Some(StreamId::Meeting(id)) => Some(id),
            Some(_) | None => None,
        };
        match joint.against(self.call, itself) {
            None => Ok(()),
            Some((expected, found)) => {
                let reason = Reason::ConditionUnmet;
                Err(self.deciding.refuse(reason, Rule::BD5, expected, found))
            }
        }
    }

    /// The body that meets, where it has a stream of its own.
    fn joint_body(&self) -> Option<&JointBody> {
        let body = BodyId::of(self.call.framework, self.call.body.as_ref()?);
        let joint = self.deciding.other::<JointBody>(StreamId::Body(body));
        joint.filter(|joint| joint.establishment.is_some())
    }

    /// That it was held, and not after the act.
    pub(super) fn was_held(&self) -> Result<Dated, Refusal> {
        let Some(held) = self.meeting.held else {
            let expected = "a meeting that was held";
            return Err(self.refuse(Reason::WrongState, expected, "one that was not held yet"));
        };
        let start = self.call.start.date;
        self.deciding.not_before(self.on, start, "the meeting")?;
        Ok(held)
    }

    pub(super) fn is_yet_to_be_held(&self) -> Result<(), Refusal> {
        self.not_before(self.meeting.convened, "the meeting was convened")?;
        match self.meeting.held {
            None => Ok(()),
            Some(held) => {
                let expected = "a meeting that was not held yet";
                let found = format!("one that was held on {}", held.on);
                Err(self.refuse(Reason::WrongState, expected, found))
            }
        }
    }

    /// A date that is to be confirmed is confirmed once (MT1).
    fn may_confirm(&self) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        if self.call.tentative && self.meeting.confirmed.is_none() {
            return Ok(());
        }
        let expected = "a meeting whose date is to be confirmed";
        Err(self.refuse(Reason::Already, expected, "one with a date"))
    }

    /// A meeting is put off to another time, which is still to come (MT1).
    fn may_postpone(&self, to: &Start) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        if let Some(opened) = self.meeting.agenda_adopted {
            let expected = "a meeting that was not opened yet";
            let found = format!("one that adopted its agenda on {}", opened.on);
            return Err(self.refuse(Reason::WrongState, expected, found));
        }
        let before = self.meeting.postponed.last().map(|(_, at)| *at);
        self.not_before(before, "it was put off before")?;
        self.is_time(to)?;
        if *to == self.call.start {
            let found = format!("that on which it is to begin, {}", to.date);
            return Err(self.refuse(Reason::Already, "another time", found));
        }
        self.is_to_come(to)
    }

    /// That a meeting begins on the day of the act or later.
    fn is_to_come(&self, start: &Start) -> Result<(), Refusal> {
        if start.date >= self.on {
            return Ok(());
        }
        let expected = format!("a day from {} on", self.on);
        Err(self.refuse(Reason::WrongDate, expected, start.date.to_string()))
    }

    /// A party names its own delegation, before the meeting is held (MT4).
    fn may_name(&self, members: &[OfficeHolder]) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        let party = self.deciding.party();
        if members.is_empty() {
            let expected = "one member or more, by office";
            return Err(self.refuse(Reason::Malformed, expected, "none"));
        }
        if let Some(other) = members.iter().find(|member| member.party != *party) {
            let expected = format!("members of the delegation of `{party}`, who acts");
            let found = format!("one of `{}`", other.party);
            return Err(self.refuse(Reason::NotEntitled, expected, found));
        }
        self.hold_offices(members)
    }

    /// A meeting is held once, from its date on, by two parties or more (MT4).
    fn may_hold(&self, participants: &[Participant], all: &[PartyId]) -> Result<(), Refusal> {
        self.is_yet_to_be_held()?;
        let start = self.call.start.date;
        self.deciding.not_before(self.on, start, "its beginning")?;
        self.not_before(self.meeting.agenda_adopted, "its agenda was adopted")?;
        self.hold_offices(participants.iter().map(|p| &p.who))?;
        let mut present: Vec<_> = participants.iter().map(|p| &p.who.party).collect();
        present.sort();
        present.dedup();
        if present.len() < 2 {
            let expected = "participants of two parties or more";
            let found = format!("of {}", names(&present));
            return Err(self.refuse(Reason::Malformed, expected, found));
        }
        let experts = participants.iter().any(|p| p.capacity == Capacity::Expert);
        let unnamed = present.iter().any(|party| !self.is_named(party));
        if experts || unnamed || !all.is_empty() {
            self.deciding.all_consent(self.rule, &self.parties, all)?;
        }
        Ok(())
    }

    /// Whether a party named its delegation in time, where the rules of procedure ask for it.
    fn is_named(&self, party: &PartyId) -> bool {
        let Some(days) = self.call.limits.and_then(|limits| limits.delegations) else {
            return true;
        };
        let named = self.meeting.delegations.get(party).map(|(_, at)| at.on);
        named.is_some_and(|on| on <= self.last_day(days, on))
    }

    /// The last day for what is due so many days before the meeting and was done on a day. What was
    /// in time for the start as it stood then stays so when the meeting is brought forward.
    pub(super) fn last_day(&self, days: u16, done: NaiveDate) -> NaiveDate {
        let then = self.meeting.start_on(done).map(|start| start.date);
        let start = then.max(Some(self.call.start.date));
        let before = start.and_then(|day| day.checked_sub_days(Days::new(days.into())));
        before.unwrap_or(NaiveDate::MIN)
    }

    /// That each is of a party to the meeting, and has an office.
    fn hold_offices<'o>(
        &self,
        who: impl IntoIterator<Item = &'o OfficeHolder>,
    ) -> Result<(), Refusal> {
        for holder in who {
            self.deciding.are_among(&self.parties, [&holder.party])?;
            self.deciding.text("an office", &holder.office)?;
            let name = holder.name.as_ref().map(Name::as_str);
            name.map_or(Ok(()), |name| self.deciding.text("a name", name))?;
        }
        Ok(())
    }

    /// That a time is one of a zone that is named.
    fn is_time(&self, start: &Start) -> Result<(), Refusal> {
        match (&start.zone, start.time) {
            (None, Some(time)) => {
                let found = format!("{time} in none");
                Err(self.refuse(Reason::Malformed, "the zone of the time", found))
            }
            (None, None) => Ok(()),
            (Some(zone), time) => {
                let Ok(tz) = zone.parse::<chrono_tz::Tz>() else {
                    let expected = "a zone of the IANA database, such as Africa/Casablanca";
                    return Err(self.refuse(Reason::Malformed, expected, format!("`{zone}`")));
                };
                let local = time.map(|time| start.date.and_time(time));
                match local.filter(|local| tz.from_local_datetime(local).earliest().is_none()) {
                    None => Ok(()),
                    Some(skipped) => {
                        let expected = format!("a time that there is in {zone}");
                        let found = format!("{skipped}, which its change of clock skips");
                        Err(self.refuse(Reason::Malformed, expected, found))
                    }
                }
            }
        }
    }
}
