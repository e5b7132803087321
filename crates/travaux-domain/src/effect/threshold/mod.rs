//! Thresholds by quality: so many States, among them these, a share of something, so many out of a
//! group. Final clauses ask for it where to count instruments does not do.
//!
//! ```
//! use travaux_domain::effect::Effect;
//!
//! // Kyoto Protocol 25(1); `Annex I` is a clause, with what each of its members emitted in 1990.
//! let kyoto = "90 days after instruments of (55, 55 % of \"Annex I\")";
//! // Non-Proliferation Treaty IX(3).
//! let npt = "instruments of (each of [GB, SU, US], 40 outside [GB, SU, US])";
//! for text in [kyoto, npt] {
//!     let clause: Effect = text.parse().expect("a readable clause");
//!     assert_eq!(clause.to_string(), text);
//! }
//! ```
//!
//! ```text
//! threshold = ("signatures" | "notifications" | "instruments" | "consents") "of (" amount { "," amount } ")"
//! amount    = N [("of" | "outside") members] | "each of" members | ["more than"] share "of" members
//! share     = N ["." N] "%" | N "/" N
//! members   = NAME | "\"" words "\"" | "[" PARTY { "," PARTY } "]"
//! ```
//!
//! It is met on the first day on which all amounts are. A group that is named by its name is a clause
//! of its own ([`Term::Group`](crate::clause::Term::Group), or
//! [`Term::Weights`](crate::clause::Term::Weights) where shares are of more than heads).

mod amount;
mod group;
mod parse;
mod reach;
mod share;

use std::fmt;

pub(crate) use self::parse::is_name;
pub(super) use self::{amount::ends_a_word, parse::plural};
pub use self::{
    amount::{Among, Amount, Members},
    group::{Group, Groups},
    share::Share,
};
use super::FactKind;
use crate::words::names;

/// What must have come together. It is only read from words, so that it reads back as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    kind: FactKind,
    amounts: Vec<Amount>,
}

impl Threshold {
    /// The acts that count: something that each party does for itself.
    pub fn kind(&self) -> FactKind {
        self.kind
    }

    /// How much of them is asked for, all of it at once.
    pub fn amounts(&self) -> &[Amount] {
        &self.amounts
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}s of ({})", self.kind, names(&self.amounts))
    }
}
