//! Entry into force and provisional application.

use super::{ALL_CONSENTING, CONSENTING, ON, PROVISIONS, field};
use crate::commands::verbs::{
    ArgKind::{Date, Json, List, Text},
    Presence::{Optional, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "enter-into-force",
        "Record that an agreement entered into force",
        "EnteredIntoForce",
        [
            field(
                "on",
                "on",
                Date,
                Optional,
                "From when; found by the clause, or the last consent, if none is given"
            ),
            field(
                "basis",
                "basis",
                Text,
                Required,
                "On what basis: the clause or the later understanding"
            ),
            field(
                "consenting",
                "consenting",
                List,
                Optional,
                "Where the date is not the one that follows: the parties, which all agree on it"
            ),
        ],
        "--as FR enter-into-force 0199 --basis 'Article 5'"
    ),
    verb!(
        "enter-into-force-for",
        "Record that it entered into force for a party that consented later",
        "EnteredIntoForceFor",
        [field(
            "on",
            "on",
            Date,
            Optional,
            "From when; found by the clause, or by its consent, if none is given"
        ),],
        "--as NL enter-into-force-for 0199"
    ),
    verb!(
        "apply-provisionally",
        "Begin provisional application",
        "ProvisionalApplicationBegan",
        [
            ON,
            field("parties", "parties", List, Required, "For whom"),
            PROVISIONS,
            CONSENTING,
        ],
        "--as NL apply-provisionally 0199 --on 2025-01-20 --parties NL,MA --consenting FR,MA,NL"
    ),
    verb!(
        "end-provisional",
        "End provisional application for oneself",
        "ProvisionalApplicationEnded",
        [ON],
        "--as NL end-provisional 0199 --on 2025-06-01"
    ),
    verb!(
        "agree-clause",
        "Agree on a final clause after the adoption, as by an exchange of notes",
        "ClauseAgreed",
        [
            ON,
            field(
                "label",
                "clause.label",
                Text,
                Required,
                "The instrument, or the article"
            ),
            field(
                "provides",
                "clause.provides",
                Json,
                Required,
                "The term, as JSON: `travaux topic clauses` has them all"
            ),
            ALL_CONSENTING,
        ],
        "--as FR agree-clause 0199 --on 2000-12-18 --label 'exchange of notes' --provides '{\"entry_into_force\":\"first day of the 2nd month after 2nd notification\"}' --consenting FR,MA"
    ),
];
