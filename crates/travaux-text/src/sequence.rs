//! What differs between two sequences of anything.

use std::{collections::HashMap, hash::Hash, ops::Range};

pub(crate) use imara_diff::Algorithm;
use imara_diff::{Diff, Token};

/// A place at which two sequences differ: what goes, and what comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// The places at which `old` and `new` differ, in order.
pub(crate) fn differences<T: Eq + Hash>(
    algorithm: Algorithm,
    old: impl IntoIterator<Item = T>,
    new: impl IntoIterator<Item = T>,
) -> Vec<Hunk> {
    let mut ids: HashMap<T, u32> = HashMap::new();
    let mut token = |thing| {
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        Token(*ids.entry(thing).or_insert(next))
    };
    let before: Vec<_> = old.into_iter().map(&mut token).collect();
    let after: Vec<_> = new.into_iter().map(&mut token).collect();
    let mut diff = Diff::default();
    diff.compute_with(
        algorithm,
        &before,
        &after,
        u32::try_from(ids.len()).unwrap_or(u32::MAX),
    );
    let wide = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks()
        .map(|hunk| Hunk {
            old: wide(hunk.before),
            new: wide(hunk.after),
        })
        .collect()
}
