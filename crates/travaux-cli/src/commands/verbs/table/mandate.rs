//! A party's own house: the mandate to negotiate.

use super::{BY, OFFICES, ON, field};
use crate::commands::verbs::{
    ArgKind::{Choice, Flag, List, Text},
    Presence::{Default, Optional, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "mandate-request",
        "Ask for a mandate to negotiate",
        "MandateRequested",
        [ON, BY, field("need", "need", Text, Required, "The need"),],
        "--as FR mandate-request 0199 --on 2024-10-30 --by Interior --need 'a new arrangement'"
    ),
    verb!(
        "mandate-consult",
        "Record the consultation of ministers",
        "MinistersConsulted",
        [
            ON,
            field(
                "ministers",
                "ministers",
                List,
                Required,
                "Who was consulted"
            ),
            field("against", "against", List, Optional, "Who disagrees"),
        ],
        "--as FR mandate-consult 0199 --on 2024-11-04 --ministers Justice,Budget"
    ),
    verb!(
        "mandate-arbitrate",
        "Arbitrate between ministers",
        "Arbitrated",
        [
            ON,
            field(
                "go-on",
                "go_on",
                Flag,
                Optional,
                "To negotiate; without it, not to"
            ),
        ],
        "--as FR mandate-arbitrate 0199 --on 2024-11-08 --go-on"
    ),
    verb!(
        "mandate-assess",
        "Decide whether parliament must authorise",
        "AuthorisationAssessed",
        [
            ON,
            field(
                "needed",
                "needed",
                Flag,
                Optional,
                "It must; without it, it need not"
            ),
            field("reason", "reason", Text, Required, "Why"),
        ],
        "--as FR mandate-assess 0199 --on 2024-11-08 --reason 'no matter of article 53'"
    ),
    verb!(
        "mandate-give",
        "Give mandate and delegation",
        "MandateGiven",
        [
            ON,
            field("to", "to", Text, Required, "The delegation's head"),
        ],
        "--as FR mandate-give 0199 --on 2024-11-12 --to 'the director'"
    ),
    verb!(
        "mandate-powers",
        "Issue powers",
        "PowersIssued",
        [
            ON,
            field("to", "to.name", Text, Required, "For whom"),
            field(
                "office",
                "to.office",
                Choice(OFFICES),
                Default("minister"),
                "Their office"
            ),
            field(
                "form",
                "form",
                Choice(&["solemn", "simplified"]),
                Default("simplified"),
                "The form of the agreement"
            ),
            field(
                "signed-by",
                "signed_by",
                Choice(OFFICES),
                Default("foreign-minister"),
                "Who signs the powers"
            ),
        ],
        "--as FR mandate-powers 0199 --on 2025-01-10 --to 'A. Minister'"
    ),
];
