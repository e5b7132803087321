//! What two parties say of one thing, held against each other; and sums, with what they cover.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Decimal, Figure, FigureAt, FigureId, FigureKey, Flow, Indicator, MirrorKey, ObsStatus, Revised,
};
use crate::{Name, PartyId};

/// What comes of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are as near as the definition asks.
    Agree {
        /// The first less the second.
        gap: Decimal,
    },
    /// They are a discrepancy.
    Differ {
        /// The first less the second.
        gap: Decimal,
    },
    /// Both sides tell of it by different major versions: they are not one thing.
    NotComparable,
    /// One side tells nothing, or has no value.
    OneSided,
    /// One may not be seen by everybody at that time: it is counted, and not compared.
    NotShown,
}

/// The figures of both sides for one thing, and what comes of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What they have in common.
    pub key: MirrorKey,
    /// The figure of the party from which it goes, or of the first by name.
    pub one: Option<FigureAt>,
    /// That of the other.
    pub other: Option<FigureAt>,
    /// What comes of them.
    pub verdict: Verdict,
}

/// Why figures have no sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoSum {
    /// There is no figure, or none with a value.
    Nothing,
    /// They are counted by different major versions.
    MixedMajors,
    /// This one is suppressed (status Q): the sum would give it away, or be without it.
    Suppressed(FigureId),
    /// This one may not be seen by everybody.
    NotShown(FigureId),
    /// The first is counted in the second as well, in whole or in part: a mirror, a total, a longer
    /// period, or a category that the second says it includes.
    CountedTwice(FigureId, FigureId),
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

impl Flow {
    fn first(&self) -> &PartyId {
        match self {
            Self::From(one, _) | Self::Between(one, _) => one,
        }
    }
}

/// The figures of both sides that stand.
#[derive(Clone, Copy, Default)]
struct Sides<'a>(
    Option<(FigureAt, &'a Revised)>,
    Option<(FigureAt, &'a Revised)>,
);

impl Indicator {
    /// Each thing of which figures tell that could have a mirror, with what both sides say of it at
    /// a time (ST11): the result is the same whichever side is asked first (INV24).
    pub fn compare(&self, at: DateTime<Utc>) -> Vec<Comparison> {
        let mut sides: BTreeMap<MirrorKey, Sides<'_>> = BTreeMap::new();
        for (id, figure) in &self.figures {
            let Some((told, key)) = told(*id, figure) else {
                continue;
            };
            let of_first = figure.reporter == *key.flow.first();
            let both = sides.entry(key).or_default();
            *if of_first { &mut both.0 } else { &mut both.1 } = Some(told);
        }
        let compared = sides.iter().map(|(key, both)| {
            let elsewhere = || self.is_told_by_another_major(key, both, &sides);
            Comparison {
                key: key.clone(),
                one: both.0.map(|(at, _)| at),
                other: both.1.map(|(at, _)| at),
                verdict: self.verdict(*both, at, elsewhere),
            }
        });
        compared.collect()
    }

    /// What comes of two figures that mirror each other, as they stand at a time (ST11).
    pub(super) fn verdict_of(&self, pair: [FigureId; 2], at: DateTime<Utc>) -> Option<Verdict> {
        let [one, other] = pair.map(|id| told(id, self.figures.get(&id)?));
        let ((one, first), (other, second)) = (one?, other?);
        if first.major == second.major {
            return Some(self.verdict(Sides(Some(one), Some(other)), at, || false));
        }
        Some(Verdict::NotComparable)
    }

    fn verdict(
        &self,
        sides: Sides<'_>,
        at: DateTime<Utc>,
        elsewhere: impl FnOnce() -> bool,
    ) -> Verdict {
        let each = [sides.0, sides.1];
        let mut told = each.iter().flatten();
        if told.any(|(_, said)| !said.observation.confidentiality.is_public(at)) {
            return Verdict::NotShown;
        }
        let (Some((_, one)), Some((_, other))) = (sides.0, sides.1) else {
            return if elsewhere() {
                Verdict::NotComparable
            } else {
                Verdict::OneSided
            };
        };
        let values = one.observation.value.zip(other.observation.value);
        let gap = values.and_then(|(one, other)| one.minus(other));
        match gap {
            None => Verdict::OneSided,
            Some(gap) if self.is_discrepancy(gap, one, other) => Verdict::Differ { gap },
            Some(gap) => Verdict::Agree { gap },
        }
    }

    /// Whether so much is more than the tolerance of the later of both versions lets stand between
    /// two figures (ST11).
    pub(super) fn is_discrepancy(&self, gap: Decimal, one: &Revised, other: &Revised) -> bool {
        let version = (&one.version).max(&other.version);
        let tolerance = self.adopted.get(version).map(|a| a.definition.tolerance);
        let tolerance = tolerance.unwrap_or_default();
        let values = [one, other].map(|said| said.observation.value.unwrap_or_default().abs());
        let larger = values.into_iter().max().unwrap_or_default();
        gap.abs()
            .exceeds(larger, tolerance.absolute, tolerance.relative)
    }

    /// Whether the side that tells nothing by this major version tells of the same by another.
    fn is_told_by_another_major(
        &self,
        key: &MirrorKey,
        sides: &Sides<'_>,
        all: &BTreeMap<MirrorKey, Sides<'_>>,
    ) -> bool {
        let first = MirrorKey {
            major: 0,
            ..key.clone()
        };
        let same = |other: &MirrorKey| {
            (other.period, &other.flow, &other.category) == (key.period, &key.flow, &key.category)
        };
        let mut of_it = all.range(first..).take_while(|(other, _)| same(other));
        of_it.any(|(_, both)| match sides {
            Sides(None, _) => both.0.is_some(),
            Sides(_, _) => both.1.is_some(),
        })
    }

    /// The sum of figures as they stand, with what it covers (ST17): of one major version, none
    /// suppressed or hidden, none counted in another: no mirror of one, no total with its parts.
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
            if said.version.major != sum.major {
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
        let twice = included(&counted).or_else(|| self.overlapping(&counted));
        match twice {
            Some((part, whole)) => Err(NoSum::CountedTwice(part, whole)),
            None if sum.parts.is_empty() => Err(NoSum::Nothing),
            None => Ok(sum),
        }
    }

    /// The days that a figure is about.
    fn span<'a>(&self, (id, figure, said): Part<'a>) -> Option<Span<'a>> {
        let definition = &self.adopted.get(&said.version)?.definition;
        let days = figure.key.period.days(definition.year_start())?;
        Some((days, id, figure))
    }

    /// Two figures of which one counts something that the other counts as well, by their keys.
    fn overlapping(&self, figures: &[Part<'_>]) -> Option<(FigureId, FigureId)> {
        let mut spans: Vec<_> = figures.iter().filter_map(|p| self.span(*p)).collect();
        spans.sort_by_key(|(days, id, _)| (*days, *id));
        spans.iter().enumerate().find_map(|(at, (days, id, one))| {
            let later = spans[at + 1..].iter();
            let mut meanwhile = later.take_while(|((from, _), ..)| *from <= days.1);
            let (_, other, _) = meanwhile.find(|(_, _, other)| one.overlaps(other))?;
            Some((*other, *id))
        })
    }
}

/// A figure of a sum.
type Part<'a> = (FigureId, &'a Figure, &'a Revised);

/// The first and the last day of a figure's period.
type Span<'a> = ((NaiveDate, NaiveDate), FigureId, &'a Figure);

/// A figure of a category or an area that another says it includes (status W).
fn included(figures: &[Part<'_>]) -> Option<(FigureId, FigureId)> {
    let including = figures.iter().flat_map(|(id, _, said)| {
        let names = said.observation.includes.iter();
        names.map(move |name| (name, *id))
    });
    let including: BTreeMap<&Name, FigureId> = including.collect();
    figures.iter().find_map(|(id, figure, _)| {
        let names = [&figure.key.category, &figure.key.counterpart];
        let whole = names
            .into_iter()
            .flatten()
            .find_map(|name| including.get(name))?;
        Some((*id, *whole))
    })
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
        // Two reporters count in common what is between them: where neither names the other, each
        // may count its own.
        let names = |key: &FigureKey, who: &PartyId| key.counterpart.as_ref() == Some(&who.0);
        let reaches = |key: &FigureKey, who| key.counterpart.is_none() || names(key, who);
        category
            && direction.is_none_or(|(a, b)| a != b)
            && reaches(one, &other.reporter)
            && reaches(two, &self.reporter)
            && (names(one, &other.reporter) || names(two, &self.reporter))
    }
}

/// What two say, if both do.
fn both_say<'a, T>(one: &'a Option<T>, other: &'a Option<T>) -> Option<(&'a T, &'a T)> {
    one.as_ref().zip(other.as_ref())
}

/// What a figure says as it stands, and what its mirror has in common with it.
fn told(id: FigureId, figure: &Figure) -> Option<((FigureAt, &Revised), MirrorKey)> {
    figure.stands()?;
    let (revision, said) = figure.current()?;
    let key = figure.key.mirror(&figure.reporter, &said.version)?;
    let figure = id;
    Some(((FigureAt { figure, revision }, said), key))
}
