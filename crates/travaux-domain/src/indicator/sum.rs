//! Sums of figures, with what they cover (ST17).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Decimal, Figure, FigureId, FigureKey, Indicator, ObsStatus, Revised};
use crate::{Name, PartyId, Version};

/// Why figures have no sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoSum {
    /// There is no figure, or none with a value.
    Nothing,
    /// They are counted by versions between which anything may differ: of different majors, or any
    /// before 1.0.0.
    MixedMajors,
    /// This one is suppressed (status Q): the sum would give it away, or be without it.
    Suppressed(FigureId),
    /// This one may not be seen by everybody.
    NotShown(FigureId),
    /// Both count something in common: one mirrors the other, is a part of it, or both include it.
    CountedTwice(FigureId, FigureId),
    /// They are shares: only what they are shares of can be summed.
    Shares,
    /// It is past the largest number.
    TooLarge,
}

/// A sum, with what it covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// The sum.
    pub value: Decimal,
    /// The major version of its parts.
    pub major: u32,
    /// The figures in it.
    pub parts: Vec<FigureId>,
    /// Those that have no value, and why.
    pub without: Vec<(FigureId, ObsStatus)>,
    /// What its parts include beside themselves.
    pub includes: Vec<Name>,
}

/// A figure of a sum, with the first and the last day of its period.
#[derive(Clone, Copy)]
struct Part<'a> {
    id: FigureId,
    figure: &'a Figure,
    said: &'a Revised,
    days: (NaiveDate, NaiveDate),
}

/// Whether figures by these versions count the same: before 1.0.0 any step may change anything.
fn one_line(one: &Version, other: &Version) -> bool {
    one == other || one.major == other.major && one.major > 0
}

impl Indicator {
    /// The sum of figures as they stand, with what it covers (ST17): of one major version, none
    /// suppressed or hidden, none counted in another: no mirror of one, no total with its parts.
    /// Counterparts are told apart by their codes as they were reported.
    ///
    /// # Errors
    /// [`NoSum`]: why there is none.
    pub fn sum(&self, of: &[FigureId], at: DateTime<Utc>) -> Result<Sum, NoSum> {
        let stands = |id: &FigureId| {
            let figure = self.figures.get(id)?;
            Some((*id, figure, figure.stands()?))
        };
        let parts: Vec<_> = of.iter().filter_map(stands).collect();
        let Some((_, _, first)) = parts.first() else {
            return Err(NoSum::Nothing);
        };
        let mut sum = Sum {
            value: Decimal::ZERO,
            major: first.version.major,
            parts: Vec::new(),
            without: Vec::new(),
            includes: Vec::new(),
        };
        let mut counted = Vec::new();
        for (id, figure, said) in &parts {
            let said_of_it = &said.observation;
            if !one_line(&said.version, &first.version) {
                return Err(NoSum::MixedMajors);
            }
            if said_of_it.has(ObsStatus::Q) {
                return Err(NoSum::Suppressed(*id));
            }
            if !said_of_it.confidentiality.is_public(at) {
                return Err(NoSum::NotShown(*id));
            }
            sum.includes.extend(said_of_it.includes.iter().cloned());
            match (said_of_it.value, said_of_it.status.missing()) {
                (Some(value), _) => {
                    sum.value = sum.value.plus(value).ok_or(NoSum::TooLarge)?;
                    sum.parts.push(*id);
                    counted.push((*id, *figure, *said));
                }
                (None, why) => sum.without.push((*id, why.unwrap_or(ObsStatus::O))),
            }
        }
        self.counts_once(&counted)?;
        if sum.parts.is_empty() {
            return Err(NoSum::Nothing);
        }
        Ok(sum)
    }

    /// That figures are no shares, and no two of them count something in common.
    fn counts_once(&self, figures: &[(FigureId, &Figure, &Revised)]) -> Result<(), NoSum> {
        let mut parts = Vec::new();
        for (id, figure, said) in figures {
            let adopted = self.adopted.get(&said.version);
            let Some(definition) = adopted.map(|adopted| &adopted.definition) else {
                continue;
            };
            if definition.ratio.is_some() {
                return Err(NoSum::Shares);
            }
            let days = figure.key.period.days(definition.year_start());
            parts.extend(days.map(|days| Part {
                id: *id,
                figure,
                said,
                days,
            }));
        }
        parts.sort_by_key(|part| (part.days, part.id));
        match overlapping(&parts).or_else(|| included(&parts)) {
            Some((one, other)) => Err(NoSum::CountedTwice(one.min(other), one.max(other))),
            None => Ok(()),
        }
    }
}

/// Two figures that count something in common by their keys. Figures of two categories do not, so
/// each category is looked at for itself, with those of all categories.
fn overlapping(parts: &[Part<'_>]) -> Option<(FigureId, FigureId)> {
    let mut categories: BTreeMap<&Name, Vec<Part<'_>>> = BTreeMap::new();
    for part in parts {
        if let Some(category) = &part.figure.key.category {
            categories.entry(category).or_default();
        }
    }
    for part in parts {
        match &part.figure.key.category {
            Some(category) => categories.entry(category).or_default().push(*part),
            None => categories.values_mut().for_each(|all| all.push(*part)),
        }
    }
    if categories.is_empty() {
        return first_overlap(parts);
    }
    categories.values().find_map(|parts| first_overlap(parts))
}

/// The first two, of figures in the order of their periods.
fn first_overlap(parts: &[Part<'_>]) -> Option<(FigureId, FigureId)> {
    parts.iter().enumerate().find_map(|(at, one)| {
        let later = parts[at + 1..].iter();
        let mut meanwhile = later.take_while(|other| other.days.0 <= one.days.1);
        let other = meanwhile.find(|other| one.figure.overlaps(other.figure))?;
        Some((one.id, other.id))
    })
}

/// A figure that includes others (status W), with one of a category or an area that it includes, or
/// with another that includes the same.
fn included(parts: &[Part<'_>]) -> Option<(FigureId, FigureId)> {
    let mut named: BTreeMap<&Name, Vec<Part<'_>>> = BTreeMap::new();
    for part in parts {
        let own = [&part.figure.key.category, &part.figure.key.counterpart];
        let includes = part.said.observation.includes.iter();
        for name in own.into_iter().flatten().chain(includes) {
            named.entry(name).or_default().push(*part);
        }
    }
    parts.iter().find_map(|whole| {
        let includes = whole.said.observation.includes.iter();
        let mut others = includes.flat_map(|name| &named[name]);
        let other = others.find(|other| other.id != whole.id && whole.may_include(other))?;
        Some((other.id, whole.id))
    })
}

impl Part<'_> {
    /// Whether what one includes may be in the other: both are of one reporter, one way, of one time,
    /// and differ in the category or in the area alone.
    fn may_include(&self, other: &Self) -> bool {
        let (one, two) = (&self.figure.key, &other.figure.key);
        self.figure.reporter == other.figure.reporter
            && self.days.0 <= other.days.1
            && other.days.0 <= self.days.1
            && one.direction == two.direction
            && (one.category == two.category || one.counterpart == two.counterpart)
    }
}

impl Figure {
    /// Whether both count something in common, where their periods do: what a key leaves open, it
    /// counts all of.
    fn overlaps(&self, other: &Self) -> bool {
        let (one, two) = (&self.key, &other.key);
        let category = both_say(&one.category, &two.category).is_none_or(|(a, b)| a == b);
        let direction = both_say(&one.direction, &two.direction);
        if self.reporter == other.reporter {
            let counterpart = both_say(&one.counterpart, &two.counterpart);
            return category
                && direction.is_none_or(|(a, b)| a == b)
                && counterpart.is_none_or(|(a, b)| a == b);
        }
        // Two reporters count in common what is between them. What goes out of one to all comes into
        // the other from all; where there is no way, each may count what is its own alone.
        let names = |key: &FigureKey, who: &PartyId| key.counterpart.as_ref() == Some(&who.0);
        let reaches = |key: &FigureKey, who| key.counterpart.is_none() || names(key, who);
        category
            && direction.is_none_or(|(a, b)| a != b)
            && reaches(one, &other.reporter)
            && reaches(two, &self.reporter)
            && (direction.is_some() || names(one, &other.reporter) || names(two, &self.reporter))
    }
}

/// What two say, if both do.
fn both_say<'a, T>(one: &'a Option<T>, other: &'a Option<T>) -> Option<(&'a T, &'a T)> {
    one.as_ref().zip(other.as_ref())
}
