//! What is published of requests: counts and delays, without any from which one could be worked out.
//!
//! The table has a row and a column of totals. Who reads it knows that each of its lines sums up; so
//! a suppressed cell is safe only while another table that sums up alike has something else there.
//! Whether there is one is asked as it is of flows: a cell may grow by one if what must shrink for it,
//! and grow for that, leads back to it along cells that are suppressed.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::Name;

/// What is told of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its row.
    pub row: Name,
    /// Its column.
    pub column: Name,
    /// How long the answer took, without the time for which the clock stood; none of one that was
    /// not answered.
    pub used: Option<TimeDelta>,
    /// Whether it was answered in time; none while that is open.
    pub in_time: Option<bool>,
}

/// A cell of what is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// What is shown. Delays and shares of fewer requests than the least count are not.
    Shown {
        /// How many requests.
        count: u32,
        /// Half were answered within so many hours.
        median_hours: Option<u64>,
        /// Nine of ten were.
        ninetieth_hours: Option<u64>,
        /// So many of a hundred were answered in time.
        in_time_percent: Option<u8>,
    },
    /// It is suppressed: `Q` in SDMX.
    Suppressed,
}

/// What is published: the last row and the last column are the totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The names of the rows.
    pub rows: Vec<Name>,
    /// Those of the columns.
    pub columns: Vec<Name>,
    /// The cells, row by row, each with its total behind; then the row of totals.
    pub cells: Vec<Vec<Cell>>,
}

/// What may be published of requests: no cell of less than `minimum`, and none from which one could
/// be worked out (IX14).
pub fn publish(told: &[Told], minimum: u32) -> Published {
    let rows: BTreeSet<_> = told.iter().map(|one| &one.row).collect();
    let columns: BTreeSet<_> = told.iter().map(|one| &one.column).collect();
    let (rows, columns) = (Vec::from_iter(rows), Vec::from_iter(columns));
    let of = |row: usize, column: usize| -> Vec<&Told> {
        let (row, column) = (rows.get(row), columns.get(column));
        let those = told.iter().filter(|one| {
            row.is_none_or(|row| one.row == **row)
                && column.is_none_or(|column| one.column == **column)
        });
        those.collect()
    };
    let size = (rows.len() + 1, columns.len() + 1);
    let each =
        |row: usize| -> Vec<Vec<&Told>> { (0..size.1).map(|column| of(row, column)).collect() };
    let sorted: Vec<_> = (0..size.0).map(each).collect();
    let count = |told: &Vec<&Told>| u32::try_from(told.len()).unwrap_or(u32::MAX);
    let counts: Vec<Vec<u32>> = sorted
        .iter()
        .map(|row| row.iter().map(count).collect())
        .collect();
    let mut grid = Grid::new(counts, minimum);
    grid.protect();
    let cell = |(row, column): (usize, usize), told: &[&Told]| match grid.hidden[row][column] {
        true => Cell::Suppressed,
        false => shown(told, minimum),
    };
    let line = |(row, line): (usize, &Vec<Vec<&Told>>)| -> Vec<Cell> {
        let each = line.iter().enumerate();
        each.map(|(column, told)| cell((row, column), told))
            .collect()
    };
    let cells = sorted.iter().enumerate().map(line).collect();
    Published {
        rows: rows.into_iter().cloned().collect(),
        columns: columns.into_iter().cloned().collect(),
        cells,
    }
}

fn shown(told: &[&Told], minimum: u32) -> Cell {
    let enough = |count: usize| count >= minimum as usize;
    let mut hours: Vec<u64> = told
        .iter()
        .filter_map(|one| one.used.map(in_hours))
        .collect();
    hours.sort_unstable();
    let nth = |tenths: usize| {
        let at = (hours.len() * tenths).div_ceil(10).saturating_sub(1);
        hours.get(at).copied().filter(|_| enough(hours.len()))
    };
    let settled: Vec<_> = told.iter().filter_map(|one| one.in_time).collect();
    let kept = settled.iter().filter(|kept| **kept).count();
    let percent = (kept * 100).checked_div(settled.len());
    let percent = percent.and_then(|percent| u8::try_from(percent).ok());
    Cell::Shown {
        count: u32::try_from(told.len()).unwrap_or(u32::MAX),
        median_hours: nth(5),
        ninetieth_hours: nth(9),
        in_time_percent: percent.filter(|_| enough(settled.len())),
    }
}

/// Whole hours, begun ones with them.
fn in_hours(used: TimeDelta) -> u64 {
    let seconds = u64::try_from(used.num_seconds()).unwrap_or_default();
    seconds.div_ceil(3_600)
}

/// A cell by its row and column.
type At = (usize, usize);

/// The counts with their totals, and what is suppressed of them.
struct Grid {
    counts: Vec<Vec<u32>>,
    hidden: Vec<Vec<bool>>,
}

/// A step of a cell by one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Up,
    Down,
}

impl Step {
    fn back(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

impl Grid {
    fn new(counts: Vec<Vec<u32>>, minimum: u32) -> Self {
        let small = |row: &Vec<u32>| row.iter().map(|count| *count < minimum).collect();
        let hidden = counts.iter().map(small).collect();
        Self { counts, hidden }
    }

    fn all(&self) -> impl Iterator<Item = At> + '_ {
        let rows = self.counts.iter().enumerate();
        rows.flat_map(|(row, line)| (0..line.len()).map(move |column| (row, column)))
    }

    fn last(&self) -> At {
        let columns = self.counts.first().map_or(0, Vec::len);
        (
            self.counts.len().saturating_sub(1),
            columns.saturating_sub(1),
        )
    }

    /// A total of its line: it grows where a cell of the line does. The total of all is one of both
    /// ways, so it counts as none.
    fn is_total(&self, at: At) -> bool {
        let last = self.last();
        (at.0 == last.0) != (at.1 == last.1)
    }

    /// Suppresses more, one by one, until no suppressed cell can be worked out.
    fn protect(&mut self) {
        loop {
            let mut all = self.all();
            let told = all.find(|at| self.hidden[at.0][at.1] && self.is_told(*at));
            drop(all);
            match told.and_then(|told| self.beside(told)) {
                Some(more) => self.hidden[more.0][more.1] = true,
                None => return,
            }
        }
    }

    /// The one to suppress for another: the smallest that alone is enough; if none is, the smallest
    /// of its line that has the fewest. A total only where nothing else is left.
    fn beside(&mut self, told: At) -> Option<At> {
        let last = self.last();
        let mut shown: Vec<_> = self.all().filter(|at| !self.hidden[at.0][at.1]).collect();
        shown.sort_by_key(|at| {
            let total = at.0 == last.0 || at.1 == last.1;
            (total, self.counts[at.0][at.1], *at)
        });
        for at in &shown {
            self.hidden[at.0][at.1] = true;
            let enough = !self.is_told(told);
            self.hidden[at.0][at.1] = false;
            if enough {
                return Some(*at);
            }
        }
        let hidden_in = |is_of: &dyn Fn(At) -> bool| {
            let those = self.all().filter(|at| is_of(*at));
            those.filter(|at| self.hidden[at.0][at.1]).count()
        };
        let in_row = hidden_in(&|at| at.0 == told.0);
        let in_column = hidden_in(&|at| at.1 == told.1);
        shown
            .into_iter()
            .min_by_key(|at| match (at.0 == told.0, at.1 == told.1) {
                (true, _) => in_row,
                (_, true) => in_column,
                _ => usize::MAX,
            })
    }

    /// Whether a suppressed cell can be worked out: no other counts, none of them below zero, sum
    /// up to what is shown and have another one there.
    fn is_told(&self, at: At) -> bool {
        !self.may_step(at, Step::Up) && !self.may_step(at, Step::Down)
    }

    /// Whether a cell may take a step itself: all may grow, and those above zero shrink; a total the
    /// other way round, as it stands on the other side of its sum.
    fn is_free(&self, at: At, step: Step) -> bool {
        let step = if self.is_total(at) { step.back() } else { step };
        step == Step::Up || self.counts[at.0][at.1] > 0
    }

    /// Whether a cell may take a step that others make good, line by line, back to its own.
    fn may_step(&self, at: At, step: Step) -> bool {
        if !self.is_free(at, step) {
            return false;
        }
        let (rows, columns) = (self.last().0 + 1, self.last().1 + 1);
        let open = |other: At, step: Step| {
            other != at && self.hidden[other.0][other.1] && self.is_free(other, step)
        };
        // Columns whose sum is off by the step, and rows whose sum is off by its opposite.
        let (mut in_columns, mut in_rows) = (vec![at.1], Vec::new());
        let (mut seen_columns, mut seen_rows) = (BTreeSet::from([at.1]), BTreeSet::new());
        while let Some(column) = in_columns.pop() {
            for row in (0..rows).filter(|row| open((*row, column), step.back())) {
                if row == at.0 {
                    return true;
                }
                if seen_rows.insert(row) {
                    in_rows.push(row);
                }
            }
            while let Some(row) = in_rows.pop() {
                let open = (0..columns).filter(|next| open((row, *next), step));
                in_columns.extend(open.filter(|next| seen_columns.insert(*next)));
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every table without negative counts that sums up to what is shown, by trying all.
    fn alike(grid: &Grid, most: u32) -> Vec<Vec<Vec<u32>>> {
        let (rows, columns) = grid.last();
        let mut inner = vec![0; rows * columns];
        let mut found = Vec::new();
        loop {
            let mut counts: Vec<Vec<u32>> = inner.chunks(columns).map(<[u32]>::to_vec).collect();
            for row in &mut counts {
                let total = row.iter().sum();
                row.push(total);
            }
            let sum = |column: usize| counts.iter().map(|row| row[column]).sum();
            counts.push((0..=columns).map(sum).collect());
            let fits = grid
                .all()
                .all(|(r, c)| grid.hidden[r][c] || counts[r][c] == grid.counts[r][c]);
            if fits {
                found.push(counts);
            }
            let Some(at) = inner.iter().position(|count| *count < most) else {
                return found;
            };
            inner[at] += 1;
            inner[..at].fill(0);
        }
    }

    fn grid(inner: &[&[u32]], minimum: u32) -> Grid {
        let mut counts: Vec<Vec<u32>> = inner.iter().map(|row| row.to_vec()).collect();
        for row in &mut counts {
            let total = row.iter().sum();
            row.push(total);
        }
        let columns = counts[0].len();
        let sum = |column: usize| counts.iter().map(|row| row[column]).sum();
        let totals = (0..columns).map(sum).collect();
        counts.push(totals);
        Grid::new(counts, minimum)
    }

    /// Whether a cell is the same in all tables that sum up alike.
    fn is_same(tables: &[Vec<Vec<u32>>], (row, column): At) -> bool {
        tables
            .windows(2)
            .all(|two| two[0][row][column] == two[1][row][column])
    }

    #[test]
    fn what_can_be_worked_out_is_what_is_the_same_in_all_tables_that_sum_up_alike() {
        let small: [[u32; 4]; 12] = [
            [0, 0, 0, 0],
            [1, 0, 0, 1],
            [2, 3, 1, 0],
            [2, 2, 2, 2],
            [0, 3, 3, 0],
            [1, 1, 0, 0],
            [3, 0, 1, 2],
            [2, 1, 3, 3],
            [3, 3, 3, 1],
            [0, 1, 2, 3],
            [1, 2, 0, 2],
            [0, 2, 0, 3],
        ];
        for cells in small {
            for minimum in 1..=3 {
                let mut grid = grid(&[&cells[..2], &cells[2..]], minimum);
                // As it is, before it is protected, and with each cell hidden beside.
                let extra = grid.all().collect::<Vec<_>>();
                for more in extra {
                    let before = std::mem::replace(&mut grid.hidden[more.0][more.1], true);
                    let tables = alike(&grid, 8);
                    for at in grid.all().filter(|at| grid.hidden[at.0][at.1]) {
                        let told = is_same(&tables, at);
                        assert_eq!(
                            grid.is_told(at),
                            told,
                            "{cells:?} {minimum} {more:?} {at:?}"
                        );
                    }
                    grid.hidden[more.0][more.1] = before;
                }
                grid.protect();
                let tables = alike(&grid, 8);
                let hidden = grid.all().filter(|at| grid.hidden[at.0][at.1]);
                for at in hidden.collect::<Vec<_>>() {
                    let all = grid.hidden.iter().flatten().all(|hidden| *hidden);
                    assert!(all || !is_same(&tables, at), "{cells:?} {minimum} {at:?}");
                }
            }
        }
    }
}
