//! Reports of figures, as rows of numbers: they take little room, and are read back at once.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use travaux_domain::{
    Name, PartyId, Version,
    indicator::{Decimal, FigureId, FigureKey, IndicatorEvent, Period},
};

use super::{Told, only};
use crate::dossier::Asked;

/// A figure, as it was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) figure: FigureId,
    pub(super) on: NaiveDate,
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) reporter: PartyId,
    pub(super) period: Period,
    pub(super) category: Option<Name>,
    pub(super) version: Version,
    pub(super) value: Option<Decimal>,
}

impl Row {
    /// The event, as far as it was kept.
    pub(super) fn event(&self) -> IndicatorEvent {
        IndicatorEvent::FigureReported {
            on: self.on,
            version: self.version.clone(),
            key: FigureKey {
                period: self.period,
                counterpart: None,
                direction: None,
                category: self.category.clone(),
            },
            observation: only(self.value, self.on),
        }
    }
}

/// What counting looks at. Days from the beginning of the era; seconds and nanoseconds from 1970;
/// places in the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Report {
    figure: u64,
    recorded_at: (i64, u32),
    on: i32,
    reporter: u32,
    period: u32,
}

impl Report {
    fn on(&self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.on).unwrap_or_default()
    }

    fn recorded_at(&self) -> DateTime<Utc> {
        let (seconds, nanos) = self.recorded_at;
        DateTime::from_timestamp(seconds, nanos).unwrap_or_default()
    }
}

/// What else is kept: places in the lists, and the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Says {
    category: Option<u32>,
    version: u32,
    value: Option<Decimal>,
}

/// All reports of an indicator, in the order of its stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rows {
    rows: Vec<Report>,
    says: Vec<Says>,
    reporters: Vec<PartyId>,
    periods: Vec<Period>,
    categories: Vec<Name>,
    versions: Vec<Version>,
}

/// The place of something in a list: mostly it is among the last.
fn place<T: PartialEq>(list: &mut Vec<T>, of: T) -> u32 {
    let place = list.iter().rposition(|own| *own == of);
    let place = place.unwrap_or_else(|| {
        list.push(of);
        list.len() - 1
    });
    u32::try_from(place).expect("BUG: more than four billion of a kind")
}

impl Rows {
    pub(super) fn push(&mut self, row: Row) {
        let at = row.recorded_at;
        self.rows.push(Report {
            figure: row.figure.0,
            recorded_at: (at.timestamp(), at.timestamp_subsec_nanos()),
            on: row.on.num_days_from_ce(),
            reporter: place(&mut self.reporters, row.reporter),
            period: place(&mut self.periods, row.period),
        });
        self.says.push(Says {
            category: row.category.map(|own| place(&mut self.categories, own)),
            version: place(&mut self.versions, row.version),
            value: row.value,
        });
    }

    /// A figure by its number.
    pub(super) fn get(&self, figure: FigureId) -> Option<Row> {
        let found = self.rows.binary_search_by_key(&figure.0, |row| row.figure);
        let found = found.ok()?;
        let (row, says) = (self.rows.get(found)?, self.says.get(found)?);
        let category = says.category.map(|at| self.categories.get(at as usize));
        Some(Row {
            figure,
            on: row.on(),
            recorded_at: row.recorded_at(),
            reporter: self.reporters.get(row.reporter as usize)?.clone(),
            period: *self.periods.get(row.period as usize)?,
            category: category.flatten().cloned(),
            version: self.versions.get(says.version as usize)?.clone(),
            value: says.value,
        })
    }

    /// How many were recorded by a time.
    pub(super) fn known(&self, at: DateTime<Utc>) -> usize {
        let at = (at.timestamp(), at.timestamp_subsec_nanos());
        let rows = self.rows.iter();
        rows.filter(|row| row.recorded_at <= at).count()
    }

    /// What each party has told of what counts, but for the figures that are gone, in their order.
    pub(super) fn told(
        &self,
        asked: Asked,
        gone: &[FigureId],
        later: impl Fn(Period, Period) -> Period,
    ) -> BTreeMap<PartyId, Told> {
        let on = asked.on.map_or(i32::MAX, |on| on.num_days_from_ce());
        let known = asked
            .known_at
            .map(|at| (at.timestamp(), at.timestamp_subsec_nanos()));
        let mut told = vec![Told::default(); self.reporters.len()];
        for row in &self.rows {
            let counts = row.on <= on && known.is_none_or(|known| row.recorded_at <= known);
            let (true, Some(told)) = (counts, told.get_mut(row.reporter as usize)) else {
                continue;
            };
            told.last = row.figure;
            if !gone.is_empty() && gone.binary_search(&FigureId(row.figure)).is_ok() {
                continue;
            }
            told.count += 1;
            let period = self.periods.get(row.period as usize).copied();
            told.latest = match (told.latest, period) {
                (Some(one), Some(other)) => Some(later(one, other)),
                (one, other) => one.or(other),
            };
        }
        let told = self.reporters.iter().cloned().zip(told);
        told.filter(|(_, told)| told.last > 0).collect()
    }
}
