//! Two orders of the same things: what stayed, what moved, what came and went.

use std::{collections::HashMap, hash::Hash};

/// What became of one thing between two orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In both, and among those that kept their order.
    Kept,
    /// In both, but elsewhere relative to those that kept their order.
    Moved,
    /// Only in this one.
    Alone,
}

/// The fates of all things of two orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aligned {
    /// For each thing of the old order.
    pub old: Vec<Fate>,
    /// For each thing of the new order.
    pub new: Vec<Fate>,
}

/// Aligns two orders whose things are unique within each. As few as possible count as moved.
pub fn align<T: Eq + Hash>(old: &[T], new: &[T]) -> Aligned {
    let place: HashMap<&T, usize> = old.iter().enumerate().map(|(at, t)| (t, at)).collect();
    let places: Vec<Option<usize>> = new.iter().map(|t| place.get(t).copied()).collect();
    let mut aligned = Aligned {
        old: vec![Fate::Alone; old.len()],
        new: vec![Fate::Alone; new.len()],
    };
    for (at, old_at) in places.iter().enumerate() {
        if let Some(old_at) = old_at {
            aligned.new[at] = Fate::Moved;
            aligned.old[*old_at] = Fate::Moved;
        }
    }
    for at in longest_increasing(&places) {
        aligned.new[at] = Fate::Kept;
        if let Some(old_at) = places[at] {
            aligned.old[old_at] = Fate::Kept;
        }
    }
    aligned
}

/// The indices of a longest strictly increasing subsequence of the values that are there (patience sorting).
pub(crate) fn longest_increasing(values: &[Option<usize>]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; values.len()];
    for (at, value) in values.iter().enumerate() {
        if value.is_none() {
            continue;
        }
        let pile = tails.partition_point(|tail| values[*tail] < *value);
        before[at] = pile.checked_sub(1).map(|left| tails[left]);
        if pile == tails.len() {
            tails.push(at)
        } else {
            tails[pile] = at
        }
    }
    let mut out = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(at) = next {
        out.push(at);
        next = before[at];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &str) {
        let (old, new): (Vec<_>, Vec<_>) = (old.chars().collect(), new.chars().collect());
        let fates: String = align(&old, &new)
            .new
            .iter()
            .map(|fate| match fate {
                Fate::Kept => '=',
                Fate::Moved => '~',
                Fate::Alone => '+',
            })
            .collect();
        assert_eq!(fates, expected);
    }

    #[test]
    fn as_few_as_possible_move() {
        check("abcd", "abcd", "====");
        check("abcd", "dabc", "~===");
        check("abcd", "axcd", "=+==");
        check("abcd", "bcda", "===~");
        check("", "ab", "++");
        check("ab", "", "");
    }
}
