//! Which figures of a reporter stand, by series and period.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

/// The figures of a reporter that stand. It is written as a list, as no key of it is a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "Vec<(Series, BTreeMap<Period, FigureId>)>",
    into = "Vec<(Series, BTreeMap<Period, FigureId>)>"
)]
pub(super) struct Standing(BTreeMap<Series, BTreeMap<Period, FigureId>>);

impl From<Vec<(Series, BTreeMap<Period, FigureId>)>> for Standing {
    fn from(list: Vec<(Series, BTreeMap<Period, FigureId>)>) -> Self {
        Self(list.into_iter().collect())
    }
}

impl From<Standing> for Vec<(Series, BTreeMap<Period, FigureId>)> {
    fn from(standing: Standing) -> Self {
        standing.0.into_iter().collect()
    }
}

impl Standing {
    pub(super) fn begins(&mut self, key: &FigureKey, id: FigureId) {
        let series = self.0.entry(Series::of(key)).or_default();
        series.insert(key.period, id);
    }

    pub(super) fn ends(&mut self, key: &FigureKey) {
        if let Some(series) = self.0.get_mut(&Series::of(key)) {
            series.remove(&key.period);
        }
    }

    pub(super) fn at(&self, key: &FigureKey) -> Option<FigureId> {
        self.0.get(&Series::of(key))?.get(&key.period).copied()
    }

    /// The last one of the series that comes before the key's period.
    pub(super) fn before(&self, key: &FigureKey) -> Option<FigureId> {
        let series = self.0.get(&Series::of(key))?;
        series.range(..key.period).next_back().map(|(_, id)| *id)
    }
}
