//! Languages.

use super::{BY, CONSENTING, LANG, NUMBER, ON, REVISION, THE_PROVISIONS, field};
use crate::commands::verbs::{
    ArgKind::{File, Json, List, Pairs, Text},
    Presence::{Optional, Required},
    Verb,
};

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "open-language",
        "Open a version in another language",
        "LanguageVersionOpened",
        [ON, LANG],
        "--as MA open-language 0199 --lang en --on 2025-01-02"
    ),
    verb!(
        "certify",
        "Certify that the versions of a revision say the same",
        "ConcordanceCertified",
        [
            ON,
            REVISION,
            BY,
            field(
                "settled",
                "settled",
                List,
                Optional,
                "Differences found to be none of meaning, by their keys"
            ),
        ],
        "--as FR certify 0199 --revision 1 --on 2025-01-10 --by 'lawyer-linguists of both'"
    ),
    verb!(
        "declare-authentic",
        "Declare another version authentic",
        "DeclaredAuthentic",
        [ON, LANG, CONSENTING],
        "--as FR declare-authentic 0199 --lang en --on 2025-02-01 --consenting FR,MA"
    ),
    verb!(
        "prevail",
        "Designate the version that prevails",
        "PrevailingDesignated",
        [ON, LANG, CONSENTING],
        "--as FR prevail 0199 --lang fr --on 2025-02-01 --consenting FR,MA"
    ),
    verb!(
        "translate",
        "Add an official translation",
        "TranslationAdded",
        [
            ON,
            LANG,
            BY,
            field(
                "text",
                "text",
                File,
                Required,
                "The file of its text; `-` reads it from standard input"
            ),
        ],
        "--as FR translate 0199 --lang en --on 2025-02-01 --by 'the ministry' --text terms.md"
    ),
    verb!(
        "diverge",
        "Record a divergence between authentic versions",
        "DivergenceRecorded",
        [
            ON,
            field("says", "says", Pairs, Required, "What each version says"),
            THE_PROVISIONS,
            field("note", "note", Text, Required, "What the difference is"),
        ],
        "--as FR diverge 0199 --on 2025-03-01 --says 'fr=jours ouvrables' --says 'ar=أيام' --provisions 1.2 --note 'days of work'"
    ),
    verb!(
        "resolve-divergence",
        "Resolve a divergence on one ground",
        "DivergenceResolved",
        [
            ON,
            NUMBER,
            field(
                "ground",
                "ground",
                Json,
                Required,
                "The ground, as JSON: \"prevailing_text\", {\"agreed_interpretation\":{\"consenting\":[\"A\",\"B\"]}}, \
                 {\"correction\":{\"revision\":3}} or {\"best_reconciling\":{\"meaning\":\"days of work\"}}"
            ),
        ],
        "--as FR resolve-divergence 0199 --number 1 --on 2025-04-01 --ground '{\"best_reconciling\":{\"meaning\":\"days of work\"}}'"
    ),
];
