//! Reading: pages of records.

use crate::Record;

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole log; `from` is a position.
    Log,
    /// One stream; `from` is a version.
    Stream(String),
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the past to the present.
    Forward,
    /// From the present to the past.
    Backward,
}

/// A request for one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What.
    pub scope: Scope,
    /// Which way.
    pub direction: Direction,
    /// The first position or version that may be in the page. Backward, `u64::MAX` means the end.
    pub from: u64,
    /// At most so many records are looked at for the page.
    pub limit: usize,
    /// Only events of these types; all if empty.
    pub kinds: Vec<String>,
}

impl Read {
    /// The log, forward from `position`.
    pub fn log(position: u64) -> Self {
        Self {
            scope: Scope::Log,
            direction: Direction::Forward,
            from: position,
            limit: 1_024,
            kinds: Vec::new(),
        }
    }

    /// A stream, forward from `version`.
    pub fn stream(name: impl Into<String>, version: u64) -> Self {
        Self {
            scope: Scope::Stream(name.into()),
            ..Self::log(version)
        }
    }

    /// The same, the other way.
    pub fn backward(self) -> Self {
        Self {
            direction: Direction::Backward,
            ..self
        }
    }

    /// The same, in pages of `limit` records.
    pub fn limit(self, limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            ..self
        }
    }

    /// The same, only events of these types.
    pub fn kinds(self, kinds: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            kinds: kinds.into_iter().map(Into::into).collect(),
            ..self
        }
    }

    /// Whether events of all types are asked for.
    pub fn wants_all(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Whether an event of type `kind` is asked for.
    pub fn wants(&self, kind: &str) -> bool {
        self.wants_all() || self.kinds.iter().any(|k| k == kind)
    }
}

/// Records that were read together.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The records, in the direction asked for.
    pub records: Vec<Record>,
    /// Where the next page begins; `None` at the end of what there is now.
    pub next: Option<u64>,
}
