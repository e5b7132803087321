//! Which figures of a reporter stand, by series and period.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Direction, FigureId, FigureKey, Period};
use crate::Name;

/// What the figures of a series have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Series {
    counterpart: Option<Name>,
    direction: Option<Direction>,
    category: Option<Name>,
}

impl Series {
    fn of(key: &FigureKey) -> Self {
        Self {
            counterpart: key.counterpart.clone(),
            direction: key.direction,
            category: key.category.clone(),
        }
    }
}

/// The last figure of a series and a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Last {
    figure: FigureId,
    /// When it was taken back, if it was.
    until: Option<NaiveDate>,
}

/// The figures of a reporter that stand, and when those were taken back that nothing took the place
/// of. It is written as a list, as no key of it is a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing(BTreeMap<Series, BTreeMap<Period, Last>>);

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(&self.0)
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let list: Vec<(Series, BTreeMap<Period, Last>)> = Vec::deserialize(from)?;
        Ok(Self(list.into_iter().collect()))
    }
}

impl Standing {
    pub(super) fn begins(&mut self, key: &FigureKey, figure: FigureId) {
        let series = self.0.entry(Series::of(key)).or_default();
        let until = None;
        series.insert(key.period, Last { figure, until });
    }

    pub(super) fn ends(&mut self, key: &FigureKey, on: NaiveDate) {
        let series = self.0.get_mut(&Series::of(key));
        if let Some(last) = series.and_then(|series| series.get_mut(&key.period)) {
            last.until = Some(on);
        }
    }

    fn last(&self, key: &FigureKey) -> Option<&Last> {
        self.0.get(&Series::of(key))?.get(&key.period)
    }

    pub(super) fn at(&self, key: &FigureKey) -> Option<FigureId> {
        let last = self.last(key).filter(|last| last.until.is_none())?;
        Some(last.figure)
    }

    /// When the last one of the key was taken back, if it was.
    pub(super) fn free_from(&self, key: &FigureKey) -> Option<NaiveDate> {
        self.last(key)?.until
    }

    /// The last one of the series that comes before the key's period.
    pub(super) fn before(&self, key: &FigureKey) -> Option<FigureId> {
        let series = self.0.get(&Series::of(key))?;
        let mut before = series.range(..key.period).rev();
        let found = before.find(|(_, last)| last.until.is_none());
        found.map(|(_, last)| last.figure)
    }
}
