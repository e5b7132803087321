//! A rule: one row of a subject's list.

use std::{cmp::Ordering, fmt, hash};

use serde::{Serialize, Serializer};

use super::RuleKind;

/// What a list of rules is about: the machines of an agreement, each of which moves on its own, and
/// what stands beside agreements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Machine {
    /// The text.
    Text,
    /// A language version.
    Language,
    /// A party's consent to be bound.
    Consent,
    /// Force, of the whole and for each party.
    Force,
    /// Amendment.
    Amendment,
    /// Reservation, between each two parties.
    Reservation,
    /// End and suspension.
    Ending,
    /// Correction of errors.
    Correction,
    /// Depositary, notification, registration.
    Depositary,
    /// Relations between agreements.
    Relation,
    /// A party's internal mandate.
    Mandate,
    /// The record itself.
    Record,
    /// The framework above agreements.
    Framework,
    /// The package of revisions.
    Package,
    /// All streams under a framework.
    Partnership,
    /// Common figures.
    Indicator,
    /// Meetings and statements.
    Meeting,
    /// Joint bodies.
    Body,
    /// Common procedures.
    Procedure,
    /// Roadmaps and their actions.
    Roadmap,
    /// Questions about the state of what stands under a framework.
    Question,
    /// Exchange of information.
    Exchange,
}

impl Machine {
    /// Whether its rules are about one agreement, so that a profile has them or leaves them out.
    pub fn is_of_an_agreement(self) -> bool {
        match self {
            Self::Text
            | Self::Language
            | Self::Consent
            | Self::Force
            | Self::Amendment
            | Self::Reservation
            | Self::Ending
            | Self::Correction
            | Self::Depositary
            | Self::Relation
            | Self::Mandate
            | Self::Record => true,
            Self::Framework
            | Self::Package
            | Self::Partnership
            | Self::Indicator
            | Self::Meeting
            | Self::Procedure
            | Self::Roadmap
            | Self::Question
            | Self::Body
            | Self::Exchange => false,
        }
    }
}

/// A row of a list.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) law: &'static str,
    pub(crate) says: &'static str,
    pub(crate) kind: RuleKind,
    pub(crate) machine: Machine,
    pub(crate) in_arrangements: bool,
    pub(crate) was: &'static [&'static str],
    pub(crate) left_out: Option<&'static str>,
}

/// A rule, by the name of its row. Rules are the same, and stand in order, by name; [`Rule::all`]
/// has the order of the lists.
#[derive(Clone, Copy)]
pub struct Rule(pub(crate) &'static Row);

impl Rule {
    /// The row's name. It never changes, and is never used again: it stands in records.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The article or practice that the rule rests on.
    pub fn law(self) -> &'static str {
        self.0.law
    }

    /// Whether parties may depart from it, where a profile does not say otherwise.
    pub fn kind(self) -> RuleKind {
        self.0.kind
    }

    /// The machine that it belongs to: that of its list.
    pub fn machine(self) -> Machine {
        self.0.machine
    }

    /// What it says.
    pub fn says(self) -> &'static str {
        self.0.says
    }

    /// Whether arrangements between ministries use it.
    pub fn in_arrangements(self) -> bool {
        self.0.in_arrangements
    }

    /// The rows under which records of before hold what it decides now: it was split off them, or
    /// renamed.
    pub fn was(self) -> &'static [&'static str] {
        self.0.was
    }

    /// Why nothing is decided by it, where that is so.
    pub fn left_out(self) -> Option<&'static str> {
        self.0.left_out
    }

    /// Whether what it decides may be on record under `recorded`: itself, or a row that it was
    /// split off.
    pub fn may_be_recorded_as(self, recorded: Self) -> bool {
        self == recorded || self.was().contains(&recorded.name())
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl hash::Hash for Rule {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name(), self.law())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

/// One subject's list of rules. A row: its name, its kind, `'A'` if arrangements between ministries
/// use it, its law, what it says; then, if it is so, the rows that it was recorded under before,
/// and why nothing is decided by it.
macro_rules! rules {
    ($machine:ident: $($rule:ident $kind:ident $arrangement:literal, $law:literal, $says:literal
        $(, was: $($was:ident)+)? $(, left out: $why:literal)?;)*) => {
        #[allow(non_upper_case_globals, reason = "rows bear the names by which they are cited, such as T4a")]
        impl $crate::Rule {
            $(#[doc = concat!($says, " (", $law, ").")]
            pub const $rule: Self = Self(&$crate::law::Row {
                name: stringify!($rule),
                law: $law,
                says: $says,
                kind: $crate::RuleKind::$kind,
                machine: $crate::Machine::$machine,
                in_arrangements: $arrangement == 'A',
                was: &[$($(stringify!($was)),+)?],
                left_out: $crate::law::first(&[$($why)?]),
            });)*
        }

        /// The subject's rules.
        pub(crate) const RULES: &[$crate::Rule] = &[$($crate::Rule::$rule),*];
    };
}

pub(crate) use rules;

/// The first of at most one.
pub(crate) const fn first(of: &[&'static str]) -> Option<&'static str> {
    match of {
        [first, ..] => Some(first),
        [] => None,
    }
}
