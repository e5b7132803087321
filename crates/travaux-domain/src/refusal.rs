//! A refusal: an answer that says which rule stands against an act, and what would have been right.

use std::fmt;

use serde::{Deserialize, Serialize};
use travaux_text::Collision;

use crate::{Rule, RuleKind};

/// Why an act was refused. Data, so that a caller can act on it and a test can compare it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// Whether the parties may depart from it, under the agreement's profile.
    pub kind: RuleKind,
    /// The final clause that fills the rule in, or took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What was asked.
    pub act: String,
    /// What the rule expects.
    pub expected: String,
    /// What was found instead.
    pub found: String,
    /// Who or what is missing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The operations that do not fit the text of the day.
    #[serde(default)]
    pub collisions: Vec<Collision>,
}

impl Refusal {
    /// A refusal of `act` under `rule`.
    pub fn new(
        rule: Rule,
        act: &str,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            kind: rule.kind(),
            clause: None,
            act: act.to_owned(),
            expected: expected.into(),
            found: found.into(),
            missing: Vec::new(),
            collisions: Vec::new(),
        }
    }

    /// The same, with what is missing.
    pub fn missing(mut self, missing: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.missing = missing.into_iter().map(Into::into).collect();
        self
    }

    /// The same, with the clause that decided it.
    pub fn by(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }

    /// The same, with the operations that collide.
    pub fn collisions(mut self, collisions: Vec<Collision>) -> Self {
        self.collisions = collisions;
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = (self.rule.name(), self.rule.law(), self.kind);
        write!(
            f,
            "cannot {}: expected {}, found {} [rule {} ({}), {}",
            self.act, self.expected, self.found, rule.0, rule.1, rule.2
        )?;
        self.clause
            .as_ref()
            .map_or(Ok(()), |clause| write!(f, ", by {clause}"))?;
        f.write_str("]")?;
        if !self.missing.is_empty() {
            write!(f, "; missing: {}", self.missing.join(", "))?;
        }
        self.collisions
            .iter()
            .try_for_each(|collision| write!(f, "\n  {collision}"))
    }
}

impl std::error::Error for Refusal {}
