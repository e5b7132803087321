//! Parties, dates, and the lives of agreements.

use chrono::{NaiveDate, TimeDelta};
use proptest::{collection::btree_set, prelude::*};
use travaux_domain::PartyId;

use crate::acts::{self, Done};

/// Parties under names of their own, in their order.
pub fn parties(
    count: impl Into<proptest::collection::SizeRange>,
) -> impl Strategy<Value = Vec<PartyId>> {
    btree_set("[A-Z]{2,3}", count)
        .prop_map(|names| names.iter().map(|name| name.as_str().into()).collect())
}

/// A date of the years 2000 to 2039; it shrinks to the first of them.
pub fn dates() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");
    (0..40 * 365_i64).prop_map(move |days| first + TimeDelta::days(days))
}

/// What the law accepted of so many tries of random acts on one agreement; see [`acts::history`].
pub fn histories(tries: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Done>> {
    // The seed does not shrink: a smaller one gives another life, not a simpler one. The number of tries does.
    (any::<u64>().no_shrink(), tries).prop_map(|(seed, tries)| acts::history(seed, tries))
}
