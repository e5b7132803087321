//! What two parties say of one thing, held against each other.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Decimal, Figure, FigureAt, FigureId, Flow, Indicator, MirrorKey, Revised};
use crate::PartyId;

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
}

/// What a figure says as it stands, and what its mirror has in common with it.
fn told(id: FigureId, figure: &Figure) -> Option<((FigureAt, &Revised), MirrorKey)> {
    figure.stands()?;
    let (revision, said) = figure.current()?;
    let key = figure.key.mirror(&figure.reporter, &said.version)?;
    let figure = id;
    Some(((FigureAt { figure, revision }, said), key))
}
