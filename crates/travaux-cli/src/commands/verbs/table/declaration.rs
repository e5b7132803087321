//! Declarations, on what the agreement means and to which territories it applies.

use super::{NUMBER, ON, PROVISIONS, field};
use crate::commands::verbs::{
    Act,
    ArgKind::{Choice, Date, List, Text},
    Field,
    Presence::{Default, Optional, Required},
    Verb,
};

const RECEIVED: Field = field(
    "on",
    "on",
    Date,
    Required,
    "When it is done: with the consent, or when the depositary receives it",
);
const WORDS: Field = field("words", "words", Text, Required, "What it says");
const WORDS_TOO: Field = field("words", "words", Text, Optional, "In which words");
const INTENT: Field = field(
    "intent",
    "intent",
    Choice(&["clarify", "modify", "condition"]),
    Default("clarify"),
    "What it is to do: what goes further than to clarify is a reservation",
);

pub(super) const VERBS: &[Verb] = &[
    verb!(
        "declare",
        "Make a declaration that informs",
        [Act {
            kind: "DeclarationMade",
            fixed: r#"{"declares":"other"}"#,
            without: &[],
        }],
        [ON, WORDS, INTENT],
        "--as A declare 0199 --on 2025-03-10 --words 'It does not recognise Z by this.'"
    ),
    verb!(
        "declare-interpretation",
        "Declare how one understands the agreement",
        "DeclarationMade",
        [
            ON,
            Field {
                path: "declares.interpretation.provisions",
                ..PROVISIONS
            },
            WORDS,
            INTENT
        ],
        "--as A declare-interpretation 0199 --on 2025-03-10 --provisions 1.4 --words 'A month is a calendar month.'"
    ),
    verb!(
        "extend-to",
        "Extend the agreement to further territories",
        "DeclarationMade",
        [
            RECEIVED,
            field(
                "territories",
                "declares.extension.territories",
                List,
                Required,
                "The territories"
            ),
            WORDS_TOO,
        ],
        "--as A extend-to 0199 --on 2025-06-10 --territories 'New Caledonia,Mayotte'"
    ),
    verb!(
        "leave-territories-out",
        "Declare, with the consent, to which territories it does not apply",
        "DeclarationMade",
        [
            ON,
            field(
                "territories",
                "declares.exclusion.territories",
                List,
                Required,
                "The territories"
            ),
            WORDS_TOO,
        ],
        "--as A leave-territories-out 0199 --on 2025-03-10 --territories 'Faroe Islands,Greenland'"
    ),
    verb!(
        "designate-authority",
        "Declare who acts for one under the agreement",
        "DeclarationMade",
        [
            ON,
            field(
                "purpose",
                "declares.authority.purpose",
                Text,
                Required,
                "For what"
            ),
            field("name", "declares.authority.name", Text, Required, "Who"),
            WORDS_TOO,
        ],
        "--as A designate-authority 0199 --on 2025-03-10 --purpose requests --name 'the Ministry of the Interior'"
    ),
    verb!(
        "notify-declaration",
        "Record that a declaration was notified to others",
        "DeclarationNotified",
        [ON, NUMBER, field("to", "to", List, Required, "To whom")],
        "--as A notify-declaration 0199 --number 1 --to B,C --on 2025-03-20"
    ),
    verb!(
        "answer-declaration",
        "Say what one makes of another's declaration",
        "DeclarationAnswered",
        [
            ON,
            NUMBER,
            field(
                "view",
                "view",
                Choice(&["approves", "opposes", "recharacterises"]),
                Required,
                "Whether one approves of it, opposes it, or sees a reservation in it"
            ),
        ],
        "--as B answer-declaration 0199 --number 1 --view opposes --on 2025-04-01"
    ),
    verb!(
        "withdraw-declaration",
        "Withdraw a declaration, as a whole or for some of its territories",
        "DeclarationWithdrawn",
        [
            ON,
            NUMBER,
            field(
                "territories",
                "territories",
                List,
                Optional,
                "The territories; the whole declaration, if none is named"
            ),
        ],
        "--as A withdraw-declaration 0199 --number 1 --on 2026-01-01"
    ),
];
