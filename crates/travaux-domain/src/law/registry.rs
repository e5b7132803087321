//! All rules: the lists of all subjects, in one order.

use std::{str::FromStr, sync::LazyLock};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use super::{Rule, record};
use crate::{
    agreement::{
        amendment, consent, correction, depositary, ending, force, language, mandate, relation,
        reservation, text_rules,
    },
    body, exchange, framework, indicator, meeting, package, partnership, practice, procedure,
    roadmap,
};

/// Every subject's list.
const LISTS: &[&[Rule]] = &[
    text_rules::RULES,
    language::RULES,
    consent::RULES,
    force::RULES,
    amendment::RULES,
    reservation::RULES,
    ending::RULES,
    correction::RULES,
    depositary::RULES,
    relation::RULES,
    mandate::RULES,
    practice::RULES,
    record::RULES,
    framework::RULES,
    package::RULES,
    partnership::RULES,
    indicator::RULES,
    partnership::QUESTIONS,
    meeting::RULES,
    exchange::RULES,
    body::RULES,
    procedure::RULES,
    roadmap::RULES,
];

/// By name, for reading records: every event that is decided names its rule.
static BY_NAME: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let mut rules: Vec<_> = Rule::all().collect();
    rules.sort_unstable();
    rules
});

/// A name is not that of a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no row of the table: rows have names such as T4, C8 or E13")]
pub struct UnknownRule(pub String);

impl Rule {
    /// All rows, in the order of the lists.
    pub fn all() -> impl Iterator<Item = Self> {
        LISTS.iter().copied().flatten().copied()
    }
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let at = BY_NAME.binary_search_by(|rule| rule.name().cmp(name));
        at.ok()
            .and_then(|at| BY_NAME.get(at).copied())
            .ok_or_else(|| UnknownRule(name.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Rule;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the name of a row")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Rule, E> {
                name.parse().map_err(E::custom)
            }
        }

        d.deserialize_str(Name)
    }
}
