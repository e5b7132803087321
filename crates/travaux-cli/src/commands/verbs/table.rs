//! The table of verbs: what the groups share; each part of the law has a group of its own.

use super::{
    ArgKind::{Choice, Date, Flag, List, Number, Provisions, Text},
    Field,
    Presence::{Default, Optional, Required},
    Verb,
};

const fn field(
    option: &'static str,
    path: &'static str,
    takes: super::ArgKind,
    need: super::Presence,
    help: &'static str,
) -> Field {
    Field {
        option,
        path,
        takes,
        need,
        help,
    }
}

const ON: Field = field("on", "on", Date, Required, "When it is done");
const NUMBER: Field = field("number", "number", Number, Required, "Its number");
const REVISION: Field = field("revision", "revision", Number, Required, "The revision");
const CONSENTING: Field = field(
    "consenting",
    "consenting",
    List,
    Optional,
    "The parties that agree",
);
const ALL_CONSENTING: Field = field(
    "consenting",
    "consenting",
    List,
    Required,
    "The parties that agree",
);
const PROVISIONS: Field = field(
    "provisions",
    "provisions",
    Provisions,
    Optional,
    "The provisions, by label or id; all, if none is named",
);
const THE_PROVISIONS: Field = field(
    "provisions",
    "provisions",
    Provisions,
    Required,
    "The provisions, by label or id",
);
const BETWEEN: Field = field(
    "between",
    "between",
    List,
    Required,
    "The parties concerned",
);
const TOLD: Field = field(
    "notified",
    "notified",
    List,
    Optional,
    "The others who were told",
);
const LANG: Field = field("lang", "lang", Text, Required, "The language");
const BY: Field = field("by", "by", Text, Required, "By whom");

const OFFICES: &[&str] = &[
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "head-of-mission",
    "minister",
    "other",
];

const SIGNER: Field = field("by", "by.name", Text, Required, "Who signs");
const OFFICE: Field = field(
    "office",
    "by.office",
    Choice(OFFICES),
    Default("minister"),
    "Their office",
);
const POWERS: Field = field(
    "full-powers",
    "by.full_powers",
    Flag,
    Optional,
    "They produced full powers",
);

macro_rules! verb {
    ($name:literal, $about:literal, $act:literal, [$($field:expr),* $(,)?], $example:literal) => {
        verb!($name, $about, [$crate::commands::verbs::Act { kind: $act, fixed: "{}", without: &[] }], [$($field),*], $example)
    };
    ($name:literal, $about:literal, [$($act:expr),*], [$($field:expr),* $(,)?], $example:literal) => {
        Verb { name: $name, about: $about, example: $example, acts: &[$($act),*], fields: &[$($field),*] }
    };
}

pub(super) mod action;
mod amendment;
pub(super) mod body;
mod consent;
mod correction;
mod declaration;
mod depositary;
mod ending;
pub(super) mod exchange;
pub(super) mod figure;
mod force;
pub(super) mod framework;
mod language;
mod mandate;
pub(super) mod meeting;
pub(super) mod procedure;
mod relation;
pub(super) mod request;
mod reservation;

/// The groups, by their headings.
const VERB_GROUPS: &[(&str, &[Verb])] = &[
    ("Consent", consent::VERBS),
    ("Entry into force", force::VERBS),
    ("The depositary", depositary::VERBS),
    ("Reservations", reservation::VERBS),
    ("Declarations", declaration::VERBS),
    ("Amendments between parties", amendment::VERBS),
    ("Corrections", correction::VERBS),
    ("Suspension and end", ending::VERBS),
    ("Languages", language::VERBS),
    ("Relations with other agreements", relation::VERBS),
    ("Mandates", mandate::VERBS),
];

/// The headings of the groups, and the names of the verbs under each.
pub(in crate::commands) fn groups() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    VERB_GROUPS
        .iter()
        .map(|(heading, verbs)| (*heading, verbs.iter().map(|verb| verb.name).collect()))
}

/// All verbs, as they are listed: from consent to a party's own practice.
pub(super) fn verbs() -> impl Iterator<Item = &'static Verb> {
    VERB_GROUPS.iter().flat_map(|(_, verbs)| *verbs)
}
