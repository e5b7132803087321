//! Who does what on which day. Each thing has a course, in which an act is never recorded before the
//! one before it; what does not depend on each other is recorded as it comes.

use chrono::{Days, NaiveDate};
use travaux::{
    Ids,
    domain::{
        FrameworkId, Name, PartyId, StreamCommand,
        partnership::{OfficeHolder, Words},
    },
    text::Lang,
};

use super::{Rng, Sizes};

/// What a party does on a day: all of it in one commit.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// When it is recorded, and behind how many others of its course on that day.
    pub(super) at: (NaiveDate, u32),
    pub(super) party: PartyId,
    pub(super) commands: Vec<StreamCommand>,
}

/// How far the acts of one thing have come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// When the last act was done.
    pub(super) on: NaiveDate,
    recorded: (NaiveDate, u32),
}

impl Course {
    /// It begins on a day.
    pub(super) fn from(on: NaiveDate) -> Self {
        let recorded = (on, 0);
        Self { on, recorded }
    }

    /// So many days later; the day.
    pub(super) fn later(&mut self, days: u32) -> NaiveDate {
        self.on = self.on + Days::new(days.into());
        self.on
    }

    /// Behind this one and another.
    pub(super) fn join(&mut self, other: &Self) {
        self.on = self.on.max(other.on);
        self.recorded = self.recorded.max(other.recorded);
    }

    /// The day on which the last act was recorded.
    pub(super) fn recorded(&self) -> NaiveDate {
        self.recorded.0
    }
}

/// What the parts of a partnership are made with.
pub(super) struct Maker<'a> {
    pub(super) rng: Rng,
    pub(super) sizes: Sizes,
    pub(super) ids: &'a dyn Ids,
    pub(super) framework: FrameworkId,
    pub(super) parties: Vec<PartyId>,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    acts: Vec<Act>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(rng: Rng, sizes: Sizes, ids: &'a dyn Ids) -> Self {
        let first = NaiveDate::from_ymd_opt(2015, 1, 5).unwrap_or_default();
        let letters = ('A'..='Z').take(sizes.parties.max(3));
        Self {
            rng,
            sizes,
            ids,
            framework: FrameworkId(ids.next()),
            parties: letters
                .map(|letter| letter.to_string().as_str().into())
                .collect(),
            first,
            last: first + Days::new(365 * u64::from(sizes.years)),
            acts: Vec::new(),
        }
    }

    /// A day, so many days after the first.
    pub(super) fn day(&self, after: u32) -> NaiveDate {
        self.first + Days::new(after.into())
    }

    /// How many days there are.
    pub(super) fn days(&self) -> u32 {
        365 * self.sizes.years
    }

    /// A party does something in its course, and has it recorded so many days late. What would be
    /// recorded after the last day is left out, and all that comes after it.
    pub(super) fn does_late(
        &mut self,
        course: &mut Course,
        party: &PartyId,
        days_late: u32,
        commands: Vec<StreamCommand>,
    ) {
        let (day, behind) = course.recorded;
        let at = (course.on + Days::new(days_late.into())).max(day);
        course.recorded = (at, if at == day { behind + 1 } else { 0 });
        if at <= self.last {
            self.done_at(course.recorded, party, commands);
        }
    }

    /// Has something recorded on a day, behind so many others.
    pub(super) fn done_at(
        &mut self,
        at: (NaiveDate, u32),
        party: &PartyId,
        commands: Vec<StreamCommand>,
    ) {
        let party = party.clone();
        self.acts.push(Act {
            at,
            party,
            commands,
        });
    }

    /// The same, recorded on the day; one time in five up to a week late.
    pub(super) fn does(
        &mut self,
        course: &mut Course,
        party: &PartyId,
        command: impl Into<Vec<StreamCommand>>,
    ) {
        let late = match self.rng.chance(20) {
            true => self.rng.between(1, 7),
            false => 0,
        };
        self.does_late(course, party, late, command.into());
    }

    /// All acts, in the order in which they are recorded.
    pub(super) fn acts(mut self) -> Vec<Act> {
        self.acts
            .sort_by(|a, b| (a.at, &a.party).cmp(&(b.at, &b.party)));
        self.acts
    }
}

/// English.
pub(super) fn en() -> Lang {
    Lang::parse("en").expect("a language tag")
}

/// Words in English.
pub(super) fn words(text: impl Into<String>) -> Words {
    Words::from([(en(), text.into())])
}

/// A key that is made up.
pub(super) fn name(text: impl AsRef<str>) -> Name {
    text.as_ref().into()
}

/// An office of a party.
pub(super) fn office(party: &PartyId, office: &str) -> OfficeHolder {
    OfficeHolder {
        party: party.clone(),
        office: office.to_owned(),
        name: None,
    }
}

/// The areas under which agreements, actions and requests stand from the beginning.
pub(super) const AREAS: [&str; 6] = [
    "migration",
    "security",
    "justice",
    "transport",
    "energy",
    "research",
];
