//! A joint body as it stands, and what follows from each of its events.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Allotted, BodyId, Competence, Draft, Establishment, How, Procedure, Referral, Report,
    Resolution, SubBody, Verb,
};
use crate::{
    MeetingId, Name, PartyId,
    partnership::{Dated, ItemRef, OfficeHolder, Words},
};

/// A competence that the body has, or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub competence: Competence,
    /// From when.
    pub from: Dated,
    /// Why it ended, and from when.
    pub ended: Option<(String, Dated)>,
}

/// A session that was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The meeting.
    pub meeting: MeetingId,
    /// Its number, if it is an ordinary one.
    pub number: Option<u32>,
    /// When it was called.
    pub called: Dated,
}

/// A written procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// When it was opened.
    pub opened: Dated,
    /// The last day for answers.
    pub until: NaiveDate,
    /// Who answered what, when.
    pub voices: BTreeMap<PartyId, (bool, Dated)>,
    /// When it failed.
    pub failed: Option<Dated>,
}

/// That a draft was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// Its number.
    pub number: Option<Name>,
    /// The competence on which it rests.
    pub competence: Name,
    /// How it was adopted.
    pub how: How,
    /// When.
    pub at: Dated,
}

/// A party that has requirements of its own to fulfil.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirements {
    /// Since when.
    pub pending: Dated,
    /// When it notified that it has fulfilled them.
    pub met: Option<Dated>,
    /// When it notified that it will not.
    pub failed: Option<(Option<String>, Dated)>,
}

/// A repair of an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// What it said.
    pub was: String,
    /// What it says.
    pub is: String,
    /// On what ground.
    pub ground: String,
    /// When.
    pub at: Dated,
}

/// A decision, from its draft on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// The draft, with its text as repaired.
    pub draft: Draft,
    /// Who drafted it.
    pub by: PartyId,
    /// When.
    pub drafted: Dated,
    /// The written procedures, the last one last.
    pub written: Vec<Written>,
    /// Who refused it, why, when.
    pub refused: Option<(PartyId, String, Dated)>,
    /// That it was adopted.
    pub adopted: Option<Adopted>,
    /// The parties with requirements of their own.
    pub requirements: BTreeMap<PartyId, Requirements>,
    /// Who declined to apply it provisionally, when.
    pub declined: BTreeMap<PartyId, Dated>,
    /// When and where it was published.
    pub published: Option<(String, Dated)>,
    /// The annexes that it amended, with the event that says so.
    pub amended: Vec<(super::AnnexChange, Dated)>,
    /// Repairs of errors.
    pub repairs: Vec<Repair>,
}

/// How a referral ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferralEnd {
    /// It was resolved.
    Resolved(Resolution),
    /// It was returned for want of competence.
    Returned {
        /// What the body would have had to do.
        wanting: Verb,
        /// Why.
        reason: String,
    },
    /// Who made it took it back.
    Withdrawn,
    /// It went to another body.
    Escalated(BodyId),
}

/// A rung of the ladder on which a referral was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// To whom it was given.
    pub to: Allotted,
    /// By when; absent where neither the act nor the rules of that day say so.
    pub due: Option<NaiveDate>,
    /// When it was given.
    pub at: Dated,
}

/// A referral, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralRecord {
    /// The referral.
    pub referral: Referral,
    /// Who made it.
    pub by: PartyId,
    /// When it came to this body.
    pub referred: Dated,
    /// To whom it was given, the last one last.
    pub allocated: Vec<Allocation>,
    /// How it ended here.
    pub end: Option<(ReferralEnd, Dated)>,
}

/// A body, folded from its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointBody {
    /// How many events there were.
    pub version: u64,
    /// How it was established; absent before.
    pub establishment: Option<Establishment>,
    /// When.
    pub established: Option<Dated>,
    /// What it may do, or could.
    pub competences: Vec<Held>,
    /// Its rules of procedure, the last ones last.
    pub rules: Vec<(Procedure, Dated)>,
    /// Who holds the chair of a party, since when.
    pub chairs: Vec<(OfficeHolder, Dated)>,
    /// Its sessions, as they were called.
    pub sessions: Vec<Session>,
    /// Its decisions, by key.
    pub decisions: BTreeMap<Name, DecisionRecord>,
    /// What was referred to it, by key.
    pub referrals: BTreeMap<Name, ReferralRecord>,
    /// Its sub-bodies and missions, by key, with when each was set up.
    pub sub_bodies: BTreeMap<Name, (SubBody, Dated)>,
    /// Reports to it, by key, with when each was made.
    pub reports: BTreeMap<Name, (Report, Dated)>,
    /// The items of meetings that it follows up.
    pub follows: Vec<(ItemRef, Dated)>,
    /// Why it was dissolved, and when.
    pub dissolved: Option<(Words, Dated)>,
}

/// Where a body stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyStatus {
    /// It was not established.
    Absent,
    /// It is established.
    Established,
    /// It was dissolved.
    Dissolved,
}

impl JointBody {
    /// Where it stands on a day.
    pub fn status(&self, on: NaiveDate) -> BodyStatus {
        let by = |fact: Option<&Dated>| fact.is_some_and(|fact| fact.on <= on);
        match () {
            () if !by(self.established.as_ref()) => BodyStatus::Absent,
            () if by(self.dissolved.as_ref().map(|(_, at)| at)) => BodyStatus::Dissolved,
            () => BodyStatus::Established,
        }
    }

    /// The rules of procedure of a day.
    pub fn rules_on(&self, on: NaiveDate) -> Option<&Procedure> {
        let then = self.rules.iter().filter(|(_, at)| at.on <= on);
        then.max_by_key(|(_, at)| *at).map(|(rules, _)| rules)
    }

    /// The referrals that wait for an end.
    pub fn open_referrals(&self) -> impl Iterator<Item = &ReferralRecord> {
        self.referrals
            .values()
            .filter(|record| record.end.is_none())
    }

    /// Whether a report was acted on by a day: a decision or a recommendation of the body says so
    /// (BD13). Before, it binds nobody.
    pub fn acted_on(&self, report: &Name, on: NaiveDate) -> Option<&DecisionRecord> {
        self.decisions.values().find(|decision| {
            let adopted = decision.adopted.as_ref();
            decision.draft.report.as_ref() == Some(report)
                && adopted.is_some_and(|adopted| adopted.at.on <= on)
        })
    }

    /// Whether a sub-body is at work on a day: it ends on its last day, and with the body (BD13).
    pub fn sub_body_works(&self, key: &Name, on: NaiveDate) -> bool {
        let Some((sub, set_up)) = self.sub_bodies.get(key) else {
            return false;
        };
        let ended = sub.until.is_some_and(|until| until < on);
        set_up.on <= on && !ended && self.status(on) == BodyStatus::Established
    }
}
