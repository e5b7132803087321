//! Who has the chair (BD4), and the sessions of a body (BD5).

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{ChairRule, JointBody, Session, decide::Asked};
use crate::{
    MeetingId, PartyId, Reason, Refusal, StreamId,
    meeting::{Convocation, Meeting, MeetingKind},
    partnership::{Dated, OfficeHolder},
    words::names,
};

/// Who has the chair on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chair {
    /// The party.
    pub party: PartyId,
    /// Who holds it for the party, as named last; more than one where records of one day disagree.
    pub holders: Vec<OfficeHolder>,
}

/// The one whose turn it is.
fn turn(order: &[PartyId], from: i64, now: i64) -> Option<&PartyId> {
    let count = i64::try_from(order.len()).ok().filter(|count| *count > 0)?;
    let at = now.checked_sub(from)?.rem_euclid(count);
    order.get(usize::try_from(at).ok()?)
}

impl JointBody {
    /// The parties that have the chair on a day, or at the session of a number (BD4). None where it
    /// goes round by session and there is no number.
    pub fn chairing(&self, on: NaiveDate, number: Option<u32>) -> Vec<&PartyId> {
        let Some(own) = &self.establishment else {
            return Vec::new();
        };
        let rules = self.rules_on(on).and_then(|rules| rules.chair.as_ref());
        match rules.unwrap_or(&own.chair) {
            ChairRule::CoChairs => own.parties.iter().collect(),
            ChairRule::ByYear { from, order } => {
                let chairs = turn(order, i64::from(*from), i64::from(on.year()));
                chairs.into_iter().collect()
            }
            ChairRule::BySession { from, order } => {
                let chairs = number.and_then(|n| turn(order, i64::from(*from), i64::from(n)));
                chairs.into_iter().collect()
            }
        }
    }

    /// The same, with who holds the chair for each party on that day. Where two records of one day
    /// disagree, both are told (BD4).
    pub fn chair_on(&self, on: NaiveDate, number: Option<u32>) -> Vec<Chair> {
        let chairs = self.chairing(on, number).into_iter();
        let chair = |party: &PartyId| {
            let named = self.chairs.iter();
            let named = named.filter(|(holder, at)| holder.party == *party && at.on <= on);
            let last = named.clone().map(|(_, at)| at.on).max();
            let mut holders: Vec<OfficeHolder> = Vec::new();
            for (holder, _) in named.filter(|(_, at)| Some(at.on) == last) {
                if !holders.contains(holder) {
                    holders.push(holder.clone());
                }
            }
            let party = party.clone();
            Chair { party, holders }
        };
        chairs.map(chair).collect()
    }

    /// A session, by its meeting.
    pub fn session(&self, meeting: MeetingId) -> Option<&Session> {
        let mut sessions = self.sessions.iter();
        sessions.find(|session| session.meeting == meeting)
    }

    /// Why a meeting cannot be convened as a session of the body: what is expected, and what was
    /// found (BD5). `itself` is the meeting, which the body has called before, in the same commit.
    pub(crate) fn against(
        &self,
        call: &Convocation,
        itself: Option<MeetingId>,
    ) -> Option<(String, String)> {
        let own = self.establishment.as_ref()?;
        if let Some((_, at)) = &self.dissolved {
            let found = format!("one that was dissolved on {}", at.on);
            return Some(("a body that is at work".to_owned(), found));
        }
        let session = itself.and_then(|meeting| self.session(meeting));
        let Some(session) = session else {
            let expected = format!(
                "a session that `{}` has called, with its number, in the same commit",
                own.key
            );
            return Some((expected, "none of that meeting".to_owned()));
        };
        if session.number != call.number {
            let number = |number: Option<u32>| number.map_or("none".to_owned(), |n| n.to_string());
            let expected = format!("the number of the session: {}", number(session.number));
            return Some((expected, number(call.number)));
        }
        let (called, all): (BTreeSet<_>, BTreeSet<_>) =
            (call.parties.iter().collect(), own.parties.iter().collect());
        if called != all {
            let expected = format!("all who compose it: {}", names(all));
            return Some((expected, names(called)));
        }
        let chairs: BTreeSet<_> = self
            .chairing(call.start.date, call.number)
            .into_iter()
            .collect();
        let named: BTreeSet<_> = call.chair.iter().map(|holder| &holder.party).collect();
        if !chairs.is_empty() && chairs != named {
            let expected = format!("the chair of that day: {}", names(chairs));
            return Some((expected, names(named)));
        }
        None
    }
}

impl Asked<'_> {
    /// A party names who holds its own chair from a day on (BD4). Two records may disagree.
    pub(super) fn may_name(&self, holder: &OfficeHolder) -> Result<(), Refusal> {
        let party = self.deciding.party();
        if holder.party != *party {
            let expected = format!("an office of `{party}`, who acts");
            return Err(self.refuse(
                Reason::NotEntitled,
                expected,
                format!("one of `{}`", holder.party),
            ));
        }
        self.deciding.text("an office", &holder.office)?;
        if let Some(name) = &holder.name {
            self.deciding.text("a name", name)?;
        }
        let said = |(before, at): &(OfficeHolder, Dated)| before == holder && at.on == self.on;
        if self.body.chairs.iter().any(said) {
            let found = "the same, of that day";
            return Err(self.refuse(Reason::Already, "another holder of the chair", found));
        }
        Ok(())
    }

    /// The meeting of a session, as it stands.
    fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        self.deciding.other::<Meeting>(StreamId::Meeting(id))
    }

    fn is_cancelled(&self, session: &Session) -> bool {
        let meeting = self.meeting(session.meeting);
        meeting.is_some_and(|meeting| meeting.cancelled.is_some())
    }

    /// A session takes the next number, and an extraordinary one none; the number of one that was
    /// cancelled is free again (BD5).
    pub(super) fn may_call(&self, meeting: MeetingId, number: Option<u32>) -> Result<(), Refusal> {
        if self.body.session(meeting).is_some() {
            let found = "one that was called";
            return Err(self.refuse(Reason::Already, "a meeting that is no session yet", found));
        }
        self.fits_the_call(meeting, number)?;
        let Some(number) = number else {
            return Ok(());
        };
        let held = self.body.sessions.iter().filter(|s| !self.is_cancelled(s));
        let taken: BTreeSet<u32> = held.filter_map(|session| session.number).collect();
        let (first, last) = (taken.first().copied(), taken.last().copied());
        let fits = match (first, last) {
            (Some(first), Some(last)) => {
                Some(number) == last.checked_add(1) || number.checked_add(1) == Some(first)
            }
            _ => true,
        };
        if number > 0 && fits {
            return Ok(());
        }
        let next = last.map_or(1, |last| last.saturating_add(1));
        let expected = format!("the next number, {next}");
        let reason = match taken.contains(&number) {
            true => Reason::Already,
            false => Reason::Malformed,
        };
        Err(self.refuse(reason, expected, number.to_string()))
    }

    /// A meeting that was convened before is a session of this body, of that number.
    fn fits_the_call(&self, meeting: MeetingId, number: Option<u32>) -> Result<(), Refusal> {
        let known = self.meeting(meeting).and_then(|m| m.convocation.as_ref());
        let Some(call) = known else {
            return Ok(());
        };
        let ordinary = call.kind == MeetingKind::Session;
        let of_it = call.framework == self.own.framework
            && call.body.as_ref() == Some(&self.own.key)
            && ordinary == number.is_some()
            && call.number == number;
        if of_it {
            return Ok(());
        }
        let expected = format!("a session of `{}` with that number", self.own.key);
        let body = call.body.as_deref().unwrap_or("no body");
        let found = match call.number {
            Some(number) => format!("session {number} of {body}"),
            None => format!("a meeting of {body}, without a number"),
        };
        Err(self.refuse(Reason::Malformed, expected, found))
    }
}
