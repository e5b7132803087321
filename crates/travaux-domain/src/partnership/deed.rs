//! Deeds: events that say on which day they were done, and the row on which each is recorded.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Aggregate, FrameworkId, Rule};

/// An event that says on which day it was done.
pub trait Deed {
    /// The day.
    fn on(&self) -> NaiveDate;

    /// The row on which it is recorded.
    fn rule(&self) -> Rule;

    /// What is asked for, in words that follow `cannot`.
    fn act(&self) -> &'static str;
}

/// A type of event, the row on which it is recorded, and what asking for it is called.
#[derive(Clone, Copy, Debug)]
pub struct DeedRow {
    /// The name of the type.
    pub event: &'static str,
    /// The row.
    pub rule: Rule,
    /// What is asked for.
    pub act: &'static str,
}

/// The state of a stream of deeds, which can be folded as it stood on a day: what was done later is
/// skipped.
pub trait Dossier: Aggregate<Event: Deed> {
    /// Counts an event that is not taken in, so that those behind it keep their numbers.
    fn skip(&mut self);

    /// The framework under which it stands; none before it begins.
    fn framework(&self) -> Option<FrameworkId>;

    /// From which day on an event counts; none of one that counts from the beginning, as the
    /// correction of an error does.
    fn counts_from(event: &Self::Event) -> Option<NaiveDate> {
        Some(event.on())
    }
}

/// A day, and the event that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dated {
    /// The day.
    pub on: NaiveDate,
    /// The event's version in its stream, from 1.
    pub event: u64,
}

/// Gives an enum of events the names of their types, which are those of its variants, the row on
/// which each is recorded, and what asking for it is called. One that is left out does not compile.
macro_rules! rows {
    ($enum:ty { $($variant:ident: $rule:ident $act:literal),* $(,)? }) => {
        crate::event::named!($enum { $($variant),* });

        impl $enum {
            /// The row on which each is recorded.
            pub const DEEDS: &'static [$crate::partnership::DeedRow] =
                &[$($crate::partnership::DeedRow {
                    event: stringify!($variant),
                    rule: $crate::Rule::$rule,
                    act: $act,
                }),*];

            /// The row on which it is recorded.
            pub fn rule(&self) -> $crate::Rule {
                match self {
                    $(Self::$variant { .. } => $crate::Rule::$rule,)*
                }
            }

            /// What is asked for, in words that follow `cannot`.
            pub fn act(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $act,)*
                }
            }
        }
    };
}

pub(crate) use rows;

/// Gives an enum of events the names of their types, which are those of its variants, the day of
/// each, the row on which it is recorded, and what asking for it is called. One that is left out
/// does not compile.
macro_rules! deeds {
    ($enum:ty { $($variant:ident: $rule:ident $act:literal),* $(,)? }) => {
        crate::partnership::rows!($enum { $($variant: $rule $act),* });

        impl $crate::partnership::Deed for $enum {
            fn on(&self) -> chrono::NaiveDate {
                match self {
                    $(Self::$variant { on, .. } => *on,)*
                }
            }

            fn rule(&self) -> $crate::Rule {
                Self::rule(self)
            }

            fn act(&self) -> &'static str {
                Self::act(self)
            }
        }
    };
}

pub(crate) use deeds;
