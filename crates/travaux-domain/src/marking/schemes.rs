//! Schemes of classification, and which levels of two schemes protect alike, from when until when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Level;
use crate::{Name, PartyId};

/// The schemes that every agreement knows, each from the least restrictive level on. `fr` is the one
/// of decree 2019-1271, from 1 July 2021 on; `fr-2011` the one before: no level of the one is the
/// other's by its spelling. `diffusion-restreinte` is a mention rather than a level; it stands where
/// it protects.
pub const SCHEMES: &[(&str, &[&str])] = &[
    (
        "fr",
        &[
            "non-protege",
            "diffusion-restreinte",
            "secret",
            "tres-secret",
        ],
    ),
    (
        "fr-2011",
        &[
            "non-protege",
            "diffusion-restreinte",
            "confidentiel-defense",
            "secret-defense",
            "tres-secret-defense",
        ],
    ),
    (
        "eu",
        &[
            "non-classifie",
            "restreint-ue",
            "confidentiel-ue",
            "secret-ue",
            "tres-secret-ue",
        ],
    ),
    ("nato", &["nu", "nr", "nc", "ns", "cts"]),
];

/// Schemes of an agreement's own, each from the least restrictive level on.
pub type Schemes = BTreeMap<Name, Vec<Name>>;

/// The place of a code in a scheme: in one of the agreement's own, else in one that all know.
pub fn rank(own: &Schemes, scheme: &str, code: &str) -> Option<u8> {
    let at = match own.get(scheme) {
        Some(codes) => codes.iter().position(|known| *known == code),
        None => {
            let known = SCHEMES.iter().find(|(known, _)| *known == scheme)?;
            known.1.iter().position(|known| *known == code)
        }
    };
    at.and_then(|at| u8::try_from(at).ok())
}

/// Two levels that protect alike, and since when, until when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Equal {
    /// A scheme and a level of it.
    pub one: (Name, Name),
    /// Those of the other.
    pub other: (Name, Name),
    /// The first day on which they do.
    pub from: NaiveDate,
    /// The last one, if there is one.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// Which levels of their schemes two parties protect alike. What is not in it is not known, and no
/// spelling says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equivalence {
    /// The two.
    pub between: (PartyId, PartyId),
    /// The levels.
    pub levels: Vec<Equal>,
}

impl Equivalence {
    /// The levels of a scheme that protect like a level of another, for what was marked on a day.
    pub fn like<'a>(
        &'a self,
        scheme: &'a str,
        level: &'a Level,
        to: &'a str,
        on: NaiveDate,
    ) -> impl Iterator<Item = &'a Name> {
        let then = self
            .levels
            .iter()
            .filter(move |equal| equal.from <= on && equal.until.is_none_or(|until| on <= until));
        then.filter_map(move |equal| {
            let pairs = [(&equal.one, &equal.other), (&equal.other, &equal.one)];
            let found = pairs
                .into_iter()
                .find(|(from, into)| from.0 == scheme && from.1 == level.code && into.0 == to);
            found.map(|(_, into)| &into.1)
        })
    }
}
