//! Amending sentences, both ways: the sentence that orders an operation, in the wording of its tradition, and the operation that a
//! sentence orders.
//!
//! A sentence cites provisions as readers do (`Article 4, paragraph 2`), on the text as the sentences before it have left it. What no
//! sentence of an instrument says (the order of provisions, their markup) is refused: such a change is a restatement.

mod citation;
mod read;
mod say;
mod template;
mod together;
mod tradition;

use crate::{Lang, Operation, Text};

pub use self::{read::read_instrument, say::instrument, together::together};

/// An operation cannot be said in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("operation {} ({name}) cannot be said in a sentence: {reason}", .operation + 1)]
pub struct Unsayable {
    /// Which, from 0; in words from 1.
    pub operation: usize,
    /// Its name.
    pub name: &'static str,
    /// Why.
    pub reason: String,
}

/// A sentence cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sentence {sentence} cannot be read: {reason}: `{text}`")]
pub struct Unreadable {
    /// Which, from 1.
    pub sentence: usize,
    /// What is wrong.
    pub reason: String,
    /// The sentence.
    pub text: String,
}

/// The instruments of two languages do not order the same changes of structure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Disagreement {
    /// One orders more of them than the other.
    #[error("{first} orders {ours} changes of structure, {other} orders {theirs}")]
    Count {
        /// The language of the one.
        first: Lang,
        /// How many it orders.
        ours: usize,
        /// The language of the other.
        other: Lang,
        /// How many that one orders.
        theirs: usize,
    },
    /// One of them is another change in the other language.
    #[error("change of structure {number} ({name}) is another one in {other}")]
    Change {
        /// Which, from 1.
        number: usize,
        /// Its name in the first language.
        name: &'static str,
        /// The language in which it is another one.
        other: Lang,
    },
}

/// The languages in which instruments can be worded.
pub fn instrument_languages() -> Vec<Lang> {
    tradition::ALL
        .iter()
        .filter_map(|t| Lang::parse(t.lang).ok())
        .collect()
}

/// The text that operations of one revision leave. They run together, as what they bring in is numbered over all of them.
fn after(text: &Text, operations: &[Operation], revision: u32) -> Result<Text, String> {
    let mut after = text.clone();
    match after.apply(operations, revision) {
        Ok(_) => Ok(after),
        Err(collisions) => {
            let reasons = collisions.0.iter().map(|c| c.reason.to_string());
            Err(reasons.collect::<Vec<_>>().join("; "))
        }
    }
}

fn trimmed(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end().len())
}
