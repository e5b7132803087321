//! Who acts, when, and where an imported text came from.

use std::{collections::BTreeSet, fmt};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{Name, Reason, Refusal, Rule};

/// A party's short name, such as `MA` or `ministry-of-the-interior-fr`; unique within its agreement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartyId(pub Name);

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<PartyId> for Name {
    fn from(party: PartyId) -> Self {
        party.0
    }
}

impl From<&PartyId> for Name {
    fn from(party: &PartyId) -> Self {
        party.0.clone()
    }
}

impl From<&str> for PartyId {
    fn from(s: &str) -> Self {
        Self(s.into())
    }
}

/// A party to an agreement or a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its short name.
    pub id: PartyId,
    /// Its full name.
    pub name: String,
}

/// That parties are two or more, each once and under a short name that can be written in a list: no
/// blanks around it, no comma, no control character. What was expected and found, if they are not.
pub(crate) fn are_parties(parties: &[Party]) -> Result<(), (&'static str, String)> {
    if parties.len() < 2 {
        return Err(("two parties or more", parties.len().to_string()));
    }
    let mut seen = BTreeSet::new();
    for Party { id, .. } in parties {
        let unfit = |c: char| c == ',' || c.is_control();
        if id.0.is_empty() || id.0.trim() != id.0.as_str() || id.0.contains(unfit) {
            let expected = "short names of parties, without commas and without blanks around them";
            return Err((expected, format!("`{}`", id.0.escape_debug())));
        }
        if !seen.insert(id) {
            return Err(("each party once", format!("`{id}` twice")));
        }
    }
    Ok(())
}

/// Who acts: for which party, and by which person or office. The two are never one field: a drafter is not a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The party for which the act is done.
    pub party: PartyId,
    /// The person or office that does it, where that is known.
    #[serde(default)]
    pub person: Option<Name>,
}

impl Actor {
    /// An act for a party, by nobody named.
    pub fn party(party: impl Into<Name>) -> Self {
        Self {
            party: PartyId(party.into()),
            person: None,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.person {
            Some(person) => write!(f, "{} ({person})", self.party),
            None => self.party.fmt(f),
        }
    }
}

/// What a decision may know beside the state: who acts, on which day, and when the log learns of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// When it is recorded.
    pub now: DateTime<Utc>,
    /// On which day it was done, where that was said of an act that has no date of its own; see
    /// [`crate::Aggregate::takes_day`].
    pub done_on: Option<NaiveDate>,
}

impl Context {
    /// An act of which no day is said: it is done when it is recorded.
    pub fn new(actor: Actor, now: DateTime<Utc>) -> Self {
        let done_on = None;
        Self {
            actor,
            now,
            done_on,
        }
    }

    /// The same, done on that day.
    pub fn done_on(self, day: impl Into<Option<NaiveDate>>) -> Self {
        let done_on = day.into();
        Self { done_on, ..self }
    }

    /// The day on which the log learns of it, in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// The day of the act: as was said, or else the one on which the log learns of it.
    pub fn day(&self) -> NaiveDate {
        self.done_on.unwrap_or_else(|| self.today())
    }

    /// The day of the act, which may have been done elsewhere: then as its source tells it.
    pub(crate) fn day_of(&self, elsewhere: Option<DateTime<Utc>>) -> NaiveDate {
        elsewhere.map_or_else(|| self.day(), |at| at.date_naive())
    }

    /// When it was done: the beginning of the day that was said, or else when the log learns of it.
    pub(crate) fn done_at(&self) -> DateTime<Utc> {
        let begins = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        self.done_on.map_or(self.now, begins)
    }

    /// That a day has begun somewhere: the first zone is 14 hours ahead of UTC (RC3).
    pub(crate) fn has_come(&self, act: &str, day: NaiveDate) -> Result<(), Refusal> {
        let first_zone = self.now.checked_add_signed(TimeDelta::hours(14));
        let latest = first_zone.unwrap_or(self.now).date_naive();
        if day <= latest {
            return Ok(());
        }
        let expected = format!("a day that has come, {latest} at the latest");
        let (reason, found) = (Reason::WrongDate, day.to_string());
        Err(Refusal::new(reason, Rule::RC3, act, expected, found))
    }
}

/// Where an imported revision came from, and who proposed it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The revision's own name at its source: a git commit.
    pub source: String,
    /// The document's path at that revision.
    pub path: String,
    /// Its file mode there, as git writes it; absent for an ordinary file (0o100644).
    #[serde(default)]
    pub mode: Option<u32>,
    /// Who wrote it.
    pub by: Actor,
    /// When, by the source's own account.
    pub at: DateTime<Utc>,
}

/// An act that was done elsewhere, as a source tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActElsewhere {
    /// The act's name at its source: a git commit.
    pub source: String,
    /// Who did it.
    pub by: Actor,
    /// When, by the source's own account.
    pub at: DateTime<Utc>,
}
