//! Which step a change takes: the table of SDMX ("Artefact Specific Recommendations", sdmx-twg/semver,
//! CC0), as far as changes of a kind take the same step wherever they are made.
//!
//! The words are those of the table, made alike: a code, a concept, a category and the like are an
//! `item`; names, descriptions and links are what they are of whatever they are.

use super::steps_table::{Line, TABLE};
use crate::version::Step;

/// What is done in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Something is there that was not.
    Add,
    /// Something is gone.
    Remove,
    /// Something is otherwise.
    Change,
}

/// What a change takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// A step of this size or a larger one.
    Step(Step),
    /// It depends on what it does to something else.
    Depends,
    /// It cannot be made on its own.
    Never,
}

/// What a change takes; none where the table does not have it. `artefact` is the kind of thing that
/// has a version, as SDMX calls it (`Codelist`), `what` the part of it (`item id`).
pub fn needed(artefact: &str, doing: Doing, what: &str) -> Option<Needed> {
    let line = TABLE.iter().find(|line| line.has(artefact, doing, what))?;
    Some(line.needs)
}

/// All lines of the table: the kinds of thing, `*` for all; what is done, none for whatever it is;
/// to which parts, `*` for all that no line before names; what it takes.
pub fn lines()
-> impl Iterator<Item = (&'static str, Option<Doing>, &'static [&'static str], Needed)> {
    TABLE
        .iter()
        .map(|line| (line.of, line.doing, line.what, line.needs))
}

impl Line {
    fn has(&self, artefact: &str, doing: Doing, what: &str) -> bool {
        let of_it = self.of == "*" || self.of.split(' ').any(|of| of == artefact);
        let done = self.doing.is_none_or(|done| done == doing);
        of_it && done && (self.what == ["*"] || self.what.contains(&what))
    }
}
